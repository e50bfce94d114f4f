//! Values while a template runs.

use super::number::Number;
use std::sync::Arc;

/// Where a list or a map is on the heap. Copies of it are the same list, as references are in Java; the heap owns
/// everything, so that a value that holds itself neither leaks nor overflows the stack.
pub(super) type Place = usize;

#[derive(Clone, Debug)]
pub(super) enum Value {
    Null,
    /// What a reference to nothing is worth: an empty string, but for a condition.
    Absent,
    Bool(bool),
    Number(Number),
    Char(char),
    Text(Arc<str>),
    List(Place),
    Map(Place),
    /// What `keySet()` and its kind give: a look at a map.
    View(View, Place),
    /// An element of `entrySet()`.
    Entry(Place, Key),
    Iterator(Place),
    /// `$input`.
    Input,
    /// `$util`.
    Util,
    /// `$foreach`, by the loop's number.
    Loop(usize),
    /// A block that is rendered where it is printed.
    Block(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    Keys,
    Values,
    Entries,
}

/// The key of a map, which Java tells from others by its type as well.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Null,
    Bool(bool),
    Int(i32),
    Long(i64),
    /// A number of another kind: its name and its text.
    Number(char, Arc<str>),
    Char(char),
    Text(Arc<str>),
    /// Anything else, by what it is and its place.
    Object(char, Place),
}

impl Value {
    pub(super) fn text(text: impl Into<Arc<str>>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn int(number: i32) -> Self {
        Self::Number(Number::Int(number))
    }

    pub(super) fn count(number: usize) -> Self {
        Self::Number(Number::count(number))
    }

    /// Its text, if it is one.
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Absent => Some(""),
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    pub(super) fn key(&self) -> Key {
        match self {
            Self::Null => Key::Null,
            Self::Absent => Key::Text("".into()),
            Self::Bool(bool) => Key::Bool(*bool),
            Self::Number(Number::Int(number)) => Key::Int(*number),
            Self::Number(Number::Long(number)) => Key::Long(*number),
            Self::Number(number) => {
                let kind = match number {
                    Number::Big(_) => 'i',
                    Number::Decimal(_) => 'd',
                    _ => 'f',
                };
                Key::Number(kind, number.print().into())
            }
            Self::Char(c) => Key::Char(*c),
            Self::Text(text) => Key::Text(text.clone()),
            Self::List(place) => Key::Object('l', *place),
            Self::Map(place) => Key::Object('m', *place),
            Self::View(View::Keys, place) => Key::Object('k', *place),
            Self::View(View::Values, place) => Key::Object('v', *place),
            Self::View(View::Entries, place) => Key::Object('e', *place),
            Self::Entry(place, _) => Key::Object('n', *place),
            Self::Iterator(place) => Key::Object('t', *place),
            Self::Input => Key::Object('I', 0),
            Self::Util => Key::Object('U', 0),
            Self::Loop(number) => Key::Object('o', *number),
            Self::Block(number) => Key::Object('b', *number),
        }
    }
}

impl Key {
    pub(super) fn text(text: impl Into<Arc<str>>) -> Self {
        Self::Text(text.into())
    }

    /// The value that the key was made of.
    pub(super) fn value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(bool) => Value::Bool(*bool),
            Self::Int(number) => Value::int(*number),
            Self::Long(number) => Value::Number(Number::Long(*number)),
            Self::Number('f', text) => Value::Number(Number::Double(parse_double(text))),
            Self::Number(_, text) => Number::read(text).map_or(Value::Null, Value::Number),
            Self::Char(c) => Value::Char(*c),
            Self::Text(text) => Value::Text(text.clone()),
            Self::Object(kind, place) => match kind {
                'l' => Value::List(*place),
                'm' => Value::Map(*place),
                'k' => Value::View(View::Keys, *place),
                'v' => Value::View(View::Values, *place),
                'e' => Value::View(View::Entries, *place),
                't' => Value::Iterator(*place),
                'I' => Value::Input,
                'U' => Value::Util,
                'o' => Value::Loop(*place),
                'b' => Value::Block(*place),
                _ => Value::Null,
            },
        }
    }
}

fn parse_double(text: &str) -> f64 {
    match text {
        "Infinity" => f64::INFINITY,
        "-Infinity" => f64::NEG_INFINITY,
        text => text.parse().unwrap_or(f64::NAN),
    }
}
