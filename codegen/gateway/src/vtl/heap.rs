//! The heap that lists, maps and iterators live in.

use super::super::json::Json;
use super::Fault;
use super::number::Number;
use super::value::{Key, Place, Value, View};
use indexmap::IndexMap;
use std::collections::HashSet;
use std::sync::Arc;

pub(super) type Entries = IndexMap<Key, Value>;

/// What kind of list one is, which decides on how it prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Of a template.
    Java,
    /// From JSON, and so printed as JSON.
    Json,
    /// A Java array, which prints as an address and keeps its length.
    Array(&'static str),
}

#[derive(Debug)]
enum Object {
    List {
        items: Vec<Value>,
        kind: Kind,
        /// How often its length has changed.
        changes: usize,
    },
    Map {
        entries: Entries,
        /// For the override maps: what has been set in this template, as a second time fails the request.
        once: Option<HashSet<Key>>,
        changes: usize,
    },
    Iterator {
        items: Vec<Value>,
        at: usize,
    },
}

/// Lists, maps and iterators.
#[derive(Debug, Default)]
pub(super) struct Heap(Vec<Object>);

impl Heap {
    fn add(&mut self, object: Object) -> Place {
        self.0.push(object);
        self.0.len() - 1
    }

    pub(super) fn list(&mut self, items: Vec<Value>, kind: Kind) -> Value {
        Value::List(self.add(Object::List { items, kind, changes: 0 }))
    }

    pub(super) fn map(&mut self, entries: Entries) -> Value {
        Value::Map(self.add(Object::Map { entries, once: None, changes: 0 }))
    }

    /// A map whose keys may be set once.
    pub(super) fn overrides(&mut self, entries: Entries) -> Value {
        Value::Map(self.add(Object::Map { entries, once: Some(HashSet::new()), changes: 0 }))
    }

    pub(super) fn iterator(&mut self, items: Vec<Value>) -> Value {
        Value::Iterator(self.add(Object::Iterator { items, at: 0 }))
    }

    /// What is left of an iterator, and its position.
    pub(super) fn iterated(&mut self, place: Place) -> Option<(&[Value], &mut usize)> {
        match self.0.get_mut(place) {
            Some(Object::Iterator { items, at }) => Some((items, at)),
            _ => None,
        }
    }

    pub(super) fn kind(&self, place: Place) -> Kind {
        match self.0.get(place) {
            Some(Object::List { kind, .. }) => *kind,
            _ => Kind::Java,
        }
    }

    pub(super) fn items(&self, place: Place) -> &[Value] {
        match self.0.get(place) {
            Some(Object::List { items, .. }) => items,
            _ => &[],
        }
    }

    pub(super) fn items_mut(&mut self, place: Place) -> Option<&mut Vec<Value>> {
        match self.0.get_mut(place) {
            Some(Object::List { items, .. }) => Some(items),
            _ => None,
        }
    }

    pub(super) fn entries(&self, place: Place) -> Option<&Entries> {
        match self.0.get(place) {
            Some(Object::Map { entries, .. }) => Some(entries),
            _ => None,
        }
    }

    pub(super) fn entries_mut(&mut self, place: Place) -> Option<&mut Entries> {
        match self.0.get_mut(place) {
            Some(Object::Map { entries, .. }) => Some(entries),
            _ => None,
        }
    }

    /// Notes that the length of a list or a map has changed.
    pub(super) fn touch(&mut self, place: Place) {
        if let Some(Object::List { changes, .. } | Object::Map { changes, .. }) = self.0.get_mut(place) {
            *changes += 1;
        }
    }

    /// How often the length of a list or a map has changed.
    pub(super) fn changes(&self, place: Place) -> usize {
        match self.0.get(place) {
            Some(Object::List { changes, .. } | Object::Map { changes, .. }) => *changes,
            _ => 0,
        }
    }

    /// The key of a map that is equal to this one: a list or a map is one by what it holds.
    pub(super) fn known_key(&self, place: Place, key: Key) -> Key {
        let Key::Object('l' | 'm', _) = key else { return key };
        let value = key.value();
        let mut steps = 10_000;
        let keys = self.entries(place).into_iter().flatten().map(|(key, _)| key);
        let mut alike = keys.filter(|known| matches!(known, Key::Object('l' | 'm', _)));
        let found = alike.find(|known| self.equal(&known.value(), &value, 20, &mut steps).unwrap_or(false));
        found.cloned().unwrap_or(key)
    }

    pub(super) fn member(&self, place: Place, key: &Key) -> Value {
        self.entries(place).and_then(|entries| entries.get(key)).cloned().unwrap_or(Value::Null)
    }

    /// Sets a member and returns what was there.
    pub(super) fn put(&mut self, place: Place, key: Key, value: Value) -> Result<Value, Fault> {
        let key = self.known_key(place, key);
        let Some(Object::Map { entries, once, changes }) = self.0.get_mut(place) else { return Ok(Value::Null) };
        if let Some(set) = once
            && !set.insert(key.clone())
        {
            let name = match &key {
                Key::Text(text) => text.to_string(),
                other => format!("{other:?}"),
            };
            return Err(Fault::new(format!(
                "override `{name}` set twice in one template, which API Gateway answers with an error"
            )));
        }
        let before = entries.insert(key, value);
        *changes += usize::from(before.is_none());
        Ok(before.unwrap_or(Value::Null))
    }

    /// What a view of a map shows.
    pub(super) fn view(&self, view: View, place: Place) -> Vec<Value> {
        let entries = self.entries(place).into_iter().flatten();
        entries
            .map(|(key, value)| match view {
                View::Keys => key.value(),
                View::Values => value.clone(),
                View::Entries => Value::Entry(place, key.clone()),
            })
            .collect()
    }

    /// Whether a list holds its items by itself, and what they are; views as well.
    pub(super) fn sequence(&self, value: &Value) -> Option<Vec<Value>> {
        match value {
            Value::List(place) => Some(self.items(*place).to_vec()),
            Value::View(view, place) => Some(self.view(*view, *place)),
            _ => None,
        }
    }

    pub(super) fn length(&self, value: &Value) -> usize {
        match value {
            Value::List(place) => self.items(*place).len(),
            Value::View(_, place) | Value::Map(place) => self.entries(*place).map_or(0, IndexMap::len),
            _ => 0,
        }
    }

    /// Takes a JSON value in; `Json` is at most 128 levels deep.
    pub(super) fn import(&mut self, json: &Json) -> Value {
        match json {
            Json::Null => Value::Null,
            Json::Bool(bool) => Value::Bool(*bool),
            Json::Int(number) => Value::Number(integer(*number)),
            Json::Float(number) => Value::Number(Number::Double(*number)),
            Json::Number(number) => Number::read(number).map_or_else(|| Value::text(number.as_str()), Value::Number),
            Json::Text(text) => Value::text(text.as_str()),
            Json::List(list) => {
                let items = list.iter().map(|item| self.import(item)).collect();
                self.list(items, Kind::Json)
            }
            Json::Map(map) => {
                let entries = map.iter().map(|(name, value)| (Key::text(name.as_str()), self.import(value))).collect();
                self.map(entries)
            }
        }
    }

    /// Java's `equals`, of two texts, numbers, lists or maps; each pair of values that it looks at is a step.
    pub(super) fn equal(&self, left: &Value, right: &Value, depth: usize, steps: &mut usize) -> Result<bool, Fault> {
        let deeper = depth.checked_sub(1).ok_or_else(|| Fault::new("values nested too deeply to compare"))?;
        *steps = steps.checked_sub(1).ok_or_else(|| Fault::new("the template takes too long"))?;
        if let (Some(left), Some(right)) = (left.as_text(), right.as_text()) {
            return Ok(left == right);
        }
        match (left, right) {
            (Value::Number(left), Value::Number(right)) => Ok(left.same(right)),
            (Value::List(first), Value::List(second)) if first == second => Ok(true),
            (Value::List(first), Value::List(second)) => {
                let array = |place: &Place| matches!(self.kind(*place), Kind::Array(_));
                if array(first) || array(second) {
                    return Ok(false);
                }
                let (first, second) = (self.items(*first), self.items(*second));
                if first.len() != second.len() {
                    return Ok(false);
                }
                for (left, right) in first.iter().zip(second) {
                    if !self.equal(left, right, deeper, steps)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            (Value::Map(first), Value::Map(second)) => self.equal_maps(*first, *second, deeper, steps),
            (Value::Entry(first, left), Value::Entry(second, right)) => {
                Ok(left == right
                    && self.equal(&self.member(*first, left), &self.member(*second, right), deeper, steps)?)
            }
            (Value::View(View::Values, _), Value::View(View::Values, _)) => Ok(left.key() == right.key()),
            (Value::View(..), Value::View(..)) => {
                let (first, second) =
                    (self.sequence(left).unwrap_or_default(), self.sequence(right).unwrap_or_default());
                Ok(first.len() == second.len() && self.holds_all(&second, &first, deeper, steps)?)
            }
            _ => Ok(left.key() == right.key()),
        }
    }

    fn equal_maps(&self, first: Place, second: Place, depth: usize, steps: &mut usize) -> Result<bool, Fault> {
        let (Some(first), Some(second)) = (self.entries(first), self.entries(second)) else { return Ok(false) };
        if first.len() != second.len() {
            return Ok(false);
        }
        for (key, left) in first {
            let Some(right) = second.get(key) else { return Ok(false) };
            if !self.equal(left, right, depth, steps)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether each of some values is among others.
    pub(super) fn holds_all(
        &self,
        items: &[Value],
        wanted: &[Value],
        depth: usize,
        steps: &mut usize,
    ) -> Result<bool, Fault> {
        for wanted in wanted {
            let mut found = false;
            for item in items {
                if self.equal(wanted, item, depth, steps)? {
                    found = true;
                    break;
                }
            }
            if !found {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// An integer of JSON as json-smart reads it.
pub(super) fn integer(number: i128) -> Number {
    match (i32::try_from(number), i64::try_from(number)) {
        (Ok(number), _) => Number::Int(number),
        (_, Ok(number)) => Number::Long(number),
        _ => Number::Big(number.into()),
    }
}

/// A text as a key.
pub(super) fn key(text: &str) -> Key {
    Key::Text(Arc::from(text))
}
