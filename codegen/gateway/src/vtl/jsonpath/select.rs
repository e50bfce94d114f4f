//! What stands at a path in a document.

use super::super::Fault;
use super::super::evaluate::Machine;
use super::super::halt::Halt;
use super::super::heap::{Entries, Kind, key};
use super::super::value::Value;
use super::compile::{Path, Token};

/// Why there is no result.
pub(super) enum Miss {
    /// Nothing stands there, which API Gateway takes for nothing.
    Nothing,
    Halt(Halt),
}

impl From<Halt> for Miss {
    fn from(halt: Halt) -> Self {
        Self::Halt(halt)
    }
}

impl From<Fault> for Miss {
    fn from(fault: Fault) -> Self {
        Self::Halt(fault.into())
    }
}

pub(super) type Found<T> = Result<T, Miss>;

/// What stands at a path, if anything does; more than one place makes a list.
pub(in super::super) fn select(machine: &mut Machine<'_>, root: &Value, path: &Path) -> Result<Option<Value>, Halt> {
    let mut search = Search { machine, root: root.clone(), tokens: &path.tokens, found: Vec::new() };
    match search.run(path, root) {
        Ok(found) => Ok(Some(found)),
        Err(Miss::Nothing) => Ok(None),
        Err(Miss::Halt(halt)) => Err(halt),
    }
}

pub(super) struct Search<'a, 'm, 's> {
    pub(super) machine: &'m mut Machine<'s>,
    pub(super) root: Value,
    tokens: &'a [Token],
    found: Vec<Value>,
}

impl<'a> Search<'a, '_, '_> {
    pub(super) fn run(&mut self, path: &'a Path, from: &Value) -> Found<Value> {
        let before = (std::mem::replace(&mut self.tokens, &path.tokens), std::mem::take(&mut self.found));
        let done = self.walk(0, from);
        let found = std::mem::replace(&mut self.found, before.1);
        self.tokens = before.0;
        done?;
        if path.is_definite() {
            return found.into_iter().next().ok_or(Miss::Nothing);
        }
        Ok(self.machine.heap.list(found, Kind::Json))
    }

    fn is_leaf(&self, at: usize) -> bool {
        at + 1 == self.tokens.len()
    }

    fn next(&mut self, at: usize, value: &Value) -> Found<()> {
        if self.is_leaf(at) {
            self.found.push(value.clone());
            return Ok(());
        }
        self.walk(at + 1, value)
    }

    /// Follows a path from one of its steps on. Steps that lead to one place are a loop, others go one level deeper.
    fn walk(&mut self, start: usize, from: &Value) -> Found<()> {
        let mut value = from.clone();
        for at in start..self.tokens.len() {
            self.machine.spend(1)?;
            let single = match &self.tokens[at] {
                Token::Root => Some(value.clone()),
                Token::Properties(names) => self.properties(at, names, &value)?,
                Token::Index(index) => Some(self.item(&value, i64::from(*index))?),
                Token::FromEnd(offset) => {
                    let length = i64::try_from(self.array(&value)?.len()).unwrap_or(i64::MAX);
                    Some(self.item(&value, length + i64::from(*offset))?)
                }
                _ => {
                    let token = &self.tokens[at];
                    return self.deeper(|search| search.several(at, token, &value));
                }
            };
            match single {
                Some(found) => value = found,
                None => return Ok(()),
            }
        }
        self.found.push(value);
        Ok(())
    }

    fn deeper(&mut self, run: impl FnOnce(&mut Self) -> Found<()>) -> Found<()> {
        self.machine.enter()?;
        let done = run(self);
        self.machine.exit();
        done
    }

    /// A member, or several as a map; nothing where the path is left.
    fn properties(&mut self, at: usize, names: &[String], value: &Value) -> Found<Option<Value>> {
        let Value::Map(place) = value else { return Err(Miss::Nothing) };
        if let [name] = names {
            let found = self.machine.heap.entries(*place).and_then(|entries| entries.get(&key(name))).cloned();
            return match found {
                Some(found) => Ok(Some(found)),
                None if self.is_leaf(at) || self.is_definite_around(at) => Err(Miss::Nothing),
                None => Ok(None),
            };
        }
        if !self.is_leaf(at) {
            return Err(Fault::new("several names of a JSONPath stand only at its end").into());
        }
        let mut merged = Entries::new();
        for name in names {
            if let Some(found) = self.machine.heap.entries(*place).and_then(|entries| entries.get(&key(name))) {
                merged.insert(key(name), found.clone());
            }
        }
        Ok(Some(self.machine.heap.map(merged)))
    }

    /// What json-path takes for a sure way to a step: the one before it and all from there on.
    fn is_definite_around(&self, at: usize) -> bool {
        let from = at.saturating_sub(1);
        self.tokens[from..].iter().all(Token::is_definite)
    }

    fn array(&self, value: &Value) -> Found<Vec<Value>> {
        match value {
            Value::List(place) => Ok(self.machine.heap.items(*place).to_vec()),
            Value::Null => Err(Miss::Nothing),
            _ => Err(Fault::new("an index in a JSONPath of something that is no array").into()),
        }
    }

    fn item(&self, value: &Value, index: i64) -> Found<Value> {
        let Value::List(place) = value else { return self.array(value).map(|_| Value::Null) };
        let items = self.machine.heap.items(*place);
        usize::try_from(index).ok().and_then(|at| items.get(at)).cloned().ok_or(Miss::Nothing)
    }

    fn several(&mut self, at: usize, token: &'a Token, value: &Value) -> Found<()> {
        match token {
            Token::Wildcard => self.wildcard(at, value),
            Token::Scan => {
                if self.is_leaf(at) {
                    return Err(Fault::new("a JSONPath that ends in `..`").into());
                }
                let next = &self.tokens[at + 1];
                self.scan(at + 1, next, value)
            }
            Token::Filter(_) | Token::Placeholder => self.filter(at, token, value),
            _ => {
                let items = self.array(value)?;
                let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
                let (from, to) = match token {
                    Token::From(from) if *from < 0 => ((length + i64::from(*from)).max(0), length),
                    Token::From(from) => (i64::from(*from), length),
                    Token::To(to) if *to < 0 => (0, length + i64::from(*to)),
                    Token::To(to) => (0, length.min((*to).into())),
                    Token::Between(from, to) => (i64::from(*from), length.min((*to).into())),
                    Token::Indices(indices) => {
                        for index in indices {
                            let item = self.item(value, i64::from(*index))?;
                            self.next(at, &item)?;
                        }
                        return Ok(());
                    }
                    _ => return Ok(()),
                };
                if length == 0 {
                    return Ok(());
                }
                for index in from..to {
                    let item = self.item(value, index)?;
                    self.next(at, &item)?;
                }
                Ok(())
            }
        }
    }

    fn wildcard(&mut self, at: usize, value: &Value) -> Found<()> {
        match value {
            Value::Map(place) => {
                let items: Vec<_> =
                    self.machine.heap.entries(*place).into_iter().flat_map(|map| map.values().cloned()).collect();
                items.iter().try_for_each(|item| self.next(at, item))
            }
            Value::List(place) => {
                let items = self.machine.heap.items(*place).to_vec();
                for item in &items {
                    match self.next(at, item) {
                        Ok(()) | Err(Miss::Nothing) => {}
                        Err(halt) => return Err(halt),
                    }
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// `..`: the next step wherever it fits, from the outside to the inside.
    fn scan(&mut self, at: usize, token: &'a Token, value: &Value) -> Found<()> {
        self.machine.spend(1)?;
        let fits = match token {
            Token::Properties(names) => match value {
                Value::Map(place) => {
                    let entries = self.machine.heap.entries(*place);
                    entries.is_some_and(|entries| names.iter().all(|name| entries.contains_key(&key(name))))
                }
                _ => false,
            },
            Token::Wildcard => true,
            Token::Filter(_) | Token::Placeholder => {
                matches!(value, Value::Map(_) | Value::List(_)) && self.accepts(token, value)?
            }
            Token::Root | Token::Scan => false,
            _ => matches!(value, Value::List(_)),
        };
        let items = match value {
            Value::Map(place) => {
                if fits {
                    self.walk(at, value)?;
                }
                self.machine.heap.entries(*place).into_iter().flat_map(|map| map.values().cloned()).collect()
            }
            Value::List(place) => {
                let items = self.machine.heap.items(*place).to_vec();
                if fits && self.is_leaf(at) {
                    self.walk(at, value)?;
                } else if fits {
                    for item in &items {
                        self.walk(at + 1, item)?;
                    }
                }
                items
            }
            _ => Vec::new(),
        };
        items.iter().try_for_each(|item| self.deeper(|search| search.scan(at, token, item)))
    }

    fn filter(&mut self, at: usize, token: &'a Token, value: &Value) -> Found<()> {
        match value {
            Value::Map(_) => {
                if self.accepts(token, value)? {
                    self.next(at, value)
                } else {
                    Ok(())
                }
            }
            Value::List(place) => {
                let items = self.machine.heap.items(*place).to_vec();
                for item in &items {
                    if self.accepts(token, item)? {
                        self.next(at, item)?;
                    }
                }
                Ok(())
            }
            _ => Err(Fault::new("a filter in a JSONPath of something that is neither an object nor an array").into()),
        }
    }
}
