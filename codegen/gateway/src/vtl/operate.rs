//! Operators, with Velocity's rules for operands of different types.

use super::Fault;
use super::evaluate::Machine;
use super::syntax::{Expression, Operator};
use super::value::Value;

/// Evaluates operators of one rank from left to right; `&&` and `||` leave the rest alone once they know.
pub(super) fn chain(
    machine: &mut Machine<'_>,
    first: &Expression,
    rest: &[(Operator, Expression)],
) -> Result<Value, Fault> {
    if let [(Operator::And | Operator::Or, _), ..] = rest {
        let decided = rest[0].0 == Operator::Or;
        let mut bool = machine.truth(first)?;
        for (_, operand) in rest {
            if bool == decided {
                break;
            }
            bool = machine.truth(operand)?;
        }
        return Ok(Value::Bool(bool));
    }
    let mut left = machine.expression(first)?.or_empty();
    for (operator, right) in rest {
        let right = machine.expression(right)?.or_empty();
        machine.spend(1)?;
        left = binary(machine, *operator, &left, &right)?;
    }
    Ok(left)
}

fn binary(machine: &mut Machine<'_>, operator: Operator, left: &Value, right: &Value) -> Result<Value, Fault> {
    Ok(match operator {
        Operator::Equal => Value::Bool(equal(machine, left, right)?),
        Operator::NotEqual => Value::Bool(!equal(machine, left, right)?),
        Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
            let ordering = compare(left, right);
            if ordering.is_none() {
                machine.warn("a comparison with something that is not a number is false".to_owned());
            }
            Value::Bool(ordering.is_some_and(|ordering| match operator {
                Operator::Less => ordering.is_lt(),
                Operator::LessOrEqual => ordering.is_le(),
                Operator::Greater => ordering.is_gt(),
                _ => ordering.is_ge(),
            }))
        }
        _ => match arithmetic(operator, left, right) {
            Some(value) => value,
            None if operator == Operator::Add && (joins(left) || joins(right)) => {
                let text = machine.print(left)? + &machine.print(right)?;
                Value::text(text)
            }
            None => {
                machine.warn("arithmetic without a result gives nothing".to_owned());
                Value::Null
            }
        },
    })
}

/// Whether `+` means concatenation with this operand.
fn joins(operand: &Value) -> bool {
    matches!(operand, Value::Text(_))
}

/// Values of different types compare as they print.
fn equal(machine: &mut Machine<'_>, left: &Value, right: &Value) -> Result<bool, Fault> {
    if let (Value::Int(_) | Value::Float(_), Value::Int(_) | Value::Float(_)) = (left, right) {
        return Ok(compare(left, right).is_some_and(std::cmp::Ordering::is_eq));
    }
    match (left, right) {
        (Value::Null, Value::Null) => Ok(true),
        (Value::Null, _) | (_, Value::Null) => Ok(false),
        (Value::Text(left), Value::Text(right)) => {
            machine.spend(left.len().min(right.len()) / 16)?;
            Ok(left == right)
        }
        _ => Ok(machine.print(left)? == machine.print(right)?),
    }
}

// Java widens to a double as well when one side is one.
#[allow(clippy::cast_precision_loss)]
fn double(value: &Value) -> Option<f64> {
    match value {
        Value::Int(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}

fn compare(left: &Value, right: &Value) -> Option<std::cmp::Ordering> {
    match (left, right) {
        (Value::Int(left), Value::Int(right)) => Some(left.cmp(right)),
        _ => double(left)?.partial_cmp(&double(right)?),
    }
}

fn arithmetic(operator: Operator, left: &Value, right: &Value) -> Option<Value> {
    if let (Value::Int(left), Value::Int(right)) = (left, right) {
        let number = match operator {
            Operator::Add => left.checked_add(*right),
            Operator::Subtract => left.checked_sub(*right),
            Operator::Multiply => left.checked_mul(*right),
            Operator::Divide => left.checked_div(*right),
            Operator::Remainder => left.checked_rem(*right),
            _ => None,
        };
        // Past 64 bits Velocity counts in BigInteger; nobody needs a number there.
        return Some(number.map_or(Value::Null, Value::Int));
    }
    let (left, right) = (double(left)?, double(right)?);
    match operator {
        Operator::Add => Some(Value::Float(left + right)),
        Operator::Subtract => Some(Value::Float(left - right)),
        Operator::Multiply => Some(Value::Float(left * right)),
        Operator::Divide => (right != 0.0).then(|| Value::Float(left / right)),
        Operator::Remainder => (right != 0.0).then(|| Value::Float(left % right)),
        _ => None,
    }
}
