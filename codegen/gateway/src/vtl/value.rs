//! Values while a template runs, and the heap that lists and maps live in.

use super::super::json::{self, Escapes, Json};
use super::Fault;
use indexmap::IndexMap;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Where a list or a map is on the heap. Copies of it are the same list, as references are in Java; the heap owns
/// everything, so that a value that holds itself neither leaks nor overflows the stack.
pub(super) type Place = usize;

#[derive(Clone, Debug)]
pub(super) enum Value {
    Null,
    /// What a reference to nothing is worth: an empty string, but for a condition.
    Absent,
    Bool(bool),
    Int(i128),
    Float(f64),
    /// A number that neither of them holds; here it only prints.
    Number(Rc<str>),
    Text(Rc<str>),
    List(Place),
    Map(Place),
    /// An element of `entrySet()`.
    Entry(Place, Rc<str>),
    /// `$input`.
    Input,
    /// `$util`.
    Util,
    /// `$foreach` of the loop with this index, counted from the outermost.
    Loop(usize),
}

impl Value {
    pub(super) fn text(text: impl Into<Rc<str>>) -> Self {
        Self::Text(text.into())
    }

    /// The value as an operand, where nothing is an empty string.
    pub(super) fn or_empty(&self) -> Self {
        match self {
            Self::Absent => Self::text(""),
            other => other.clone(),
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Map {
    pub(super) entries: IndexMap<Rc<str>, Value>,
    /// For the override maps: what has been set in this template, as a second time fails the request.
    pub(super) once: Option<BTreeSet<Rc<str>>>,
}

#[derive(Debug)]
enum Object {
    List {
        items: Vec<Value>,
        /// It came from JSON, and so prints as JSON; a list that a template wrote prints as Java's lists do.
        json: bool,
    },
    Map(Map),
}

/// How deep a value may be printed or compared.
const DEPTH: usize = 140;

/// Lists and maps.
#[derive(Debug, Default)]
pub(super) struct Heap(Vec<Object>);

impl Heap {
    fn add(&mut self, object: Object) -> Place {
        self.0.push(object);
        self.0.len() - 1
    }

    pub(super) fn list(&mut self, items: Vec<Value>, json: bool) -> Value {
        Value::List(self.add(Object::List { items, json }))
    }

    pub(super) fn map(&mut self, entries: IndexMap<Rc<str>, Value>) -> Value {
        Value::Map(self.add(Object::Map(Map { entries, once: None })))
    }

    /// A map whose keys may be set once.
    pub(super) fn overrides(&mut self, entries: IndexMap<Rc<str>, Value>) -> Value {
        Value::Map(self.add(Object::Map(Map { entries, once: Some(BTreeSet::new()) })))
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

    pub(super) fn entries(&self, place: Place) -> Option<&IndexMap<Rc<str>, Value>> {
        match self.0.get(place) {
            Some(Object::Map(map)) => Some(&map.entries),
            _ => None,
        }
    }

    pub(super) fn member(&self, place: Place, name: &str) -> Value {
        self.entries(place).and_then(|entries| entries.get(name)).cloned().unwrap_or(Value::Null)
    }

    /// Sets a member and returns what was there.
    pub(super) fn put(&mut self, place: Place, name: Rc<str>, value: Value) -> Result<Value, Fault> {
        let Some(Object::Map(map)) = self.0.get_mut(place) else { return Ok(Value::Null) };
        if let Some(set) = &mut map.once
            && !set.insert(name.clone())
        {
            return Err(Fault::new(format!(
                "override `{name}` set twice in one template, which API Gateway answers with an error"
            )));
        }
        Ok(map.entries.insert(name, value).unwrap_or(Value::Null))
    }

    /// Takes a JSON value in; `Json` is at most 128 levels deep.
    pub(super) fn import(&mut self, json: &Json) -> Value {
        match json {
            Json::Null => Value::Null,
            Json::Bool(bool) => Value::Bool(*bool),
            Json::Int(number) => Value::Int(*number),
            Json::Float(number) => Value::Float(*number),
            Json::Number(number) => Value::Number(number.as_str().into()),
            Json::Text(text) => Value::text(text.as_str()),
            Json::List(list) => {
                let items = list.iter().map(|item| self.import(item)).collect();
                self.list(items, true)
            }
            Json::Map(map) => {
                let entries = map.iter().map(|(name, value)| (name.as_str().into(), self.import(value))).collect();
                self.map(entries)
            }
        }
    }

    /// A value as Java's `toString` shows it.
    pub(super) fn print(&self, value: &Value) -> Result<String, Fault> {
        let mut out = String::new();
        self.write(&mut out, value, DEPTH)?;
        Ok(out)
    }

    fn write(&self, out: &mut String, value: &Value, depth: usize) -> Result<(), Fault> {
        let deeper = deeper(depth, out)?;
        match value {
            Value::Null | Value::Absent | Value::Input | Value::Util | Value::Loop(_) => {}
            Value::Bool(bool) => out.push_str(if *bool { "true" } else { "false" }),
            Value::Int(number) => out.push_str(&number.to_string()),
            Value::Float(number) => out.push_str(&json::java_double(*number)),
            Value::Number(number) => out.push_str(number),
            Value::Text(text) => out.push_str(text),
            Value::List(place) => match self.0.get(*place) {
                Some(Object::List { json: true, .. }) => self.write_json(out, value, Escapes::Web, deeper)?,
                _ => self.write_sequence(out, self.items(*place).iter(), deeper)?,
            },
            Value::Map(place) => {
                out.push('{');
                for (n, (name, value)) in self.entries(*place).into_iter().flatten().enumerate() {
                    out.push_str(if n == 0 { "" } else { ", " });
                    out.push_str(name);
                    out.push('=');
                    self.write_inner(out, value, deeper)?;
                }
                out.push('}');
            }
            Value::Entry(place, name) => {
                out.push_str(name);
                out.push('=');
                self.write_inner(out, &self.member(*place, name), deeper)?;
            }
        }
        Ok(())
    }

    fn write_sequence<'a>(
        &self,
        out: &mut String,
        items: impl Iterator<Item = &'a Value>,
        depth: usize,
    ) -> Result<(), Fault> {
        out.push('[');
        for (n, item) in items.enumerate() {
            out.push_str(if n == 0 { "" } else { ", " });
            self.write_inner(out, item, depth)?;
        }
        out.push(']');
        Ok(())
    }

    /// A null prints nothing by itself and `null` inside a collection.
    fn write_inner(&self, out: &mut String, value: &Value, depth: usize) -> Result<(), Fault> {
        if let Value::Null = value {
            out.push_str("null");
            return Ok(());
        }
        self.write(out, value, depth)
    }

    /// A value as JSON text.
    pub(super) fn json(&self, value: &Value) -> Result<String, Fault> {
        let mut out = String::new();
        self.write_json(&mut out, value, Escapes::Plain, DEPTH)?;
        Ok(out)
    }

    fn write_json(&self, out: &mut String, value: &Value, escapes: Escapes, depth: usize) -> Result<(), Fault> {
        let deeper = deeper(depth, out)?;
        match value {
            Value::Null => out.push_str("null"),
            Value::Absent => out.push_str("\"\""),
            Value::Text(text) => json::write_string(out, text, escapes),
            Value::List(place) => {
                out.push('[');
                for (n, item) in self.items(*place).iter().enumerate() {
                    out.push_str(if n == 0 { "" } else { "," });
                    self.write_json(out, item, escapes, deeper)?;
                }
                out.push(']');
            }
            Value::Map(place) => {
                out.push('{');
                for (n, (name, value)) in self.entries(*place).into_iter().flatten().enumerate() {
                    out.push_str(if n == 0 { "" } else { "," });
                    json::write_string(out, name, escapes);
                    out.push(':');
                    self.write_json(out, value, escapes, deeper)?;
                }
                out.push('}');
            }
            other => self.write(out, other, deeper)?,
        }
        Ok(())
    }
}

/// One level deeper, or the fault that printing has come too deep or too far.
fn deeper(depth: usize, out: &str) -> Result<usize, Fault> {
    if out.len() > super::OUTPUT {
        return Err(Fault::new("a value that prints more than 10 MB"));
    }
    depth.checked_sub(1).ok_or_else(|| Fault::new("a value nested too deeply to print"))
}
