//! An operation's input from the texts of a request: parameters are read as their types ask, a body as JSON.

pub(crate) mod members;
pub(crate) mod query;
mod text;
#[cfg(feature = "axum")]
mod values;

use crate::{InvalidPayload, Parameter};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, Visitor};
use serde_json::Error;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::cell::RefCell;
use text::Text;

#[cfg(feature = "axum")]
pub(crate) use values::read_path;

/// What a request holds for an operation.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given {
    /// Each parameter that the operation names, with its text if it is in the path or a header that is there.
    pub(crate) parameters: Vec<(Parameter, Option<String>)>,
    /// The query.
    pub(crate) query: Vec<(String, String)>,
    /// The body, where the members of the input that nothing else names come from there, and not from the query.
    pub(crate) body: Option<Vec<u8>>,
}

/// Why an input is not read.
#[derive(Debug)]
pub(crate) enum Refused {
    /// It does not fit.
    Invalid(InvalidPayload),
    /// The function can't know where it stands.
    Unknown(String),
}

impl From<InvalidPayload> for Refused {
    fn from(invalid: InvalidPayload) -> Self {
        Self::Invalid(invalid)
    }
}

impl Refused {
    /// A parameter whose name on the wire can't be seen.
    pub(crate) fn unknown_name(field: &str) -> Self {
        Self::Unknown(format!(
            "the parameter `{field}` has another name by serde's `rename`, which can't be seen behind this front: rename \
             the field itself, or add `alias = \"{field}\"` beside the `rename`"
        ))
    }
}

/// Reads the input.
pub(crate) fn read<T: DeserializeOwned>(given: &Given) -> Result<T, Refused> {
    let body = given.body.as_deref().map(text).transpose()?;
    if given.parameters.is_empty() {
        match body {
            Some(body) => return read_body(body),
            // A type without fields may be written as nothing or as an empty object.
            None if given.query.is_empty() => return read_text("null").or_else(|_| read_text("{}")),
            None => {}
        }
    }
    let refused = RefCell::new(None);
    let read = read_with(Input { given, body, refused: &refused });
    read.map_err(|error| refused.take().unwrap_or(error))
}

/// Reads an input that is all of a body. One that is nothing leaves the body unread, whatever it is.
fn read_body<T: DeserializeOwned>(body: &str) -> Result<T, Refused> {
    let refused = RefCell::new(None);
    read_with(Body { body, refused: &refused }).map_err(|error| refused.take().unwrap_or(error))
}

pub(crate) fn read_text<T: DeserializeOwned>(text: &str) -> Result<T, Refused> {
    read_with(&mut serde_json::Deserializer::from_str(text))
}

pub(crate) fn read_with<'de, T, D>(deserializer: D) -> Result<T, Refused>
where
    T: DeserializeOwned,
    D: Deserializer<'de, Error = serde_json::Error>,
{
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let path = error.path().to_string();
        let reason = error.inner().to_string();
        // The position is one in our own text, not in the caller's.
        let reason = reason.rsplit_once(" at line ").map_or(reason.as_str(), |(reason, _)| reason);
        InvalidPayload::new(if path == "." { "" } else { &path }, reason).into()
    })
}

/// The body as JSON, or what is wrong with it.
pub(crate) fn parsed(body: &str) -> Result<&RawValue, InvalidPayload> {
    serde_json::from_str(body).map_err(|error| InvalidPayload::new("", format!("the body is not valid JSON: {error}")))
}

fn text(body: &[u8]) -> Result<&str, InvalidPayload> {
    std::str::from_utf8(body).map_err(|error| InvalidPayload::new("", format!("the body is not UTF-8: {error}")))
}

struct Input<'a> {
    given: &'a Given,
    body: Option<&'a str>,
    /// Why it is refused, where that is more than an error of serde's can say.
    refused: &'a RefCell<Option<Refused>>,
}

/// A member of the input, by its name on the wire.
enum Member<'a> {
    Text(&'a str),
    Json(&'a RawValue),
}

impl<'a> Input<'a> {
    /// The last of several counts, as in API Gateway's own templates.
    fn in_query(&self, name: &str) -> Option<&'a str> {
        self.given.query.iter().rev().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    fn refuse(&self, why: impl Into<Refused>) -> Error {
        self.refused.replace(Some(why.into()));
        Error::custom("refused")
    }

    /// The members, by the names that the type says it has; if it says none, by their names in Rust.
    fn members(&self, names: Option<&'static [&'static str]>) -> Result<Vec<(Cow<'a, str>, Member<'a>)>, Error> {
        let mut taken = Vec::new();
        let mut members = Vec::new();
        for (parameter, text) in &self.given.parameters {
            let (Parameter::Path(field) | Parameter::Query(field) | Parameter::Header(field, _)) = *parameter;
            let name = match names {
                Some(names) => on_the_wire(field, names).ok_or_else(|| self.refuse(Refused::unknown_name(field)))?,
                None => field,
            };
            taken.push(name);
            let text = if let Parameter::Query(_) = parameter { self.in_query(name) } else { text.as_deref() };
            members.extend(text.map(|text| (name.into(), Member::Text(text))));
        }
        if self.body.is_none() {
            for (at, (name, text)) in self.given.query.iter().enumerate() {
                let is_asked = names.is_none_or(|names| names.contains(&name.as_str()));
                let is_last = self.given.query[at + 1..].iter().all(|(other, _)| other != name);
                if is_asked && is_last && !taken.contains(&name.as_str()) {
                    members.push((name.as_str().into(), Member::Text(text)));
                }
            }
        }
        if let Some(body) = self.body {
            let body = parsed(body).map_err(|invalid| self.refuse(invalid))?.get();
            let inside = members::all(body)
                .map_err(|_| self.refuse(InvalidPayload::new("", "the body is not a JSON object")))?;
            for (name, value) in inside {
                if taken.contains(&name.as_ref()) {
                    let reason = "is set by the path, the query or a header, not by the body";
                    return Err(self.refuse(InvalidPayload::new(name, reason)));
                }
                members.push((name, Member::Json(value)));
            }
        }
        Ok(members)
    }
}

/// The name on the wire of a field, of those that a type says it has: its own, or its own in another case. A `rename` can't be
/// seen from here.
fn on_the_wire(field: &str, names: &'static [&'static str]) -> Option<&'static str> {
    let plain = |name: &str| name.replace(['_', '-'], "").to_ascii_lowercase();
    let field_plain = plain(field);
    let mut alike = names.iter().copied().filter(|name| plain(name) == field_plain);
    let exact = names.iter().copied().find(|name| *name == field);
    exact.or_else(|| alike.next().filter(|_| alike.next().is_none()))
}

impl<'de> Deserializer<'de> for Input<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(Members(self.members(None)?.into_iter(), None))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_map(Members(self.members(Some(names))?.into_iter(), None))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    /// Nothing is asked for, so that nothing is looked at.
    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf seq tuple tuple_struct map
        enum identifier ignored_any
    }
}

/// A body alone.
struct Body<'a> {
    body: &'a str,
    refused: &'a RefCell<Option<Refused>>,
}

impl<'a> Body<'a> {
    fn json(&self) -> Result<&'a RawValue, Error> {
        parsed(self.body).map_err(|invalid| {
            self.refused.replace(Some(invalid.into()));
            Error::custom("refused")
        })
    }
}

macro_rules! as_json {
    ($($method:ident($($argument:ident: $ty:ty),*))+) => {
        $(fn $method<V: Visitor<'de>>(self, $($argument: $ty,)* visitor: V) -> Result<V::Value, Error> {
            serde_json::Deserializer::from_str(self.json()?.get()).$method($($argument,)* visitor)
        })+
    };
}

impl<'de> Deserializer<'de> for Body<'de> {
    type Error = Error;

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    as_json! {
        deserialize_any() deserialize_bool() deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64()
        deserialize_i128() deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64() deserialize_u128()
        deserialize_f32() deserialize_f64() deserialize_char() deserialize_str() deserialize_string() deserialize_bytes()
        deserialize_byte_buf() deserialize_option() deserialize_seq() deserialize_map() deserialize_identifier()
        deserialize_ignored_any() deserialize_newtype_struct(name: &'static str) deserialize_tuple(length: usize)
        deserialize_tuple_struct(name: &'static str, length: usize)
        deserialize_struct(name: &'static str, fields: &'static [&'static str])
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
    }
}

struct Members<'a>(std::vec::IntoIter<(Cow<'a, str>, Member<'a>)>, Option<Member<'a>>);

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some((name, member)) = self.0.next() else { return Ok(None) };
        self.1 = Some(member);
        seed.deserialize(name.into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        match self.1.take() {
            Some(Member::Text(text)) => seed.deserialize(Text(text)),
            Some(Member::Json(value)) => seed.deserialize(value),
            None => Err(Error::custom("a value without a name")),
        }
    }
}
