//! The values of a `.tf.json` file: texts that stay what they are, and expressions that Terraform evaluates.

use crate::text::hcl;
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// A value of a file.
pub(super) enum Value<'a> {
    /// A text that evaluates to itself.
    Text(Cow<'a, str>),
    /// An expression of Terraform's.
    Expr(Cow<'a, str>),
    /// What Terraform reads before it evaluates anything: types, references of `depends_on`, comments.
    Word(Cow<'a, str>),
    Bool(bool),
    Number(u32),
    Null,
    List(Vec<Value<'a>>),
    Map(Vec<(Cow<'a, str>, Value<'a>)>),
}

pub(super) fn text<'a>(text: impl Into<Cow<'a, str>>) -> Value<'a> {
    Value::Text(text.into())
}

pub(super) fn expr<'a>(expression: impl Into<Cow<'a, str>>) -> Value<'a> {
    Value::Expr(expression.into())
}

pub(super) fn word<'a>(word: impl Into<Cow<'a, str>>) -> Value<'a> {
    Value::Word(word.into())
}

pub(super) fn words<'a>(all: impl IntoIterator<Item = &'a str>) -> Value<'a> {
    Value::List(all.into_iter().map(word).collect())
}

pub(super) fn map<'a, K: Into<Cow<'a, str>>>(members: impl IntoIterator<Item = (K, Value<'a>)>) -> Value<'a> {
    Value::Map(members.into_iter().map(|(key, value)| (key.into(), value)).collect())
}

/// A text, or `null`, so that all objects of a map have the same members.
pub(super) fn text_or_null(given: Option<&str>) -> Value<'_> {
    given.map_or(Value::Null, text)
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(&hcl::template(text)),
            Self::Expr(expression) => serializer.collect_str(&format_args!("${{{expression}}}")),
            Self::Word(word) => serializer.serialize_str(word),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(value) => serializer.serialize_u32(*value),
            Self::Null => serializer.serialize_unit(),
            Self::List(values) => serializer.collect_seq(values),
            Self::Map(members) => {
                serializer.collect_map(members.iter().map(|(key, value)| (hcl::template(key), value)))
            }
        }
    }
}
