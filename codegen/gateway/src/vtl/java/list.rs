//! The methods of Java's lists, of its arrays, and of the views that a map gives of itself.

use super::super::evaluate::Machine;
use super::super::halt::Run;
use super::super::heap::Kind;
use super::super::value::{Value, View};
use super::signature::Formal;
use super::{Call, collection};

/// What a method without a result gives.
fn void() -> Value {
    Value::text("")
}

pub(super) fn call(machine: &mut Machine<'_>, own: &Value, call: &Call<'_>) -> Run<Option<Value>> {
    let length = machine.heap.length(own);
    machine.spend(1 + length / 4)?;
    let found = match call.name {
        "size" => Value::count(length),
        "isEmpty" => Value::Bool(length == 0),
        "iterator" => {
            let items = machine.heap.sequence(own).unwrap_or_default();
            machine.heap.iterator(items)
        }
        "toArray" => {
            let items = machine.heap.sequence(own).unwrap_or_default();
            machine.heap.list(items, Kind::Array("Ljava.lang.Object;"))
        }
        "contains" => Value::Bool(position(machine, own, &call.value(0), false)?.is_some()),
        "containsAll" => {
            let wanted = collection(machine, call, 0)?;
            let items = machine.heap.sequence(own).unwrap_or_default();
            let depth = super::super::operate::COMPARED;
            Value::Bool(machine.heap.holds_all(&items, &wanted, depth, &mut machine.steps)?)
        }
        "indexOf" | "lastIndexOf" => {
            let found = position(machine, own, &call.value(0), call.name == "lastIndexOf")?;
            found.map_or(Value::int(-1), Value::count)
        }
        "get" | "set" | "subList" | "clone" | "toJSONString" => return by_index(machine, own, call),
        _ => return changed(machine, own, call),
    };
    Ok(Some(found))
}

/// Where an item is, from the start or from the end.
fn position(machine: &mut Machine<'_>, own: &Value, wanted: &Value, last: bool) -> Run<Option<usize>> {
    let items = machine.heap.sequence(own).unwrap_or_default();
    let mut found = None;
    for (at, item) in items.iter().enumerate() {
        if machine.same(wanted, item)? {
            found = Some(at);
            if !last {
                break;
            }
        }
    }
    Ok(found)
}

fn slot(call: &Call<'_>, length: usize) -> Run<usize> {
    match usize::try_from(call.int(0)?).ok().filter(|at| *at < length) {
        Some(at) => Ok(at),
        None => call.throws(&format!("index {} is outside a list of {length}", call.int(0)?)),
    }
}

fn by_index(machine: &mut Machine<'_>, own: &Value, call: &Call<'_>) -> Run<Option<Value>> {
    let Value::List(place) = own else { return Ok(None) };
    let (kind, items) = (machine.heap.kind(*place), machine.heap.items(*place));
    Ok(Some(match call.name {
        "get" => items[slot(call, items.len())?].clone(),
        "set" => {
            let at = slot(call, items.len())?;
            let fits = match (kind, call.value(1)) {
                (Kind::Array("C"), item) => matches!(item, Value::Char(_)),
                (Kind::Array(name), item) if name.contains("String") => item.is_null() || item.as_text().is_some(),
                _ => true,
            };
            if !fits {
                return call.throws("an item of another type than the array's");
            }
            let Some(items) = machine.heap.items_mut(*place) else { return Ok(None) };
            std::mem::replace(&mut items[at], call.value(1))
        }
        "subList" => {
            let (from, to) = (usize::try_from(call.int(0)?), usize::try_from(call.int(1)?));
            let range = from.ok().zip(to.ok()).and_then(|(from, to)| items.get(from..to));
            let Some(part) = range.map(<[Value]>::to_vec) else { return call.throws("out of the list's range") };
            machine.heap.list(part, Kind::Java)
        }
        "clone" => {
            let items = items.to_vec();
            machine.heap.list(items, kind)
        }
        _ => {
            let own = if call.formals.is_empty() { own.clone() } else { call.value(0) };
            let text = machine.web_json(&own)?;
            Value::text(text)
        }
    }))
}

/// What changes a list; the views of a map only lose something, and the map with them.
fn changed(machine: &mut Machine<'_>, own: &Value, call: &Call<'_>) -> Run<Option<Value>> {
    // Java lets it pass where it would change nothing.
    let unsupported = || call.throws("Java does not support it on this");
    let fixed = match own {
        Value::List(place) => matches!(machine.heap.kind(*place), Kind::Array(_)),
        _ => matches!(call.name, "add" | "addAll"),
    };
    if matches!(call.name, "equals" | "toString") {
        return Ok(None);
    }
    let items = machine.heap.sequence(own).unwrap_or_default();
    let length = items.len();
    let (kept, found) = match (call.name, call.formals) {
        ("add", _) if fixed => return unsupported(),
        ("add", [Formal::Int, _]) => return insert(machine, own, call, vec![call.value(1)]).map(|_| Some(void())),
        ("add", _) => return push(machine, own, vec![call.value(0)]),
        ("addAll", [Formal::Int, _]) => {
            let more = collection(machine, call, 1)?;
            if fixed && !more.is_empty() {
                return unsupported();
            }
            return insert(machine, own, call, more).map(Some);
        }
        ("addAll", _) => {
            let more = collection(machine, call, 0)?;
            if fixed && !more.is_empty() {
                return unsupported();
            }
            return push(machine, own, more);
        }
        ("clear", _) => (vec![false; length], Some(void())),
        ("remove", [Formal::Int]) => {
            let at = slot(call, length)?;
            ((0..length).map(|n| n != at).collect(), Some(items[at].clone()))
        }
        ("remove", _) => {
            let at = position(machine, own, &call.value(0), false)?;
            ((0..length).map(|n| Some(n) != at).collect::<Vec<_>>(), None)
        }
        ("removeAll" | "retainAll", _) => {
            let others = collection(machine, call, 0)?;
            let mut kept = Vec::with_capacity(length);
            for item in &items {
                let depth = super::super::operate::COMPARED;
                let wanted = std::slice::from_ref(item);
                let among = machine.heap.holds_all(&others, wanted, depth, &mut machine.steps)?;
                kept.push(among == (call.name == "retainAll"));
            }
            (kept, None)
        }
        _ => return Ok(None),
    };
    let lost = kept.contains(&false);
    if lost && fixed {
        return unsupported();
    }
    if lost {
        keep(machine, own, &kept);
    }
    Ok(Some(found.unwrap_or(Value::Bool(lost))))
}

fn push(machine: &mut Machine<'_>, own: &Value, more: Vec<Value>) -> Run<Option<Value>> {
    let Value::List(place) = own else { return Ok(Some(Value::Bool(false))) };
    machine.spend(more.len())?;
    let added = !more.is_empty();
    if added {
        machine.heap.touch(*place);
    }
    if let Some(items) = machine.heap.items_mut(*place) {
        items.extend(more);
    }
    Ok(Some(Value::Bool(added)))
}

fn insert(machine: &mut Machine<'_>, own: &Value, call: &Call<'_>, more: Vec<Value>) -> Run<Value> {
    let length = machine.heap.length(own);
    let Some(at) = usize::try_from(call.int(0)?).ok().filter(|at| *at <= length) else {
        return call.throws("out of the list's range");
    };
    machine.spend(more.len())?;
    let added = !more.is_empty();
    if let Value::List(place) = own
        && let Some(items) = machine.heap.items_mut(*place)
    {
        items.splice(at..at, more);
        if added {
            machine.heap.touch(*place);
        }
    }
    Ok(Value::Bool(added))
}

/// Leaves out what is not to be kept.
fn keep(machine: &mut Machine<'_>, own: &Value, kept: &[bool]) {
    let mut kept = kept.iter().copied();
    if let Value::List(place) | Value::View(_, place) = own {
        machine.heap.touch(*place);
    }
    match own {
        Value::List(place) => {
            if let Some(items) = machine.heap.items_mut(*place) {
                items.retain(|_| kept.next().unwrap_or(true));
            }
        }
        Value::View(View::Keys | View::Values | View::Entries, place) => {
            if let Some(entries) = machine.heap.entries_mut(*place) {
                entries.retain(|_, _| kept.next().unwrap_or(true));
            }
        }
        _ => {}
    }
}
