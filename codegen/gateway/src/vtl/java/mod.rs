//! What templates reach of Java's objects: their methods, their properties and their indices.

mod characters;
mod list;
mod map;
mod methods;
mod number;
mod own;
pub(super) mod signature;
mod text;

use super::evaluate::Machine;
use super::halt::Run;
use super::heap::{self, Kind};
use super::number::Number;
use super::value::Value;
use super::{Fault, input, warnings};
use signature::{Class, Formal};

fn class(machine: &Machine<'_>, value: &Value) -> Class {
    match value {
        Value::Absent | Value::Text(_) => Class::Text,
        Value::Bool(_) => Class::Bool,
        Value::Number(Number::Int(_)) => Class::Int,
        Value::Number(Number::Long(_)) => Class::Long,
        Value::Number(Number::Double(_)) => Class::Double,
        Value::Number(Number::Big(_)) => Class::Big,
        Value::Number(Number::Decimal(_)) => Class::Decimal,
        Value::Char(_) => Class::Char,
        Value::List(place) => match machine.heap.kind(*place) {
            Kind::Json => Class::JsonList,
            Kind::Array(_) => Class::Array,
            Kind::Java => Class::List,
        },
        Value::Map(_) => Class::Map,
        Value::View(..) => Class::View,
        Value::Entry(..) => Class::Entry,
        Value::Iterator(_) => Class::Iterator,
        Value::Loop(_) => Class::Loop,
        Value::Input => Class::Input,
        Value::Util => Class::Util,
        Value::Block(_) | Value::Null => Class::Object,
    }
}

/// `value.name(arguments)`. A method that does not exist gives nothing; one that throws fails the template.
pub(super) fn call(machine: &mut Machine<'_>, value: &Value, name: &str, arguments: &[Value]) -> Run<Value> {
    let of = class(machine, value);
    let Some(formals) = signature::find(machine, of, name, arguments) else {
        // Java has it of doubles too, where it has little use.
        if of == Class::Double && name == "toHexString" && arguments.len() == 1 {
            return Err(Fault::new("`toHexString` of a double is not evaluated here").into());
        }
        machine.warn(format!("no method `{name}` with these arguments here: it gives nothing"));
        return Ok(Value::Null);
    };
    if formals.is_empty() && !arguments.is_empty() {
        // Velocity finds it all the same, and Java refuses the call.
        return Err(Fault::new(format!("`{name}` takes no arguments")).into());
    }
    if !matches!(name, "size" | "isEmpty" | "toString" | "equals") {
        whole(machine, value)?;
    }
    if let Some(warning) = warnings::newer(name) {
        machine.warn(warning);
    }
    let call = Call { name, formals, arguments };
    let found = match value {
        Value::Absent => {
            let found = text::call(machine, &"".into(), &call)?;
            // Java gives the same text back, and so it is still one of nothing.
            let own = match name {
                "join" | "valueOf" | "intern" => false,
                "repeat" => call.int(0).is_ok_and(|times| times == 1),
                _ => true,
            };
            found.map(|found| if own && found.as_text() == Some("") { Value::Absent } else { found })
        }
        Value::Text(own) => text::call(machine, own, &call)?,
        Value::Number(own) => number::call(machine, own, &call)?,
        Value::Bool(own) => characters::on_bool(*own, &call)?,
        Value::Char(own) => characters::on_char(*own, &call)?,
        Value::List(_) | Value::View(..) => list::call(machine, value, &call)?,
        Value::Map(place) => map::call(machine, *place, &call)?,
        Value::Loop(number) => own::on_loop(machine, *number, &call)?,
        Value::Entry(..) | Value::Iterator(_) => own::on_part(machine, value, &call)?,
        Value::Input => input::input(machine, &call)?,
        Value::Util => input::util(machine, &call)?,
        Value::Block(_) | Value::Null => None,
    };
    match found {
        Some(found) => Ok(found),
        None => any(machine, value, &call),
    }
}

/// Refuses the bytes of a text one by one: Java has a class of their own for them, which has other methods than integers.
pub(super) fn whole(machine: &Machine<'_>, value: &Value) -> Run<()> {
    match value {
        Value::List(place) if machine.heap.kind(*place) == Kind::Array("B") => {
            Err(Fault::new("a single one of a text's bytes is not evaluated here").into())
        }
        _ => Ok(()),
    }
}

/// A call of a method that is known to exist.
pub(super) struct Call<'a> {
    pub(super) name: &'a str,
    pub(super) formals: &'static [Formal],
    pub(super) arguments: &'a [Value],
}

impl Call<'_> {
    pub(super) fn throws<T>(&self, why: &str) -> Run<T> {
        Err(Fault::new(format!("`{}`: {why}", self.name)).into())
    }

    /// An argument as the text that it is.
    pub(super) fn text(&self, at: usize) -> Run<&str> {
        match self.arguments.get(at).and_then(Value::as_text) {
            Some(text) => Ok(text),
            None => self.throws("an argument that is null"),
        }
    }

    /// An argument as the number that it is.
    pub(super) fn number(&self, at: usize) -> Run<&Number> {
        match self.arguments.get(at) {
            Some(Value::Number(number)) => Ok(number),
            _ => self.throws("an argument that is no number"),
        }
    }

    pub(super) fn int(&self, at: usize) -> Run<i32> {
        self.number(at).map(Number::to_int)
    }

    pub(super) fn value(&self, at: usize) -> Value {
        self.arguments.get(at).cloned().unwrap_or(Value::Null)
    }
}

/// What every object has.
fn any(machine: &mut Machine<'_>, value: &Value, call: &Call<'_>) -> Run<Value> {
    match (call.name, call.arguments) {
        ("toString", []) => Ok(machine.printed(value)?.map_or(Value::Null, Value::text)),
        ("equals", [other]) => machine.same(value, other).map(Value::Bool),
        _ => call.throws("a method that is not evaluated here"),
    }
}

/// `value.name`: a getter, a member of a map, or an `is…`.
pub(super) fn property(machine: &mut Machine<'_>, value: &Value, name: &str) -> Run<Value> {
    let mut letters = name.chars();
    let first = letters.next().map_or(String::new(), |c| {
        if c.is_lowercase() { c.to_uppercase().to_string() } else { c.to_lowercase().to_string() }
    });
    let names = [name.to_owned(), first + letters.as_str()];
    if let Value::List(place) = value
        && let Kind::Array(_) = machine.heap.kind(*place)
    {
        return Ok(Value::Null);
    }
    let of = class(machine, value);
    for name in &names {
        if signature::has_getter(of, &format!("get{name}")) {
            return call(machine, value, &format!("get{name}"), &[]);
        }
    }
    match value {
        Value::Map(place) => return Ok(machine.heap.member(*place, &heap::key(name))),
        Value::Loop(number) => return Ok(own::loop_member(machine, *number, &heap::key(name))),
        _ => {}
    }
    for name in &names {
        if signature::has_getter(of, &format!("is{name}")) {
            return call(machine, value, &format!("is{name}"), &[]);
        }
    }
    Ok(Value::Null)
}

/// A negative index counts from the end, as far as the value has a size.
fn adjusted(machine: &Machine<'_>, value: &Value, index: Value) -> Run<Value> {
    let Value::Number(Number::Int(number @ i32::MIN..0)) = index else { return Ok(index) };
    let length = match value {
        Value::Loop(number) => {
            let storage = machine.loops.get(*number).map(|state| Value::Map(state.storage));
            storage.map_or(0, |storage| machine.heap.length(&storage))
        }
        Value::List(_) | Value::View(..) | Value::Map(_) => machine.heap.length(value),
        _ => return Err(Fault::new("a negative index of something that has no size").into()),
    };
    let length = i32::try_from(length).unwrap_or(i32::MAX);
    Ok(Value::int(length.wrapping_add(number)))
}

/// `value[index]`.
pub(super) fn index(machine: &mut Machine<'_>, value: &Value, index: Value) -> Run<Value> {
    let index = adjusted(machine, value, index)?;
    call_quietly(machine, value, "get", &[index])
}

fn call_quietly(machine: &mut Machine<'_>, value: &Value, name: &str, arguments: &[Value]) -> Run<Value> {
    let of = class(machine, value);
    match signature::find(machine, of, name, arguments) {
        Some(_) => call(machine, value, name, arguments),
        None => Ok(Value::Null),
    }
}

/// `#set($value[index] = …)`: whether there is something that it sets.
pub(super) fn set_index(machine: &mut Machine<'_>, value: &Value, index: Value, item: Value) -> Run<bool> {
    let index = adjusted(machine, value, index)?;
    let of = class(machine, value);
    let arguments = [index, item];
    for name in ["set", "put"] {
        if signature::find(machine, of, name, &arguments).is_some() {
            call(machine, value, name, &arguments)?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// `#set($value.name = …)`: whether there is something that it sets.
pub(super) fn set_property(machine: &mut Machine<'_>, value: &Value, name: &str, item: Value) -> Run<bool> {
    match value {
        Value::Map(place) => {
            machine.heap.put(*place, heap::key(name), item)?;
        }
        Value::Loop(number) => {
            let Some(place) = machine.loops.get(*number).map(|state| state.storage) else { return Ok(false) };
            machine.heap.put(place, heap::key(name), item)?;
        }
        Value::Entry(..) if name == "value" || name == "Value" => {
            call(machine, value, "setValue", &[item])?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// What a `Collection` argument holds.
fn collection(machine: &Machine<'_>, call: &Call<'_>, at: usize) -> Run<Vec<Value>> {
    match call.arguments.get(at).and_then(|value| machine.heap.sequence(value)) {
        Some(items) => Ok(items),
        None => call.throws("an argument that is null"),
    }
}
