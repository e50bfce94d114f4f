//! Properties, indices and the Java methods that templates call on strings, lists, maps and loops.

use super::super::pattern::Pattern;
use super::evaluate::Machine;
use super::value::{Place, Value};
use super::{Fault, input, strings};
use std::rc::Rc;

/// `value.name`; nothing where there is no such thing.
pub(super) fn property(machine: &mut Machine<'_>, value: &Value, name: &str) -> Value {
    match value {
        Value::Map(place) => machine.heap.member(*place, name),
        Value::Text(text) if name == "empty" => Value::Bool(text.is_empty()),
        Value::List(place) if name == "empty" => Value::Bool(machine.heap.items(*place).is_empty()),
        Value::Entry(_, key) if name == "key" => Value::Text(key.clone()),
        Value::Entry(place, key) if name == "value" => machine.heap.member(*place, key),
        Value::Input if name == "body" => Value::text(input::body(machine)),
        Value::Loop(at) => looped(machine, *at, name),
        _ => Value::Null,
    }
}

fn looped(machine: &Machine<'_>, at: usize, name: &str) -> Value {
    let Some(state) = machine.loops.get(at) else { return Value::Null };
    let count = |number: usize| Value::Int(i128::try_from(number).unwrap_or(i128::MAX));
    match name {
        "index" => count(state.index),
        "count" => count(state.index + 1),
        "hasNext" => Value::Bool(state.index + 1 < state.length),
        "first" => Value::Bool(state.index == 0),
        "last" => Value::Bool(state.index + 1 == state.length),
        "parent" => at.checked_sub(1).map_or(Value::Null, Value::Loop),
        _ => Value::Null,
    }
}

/// The position in a list of `length` that an index means; negative ones count from the end.
pub(super) fn slot(length: usize, index: i128) -> Option<usize> {
    let length_wide = i128::try_from(length).ok()?;
    let index = if index < 0 { length_wide.checked_add(index)? } else { index };
    usize::try_from(index).ok().filter(|&index| index < length)
}

/// `value[index]`.
pub(super) fn index(machine: &mut Machine<'_>, value: &Value, index: &Value) -> Result<Value, Fault> {
    match (value, index) {
        (Value::List(place), Value::Int(at)) => item(machine, *place, *at),
        (Value::Map(place), key) => {
            let key = machine.print(key)?;
            Ok(machine.heap.member(*place, &key))
        }
        _ => Ok(Value::Null),
    }
}

fn item(machine: &Machine<'_>, place: Place, at: i128) -> Result<Value, Fault> {
    let items = machine.heap.items(place);
    slot(items.len(), at)
        .and_then(|slot| items.get(slot))
        .cloned()
        .ok_or_else(|| Fault::new(format!("index {at} is outside a list of {}", items.len())))
}

/// `value.name(arguments)`. A method that does not exist gives nothing, as a null argument does where Java wants a
/// string; one that throws fails the template.
pub(super) fn call(machine: &mut Machine<'_>, value: &Value, name: &str, arguments: &[Value]) -> Result<Value, Fault> {
    let found = match value {
        Value::Null | Value::Absent => return Ok(Value::Null),
        Value::Input => input::input(machine, name, arguments)?,
        Value::Util => input::util(machine, name, arguments)?,
        Value::Text(text) => match on_text(machine, text, name, arguments)? {
            Some(found) => Some(found),
            None => on_any(machine, value, name, arguments)?,
        },
        Value::List(place) => match on_list(machine, *place, name, arguments)? {
            Some(found) => Some(found),
            None => on_any(machine, value, name, arguments)?,
        },
        Value::Map(place) => match on_map(machine, *place, name, arguments)? {
            Some(found) => Some(found),
            None => on_any(machine, value, name, arguments)?,
        },
        Value::Entry(..) | Value::Loop(_) => on_bean(machine, value, name, arguments),
        Value::Bool(_) | Value::Int(_) | Value::Float(_) | Value::Number(_) => on_any(machine, value, name, arguments)?,
    };
    if found.is_none() {
        machine.warn(format!("no method `{name}` with these arguments here: it gives nothing"));
    }
    Ok(found.unwrap_or(Value::Null))
}

fn on_any(machine: &mut Machine<'_>, value: &Value, name: &str, arguments: &[Value]) -> Result<Option<Value>, Fault> {
    Ok(match (name, arguments) {
        ("toString", []) => Some(Value::text(machine.print(value)?)),
        ("intValue" | "longValue", []) if matches!(value, Value::Int(_)) => Some(value.clone()),
        ("booleanValue", []) if matches!(value, Value::Bool(_)) => Some(value.clone()),
        ("equals", [other]) => {
            let alike = std::mem::discriminant(value) == std::mem::discriminant(other);
            Some(Value::Bool(alike && machine.print(value)? == machine.print(other)?))
        }
        _ => None,
    })
}

/// `getKey()` and its kind are the properties by another name.
fn on_bean(machine: &mut Machine<'_>, value: &Value, name: &str, arguments: &[Value]) -> Option<Value> {
    let stem = name.strip_prefix("get").or_else(|| name.strip_prefix("is"));
    let name = match stem {
        Some(stem) => stem.get(..1)?.to_ascii_lowercase() + stem.get(1..)?,
        None => name.to_owned(),
    };
    match property(machine, value, &name) {
        Value::Null if !arguments.is_empty() => None,
        found => Some(found),
    }
}

fn on_text(machine: &mut Machine<'_>, text: &Rc<str>, name: &str, arguments: &[Value]) -> Result<Option<Value>, Fault> {
    let texts: usize =
        arguments.iter().map(|argument| if let Value::Text(text) = argument { text.len() } else { 0 }).sum();
    machine.spend((text.len() + texts) / 16)?;
    let count = |number: usize| Value::Int(i128::try_from(number).unwrap_or(i128::MAX));
    let thrown = || Fault::new(format!("`{name}` out of range on a string of {} characters", strings::length(text)));
    let found = match (name, arguments) {
        ("substring", [Value::Int(start)]) => Value::text(strings::substring(text, *start, None).ok_or_else(thrown)?),
        ("substring", [Value::Int(start), Value::Int(end)]) => {
            Value::text(strings::substring(text, *start, Some(*end)).ok_or_else(thrown)?)
        }
        ("charAt", [Value::Int(at)]) => Value::text(strings::char_at(text, *at).ok_or_else(thrown)?),
        ("indexOf", [Value::Text(found)]) => Value::Int(strings::index_of(text, found, 0)),
        ("indexOf", [Value::Text(found), Value::Int(from)]) => Value::Int(strings::index_of(text, found, *from)),
        ("lastIndexOf", [Value::Text(found)]) => Value::Int(strings::last_index_of(text, found, None)),
        ("lastIndexOf", [Value::Text(found), Value::Int(from)]) => {
            Value::Int(strings::last_index_of(text, found, Some(*from)))
        }
        ("startsWith", [Value::Text(start)]) => Value::Bool(text.starts_with(&**start)),
        ("endsWith", [Value::Text(end)]) => Value::Bool(text.ends_with(&**end)),
        ("contains", [Value::Text(part)]) => Value::Bool(text.contains(&**part)),
        ("matches", [Value::Text(pattern)]) => Value::Bool(regex(machine, pattern)?.matches(text).map_err(Fault::new)?),
        ("replaceAll", [Value::Text(pattern), Value::Text(by)]) => {
            let regex = regex(machine, pattern)?;
            Value::text(regex.replace(text, by, usize::MAX, super::OUTPUT).map_err(Fault::new)?)
        }
        ("replaceFirst", [Value::Text(pattern), Value::Text(by)]) => {
            let regex = regex(machine, pattern)?;
            Value::text(regex.replace(text, by, 1, super::OUTPUT).map_err(Fault::new)?)
        }
        ("replace", [Value::Text(found), Value::Text(by)]) => {
            let times = if found.is_empty() { text.len() + 1 } else { text.matches(&**found).count() };
            machine.spend(times.saturating_mul(by.len()) / 16)?;
            Value::text(text.replace(&**found, by))
        }
        ("split", [Value::Text(pattern)]) => {
            let parts = regex(machine, pattern)?.split(text).map_err(Fault::new)?;
            machine.spend(parts.len())?;
            machine.heap.list(parts.into_iter().map(Value::text).collect(), false)
        }
        ("length", []) => count(strings::length(text)),
        ("trim", []) => Value::text(strings::trim(text)),
        ("isEmpty", []) => Value::Bool(text.is_empty()),
        ("toLowerCase", []) => Value::text(text.to_lowercase()),
        ("toUpperCase", []) => Value::text(text.to_uppercase()),
        ("concat", [Value::Text(more)]) => Value::text(format!("{text}{more}")),
        ("toString", []) => Value::Text(text.clone()),
        ("equalsIgnoreCase", [Value::Text(other)]) => Value::Bool(text.to_lowercase() == other.to_lowercase()),
        _ => return Ok(None),
    };
    if let Value::Text(made) = &found {
        machine.spend(made.len() / 16)?;
    }
    Ok(Some(found))
}

/// Compiling a pattern and running it costs as much as a good deal of template, and backtracking as much as a twentieth of
/// the longest.
fn regex(machine: &mut Machine<'_>, pattern: &str) -> Result<Pattern, Fault> {
    machine.spend(4000 + pattern.len())?;
    let compiled = Pattern::compile(pattern).map_err(|error| Fault::new(format!("pattern `{pattern}`: {error}")))?;
    if compiled.is_costly() {
        machine.spend(200_000)?;
    }
    Ok(compiled)
}

fn on_list(machine: &mut Machine<'_>, place: Place, name: &str, arguments: &[Value]) -> Result<Option<Value>, Fault> {
    let items = machine.heap.items(place);
    Ok(Some(match (name, arguments) {
        ("size", []) => Value::Int(i128::try_from(items.len()).unwrap_or(i128::MAX)),
        ("isEmpty", []) => Value::Bool(items.is_empty()),
        ("get", [Value::Int(at)]) if *at < 0 => return Err(Fault::new(format!("index {at} is outside a list"))),
        ("get", [Value::Int(at)]) => item(machine, place, *at)?,
        ("contains", [wanted]) => {
            let length = items.len();
            machine.spend(length)?;
            let wanted_text = machine.print(wanted)?;
            let mut found = false;
            for item in machine.heap.items(place).to_vec() {
                let alike = std::mem::discriminant(&item) == std::mem::discriminant(wanted);
                found = found || (alike && machine.print(&item)? == wanted_text);
            }
            Value::Bool(found)
        }
        ("add", [item]) => {
            if let Some(items) = machine.heap.items_mut(place) {
                items.push(item.clone());
            }
            Value::Bool(true)
        }
        _ => return Ok(None),
    }))
}

fn on_map(machine: &mut Machine<'_>, place: Place, name: &str, arguments: &[Value]) -> Result<Option<Value>, Fault> {
    let key = match arguments {
        [key, ..] => machine.print(key)?,
        [] => String::new(),
    };
    let entries = machine.heap.entries(place);
    let length = entries.map_or(0, indexmap::IndexMap::len);
    machine.spend(if arguments.is_empty() { length } else { key.len() / 16 })?;
    let keys = || machine.heap.entries(place).into_iter().flatten().map(|(key, _)| key.clone());
    Ok(Some(match (name, arguments) {
        ("get", [_]) => machine.heap.member(place, &key),
        ("containsKey", [_]) => {
            let entries = machine.heap.entries(place);
            Value::Bool(entries.is_some_and(|entries| entries.contains_key(key.as_str())))
        }
        ("put", [_, value]) => machine.heap.put(place, key.into(), value.clone())?,
        ("size", []) => Value::Int(i128::try_from(length).unwrap_or(i128::MAX)),
        ("isEmpty", []) => Value::Bool(length == 0),
        ("keySet", []) => {
            let keys = keys().map(Value::Text).collect();
            machine.heap.list(keys, false)
        }
        ("values", []) => {
            let values = machine.heap.entries(place).map(|map| map.values().cloned().collect()).unwrap_or_default();
            machine.heap.list(values, false)
        }
        ("entrySet", []) => {
            let entries = keys().map(|key| Value::Entry(place, key)).collect();
            machine.heap.list(entries, false)
        }
        _ => return Ok(None),
    }))
}
