//! The methods of Java's numbers, and the static ones of their classes, which a number reaches as well.

use super::super::super::json;
use super::super::decimal::Decimal;
use super::super::evaluate::Machine;
use super::super::halt::Run;
use super::super::number::{Number, Operation};
use super::super::value::Value;
use super::Call;
use super::text::order;

pub(super) fn call(machine: &mut Machine<'_>, own: &Number, call: &Call<'_>) -> Run<Option<Value>> {
    if let Number::Big(_) | Number::Decimal(_) = own {
        machine.spend(1000)?;
    }
    let found = match (call.name, call.formals) {
        ("intValue", _) => Number::Int(own.to_int()),
        ("longValue", _) => Number::Long(own.to_long()),
        ("doubleValue", _) => Number::Double(own.to_double()),
        ("isNaN" | "isInfinite" | "isFinite", formals) => {
            let number = if formals.is_empty() { own.to_double() } else { call.number(0)?.to_double() };
            return Ok(Some(Value::Bool(match call.name {
                "isNaN" => number.is_nan(),
                "isInfinite" => number.is_infinite(),
                _ => number.is_finite(),
            })));
        }
        ("toString", []) => return Ok(Some(Value::text(own.print()))),
        ("compareTo", _) => return compare_to(own, call).map(Some),
        ("signum", []) => {
            let zero = Number::Int(0);
            return Ok(Some(order(Number::compare(own, &zero)?)));
        }
        _ => return fixed(own, call),
    };
    Ok(Some(Value::Number(found)))
}

/// `compareTo`, of a number of the same kind only.
fn compare_to(own: &Number, call: &Call<'_>) -> Run<Value> {
    let other = call.number(0)?;
    if std::mem::discriminant(own) != std::mem::discriminant(other) {
        return call.throws("a number of another kind");
    }
    match (own, other) {
        (Number::Double(left), Number::Double(right)) => Ok(order(total(*left, *right))),
        _ => Ok(order(Number::compare(own, other)?)),
    }
}

/// The order of Java's `Double.compare`, in which NaN comes last.
fn total(left: f64, right: f64) -> std::cmp::Ordering {
    let canonical = |number: f64| if number.is_nan() { f64::NAN.copysign(1.0) } else { number };
    canonical(left).total_cmp(&canonical(right))
}

/// The methods that do not look at the number itself, or only at its kind.
fn fixed(own: &Number, call: &Call<'_>) -> Run<Option<Value>> {
    let wide = |at: usize| {
        let number = call.number(at)?;
        Ok::<_, super::super::halt::Halt>(match own {
            Number::Int(_) => Number::Int(number.to_int()),
            Number::Long(_) => Number::Long(number.to_long()),
            Number::Double(_) => Number::Double(number.to_double()),
            Number::Big(_) | Number::Decimal(_) => number.clone(),
        })
    };
    let wraps = |number: i64| match own {
        #[allow(clippy::cast_possible_truncation)]
        Number::Int(_) => Number::Int(number as i32),
        _ => Number::Long(number),
    };
    let found = match (call.name, call.arguments.len()) {
        ("compare", 2) => {
            let (left, right) = (wide(0)?, wide(1)?);
            return Ok(Some(match (&left, &right) {
                (Number::Double(left), Number::Double(right)) => order(total(*left, *right)),
                _ => order(Number::compare(&left, &right)?),
            }));
        }
        ("max" | "min", count) => {
            let (left, right) = if count == 1 { (own.clone(), wide(0)?) } else { (wide(0)?, wide(1)?) };
            extreme(call.name == "max", left, right)?
        }
        ("sum", 2) => match (wide(0)?, wide(1)?) {
            (Number::Double(left), Number::Double(right)) => Number::Double(left + right),
            (left, right) => wraps(left.to_long().wrapping_add(right.to_long())),
        },
        ("add", 1) => match Number::compute(Operation::Add, own, call.number(0)?)? {
            Some(sum) => sum,
            None => return Ok(None),
        },
        ("signum", 1) => Number::Int(wide(0)?.to_long().signum().try_into().unwrap_or(0)),
        ("parseInt" | "parseLong" | "parseDouble", _) => parse(own, call)?,
        ("valueOf", _) => value_of(own, call)?,
        ("toString", count) => {
            let radix = if count == 2 { Some(call.int(1)?) } else { None };
            return Ok(Some(Value::text(match (own, radix) {
                (Number::Double(_), _) => json::java_double(wide(0)?.to_double()),
                (Number::Big(number), _) => {
                    let radix = u32::try_from(call.int(0)?).ok().filter(|radix| (2..=36).contains(radix));
                    number.to_str_radix(radix.unwrap_or(10))
                }
                _ => in_radix(wide(0)?.to_long(), radix.unwrap_or(10)),
            })));
        }
        ("toHexString" | "toBinaryString" | "toOctalString", _) => {
            let number = wide(0)?.to_long();
            #[allow(clippy::cast_possible_truncation)]
            let bits = match own {
                Number::Int(_) => u64::from((number as i32).cast_unsigned()),
                _ => number.cast_unsigned(),
            };
            return Ok(Some(Value::text(match call.name {
                "toHexString" => format!("{bits:x}"),
                "toBinaryString" => format!("{bits:b}"),
                _ => format!("{bits:o}"),
            })));
        }
        _ => return Ok(None),
    };
    Ok(Some(Value::Number(found)))
}

fn extreme(most: bool, left: Number, right: Number) -> Run<Number> {
    if let (Number::Double(first), Number::Double(second)) = (&left, &right) {
        let nan = first.is_nan() || second.is_nan();
        let first_wins = (total(*first, *second) == std::cmp::Ordering::Greater) == most;
        return Ok(Number::Double(if nan {
            f64::NAN
        } else if first_wins {
            *first
        } else {
            *second
        }));
    }
    let order = Number::compare(&left, &right)?;
    let first = if most { order.is_ge() } else { order.is_le() };
    Ok(if first { left } else { right })
}

fn value_of(own: &Number, call: &Call<'_>) -> Run<Number> {
    Ok(match (own, call.arguments.first()) {
        (_, Some(Value::Null) | None) => return call.throws("an argument that is null"),
        (Number::Int(_) | Number::Long(_) | Number::Double(_), Some(text)) if text.as_text().is_some() => {
            parse(own, call)?
        }
        (Number::Decimal(_), Some(Value::Number(Number::Double(number)))) => {
            match Decimal::parse(&json::java_double(*number)) {
                Some(number) => Number::Decimal(number),
                None => return call.throws("a number that is infinite or none"),
            }
        }
        (Number::Decimal(_), _) => Number::Decimal(Decimal::new(call.number(0)?.to_long().into(), 0)),
        (Number::Big(_), _) => Number::Big(call.number(0)?.to_long().into()),
        (Number::Int(_), _) => Number::Int(call.int(0)?),
        (Number::Long(_), _) => Number::Long(call.number(0)?.to_long()),
        (Number::Double(_), _) => Number::Double(call.number(0)?.to_double()),
    })
}

/// A text as a number of the class that is asked.
fn parse(own: &Number, call: &Call<'_>) -> Run<Number> {
    let text = call.text(0)?;
    let radix = if call.arguments.len() > 1 { call.int(1)? } else { 10 };
    let radix = u32::try_from(radix).ok().filter(|radix| (2..=36).contains(radix));
    let found = match (own, radix) {
        (Number::Double(_), _) => double(text).map(Number::Double),
        (Number::Int(_), Some(radix)) => i32::from_str_radix(text, radix).ok().map(Number::Int),
        (_, Some(radix)) => i64::from_str_radix(text, radix).ok().map(Number::Long),
        _ => None,
    };
    match found {
        Some(found) => Ok(found),
        None => call.throws(&format!("`{text}` is no number")),
    }
}

/// Java's `parseDouble`, without numbers that are written in hexadecimal.
fn double(text: &str) -> Option<f64> {
    let text = text.trim_matches(|c| c <= ' ');
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned {
        "NaN" => return Some(f64::NAN),
        "Infinity" => return Some(if text.starts_with('-') { f64::NEG_INFINITY } else { f64::INFINITY }),
        _ => {}
    }
    let digits = text.strip_suffix(['f', 'F', 'd', 'D']).unwrap_or(text);
    let plain = digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    plain.then(|| digits.parse().ok())?
}

fn in_radix(number: i64, radix: i32) -> String {
    let radix = u64::try_from(radix).ok().filter(|radix| (2..=36).contains(radix)).unwrap_or(10);
    let mut left = number.unsigned_abs();
    let mut digits = Vec::new();
    while left > 0 || digits.is_empty() {
        let digit = u32::try_from(left % radix).unwrap_or(0);
        digits.push(char::from_digit(digit, 36).unwrap_or('0'));
        left /= radix;
    }
    let sign = if number < 0 { "-" } else { "" };
    sign.chars().chain(digits.into_iter().rev()).collect()
}
