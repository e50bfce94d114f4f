//! For whom a schema is written, and where they differ: numbers, constants, `null`, names.

use super::{Kind, Schema};
use crate::check::model_name;
use serde_json::Value;

/// For whom a schema is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// API Gateway's models: draft 4, alphanumeric names, no `format` of numbers, no `nullable`, `default`, `example` or
    /// `additionalProperties`; each of those is dropped or warned of on import.
    Gateway,
    /// Any reader of OpenAPI 3.0, whose Schema Object is an older one of its own.
    Plain30,
    /// Any reader of OpenAPI 3.1, which is JSON Schema 2020-12.
    Plain31,
}

impl Dialect {
    /// The name under which a type is a component: letters, digits and, where they may stand, underscores of ASCII.
    pub(crate) fn name(self, ty: &str) -> String {
        match self {
            Self::Gateway => model_name(ty),
            Self::Plain30 | Self::Plain31 => ty.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect(),
        }
    }

    /// A whole number.
    ///
    /// Its `format` is `int32` or `int64`, whichever holds more of it, and nothing else: `uint32` and `uint64` are in OpenAPI's
    /// registry of formats, but who does not know them takes any integer for one of 32 bits, as openapi-generator does.
    pub(super) fn int(self, bits: u8, signed: bool) -> Schema {
        let schema = Schema { minimum: (!signed).then_some(0), ..Schema::of("integer") };
        if self == Self::Gateway {
            return schema;
        }
        let (format, minimum, maximum) = match (bits, signed) {
            (..=8, true) => ("int32", Some(i8::MIN.into()), Some(i8::MAX.into())),
            (..=16, true) => ("int32", Some(i16::MIN.into()), Some(i16::MAX.into())),
            (..=32, true) => ("int32", None, None),
            (..=8, false) => ("int32", Some(0), Some(u8::MAX.into())),
            (..=16, false) => ("int32", Some(0), Some(u16::MAX.into())),
            (..=32, false) => ("int64", Some(0), Some(u32::MAX.into())),
            (_, true) => ("int64", None, None),
            (_, false) => ("int64", Some(0), None),
        };
        Schema { format: Some(format.to_owned()), minimum, maximum, ..schema }
    }

    pub(super) fn float(self, bits: u8) -> Schema {
        let format = if bits <= 32 { "float" } else { "double" };
        Schema { format: self.format(format), ..Schema::of("number") }
    }

    /// A text of a format.
    pub(super) fn text(self, format: Option<&str>) -> Schema {
        // The contract knows times of day without an offset alone, and RFC 3339's have one.
        let format = format.map(|format| if format == "time" { "time-local" } else { format });
        Schema { format: format.and_then(|format| self.format(format)), ..Schema::of("string") }
    }

    fn format(self, format: &str) -> Option<String> {
        (self != Self::Gateway).then(|| format.to_owned())
    }

    /// The only value that there is.
    pub(super) fn constant(self, schema: Schema, value: impl Into<Value>) -> Schema {
        match self {
            Self::Gateway | Self::Plain30 => Schema { values: vec![value.into()], ..schema },
            Self::Plain31 => Schema { constant: Some(value.into()), ..schema },
        }
    }

    /// One word alone.
    pub(super) fn word(self, word: &str) -> Schema {
        self.constant(Schema::of("string"), word)
    }

    /// `null`, or the other.
    pub(super) fn or_null(self, schema: Schema) -> Schema {
        match (self, schema.ty) {
            (Self::Plain30, Some(_)) => Schema { nullable: true, ..schema },
            (Self::Plain31, Some(Kind::Of(ty))) => Schema { ty: Some(Kind::OrNull([ty, "null"])), ..schema },
            (Self::Plain30, None) if schema.reference.is_some() => {
                Schema { nullable: true, all_of: vec![schema], ..Schema::default() }
            }
            // Of what it names, `null` may be one already.
            (Self::Plain31, None) if schema.reference.is_some() => {
                Schema { any_of: vec![schema, Schema::of("null")], ..Schema::default() }
            }
            // API Gateway's models have no word for it, and where any value may stand, `null` may.
            _ => schema,
        }
    }

    /// The same with what is said of it, where it stands.
    pub(super) fn described(self, schema: Schema, docs: &str) -> Schema {
        let is_bare = schema.reference.is_some() && !docs.is_empty() && self != Self::Gateway;
        let schema = if is_bare { Schema { all_of: vec![schema], ..Schema::default() } } else { schema };
        schema.described(docs)
    }
}
