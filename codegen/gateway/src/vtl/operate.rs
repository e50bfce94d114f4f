//! Expressions at run time: operators, with Velocity's rules for operands of different types, and conditions.

use super::evaluate::Machine;
use super::halt::Run;
use super::heap::{Entries, Kind};
use super::number::{Number, Operation};
use super::syntax::{Chain, Expression, Interpolated, Link, Operator, ReferenceKind};
use super::value::Value;
use std::cmp::Ordering;

/// How deep values may be to be compared.
pub(super) const COMPARED: usize = 140;

impl Machine<'_> {
    pub(super) fn expression(&mut self, expression: &Expression, frame: usize) -> Run<Value> {
        self.spend(1)?;
        self.deeper(|machine| machine.evaluated(expression, frame))
    }

    fn evaluated(&mut self, expression: &Expression, frame: usize) -> Run<Value> {
        Ok(match expression {
            Expression::Bool(bool) => Value::Bool(*bool),
            Expression::Number(number) => Value::Number(number.clone()),
            Expression::Text(text) | Expression::Path(text, _) => {
                self.spend(text.len() / 16)?;
                Value::Text(text.clone())
            }
            Expression::Interpolated(text) => self.interpolated(text, frame)?,
            Expression::List(items) => {
                let items = items.iter().map(|item| self.expression(item, frame)).collect::<Run<_>>()?;
                self.heap.list(items, Kind::Java)
            }
            Expression::Range(first, last) => {
                let (first, last) = (self.expression(first, frame)?, self.expression(last, frame)?);
                self.range(&first, &last)?
            }
            Expression::Map(entries) => {
                let map = self.heap.map(Entries::new());
                for (key, value) in entries {
                    let (key, value) = (self.expression(key, frame)?.key(), self.expression(value, frame)?);
                    if let Value::Map(place) = map {
                        self.heap.put(place, key, value)?;
                    }
                }
                map
            }
            Expression::Reference(reference) if reference.kind == ReferenceKind::SlashBang => Value::Null,
            Expression::Reference(reference) => self.execute(reference, frame)?,
            Expression::Word(_) | Expression::Nothing => Value::Null,
            Expression::Parenthesis(inner) => self.expression(inner, frame)?,
            Expression::Not(inner) => Value::Bool(!self.truth(inner, frame)?),
            Expression::Chain(chain) => self.chain(chain, frame)?,
        })
    }

    fn interpolated(&mut self, text: &Interpolated, frame: usize) -> Run<Value> {
        let mut out = String::new();
        self.block(&text.block, frame, &mut out)?;
        if text.padded {
            out.pop();
        }
        Ok(Value::text(out))
    }

    fn range(&mut self, first: &Value, last: &Value) -> Run<Value> {
        let (Value::Number(first), Value::Number(last)) = (first, last) else {
            self.warn("a range whose ends are not both numbers is nothing".to_owned());
            return Ok(Value::Null);
        };
        let (first, last) = (first.to_int(), last.to_int());
        self.spend((first.abs_diff(last) as usize).saturating_mul(4))?;
        let items = if first <= last {
            (first..=last).map(Value::int).collect()
        } else {
            (last..=first).rev().map(Value::int).collect()
        };
        Ok(self.heap.list(items, Kind::Java))
    }

    /// An expression as a condition. A literal other than `true` is false, whatever it says, and so is a number that was
    /// computed; a reference to something that is not a boolean is true.
    pub(super) fn truth(&mut self, expression: &Expression, frame: usize) -> Run<bool> {
        match expression {
            Expression::Reference(reference) => match self.execute(reference, frame)? {
                Value::Null => Ok(false),
                Value::Absent => {
                    self.warn(format!(
                        "`{}` is absent and taken as false here: what API Gateway makes of it is not documented, compare it with `\"\"`",
                        reference.literal
                    ));
                    Ok(false)
                }
                Value::Bool(bool) => Ok(bool),
                value => Ok(self.printed(&value)?.is_some()),
            },
            Expression::Parenthesis(inner) => self.deeper(|machine| machine.truth(inner, frame)),
            Expression::Bool(bool) => Ok(*bool),
            // Velocity does not even compute it.
            Expression::Chain(chain) if chain.rest.last().is_some_and(|link| link.operator.computes()) => Ok(false),
            Expression::Not(_) | Expression::Chain(_) => {
                Ok(matches!(self.expression(expression, frame)?, Value::Bool(true)))
            }
            _ => Ok(false),
        }
    }

    /// Evaluates operators of one rank from left to right; `&&` and `||` leave the rest alone once they know.
    fn chain(&mut self, chain: &Chain, frame: usize) -> Run<Value> {
        if let [Link { operator: operator @ (Operator::And | Operator::Or), .. }, ..] = &chain.rest[..] {
            let decided = *operator == Operator::Or;
            let mut bool = self.truth(&chain.first, frame)?;
            for link in &chain.rest {
                if bool == decided {
                    break;
                }
                bool = self.truth(&link.right, frame)?;
            }
            return Ok(Value::Bool(bool));
        }
        let mut left = self.expression(&chain.first, frame)?;
        for link in &chain.rest {
            let right = self.expression(&link.right, frame)?;
            self.spend(1)?;
            left = self.binary(link, &left, &right)?;
        }
        Ok(left)
    }

    fn binary(&mut self, link: &Link, left: &Value, right: &Value) -> Run<Value> {
        let operation = match link.operator {
            Operator::Equal => return Ok(Value::Bool(self.equal(left, right)?)),
            Operator::NotEqual => return Ok(Value::Bool(!self.equal(left, right)?)),
            Operator::Add => Operation::Add,
            Operator::Subtract => Operation::Subtract,
            Operator::Multiply => Operation::Multiply,
            Operator::Divide => Operation::Divide,
            Operator::Remainder => Operation::Remainder,
            operator => return self.ordered(operator, left, right).map(Value::Bool),
        };
        if let (Some((first, second)), true) = (&link.literals, left.as_text().is_some() || right.as_text().is_some()) {
            let mut text = if left.is_null() { first.to_string() } else { self.print(left)? };
            text += &if right.is_null() { second.to_string() } else { self.print(right)? };
            self.spend(text.len() / 16)?;
            // With nothing behind it, Java gives the very text back.
            let left_alone = matches!(left, Value::Absent) && text.is_empty();
            return Ok(if left_alone { Value::Absent } else { Value::text(text) });
        }
        let (Value::Number(left), Value::Number(right)) = (left, right) else {
            self.warn("arithmetic without a result gives nothing".to_owned());
            return Ok(Value::Null);
        };
        if let (Number::Big(_) | Number::Decimal(_), _) | (_, Number::Big(_) | Number::Decimal(_)) = (left, right) {
            self.spend(1000)?;
        }
        let found = Number::compute(operation, left, right)?;
        if found.is_none() {
            self.warn("arithmetic without a result gives nothing".to_owned());
        }
        Ok(found.map_or(Value::Null, Value::Number))
    }

    fn ordered(&mut self, operator: Operator, left: &Value, right: &Value) -> Run<bool> {
        let (Value::Number(left), Value::Number(right)) = (left, right) else {
            self.warn("a comparison with something that is not a number is false".to_owned());
            return Ok(false);
        };
        let order = Number::compare(left, right)?;
        Ok(match operator {
            Operator::Less => order == Ordering::Less,
            Operator::LessOrEqual => order != Ordering::Greater,
            Operator::Greater => order == Ordering::Greater,
            _ => order != Ordering::Less,
        })
    }

    /// Java's `equals`.
    pub(super) fn same(&mut self, left: &Value, right: &Value) -> Run<bool> {
        Ok(self.heap.equal(left, right, COMPARED, &mut self.steps)?)
    }

    /// Values of different types compare as they print.
    fn equal(&mut self, left: &Value, right: &Value) -> Run<bool> {
        if let (Some(left), Some(right)) = (left.as_text(), right.as_text()) {
            self.spend(left.len().min(right.len()) / 16)?;
            return Ok(left == right);
        }
        match (left, right) {
            (Value::Null, Value::Null) => Ok(true),
            (Value::Null, other) | (other, Value::Null) => Ok(self.printed(other)?.is_none()),
            (Value::Number(left), Value::Number(right)) => Ok(Number::compare(left, right)?.is_eq()),
            (Value::Bool(left), Value::Bool(right)) => Ok(left == right),
            (Value::Char(left), Value::Char(right)) => Ok(left == right),
            (Value::List(_), Value::List(_))
            | (Value::Map(_), Value::Map(_))
            | (Value::Entry(..), Value::Entry(..))
            | (Value::View(..), Value::View(..))
                if java_alike(self, left, right) =>
            {
                self.same(left, right)
            }
            (Value::Block(left), Value::Block(right)) | (Value::Iterator(left), Value::Iterator(right)) => {
                Ok(left == right)
            }
            _ => Ok(self.printed(left)? == self.printed(right)?),
        }
    }
}

/// Whether Java has one type for both, of which `equals` decides.
fn java_alike(machine: &Machine<'_>, left: &Value, right: &Value) -> bool {
    let array = |value: &Value| match value {
        Value::List(place) => matches!(machine.heap.kind(*place), Kind::Array(_)),
        _ => false,
    };
    match (left, right) {
        (Value::View(left, _), Value::View(right, _)) => left == right,
        _ => array(left) == array(right),
    }
}
