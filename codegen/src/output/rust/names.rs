//! Names in Rust: of members, types and functions.

use crate::client::{Client, Language};
use crate::contract::{Index, Shape, Type};
use heck::{ToSnakeCase, ToUpperCamelCase};
use std::collections::{BTreeSet, HashSet};

/// How Rust writes names.
pub(super) struct Rust;

impl Language for Rust {
    fn type_name(&self, name: &str) -> String {
        // `HTTPError` stays as it is.
        let camel = name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphanumeric);
        let name = if camel { name.to_owned() } else { name.to_upper_camel_case() };
        if name == "Self" {
            "SelfType".to_owned()
        } else if syn::parse_str::<syn::Ident>(&name).is_ok() {
            name
        } else {
            format!("T{name}")
        }
    }

    fn member(&self, name: &str) -> String {
        let snake = name.to_snake_case();
        let snake = if snake.starts_with(|c: char| c.is_ascii_digit()) || snake.is_empty() {
            format!("_{snake}")
        } else {
            snake
        };
        if NEVER.contains(&snake.as_str()) {
            format!("{snake}_")
        } else if syn::parse_str::<syn::Ident>(&snake).is_ok() && snake != "gen" {
            snake
        } else {
            format!("r#{snake}")
        }
    }

    fn longer(&self, member: &str, more: &str) -> String {
        format!("{}_{more}", member.trim_start_matches("r#").trim_end_matches('_'))
    }

    fn own_types(&self) -> &'static [&'static str] {
        PRELUDE
    }

    fn own_methods(&self) -> &'static [&'static str] {
        &["new", "connect", "headers_mut", "with_retries", "with_trust"]
    }
}

/// Words that can't be a name even as `r#…`.
const NEVER: [&str; 5] = ["self", "super", "crate", "Self", "_"];

/// What every module sees without a `use` (the prelude of `std`, edition 2024), and the client's own parameter.
const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Copy",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "T",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// A type of the wire as Rust writes it. `inside` is the type that holds it: what holds itself stands in a box.
pub(super) fn ty(client: &Client<'_>, ty: &Type, inside: Option<&str>) -> String {
    let of = |inner: &Type| self::ty(client, inner, None);
    match ty {
        Type::Bool => "bool".to_owned(),
        Type::Int { bits, signed } => format!("{}{bits}", if *signed { 'i' } else { 'u' }),
        Type::Float { bits } => format!("f{bits}"),
        Type::Char => "char".to_owned(),
        Type::String { .. } => "String".to_owned(),
        Type::Option(inner) => format!("Option<{}>", self::ty(client, inner, inside)),
        Type::List(inner) => format!("Vec<{}>", of(inner)),
        Type::Set(inner) => match **inner {
            // Only these have an order that serde keeps.
            Type::Bool | Type::Int { .. } | Type::Char | Type::String { .. } => {
                format!("std::collections::BTreeSet<{}>", of(inner))
            }
            _ => format!("Vec<{}>", of(inner)),
        },
        Type::Map { key, value } => {
            let key = match **key {
                Type::Int { .. } | Type::Char => of(key),
                _ => "String".to_owned(),
            };
            format!("std::collections::BTreeMap<{key}, {}>", of(value))
        }
        Type::Tuple(elements) => {
            let elements: Vec<_> = elements.iter().map(|element| self::ty(client, element, inside)).collect();
            let comma = if elements.len() == 1 { "," } else { "" };
            format!("({}{comma})", elements.join(", "))
        }
        Type::Duration => "std::time::Duration".to_owned(),
        Type::Any => "throwback::client::v1::serde_json::Value".to_owned(),
        Type::Unit => "()".to_owned(),
        Type::Named(name) => match inside {
            Some(inside) if holds(client.index, name, inside, &mut HashSet::new()) => {
                format!("Box<{}>", client.type_name(name))
            }
            _ => client.type_name(name).to_owned(),
        },
    }
}

/// Whether a value of `name` holds one of `wanted` without a list or a map between.
fn holds<'a>(index: &Index<'a>, name: &str, wanted: &str, seen: &mut HashSet<String>) -> bool {
    if name == wanted {
        return true;
    }
    if !seen.insert(name.to_owned()) {
        return false;
    }
    let mut named = Vec::new();
    if let Some(def) = index.type_def(name) {
        in_shape(&def.shape, &mut named);
    }
    named.into_iter().any(|inner: &'a str| holds(index, inner, wanted, seen))
}

fn in_shape<'a>(shape: &'a Shape, named: &mut Vec<&'a str>) {
    match shape {
        Shape::Struct(fields) => fields.iter().for_each(|field| in_type(&field.ty, named)),
        Shape::Newtype(inner) => in_type(inner, named),
        Shape::Tuple(elements) => elements.iter().for_each(|element| in_type(element, named)),
        Shape::Unit => {}
        Shape::Enum { variants, .. } => variants.iter().for_each(|variant| in_shape(&variant.shape, named)),
    }
}

fn in_type<'a>(ty: &'a Type, named: &mut Vec<&'a str>) {
    match ty {
        Type::Named(name) => named.push(name),
        Type::Option(inner) => in_type(inner, named),
        Type::Tuple(elements) => elements.iter().for_each(|element| in_type(element, named)),
        _ => {}
    }
}

/// The names of the contract's types that some types name, sorted.
pub(super) fn of_types<'a>(client: &Client<'_>, types: impl Iterator<Item = &'a Type>) -> Vec<String> {
    let mut names = BTreeSet::new();
    types.for_each(|ty| collect(client, ty, &mut names));
    names.into_iter().collect()
}

fn collect(client: &Client<'_>, ty: &Type, names: &mut BTreeSet<String>) {
    match ty {
        Type::Named(name) => {
            names.insert(client.type_name(name).to_owned());
        }
        Type::Option(inner) | Type::List(inner) | Type::Set(inner) => collect(client, inner, names),
        Type::Map { value, .. } => collect(client, value, names),
        Type::Tuple(elements) => elements.iter().for_each(|element| collect(client, element, names)),
        _ => {}
    }
}
