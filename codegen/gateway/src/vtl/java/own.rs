//! `$foreach`, which is Velocity's, and the parts of Java's lists and maps: entries and iterators.

use super::super::evaluate::Machine;
use super::super::halt::Run;
use super::super::value::{Key, Value};
use super::{Call, map};

/// What a template has put into `$foreach`, or into that of a loop around.
pub(super) fn loop_member(machine: &Machine<'_>, number: usize, key: &Key) -> Value {
    let mut at = machine.loops.get(number);
    while let Some(state) = at {
        let entries = machine.heap.entries(state.storage);
        let found = entries.and_then(|entries| entries.get(key));
        match found {
            Some(value) => return value.clone(),
            None => at = state.parent.and_then(|parent| machine.loops.get(parent)),
        }
    }
    Value::Null
}

pub(super) fn on_loop(machine: &mut Machine<'_>, number: usize, call: &Call<'_>) -> Run<Option<Value>> {
    let Some(state) = machine.loops.get(number) else { return Ok(None) };
    Ok(Some(match call.name {
        "getIndex" => Value::int(i32::try_from(state.count).unwrap_or(i32::MAX) - 1),
        "getCount" => Value::count(state.count),
        "getHasNext" | "hasNext" => Value::Bool(state.has_next),
        "isFirst" | "getFirst" => Value::Bool(state.count < 2),
        "isLast" | "getLast" => Value::Bool(!state.has_next),
        "getParent" => state.parent.map_or(Value::Null, Value::Loop),
        "getTopmost" => {
            let mut top = number;
            while let Some(parent) = machine.loops.get(top).and_then(|state| state.parent) {
                top = parent;
            }
            Value::Loop(top)
        }
        "getReplaced" => machine.replaced(number),
        "get" => loop_member(machine, number, &call.value(0).key()),
        _ => {
            let storage = state.storage;
            return map::call(machine, storage, call);
        }
    }))
}

/// Of an entry or an iterator.
pub(super) fn on_part(machine: &mut Machine<'_>, own: &Value, call: &Call<'_>) -> Run<Option<Value>> {
    match own {
        Value::Entry(place, key) => Ok(match call.name {
            "getKey" => Some(key.value()),
            "getValue" => Some(machine.heap.member(*place, key)),
            "setValue" => {
                let entry = machine.heap.entries_mut(*place).and_then(|entries| entries.get_mut(key));
                Some(entry.map_or(Value::Null, |entry| std::mem::replace(entry, call.value(0))))
            }
            _ => None,
        }),
        Value::Iterator(place) => {
            let Some((items, at)) = machine.heap.iterated(*place) else { return Ok(None) };
            match call.name {
                "hasNext" => Ok(Some(Value::Bool(*at < items.len()))),
                "next" => {
                    let Some(item) = items.get(*at).cloned() else { return call.throws("no more items") };
                    *at += 1;
                    Ok(Some(item))
                }
                "remove" => call.throws("an iterator that removes is not evaluated here"),
                _ => Ok(None),
            }
        }
        _ => Ok(None),
    }
}
