//! What templates override: `requestOverride` and `responseOverride` of `$context`, and how the second template of an
//! exchange sees what the first has left.

use super::super::json::Json;
use super::evaluate::Machine;
use super::halt::{Halt, Run};
use super::heap::{Entries, Kind, key};
use super::number::Number;
use super::value::{Key, Place, Value};
use super::{Fault, Overrides, Parameters};
use indexmap::IndexMap;

/// How deep a value may be to be passed on.
const DEPTH: usize = 60;

/// So many values are passed on.
const VALUES: usize = 100_000;

/// The maps of a running template.
pub(super) struct Places {
    request: Place,
    response: Place,
}

/// A value that one template leaves for the next.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Left {
    #[default]
    Null,
    Bool(bool),
    Number(Number),
    Char(char),
    Text(String),
    List(Vec<Self>, Kind),
    Map(Vec<(Self, Self)>),
}

/// What one template leaves in both maps.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Carried {
    request: Vec<(Left, Left)>,
    response: Vec<(Left, Left)>,
}

/// Puts `requestOverride` and `responseOverride` into `$context`, with what the request template has left there.
pub(super) fn enter(machine: &mut Machine<'_>, context: &Value) -> Places {
    let carried = machine.scope.overrides.carried.clone();
    let (request, response) = carried.map(|carried| (carried.request, carried.response)).unzip();
    let request = restored(machine, request, &["header", "querystring", "path"]);
    let response = restored(machine, response, &["header"]);
    if let Value::Map(context) = context {
        // A plain map cannot refuse.
        let _ = machine.heap.put(*context, key("requestOverride"), request.clone());
        let _ = machine.heap.put(*context, key("responseOverride"), response.clone());
    }
    let place = |value| if let Value::Map(place) = value { place } else { Place::MAX };
    Places { request: place(request), response: place(response) }
}

/// One of the maps: what is set in it is set once in each template, and so is what is set in the maps inside of it.
fn restored(machine: &mut Machine<'_>, carried: Option<Vec<(Left, Left)>>, kinds: &[&str]) -> Value {
    let mut entries = Entries::new();
    let fresh = || kinds.iter().map(|kind| (Left::Text((*kind).to_owned()), Left::Map(Vec::new()))).collect();
    for (name, value) in &carried.unwrap_or_else(fresh) {
        let name = name.restore(machine).key();
        let known = matches!(&name, Key::Text(name) if kinds.contains(&&**name));
        let value = match value {
            Left::Map(inner) if known => {
                let inner = inner.iter().map(|(name, value)| (name.restore(machine).key(), value.restore(machine)));
                let inner = inner.collect();
                machine.heap.overrides(inner)
            }
            other => other.restore(machine),
        };
        entries.insert(name, value);
    }
    machine.heap.overrides(entries)
}

/// What the template left.
pub(super) fn leave(machine: &mut Machine<'_>, places: &Places) -> Result<Overrides, Fault> {
    let found = left(machine, places);
    found.map_err(|halt| match halt {
        Halt::Fault(fault) => fault,
        _ => Fault::new("an override that ends the template"),
    })
}

fn left(machine: &mut Machine<'_>, places: &Places) -> Run<Overrides> {
    let mut budget = VALUES;
    let request = entries(machine, places.request, DEPTH, &mut budget)?;
    let response = entries(machine, places.response, DEPTH, &mut budget)?;
    let status = match machine.heap.member(places.response, &key("status")) {
        Value::Null => None,
        status => Some(scalar(machine, &status).unwrap_or_else(|_| Json::Text(String::new()))),
    };
    let headers = parameters(machine, places.response, "header")?;
    let mut asked = Parameters::default();
    for (kind, into) in [("header", &mut asked.headers), ("querystring", &mut asked.query), ("path", &mut asked.path)] {
        // One that can't be printed is not sent: whether that fails the request is not known.
        for (name, value) in parameters(machine, places.request, kind).unwrap_or_default() {
            into.insert(name, value.as_str().map_or_else(|| shown(&value), ToOwned::to_owned));
        }
    }
    let carried = Some(Carried { request, response });
    Ok(Overrides { status, headers, request: asked, carried, warnings: Vec::new() })
}

/// The parameters of one kind that are overridden.
fn parameters(machine: &mut Machine<'_>, place: Place, kind: &str) -> Run<IndexMap<String, Json>> {
    let mut found = IndexMap::new();
    let Value::Map(map) = machine.heap.member(place, &key(kind)) else { return Ok(found) };
    let entries: Vec<_> =
        machine.heap.entries(map).into_iter().flatten().map(|(key, value)| (key.value(), value.clone())).collect();
    for (name, value) in entries {
        let name = machine.print(&name)?;
        let value = scalar(machine, &value)?;
        found.insert(name, value);
    }
    Ok(found)
}

fn shown(value: &Json) -> String {
    if let Json::Int(number) = value { number.to_string() } else { String::new() }
}

fn scalar(machine: &mut Machine<'_>, value: &Value) -> Run<Json> {
    Ok(match value {
        Value::Number(Number::Int(number)) => Json::Int((*number).into()),
        Value::Number(Number::Long(number)) => Json::Int((*number).into()),
        other => Json::Text(machine.print(other)?),
    })
}

fn entries(machine: &mut Machine<'_>, place: Place, depth: usize, budget: &mut usize) -> Run<Vec<(Left, Left)>> {
    let found: Vec<_> =
        machine.heap.entries(place).into_iter().flatten().map(|(key, value)| (key.value(), value.clone())).collect();
    let mut entries = Vec::new();
    for (name, value) in found {
        entries.push((Left::of(machine, &name, depth, budget)?, Left::of(machine, &value, depth, budget)?));
    }
    Ok(entries)
}

impl Left {
    fn of(machine: &mut Machine<'_>, value: &Value, depth: usize, budget: &mut usize) -> Run<Self> {
        let spent = budget.checked_sub(1).zip(depth.checked_sub(1));
        let Some((left, deeper)) = spent else {
            // Nothing of it is passed on in part: a value that holds itself has no end.
            return Err(Fault::new("an override that is too large, or nested too deeply, is not evaluated here").into());
        };
        *budget = left;
        Ok(match value {
            Value::Null => Self::Null,
            Value::Bool(bool) => Self::Bool(*bool),
            Value::Number(number) => Self::Number(number.clone()),
            Value::Char(c) => Self::Char(*c),
            Value::Map(place) => Self::Map(entries(machine, *place, deeper, budget)?),
            Value::List(_) | Value::View(..) => {
                let kind = if let Value::List(place) = value { machine.heap.kind(*place) } else { Kind::Java };
                let items = machine.heap.sequence(value).unwrap_or_default();
                let items = items.iter().map(|item| Self::of(machine, item, deeper, budget)).collect::<Run<_>>()?;
                Self::List(items, kind)
            }
            other => {
                match other.as_text() {
                    Some(text) => Self::Text(text.to_owned()),
                    None => Self::Text(machine.print(other).map_err(|_| {
                        Fault::new("what `#define` left in an override fails, and is not evaluated here")
                    })?),
                }
            }
        })
    }

    fn restore(&self, machine: &mut Machine<'_>) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(bool) => Value::Bool(*bool),
            Self::Number(number) => Value::Number(number.clone()),
            Self::Char(c) => Value::Char(*c),
            Self::Text(text) => Value::text(text.as_str()),
            Self::List(items, kind) => {
                let items = items.iter().map(|item| item.restore(machine)).collect();
                machine.heap.list(items, *kind)
            }
            Self::Map(entries) => {
                let entries = entries.iter();
                let entries = entries.map(|(name, value)| (name.restore(machine).key(), value.restore(machine)));
                let entries = entries.collect();
                machine.heap.map(entries)
            }
        }
    }
}
