//! What stands at a path in a document.

use super::super::Fault;
use super::super::decimal::Decimal;
use super::super::evaluate::Machine;
use super::super::halt::Halt;
use super::super::heap::{Entries, Kind, key};
use super::super::number::Number;
use super::super::value::{Key, Value};
use super::compile::{Path, Token};
use super::filter::{Criterion, Filter, Operand, Operator};
use std::cmp::Ordering;

/// Why there is no result.
enum Miss {
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

type Found<T> = Result<T, Miss>;

/// What stands at a path, if anything does; more than one place makes a list.
pub(in super::super) fn select(machine: &mut Machine<'_>, root: &Value, path: &Path) -> Result<Option<Value>, Halt> {
    let mut search = Search { machine, root: root.clone(), tokens: &path.tokens, found: Vec::new() };
    match search.run(path, root) {
        Ok(found) => Ok(Some(found)),
        Err(Miss::Nothing) => Ok(None),
        Err(Miss::Halt(halt)) => Err(halt),
    }
}

struct Search<'a, 'm, 's> {
    machine: &'m mut Machine<'s>,
    root: Value,
    tokens: &'a [Token],
    found: Vec<Value>,
}

impl<'a> Search<'a, '_, '_> {
    fn run(&mut self, path: &'a Path, from: &Value) -> Found<Value> {
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

    fn accepts(&mut self, token: &'a Token, value: &Value) -> Found<bool> {
        match token {
            Token::Filter(filter) => self.holds(filter, value),
            _ => Err(Fault::new("`[?]` in a JSONPath, for which nothing gives a filter").into()),
        }
    }

    fn holds(&mut self, filter: &'a Filter, value: &Value) -> Found<bool> {
        match filter {
            Filter::One(criterion) => self.meets(criterion, value),
            Filter::All(all) => {
                for filter in all {
                    if !self.holds(filter, value)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Filter::Either(left, right) => Ok(self.holds(left, value)? || self.holds(right, value)?),
        }
    }

    fn meets(&mut self, criterion: &'a Criterion, value: &Value) -> Found<bool> {
        self.machine.spend(1)?;
        match criterion {
            // Here json-path takes `$` for the item as well.
            Criterion::Exists { path, wanted } => match self.run(path, value) {
                Ok(found) => Ok(found.is_null() != *wanted),
                Err(Miss::Nothing) => Ok(!wanted),
                Err(halt) => Err(halt),
            },
            Criterion::Compare { left, operator, right } => match self.compared(left, *operator, right, value) {
                Err(Miss::Nothing) => Ok(false),
                other => other,
            },
        }
    }

    fn at(&mut self, path: &'a Path, value: &Value) -> Found<Value> {
        let from = if path.relative { value.clone() } else { self.root.clone() };
        self.run(path, &from)
    }

    fn compared(&mut self, left: &'a Operand, operator: Operator, right: &'a Operand, value: &Value) -> Found<bool> {
        if operator == Operator::Matches {
            return self.matches(left, right, value);
        }
        let left = self.operand(left, value)?;
        let right = self.operand(right, value)?;
        let ordering = |search: &mut Self| search.order(&right, &left);
        match operator {
            Operator::Equal => Ok(ordering(self)?.is_eq()),
            Operator::NotEqual => Ok(!ordering(self)?.is_eq()),
            _ if left.is_null() != right.is_null() => Ok(false),
            Operator::Greater => Ok(ordering(self)?.is_lt()),
            Operator::GreaterOrEqual => Ok(ordering(self)?.is_le()),
            Operator::Less => Ok(ordering(self)?.is_gt()),
            _ => Ok(ordering(self)?.is_ge()),
        }
    }

    fn operand(&mut self, operand: &'a Operand, value: &Value) -> Found<Value> {
        match operand {
            Operand::Path(path) => self.at(path, value),
            Operand::Text(text) => Ok(Value::text(text.as_str())),
            Operand::Pattern(_) => Err(Miss::Nothing),
        }
    }

    fn matches(&mut self, left: &'a Operand, right: &'a Operand, value: &Value) -> Found<bool> {
        let (pattern, target) = match (left, right) {
            (Operand::Pattern(pattern), other) => {
                let text = match other {
                    Operand::Pattern(other) => Value::text(other.source.as_str()),
                    other => self.operand(other, value)?,
                };
                (pattern, text)
            }
            (other, Operand::Pattern(pattern)) => (pattern, self.operand(other, value)?),
            (left, right) => {
                self.operand(left, value)?;
                self.operand(right, value)?;
                return Err(Fault::new("`=~` in a JSONPath needs a pattern like `/a.*/`").into());
            }
        };
        if target.is_null() {
            return Ok(false);
        }
        let text = self.machine.print(&target)?;
        self.machine.spend(4000 + text.len())?;
        pattern.regex.is_match(&text).map_err(|error| Fault::new(format!("a pattern in a JSONPath: {error}")).into())
    }

    /// The order of what is expected and what is there; what cannot be compared meets no condition.
    fn order(&mut self, expected: &Value, found: &Value) -> Found<Ordering> {
        let nullish = |value: &Value| value.is_null() || value.as_text() == Some("null");
        match (nullish(expected), nullish(found)) {
            (true, true) => return Ok(Ordering::Equal),
            (true, false) => return Ok(Ordering::Less),
            (false, true) => return Ok(Ordering::Greater),
            (false, false) => {}
        }
        match (expected, found) {
            (Value::Number(left), Value::Number(right)) => {
                self.machine.spend(100)?;
                Ok(decimal(&left.print())?.compare(&decimal(&right.print())?)?)
            }
            (Value::Bool(left), Value::Bool(right)) => Ok(left.cmp(right)),
            (expected, found) => match (expected.as_text(), found) {
                (Some(text), Value::Number(number)) => {
                    self.machine.spend(100)?;
                    Ok(decimal(text)?.compare(&decimal(&Number::print(number))?)?)
                }
                (Some(text), Value::Bool(right)) => Ok(text.eq_ignore_ascii_case("true").cmp(right)),
                (Some(text), found) => {
                    let Some(other) = found.as_text() else { return Err(Miss::Nothing) };
                    let text = text.replace("\\'", "'");
                    Ok(text.encode_utf16().cmp(other.encode_utf16()))
                }
                // One and the same is equal to itself.
                (None, _) if expected.key() == found.key() && !matches!(expected.key(), Key::Null) => {
                    Ok(Ordering::Equal)
                }
                _ => Err(Miss::Nothing),
            },
        }
    }
}

fn decimal(text: &str) -> Result<Decimal, Fault> {
    Decimal::parse(text).ok_or_else(|| Fault::new(format!("`{text}` in a JSONPath's filter is no number")))
}
