//! The methods of Java's maps.

use super::super::evaluate::Machine;
use super::super::halt::Run;
use super::super::value::{Place, Value, View};
use super::Call;

pub(super) fn call(machine: &mut Machine<'_>, place: Place, call: &Call<'_>) -> Run<Option<Value>> {
    let length = machine.heap.length(&Value::Map(place));
    let found = called(machine, place, call, length)?;
    if call.name != "put" && machine.heap.length(&Value::Map(place)) != length {
        machine.heap.touch(place);
    }
    Ok(found)
}

fn called(machine: &mut Machine<'_>, place: Place, call: &Call<'_>, length: usize) -> Run<Option<Value>> {
    let key = machine.heap.known_key(place, call.value(0).key());
    machine.spend(1)?;
    let known = machine.heap.entries(place).is_some_and(|entries| entries.contains_key(&key));
    let before = machine.heap.member(place, &key);
    Ok(Some(match (call.name, call.formals) {
        ("get", _) => before,
        ("getOrDefault", _) => {
            if known {
                before
            } else {
                call.value(1)
            }
        }
        ("containsKey", _) => Value::Bool(known),
        ("containsValue", _) => {
            let mut found = false;
            for value in machine.heap.view(View::Values, place) {
                found = found || machine.same(&call.value(0), &value)?;
            }
            Value::Bool(found)
        }
        ("size", _) => Value::count(length),
        ("isEmpty", _) => Value::Bool(length == 0),
        ("keySet", _) => Value::View(View::Keys, place),
        ("values", _) => Value::View(View::Values, place),
        ("entrySet", _) => Value::View(View::Entries, place),
        ("put", _) => machine.heap.put(place, key, call.value(1))?,
        ("putIfAbsent", _) => {
            if before.is_null() {
                set(machine, place, key, call.value(1));
            }
            before
        }
        ("replace", [_, _]) => {
            if known {
                set(machine, place, key, call.value(1));
            }
            before
        }
        ("replace", _) => {
            let fits = known && machine.same(&before, &call.value(1))?;
            if fits {
                set(machine, place, key, call.value(2));
            }
            Value::Bool(fits)
        }
        ("remove", [_]) => {
            remove(machine, place, &key);
            before
        }
        ("remove", _) => {
            let fits = known && machine.same(&before, &call.value(1))?;
            if fits {
                remove(machine, place, &key);
            }
            Value::Bool(fits)
        }
        ("clear", _) => {
            if let Some(entries) = machine.heap.entries_mut(place) {
                entries.clear();
            }
            Value::text("")
        }
        ("putAll", _) => {
            let other = match call.value(0) {
                Value::Map(other) => other,
                Value::Loop(number) => machine.loops.get(number).map_or(place, |state| state.storage),
                _ => return call.throws("an argument that is null"),
            };
            let entries = machine.heap.entries(other).cloned().unwrap_or_default();
            machine.spend(entries.len())?;
            if let Some(own) = machine.heap.entries_mut(place) {
                own.extend(entries);
            }
            Value::text("")
        }
        ("clone", _) => {
            machine.spend(length)?;
            let entries = machine.heap.entries(place).cloned().unwrap_or_default();
            machine.heap.map(entries)
        }
        _ => return Ok(None),
    }))
}

fn set(machine: &mut Machine<'_>, place: Place, key: super::super::value::Key, value: Value) {
    if let Some(entries) = machine.heap.entries_mut(place) {
        entries.insert(key, value);
    }
}

fn remove(machine: &mut Machine<'_>, place: Place, key: &super::super::value::Key) {
    if let Some(entries) = machine.heap.entries_mut(place) {
        entries.shift_remove(key);
    }
}
