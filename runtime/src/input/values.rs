//! The values of a path's parameters, as one value, a tuple of them or a struct takes them.

use super::text::Text;
use super::{Given, Input, Refused, read_with};
use crate::InvalidPayload;
use serde::de::value::SeqDeserializer;
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Visitor};
use serde_json::Error;
use std::cell::RefCell;

/// Reads the values of a path, each by its parameter's name.
pub(crate) fn read_path<T: DeserializeOwned>(values: Vec<(String, String)>) -> Result<T, Refused> {
    let given = Given { query: values, ..Given::default() };
    let refused = RefCell::new(None);
    let read = read_with(Values { given: &given, refused: &refused });
    read.map_err(|error| match refused.take().unwrap_or(error) {
        Refused::Invalid(invalid) => Refused::Invalid(named(&invalid, &given.query)),
        unknown @ Refused::Unknown(_) => unknown,
    })
}

/// A place by its parameter's name where it is a number or nothing.
fn named(invalid: &InvalidPayload, values: &[(String, String)]) -> InvalidPayload {
    let at = match invalid.path() {
        "" => (values.len() == 1).then_some(0),
        path => path.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).and_then(|at| at.parse().ok()),
    };
    let name = at.and_then(|at: usize| values.get(at)).map_or(invalid.path(), |(name, _)| name);
    InvalidPayload::new(name, invalid.reason())
}

struct Values<'a> {
    given: &'a Given,
    refused: &'a RefCell<Option<Refused>>,
}

impl<'a> Values<'a> {
    /// By their names.
    fn members(self) -> Input<'a> {
        Input { given: self.given, body: None, refused: self.refused }
    }

    /// The one value that there is.
    fn one(&self) -> Result<Text<'a>, Error> {
        match self.given.query.as_slice() {
            [(_, text)] => Ok(Text(text)),
            values => Err(Error::custom(format!("the path has {} parameters, and one is asked for", values.len()))),
        }
    }
}

impl<'de> IntoDeserializer<'de, Error> for Text<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! as_one {
    ($($method:ident($($argument:ident: $ty:ty),*))+) => {
        $(fn $method<V: Visitor<'de>>(self, $($argument: $ty,)* visitor: V) -> Result<V::Value, Error> {
            self.one()?.$method($($argument,)* visitor)
        })+
    };
}

impl<'de> Deserializer<'de> for Values<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.members().deserialize_any(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.members().deserialize_map(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.members().deserialize_struct(name, fields, visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(SeqDeserializer::new(self.given.query.iter().map(|(_, text)| Text(text))))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    /// A newtype holds what it is around: one value, or a struct.
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    as_one! {
        deserialize_bool() deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64() deserialize_i128()
        deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64() deserialize_u128() deserialize_f32()
        deserialize_f64() deserialize_char() deserialize_str() deserialize_string() deserialize_bytes()
        deserialize_byte_buf() deserialize_option() deserialize_identifier() deserialize_ignored_any()
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
    }
}
