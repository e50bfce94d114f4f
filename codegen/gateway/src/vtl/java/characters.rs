//! The methods of Java's booleans and characters.

use super::super::halt::Run;
use super::super::value::Value;
use super::Call;
use super::signature::Formal;

pub(super) fn on_bool(own: bool, call: &Call<'_>) -> Run<Option<Value>> {
    let given = |at: usize| match call.arguments.get(at) {
        Some(Value::Bool(bool)) => Ok(*bool),
        _ => call.throws("an argument that is no boolean"),
    };
    Ok(Some(match (call.name, call.formals) {
        ("booleanValue", _) => Value::Bool(own),
        ("compare", _) => Value::int(i32::from(given(0)?) - i32::from(given(1)?)),
        ("compareTo", _) => Value::int(i32::from(own) - i32::from(given(0)?)),
        ("logicalAnd", _) => Value::Bool(given(0)? && given(1)?),
        ("logicalOr", _) => Value::Bool(given(0)? || given(1)?),
        ("logicalXor", _) => Value::Bool(given(0)? != given(1)?),
        ("parseBoolean", _) | ("valueOf", [Formal::Text]) => {
            let text = call.arguments.first().and_then(Value::as_text);
            Value::Bool(text.is_some_and(|text| text.eq_ignore_ascii_case("true")))
        }
        ("valueOf", _) => Value::Bool(given(0)?),
        ("toString", [_]) => Value::text(given(0)?.to_string()),
        _ => return Ok(None),
    }))
}

pub(super) fn on_char(own: char, call: &Call<'_>) -> Run<Option<Value>> {
    let unit = |c: char| i32::try_from(u32::from(c)).unwrap_or(0);
    let given = |at: usize| match call.arguments.get(at) {
        Some(Value::Char(c)) => Ok(*c),
        _ => call.throws("an argument that is no character"),
    };
    let code = |fold: fn(char) -> char| {
        let code = call.int(0)?;
        let folded = u32::try_from(code).ok().and_then(char::from_u32).map(|c| unit(fold(c)));
        Ok::<_, super::super::halt::Halt>(Value::int(folded.unwrap_or(code)))
    };
    Ok(Some(match (call.name, call.formals) {
        ("charValue", _) => Value::Char(own),
        ("compare", _) => Value::int(unit(given(0)?) - unit(given(1)?)),
        ("compareTo", _) => Value::int(unit(own) - unit(given(0)?)),
        ("toLowerCase", [Formal::Int]) => code(lower)?,
        ("toUpperCase", [Formal::Int]) => code(upper)?,
        ("toLowerCase", _) => Value::Char(lower(given(0)?)),
        ("toUpperCase", _) => Value::Char(upper(given(0)?)),
        ("toString", [Formal::Int]) => match u32::try_from(call.int(0)?).ok().and_then(char::from_u32) {
            Some(c) => Value::text(c.to_string()),
            None => return call.throws("no character has this number"),
        },
        ("toString", [_]) => Value::text(given(0)?.to_string()),
        ("valueOf", _) => Value::Char(given(0)?),
        _ => return Ok(None),
    }))
}

fn lower(c: char) -> char {
    let mut folded = c.to_lowercase();
    if folded.len() == 1 { folded.next().unwrap_or(c) } else { c }
}

fn upper(c: char) -> char {
    let mut folded = c.to_uppercase();
    if folded.len() == 1 { folded.next().unwrap_or(c) } else { c }
}
