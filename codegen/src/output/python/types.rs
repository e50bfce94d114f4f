//! Types of the wire: how Python annotates them, and what reads and writes their values.

use super::layout::{Doc, call, text};
use super::models::is_texts;
use crate::client::Client;
use crate::contract::Type;
use std::collections::HashMap;

/// A type as an annotation writes it; `prefix` stands before the API's own types.
pub(super) fn annotation(client: &Client<'_>, ty: &Type, prefix: &str) -> String {
    let of = |inner: &Type| annotation(client, inner, prefix);
    match ty {
        Type::Bool => "bool".to_owned(),
        Type::Int { .. } => "int".to_owned(),
        Type::Float { .. } => "float".to_owned(),
        Type::Char => "str".to_owned(),
        Type::String { format } => match format.as_deref() {
            Some("date-time") => "_dt.datetime".to_owned(),
            Some("decimal") => "_decimal.Decimal".to_owned(),
            _ => "str".to_owned(),
        },
        Type::Option(inner) => optional(of(without_options(inner))),
        Type::Set(inner) if has_order(inner) => format!("_c.Set[{}]", of(inner)),
        Type::List(inner) | Type::Set(inner) => format!("_c.Sequence[{}]", of(inner)),
        Type::Map { key, value } => {
            let key = if matches!(**key, Type::Int { .. }) { "int" } else { "str" };
            format!("_c.Mapping[{key}, {}]", of(value))
        }
        Type::Tuple(elements) if elements.is_empty() => "tuple[()]".to_owned(),
        Type::Tuple(elements) => format!("tuple[{}]", elements.iter().map(of).collect::<Vec<_>>().join(", ")),
        Type::Duration => "_dt.timedelta".to_owned(),
        Type::Any => "_rt.JSON".to_owned(),
        Type::Unit => "None".to_owned(),
        Type::Named(name) => {
            let open = client.index.type_def(name).is_some_and(|def| is_texts(&def.shape));
            format!("{prefix}{}{}", client.type_name(name), if open { " | str" } else { "" })
        }
    }
}

/// The annotation of what may be left out.
pub(super) fn optional(annotation: String) -> String {
    if is_nullable(&annotation) { annotation } else { format!("{annotation} | None") }
}

/// Whether an annotation takes `None`.
pub(super) fn is_nullable(annotation: &str) -> bool {
    annotation == "None" || annotation.ends_with(" | None")
}

/// Whether a type checker can't tell the type of what reads it: that of a tuple is one for all.
pub(super) fn is_untold(ty: &Type) -> bool {
    match ty {
        Type::Tuple(_) => true,
        Type::Option(inner) | Type::List(inner) | Type::Set(inner) => is_untold(inner),
        Type::Map { value, .. } => is_untold(value),
        _ => false,
    }
}

/// Whether the elements of a set have an order of their own; of others, what came first stays first.
fn has_order(element: &Type) -> bool {
    matches!(element, Type::Bool | Type::Int { .. } | Type::Char | Type::String { .. })
}

/// What may be left out may be so once.
pub(super) fn without_options(ty: &Type) -> &Type {
    match ty {
        Type::Option(inner) => without_options(inner),
        ty => ty,
    }
}

/// The constants that read and write the API's own types.
pub(super) struct Codecs<'a> {
    /// By the names that the contract gives the types.
    pub(super) constants: HashMap<&'a str, String>,
    /// What stands before a constant.
    pub(super) prefix: &'static str,
}

impl Codecs<'_> {
    /// What reads and writes the values of a type; `is_later` says of an API's own type that its constant follows.
    pub(super) fn of(&self, ty: &Type, is_later: &dyn Fn(&str) -> bool) -> Doc {
        let of = |inner: &Type| self.of(inner, is_later);
        let plain = |name: &str| text(format!("_rt.{name}"));
        match ty {
            Type::Bool => plain("BOOL"),
            Type::Int { bits, signed } => plain(&format!("{}{bits}", if *signed { 'I' } else { 'U' })),
            Type::Float { .. } => plain("FLOAT"),
            Type::Char => plain("CHAR"),
            Type::String { format } => plain(match format.as_deref() {
                Some("date-time") => "TIMESTAMP",
                Some("decimal") => "DECIMAL",
                _ => "TEXT",
            }),
            Type::Option(inner) => call("_rt.optional", vec![of(without_options(inner))]),
            Type::Set(inner) if has_order(inner) => call("_rt.set_of", vec![of(inner)]),
            Type::List(inner) | Type::Set(inner) => call("_rt.list_of", vec![of(inner)]),
            Type::Map { key, value } => call("_rt.map_of", vec![self.key(key), of(value)]),
            Type::Tuple(elements) => call("_rt.tuple_of", elements.iter().map(of).collect()),
            Type::Duration => plain("DURATION"),
            Type::Any => plain("ANY"),
            Type::Unit => plain("UNIT"),
            Type::Named(name) => {
                let constant = self.constants.get(&**name).map_or("", String::as_str);
                let constant = format!("{}{constant}", self.prefix);
                if is_later(name) {
                    call("_rt.later", vec![text(format!("lambda: {constant}"))])
                } else {
                    text(constant)
                }
            }
        }
    }

    fn key(&self, key: &Type) -> Doc {
        match key {
            Type::Int { .. } => call("_rt.number_key", vec![self.of(key, &|_| false)]),
            Type::Char => text("_rt.CHAR"),
            _ => text("_rt.TEXT"),
        }
    }
}
