//! The methods of Java's strings.

use super::super::super::pattern::Pattern;
use super::super::evaluate::Machine;
use super::super::halt::Run;
use super::super::heap::Kind;
use super::super::value::Value;
use super::super::{Fault, strings};
use super::signature::Formal;
use super::{Call, collection};
use std::cmp::Ordering;
use std::sync::Arc;

pub(super) fn call(machine: &mut Machine<'_>, text: &Arc<str>, call: &Call<'_>) -> Run<Option<Value>> {
    let texts: usize = call.arguments.iter().filter_map(Value::as_text).map(str::len).sum();
    machine.spend((text.len() + texts) / 16)?;
    let found = match call.name {
        "matches" | "replaceAll" | "replaceFirst" | "split" => patterns(machine, text, call)?,
        "join" | "valueOf" | "toCharArray" | "getBytes" | "repeat" | "replace" => made(machine, text, call)?,
        "compare"
        | "compareTo"
        | "compareToIgnoreCase"
        | "contains"
        | "contentEquals"
        | "endsWith"
        | "equalsIgnoreCase"
        | "startsWith" => compared(text, call)?,
        _ => plain(text, call)?,
    };
    if let Some(Value::Text(made)) = &found {
        machine.spend(made.len() / 16)?;
    }
    Ok(found)
}

fn plain(text: &Arc<str>, call: &Call<'_>) -> Run<Option<Value>> {
    let range = |from: usize, to: Option<usize>| {
        let end = to.map(|at| call.int(at)).transpose()?;
        let found = strings::substring(text, call.int(from)?.into(), end.map(i128::from));
        found.map_or_else(|| call.throws("out of the string's range"), |found| Ok(Value::text(found)))
    };
    Ok(Some(match (call.name, call.formals) {
        ("charAt", _) => match strings::char_at(text, call.int(0)?.into()).and_then(|found| found.chars().next()) {
            Some(c) => Value::Char(c),
            None => return call.throws("out of the string's range"),
        },
        ("substring", [_]) => range(0, None)?,
        ("substring" | "subSequence", _) => range(0, Some(1))?,
        ("indexOf" | "lastIndexOf", [wanted, rest @ ..]) => {
            let wanted = match wanted {
                Formal::Int => {
                    let unit = u32::try_from(call.int(0)?).ok().and_then(char::from_u32);
                    unit.map_or(String::new(), String::from)
                }
                _ => call.text(0)?.to_owned(),
            };
            if wanted.is_empty() && call.formals[0] == Formal::Int {
                return Ok(Some(Value::int(-1)));
            }
            let from = if rest.is_empty() { None } else { Some(call.int(1)?.into()) };
            let at = if call.name == "indexOf" {
                strings::index_of(text, &wanted, from.unwrap_or(0))
            } else {
                strings::last_index_of(text, &wanted, from)
            };
            Value::int(i32::try_from(at).unwrap_or(-1))
        }
        ("length", _) => Value::count(strings::length(text)),
        ("trim", _) => Value::text(strings::trim(text)),
        ("strip", _) => Value::text(text.trim_matches(strings::is_white)),
        ("stripLeading", _) => Value::text(text.trim_start_matches(strings::is_white)),
        ("stripTrailing", _) => Value::text(text.trim_end_matches(strings::is_white)),
        ("isEmpty", _) => Value::Bool(text.is_empty()),
        ("isBlank", _) => Value::Bool(text.chars().all(strings::is_white)),
        ("toLowerCase", []) => Value::text(text.to_lowercase()),
        ("toUpperCase", []) => Value::text(text.to_uppercase()),
        ("concat", _) => Value::text(format!("{text}{}", call.text(0)?)),
        ("toString" | "intern", _) => Value::Text(text.clone()),
        _ => return Ok(None),
    }))
}

fn compared(text: &str, call: &Call<'_>) -> Run<Option<Value>> {
    let other = match call.text(0) {
        Ok(other) => other,
        Err(_) if call.name == "equalsIgnoreCase" => return Ok(Some(Value::Bool(false))),
        Err(halt) => return Err(halt),
    };
    Ok(Some(match call.name {
        "compare" => Value::int(strings::compare(other, call.text(1)?, false)),
        "compareTo" => Value::int(strings::compare(text, other, false)),
        "compareToIgnoreCase" => Value::int(strings::compare(text, other, true)),
        "contains" => Value::Bool(text.contains(other)),
        "contentEquals" => Value::Bool(text == other),
        "endsWith" => Value::Bool(text.ends_with(other)),
        "equalsIgnoreCase" => Value::Bool(strings::compare(text, other, true) == 0),
        _ if call.formals.len() == 1 => Value::Bool(text.starts_with(other)),
        _ => {
            let rest = strings::substring(text, call.int(1)?.into(), None);
            Value::Bool(rest.is_some_and(|rest| rest.starts_with(other)))
        }
    }))
}

fn made(machine: &mut Machine<'_>, text: &Arc<str>, call: &Call<'_>) -> Run<Option<Value>> {
    Ok(Some(match (call.name, call.formals) {
        ("join", formals) => return join(machine, formals, call).map(Some),
        ("valueOf", [Formal::CharArray]) => {
            let items = match call.arguments {
                [Value::List(place)] => machine.heap.items(*place).to_vec(),
                [Value::Char(_)] | [] => call.arguments.to_vec(),
                _ => return call.throws("an argument that is null"),
            };
            let mut made = String::new();
            for item in items {
                made += &machine.print(&item)?;
            }
            Value::text(made)
        }
        ("valueOf", _) => match call.value(0) {
            own @ (Value::Absent | Value::Text(_)) => own,
            other => Value::text(machine.print(&other)?),
        },
        ("toCharArray", _) => {
            machine.spend(text.len())?;
            machine.heap.list(text.chars().map(Value::Char).collect(), Kind::Array("C"))
        }
        ("getBytes", formals) => {
            if !formals.is_empty() && !call.text(0)?.eq_ignore_ascii_case("utf-8") {
                return call.throws("an encoding other than UTF-8");
            }
            machine.spend(text.len())?;
            let bytes = text.bytes().map(|byte| Value::int(byte.cast_signed().into())).collect();
            machine.heap.list(bytes, Kind::Array("B"))
        }
        ("repeat", _) => {
            let Ok(times) = usize::try_from(call.int(0)?) else { return call.throws("a negative count") };
            machine.spend(times.saturating_mul(text.len()) / 16)?;
            if times.saturating_mul(text.len()) > super::super::OUTPUT {
                return call.throws("it makes more than 10 MB");
            }
            Value::text(text.repeat(times))
        }
        ("replace", [Formal::Char, _]) => {
            let by = match call.arguments {
                [Value::Char(found), Value::Char(by)] => text.replace(*found, &by.to_string()),
                _ => return Ok(None),
            };
            Value::text(by)
        }
        ("replace", _) => {
            let (found, by) = (call.text(0)?, call.text(1)?);
            if found.is_empty() && !by.is_empty() && !text.is_ascii() {
                return between(machine, text, by).map(Some);
            }
            let times = if found.is_empty() { text.len() + 1 } else { text.matches(found).count() };
            machine.spend(times.saturating_mul(by.len()) / 16)?;
            Value::text(text.replace(found, by))
        }
        _ => return Ok(None),
    }))
}

/// A text before, behind and between all UTF-16 units, which parts those that are one character.
fn between(machine: &mut Machine<'_>, text: &str, by: &str) -> Run<Value> {
    machine.spend((text.len() + 1).saturating_mul(by.len() + 4) / 16)?;
    let mut made = by.to_owned();
    for c in text.chars() {
        if c.len_utf16() == 2 {
            made.extend(["?", by, "?", by]);
        } else {
            made.push(c);
            made += by;
        }
    }
    Ok(Value::text(made))
}

fn join(machine: &mut Machine<'_>, formals: &[Formal], call: &Call<'_>) -> Run<Value> {
    let between = call.text(0)?;
    let items = match (formals, call.arguments) {
        ([_, Formal::Iterable], _) => collection(machine, call, 1)?,
        (_, [_, Value::List(place)]) => machine.heap.items(*place).to_vec(),
        (_, [_, Value::Null]) => return call.throws("an argument that is null"),
        (_, [_, rest @ ..]) => rest.to_vec(),
        _ => Vec::new(),
    };
    let mut made = String::new();
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            made += between;
        }
        match item {
            Value::Null => made += "null",
            item => match item.as_text() {
                Some(text) => made += text,
                None => return call.throws("an item that is no string"),
            },
        }
        machine.spend(1 + between.len() / 16)?;
        if made.len() > super::super::OUTPUT {
            return call.throws("it makes more than 10 MB");
        }
    }
    Ok(Value::text(made))
}

fn patterns(machine: &mut Machine<'_>, text: &str, call: &Call<'_>) -> Run<Option<Value>> {
    let pattern = call.text(0)?;
    let regex = compiled(machine, pattern)?;
    let limit = super::super::OUTPUT;
    let found = match (call.name, call.formals) {
        ("matches", _) => regex.matches(text).map(Value::Bool),
        ("replaceAll", _) => regex.replace(text, call.text(1)?, usize::MAX, limit).map(Value::text),
        ("replaceFirst", _) => regex.replace(text, call.text(1)?, 1, limit).map(Value::text),
        _ => {
            let most = if call.formals.len() == 2 { call.int(1)? } else { 0 };
            regex.split(text, most).map(|parts| {
                machine.heap.list(parts.into_iter().map(Value::text).collect(), Kind::Array("Ljava.lang.String;"))
            })
        }
    };
    let found = found.map_err(Fault::new)?;
    if let Value::List(_) = &found {
        machine.spend(machine.heap.length(&found))?;
    }
    Ok(Some(found))
}

/// Compiling a pattern and running it costs as much as a good deal of template, and backtracking as much as a twentieth of
/// the longest.
fn compiled(machine: &mut Machine<'_>, pattern: &str) -> Run<Pattern> {
    machine.spend(4000 + pattern.len())?;
    let compiled = Pattern::compile(pattern).map_err(|error| Fault::new(format!("pattern `{pattern}`: {error}")))?;
    if compiled.is_costly() {
        machine.spend(200_000)?;
    }
    Ok(compiled)
}

/// The order of two numbers as Java's `compare` gives it.
pub(super) fn order(order: Ordering) -> Value {
    Value::int(order as i32)
}
