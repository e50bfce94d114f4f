//! Java's numbers, and Velocity's arithmetic on them: an integer grows as long as it has to.

use super::decimal::Decimal;
use super::{Fault, json};
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};
use std::cmp::Ordering;

/// A number may have so many bits; nobody needs more, and each operation would take longer than the one before.
pub(super) const BITS: u64 = 100_000;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Number {
    Int(i32),
    Long(i64),
    Big(BigInt),
    Double(f64),
    Decimal(Decimal),
}

/// What two numbers are computed as.
enum Pair {
    Long(i64, i64),
    Big(BigInt, BigInt),
    Double(f64, f64),
    Decimal(Decimal, Decimal),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl Number {
    /// A number as a template writes it.
    pub(super) fn literal(text: &str) -> Option<Self> {
        if text.contains(['.', 'e', 'E']) {
            return text.parse().ok().map(Self::Double);
        }
        Self::whole(text)
    }

    /// The smallest kind of integer that holds it.
    pub(super) fn whole(text: &str) -> Option<Self> {
        if let Ok(number) = text.parse() {
            return Some(Self::Int(number));
        }
        if let Ok(number) = text.parse() {
            return Some(Self::Long(number));
        }
        // Reading a number of many digits takes their square.
        (text.len() <= 30_000).then(|| text.parse().ok().map(Self::Big))?
    }

    pub(super) fn count(number: usize) -> Self {
        i32::try_from(number).map_or(Self::Int(i32::MAX), Self::Int)
    }

    /// The number in a JSON text that is neither an integer of 128 bits nor a double.
    pub(super) fn read(text: &str) -> Option<Self> {
        if text.contains(['.', 'e', 'E']) { Decimal::parse(text).map(Self::Decimal) } else { Self::whole(text) }
    }

    fn is_integer(&self) -> bool {
        matches!(self, Self::Int(_) | Self::Long(_) | Self::Big(_))
    }

    pub(super) fn to_double(&self) -> f64 {
        match self {
            Self::Int(number) => f64::from(*number),
            // Java rounds as well.
            #[allow(clippy::cast_precision_loss)]
            Self::Long(number) => *number as f64,
            Self::Big(number) => number.to_f64().unwrap_or(f64::NAN),
            Self::Double(number) => *number,
            Self::Decimal(number) => number.to_double(),
        }
    }

    /// Java's `longValue`: what does not fit is cut off.
    pub(super) fn to_long(&self) -> i64 {
        match self {
            Self::Int(number) => i64::from(*number),
            Self::Long(number) => *number,
            Self::Big(number) => low(number),
            // Java saturates as well.
            #[allow(clippy::cast_possible_truncation)]
            Self::Double(number) => *number as i64,
            Self::Decimal(number) => low(&number.truncated()),
        }
    }

    /// Java's `intValue`.
    pub(super) fn to_int(&self) -> i32 {
        match self {
            Self::Int(number) => *number,
            #[allow(clippy::cast_possible_truncation)]
            Self::Double(number) => *number as i32,
            #[allow(clippy::cast_possible_truncation)]
            other => other.to_long() as i32,
        }
    }

    fn to_big(&self) -> BigInt {
        match self {
            Self::Big(number) => number.clone(),
            other => other.to_long().into(),
        }
    }

    pub(super) fn to_decimal(&self) -> Result<Decimal, Fault> {
        match self {
            Self::Decimal(number) => Ok(number.clone()),
            Self::Big(number) => Ok(Decimal::new(number.clone(), 0)),
            // Through a double, whatever it loses, as Velocity does.
            other => Decimal::exact(other.to_double()).ok_or_else(|| Fault::new("a number that is infinite or none")),
        }
    }

    fn pair(left: &Self, right: &Self) -> Result<Pair, Fault> {
        let integers = left.is_integer() && right.is_integer();
        let big = matches!(left, Self::Big(_)) || matches!(right, Self::Big(_));
        let decimal = matches!(left, Self::Decimal(_)) || matches!(right, Self::Decimal(_));
        Ok(if decimal || (!integers && big) {
            Pair::Decimal(left.to_decimal()?, right.to_decimal()?)
        } else if !integers {
            Pair::Double(left.to_double(), right.to_double())
        } else if big {
            Pair::Big(left.to_big(), right.to_big())
        } else {
            Pair::Long(left.to_long(), right.to_long())
        })
    }

    fn is_zero(&self) -> bool {
        match self {
            Self::Int(number) => *number == 0,
            Self::Long(number) => *number == 0,
            Self::Big(number) => number.is_zero(),
            Self::Double(number) => *number == 0.0,
            Self::Decimal(number) => number.is_zero(),
        }
    }

    /// The result, and none of a division by zero.
    pub(super) fn compute(operation: Operation, left: &Self, right: &Self) -> Result<Option<Self>, Fault> {
        if matches!(operation, Operation::Divide | Operation::Remainder) && right.is_zero() {
            return Ok(None);
        }
        let found = match Self::pair(left, right)? {
            Pair::Long(first, second) => {
                let long = matches!(left, Self::Long(_)) || matches!(right, Self::Long(_));
                long_result(operation, first, second, long)
            }
            Pair::Big(first, second) => Self::Big(match operation {
                Operation::Add => first + second,
                Operation::Subtract => first - second,
                Operation::Multiply => first * second,
                Operation::Divide => first / second,
                Operation::Remainder if second.is_negative() => {
                    return Err(Fault::new("the remainder of a division by a negative number of more than 64 bits"));
                }
                Operation::Remainder => ((first % &second) + &second) % second,
            }),
            Pair::Double(first, second) => Self::Double(match operation {
                Operation::Add => first + second,
                Operation::Subtract => first - second,
                Operation::Multiply => first * second,
                Operation::Divide => first / second,
                Operation::Remainder => first % second,
            }),
            Pair::Decimal(first, second) => Self::Decimal(match operation {
                Operation::Add => first.add(&second, false)?,
                Operation::Subtract => first.add(&second, true)?,
                Operation::Multiply => first.multiply(&second)?,
                Operation::Divide => first.divide(&second)?,
                Operation::Remainder => return Err(Fault::new("Velocity has no remainder of decimal numbers")),
            }),
        };
        if let Self::Big(number) = &found
            && number.bits() > BITS
        {
            return Err(Fault::new("a number that is too long"));
        }
        Ok(Some(found))
    }

    /// The order of two numbers; what is no number is equal to everything, as in Velocity.
    pub(super) fn compare(left: &Self, right: &Self) -> Result<Ordering, Fault> {
        Ok(match Self::pair(left, right)? {
            Pair::Long(left, right) => left.cmp(&right),
            Pair::Big(left, right) => left.cmp(&right),
            Pair::Double(left, right) => left.partial_cmp(&right).unwrap_or(Ordering::Equal),
            Pair::Decimal(left, right) => left.compare(&right)?,
        })
    }

    /// Java's `equals`: never of two kinds.
    pub(super) fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Double(left), Self::Double(right)) => {
                (left.is_nan() && right.is_nan()) || left.to_bits() == right.to_bits()
            }
            (left, right) => left == right,
        }
    }

    pub(super) fn print(&self) -> String {
        match self {
            Self::Int(number) => number.to_string(),
            Self::Long(number) => number.to_string(),
            Self::Big(number) => number.to_string(),
            Self::Double(number) => json::java_double(*number),
            Self::Decimal(number) => number.print(),
        }
    }
}

/// The lowest 64 bits.
fn low(number: &BigInt) -> i64 {
    let low: BigInt = number & BigInt::from(u64::MAX);
    low.to_u64().unwrap_or(0).cast_signed()
}

fn long_result(operation: Operation, left: i64, right: i64, long: bool) -> Number {
    let big = |exact: Option<i64>, result: BigInt| exact.map_or(Number::Big(result), |number| wrapped(number, long));
    let (first, second) = (BigInt::from(left), BigInt::from(right));
    match operation {
        Operation::Add => big(left.checked_add(right), first + second),
        Operation::Subtract => big(left.checked_sub(right), first - second),
        // Velocity checks by dividing again, which does not see this one.
        Operation::Multiply if left == i64::MIN && right == -1 => wrapped(left, long),
        Operation::Multiply => big(left.checked_mul(right), first * second),
        Operation::Divide => wrapped(left.wrapping_div(right), long),
        Operation::Remainder => wrapped(left.wrapping_rem(right), long),
    }
}

/// As the wider of the operands' types, or wider.
fn wrapped(number: i64, long: bool) -> Number {
    match i32::try_from(number) {
        Ok(number) if !long => Number::Int(number),
        _ => Number::Long(number),
    }
}
