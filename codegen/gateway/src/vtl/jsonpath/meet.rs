//! Whether a value meets the condition of a filter.

use super::super::Fault;
use super::super::decimal::Decimal;
use super::super::number::Number;
use super::super::value::{Key, Value};
use super::compile::{Path, Token};
use super::filter::{Criterion, Filter, Operand, Operator};
use super::select::{Found, Miss, Search};
use std::cmp::Ordering;

impl<'a> Search<'a, '_, '_> {
    /// Whether a filter takes a value.
    pub(super) fn accepts(&mut self, token: &'a Token, value: &Value) -> Found<bool> {
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
