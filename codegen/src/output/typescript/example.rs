//! Values for the README's snippets: one of each type that compiles and can be sent.

use super::fields::{is_optional, named};
use super::layout::{Doc, list, object, text};
use super::schema::{entry, is_plain, tag_of};
use crate::client::Client;
use crate::contract::{Field, Shape, Tagging, Type, Variant};
use crate::text::typescript::string;

/// How deep a value may be: a type that holds itself has none.
const DEPTH: usize = 6;

/// A value of a type, if one is found.
pub(super) fn value(client: &Client<'_>, ty: &Type) -> Option<Doc> {
    of(client, ty, DEPTH)
}

/// The members that an object needs; `taken` are names that they can't have.
pub(super) fn members(client: &Client<'_>, fields: &[Field], taken: &[&str]) -> Option<Doc> {
    members_of(client, fields, taken, DEPTH).map(object)
}

fn of(client: &Client<'_>, ty: &Type, depth: usize) -> Option<Doc> {
    let depth = depth.checked_sub(1)?;
    Some(match ty {
        Type::Bool => text("true"),
        Type::Int { bits, .. } => text(if *bits > 32 { "1n" } else { "1" }),
        Type::Float { .. } => text("0.5"),
        Type::Char => text("\"a\""),
        Type::String { format } => text(match format.as_deref() {
            Some("date-time") => "\"2030-01-31T12:00:00Z\"",
            Some("decimal") => "\"0.5\"",
            _ => "\"42\"",
        }),
        Type::Option(_) => text("undefined"),
        Type::List(_) | Type::Set(_) => text("[]"),
        Type::Map { .. } => text("{}"),
        Type::Tuple(elements) => elements_of(client, elements, depth)?,
        Type::Duration => text("{ seconds: 1n, nanoseconds: 0 }"),
        Type::Any | Type::Unit => text("null"),
        Type::Named(name) => {
            let found = client.types.iter().find(|item| item.def.name == *name)?;
            shape(client, &found.def.shape, depth)?
        }
    })
}

fn elements_of(client: &Client<'_>, elements: &[Type], depth: usize) -> Option<Doc> {
    let elements = elements.iter().map(|element| of(client, element, depth));
    Some(list(elements.collect::<Option<_>>()?, false))
}

fn members_of(client: &Client<'_>, fields: &[Field], taken: &[&str], depth: usize) -> Option<Vec<Doc>> {
    let needed = fields.iter().zip(named(fields, taken)).filter(|(field, _)| !is_optional(field));
    needed.map(|(field, name)| Some(entry(&name, of(client, &field.ty, depth)?))).collect()
}

fn shape(client: &Client<'_>, shape: &Shape, depth: usize) -> Option<Doc> {
    match shape {
        Shape::Unit => Some(text("null")),
        Shape::Newtype(inner) => of(client, inner, depth),
        Shape::Tuple(elements) => elements_of(client, elements, depth),
        Shape::Struct(fields) => members_of(client, fields, &[], depth).map(object),
        Shape::Enum { tagging, variants } if is_plain(tagging, variants) => {
            variants.first().map(|variant| text(string(&variant.name)))
        }
        Shape::Enum { tagging: Tagging::Untagged, variants } => {
            variants.iter().find_map(|variant| self::shape(client, &variant.shape, depth))
        }
        Shape::Enum { tagging, variants } => {
            variants.iter().find_map(|of| variant(client, tag_of(tagging), of, depth)).map(object)
        }
    }
}

fn variant(client: &Client<'_>, tag: &str, variant: &Variant, depth: usize) -> Option<Vec<Doc>> {
    let head = entry(&super::types::key(tag), text(string(&variant.name)));
    let rest = match &variant.shape {
        Shape::Unit => Vec::new(),
        Shape::Struct(fields) => members_of(client, fields, &[tag], depth)?,
        shape => vec![entry("value", self::shape(client, shape, depth)?)],
    };
    Some([vec![head], rest].concat())
}
