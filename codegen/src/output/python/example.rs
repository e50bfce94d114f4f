//! Values for the README's snippets: one of each type, which can be sent.

use super::layout::{Doc, call, named, text, tuple};
use super::models::is_texts;
use super::names::attributes;
use crate::client::Client;
use crate::contract::{Field, Shape, Type};
use crate::text::python::string;

/// How deep a value may be: a type that holds itself has none.
const DEPTH: usize = 6;

/// A value of a type, if one is found; `names` gets the classes that it names.
pub(super) fn value(client: &Client<'_>, ty: &Type, names: &mut Vec<String>) -> Option<Doc> {
    of(client, ty, DEPTH, names)
}

/// What an object needs, by the names of its attributes; `taken` are names that they can't have.
pub(super) fn needed(
    client: &Client<'_>,
    fields: &[Field],
    taken: &[&str],
    names: &mut Vec<String>,
) -> Option<Vec<Doc>> {
    members(client, fields, taken, DEPTH, names)
}

fn of(client: &Client<'_>, ty: &Type, depth: usize, names: &mut Vec<String>) -> Option<Doc> {
    let depth = depth.checked_sub(1)?;
    Some(match ty {
        Type::Bool => text("True"),
        Type::Int { .. } => text("1"),
        Type::Float { .. } => text("0.5"),
        Type::Char => text("\"a\""),
        Type::String { format: None } => text("\"42\""),
        // What needs an import would hide what is shown.
        Type::String { .. } | Type::Duration => return None,
        Type::Option(_) | Type::Any | Type::Unit => text("None"),
        Type::List(_) | Type::Set(_) => text("[]"),
        Type::Map { .. } => text("{}"),
        Type::Tuple(elements) => elements_of(client, elements, depth, names)?,
        Type::Named(name) => {
            let found = client.types.iter().find(|item| item.def.name == *name)?;
            shape(client, &found.name, &found.def.shape, depth, names)?
        }
    })
}

fn elements_of(client: &Client<'_>, elements: &[Type], depth: usize, names: &mut Vec<String>) -> Option<Doc> {
    let elements = elements.iter().map(|element| of(client, element, depth, names));
    Some(tuple(elements.collect::<Option<_>>()?))
}

fn members(
    client: &Client<'_>,
    fields: &[Field],
    taken: &[&str],
    depth: usize,
    names: &mut Vec<String>,
) -> Option<Vec<Doc>> {
    let is_optional = |field: &Field| field.optional || matches!(field.ty, Type::Option(_));
    let needed = fields.iter().zip(attributes(fields, taken)).filter(|(field, _)| !is_optional(field));
    needed.map(|(field, name)| Some(named(&name, of(client, &field.ty, depth, names)?))).collect()
}

fn shape(client: &Client<'_>, name: &str, shape: &Shape, depth: usize, names: &mut Vec<String>) -> Option<Doc> {
    match shape {
        Shape::Unit => Some(text("None")),
        Shape::Newtype(inner) => of(client, inner, depth, names),
        Shape::Tuple(elements) => elements_of(client, elements, depth, names),
        Shape::Struct(fields) => {
            let members = members(client, fields, &[], depth, names)?;
            names.push(name.to_owned());
            Some(call(name, members))
        }
        shape @ Shape::Enum { variants, .. } if is_texts(shape) => {
            let first = variants.first()?;
            Some(text(string(&first.name)))
        }
        // The class of a variant is no name of the model's.
        Shape::Enum { .. } => None,
    }
}
