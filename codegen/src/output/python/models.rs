//! The types that operations take and return, as dataclasses, enums and aliases.

use super::docs::{indented, sentences};
use super::layout::{print, text, union_of};
use super::names::{Python, Taken, attributes};
use super::types::{annotation, is_nullable, optional};
use crate::client::{Client, Language, Named};
use crate::contract::{Field, Shape, Tagging, Type, Variant};
use crate::text::python::string;
use std::collections::HashSet;
use std::fmt::Write as _;

/// The classes of a union's variants, in their order, and that of what nobody knows.
pub(super) struct Union {
    pub(super) variants: Vec<String>,
    pub(super) unknown: Option<String>,
}

/// Everything of the module `models`.
pub(super) struct Models {
    pub(super) code: String,
    /// What it declares.
    pub(super) names: Vec<String>,
    /// The classes of each type that is a union.
    pub(super) unions: Vec<Option<Union>>,
}

/// Whether every variant is a text and nothing more.
pub(super) fn is_texts(shape: &Shape) -> bool {
    matches!(shape, Shape::Enum { tagging: Tagging::External, variants }
        if variants.iter().all(|variant| variant.shape == Shape::Unit))
}

pub(super) fn models(client: &Client<'_>, taken: &mut Taken) -> Models {
    let mut out = Models { code: String::new(), names: Vec::new(), unions: Vec::new() };
    // What an alias names has to stand above it: classes come first.
    let mut aliases = Vec::new();
    for item in &client.types {
        let name = &item.name;
        out.names.push(name.clone());
        let mut union = None;
        let alias = match &item.def.shape {
            Shape::Struct(fields) => {
                out.code.push_str(&dataclass(name, &item.docs, &members(client, fields)));
                None
            }
            Shape::Newtype(inner) => Some(vec![annotation(client, inner, "")]),
            Shape::Tuple(elements) => Some(vec![annotation(client, &Type::Tuple(elements.clone()), "")]),
            Shape::Unit => Some(vec!["None".to_owned()]),
            shape @ Shape::Enum { variants, .. } if is_texts(shape) => {
                out.code.push_str(&texts(name, &item.docs, variants));
                None
            }
            Shape::Enum { tagging, variants } => {
                let of = union_classes(client, name, tagging, variants, taken, &mut out);
                let names = of.variants.iter().chain(&of.unknown).cloned().collect();
                union = Some(of);
                Some(names)
            }
        };
        out.unions.push(union);
        aliases.extend(alias.map(|alternatives| (item, alternatives)));
    }
    out.code.push_str(&aliases_in_order(client, aliases));
    out
}

/// Each alias below those that it names; in a circle, as a text.
fn aliases_in_order(client: &Client<'_>, aliases: Vec<(&Named<'_>, Vec<String>)>) -> String {
    let mut waiting: HashSet<&str> = aliases.iter().map(|(item, _)| &*item.def.name).collect();
    let mut out = String::new();
    let mut rest = aliases;
    while !rest.is_empty() {
        let before = rest.len();
        let mut left = Vec::new();
        for (item, names) in rest {
            if blocked(client, &item.def.shape, &waiting) {
                left.push((item, names));
            } else {
                waiting.remove(&*item.def.name);
                out.push_str(&alias(&item.name, &item.docs, &names, false));
            }
        }
        if left.len() == before {
            let (item, names) = left.remove(0);
            waiting.remove(&*item.def.name);
            out.push_str(&alias(&item.name, &item.docs, &names, true));
        }
        rest = left;
    }
    out
}

/// Whether an alias names another one that is not yet declared.
fn blocked(client: &Client<'_>, shape: &Shape, waiting: &HashSet<&str>) -> bool {
    let blocks = |ty: &Type| names_one(ty, &|name| client.index.type_def(name).is_some() && waiting.contains(name));
    match shape {
        Shape::Newtype(inner) => blocks(inner),
        Shape::Tuple(elements) => elements.iter().any(blocks),
        _ => false,
    }
}

fn names_one(ty: &Type, wanted: &dyn Fn(&str) -> bool) -> bool {
    match ty {
        Type::Named(name) => wanted(name),
        Type::Option(inner) | Type::List(inner) | Type::Set(inner) => names_one(inner, wanted),
        Type::Map { value, .. } => names_one(value, wanted),
        Type::Tuple(elements) => elements.iter().any(|element| names_one(element, wanted)),
        _ => false,
    }
}

fn alias(name: &str, docs: &str, alternatives: &[String], quoted: bool) -> String {
    let head = format!("{name}: _t.TypeAlias =");
    let code =
        if quoted { format!("{head} {}", string(&alternatives.join(" | "))) } else { union_of(&head, alternatives) };
    format!("\n\n{code}\n{}\n", indented(&sentences(docs), ""))
}

/// An enum whose variants are texts; the API may have more of them one day.
fn texts(name: &str, docs: &str, variants: &[Variant]) -> String {
    let mut out = format!("\n\nclass {name}(_enum.StrEnum):\n{}\n", indented(&sentences(docs), "    "));
    let mut taken = Taken::new();
    for variant in variants {
        let member = taken.take(&super::names::constant(&Python.member(&variant.ident)));
        let said = if variant.docs.is_empty() { format!("`{}`.", variant.name) } else { variant.docs.clone() };
        // Writing to a String never fails.
        let _ = write!(out, "\n    {member} = {}\n{}\n", string(&variant.name), indented(&sentences(&said), "    "));
    }
    out
}

fn union_classes(
    client: &Client<'_>,
    name: &str,
    tagging: &Tagging,
    variants: &[Variant],
    taken: &mut Taken,
    out: &mut Models,
) -> Union {
    let names = crate::client::variants(&Python, variants.iter().map(|variant| &*variant.ident));
    let mut classes = Vec::new();
    for (variant, ident) in variants.iter().zip(names) {
        let class = taken.take(&format!("{name}{ident}"));
        let members = match &variant.shape {
            Shape::Struct(fields) => members(client, fields),
            Shape::Newtype(inner) => value(annotation(client, inner, "")),
            Shape::Tuple(elements) => value(annotation(client, &Type::Tuple(elements.clone()), "")),
            Shape::Unit | Shape::Enum { .. } => Vec::new(),
        };
        let said = if variant.docs.is_empty() { format!("`{}`.", variant.name) } else { variant.docs.clone() };
        out.code.push_str(&dataclass(&class, &said, &members));
        classes.push(class);
    }
    let unknown = (*tagging != Tagging::Untagged).then(|| {
        let class = taken.take(&format!("{name}Unknown"));
        let raw = Member { name: "raw".to_owned(), annotation: "_rt.JSON".to_owned(), docs: "Its JSON.".to_owned() };
        let said = "A variant that this package does not know: the API is newer.";
        out.code.push_str(&dataclass(&class, said, &[raw]));
        class
    });
    out.names.extend(classes.iter().chain(&unknown).cloned());
    Union { variants: classes, unknown }
}

fn value(annotation: String) -> Vec<Member> {
    vec![Member { name: "value".to_owned(), annotation, docs: "What it holds.".to_owned() }]
}

/// A member of a class.
pub(super) struct Member {
    pub(super) name: String,
    pub(super) annotation: String,
    pub(super) docs: String,
}

/// The members of an object.
fn members(client: &Client<'_>, fields: &[Field]) -> Vec<Member> {
    let names = attributes(fields, &[]);
    fields.iter().zip(names).map(|(field, name)| member(client, field, name, "")).collect()
}

/// One member; `prefix` stands before the API's own types.
pub(super) fn member(client: &Client<'_>, field: &Field, name: String, prefix: &str) -> Member {
    let annotation = annotation(client, &field.ty, prefix);
    Member {
        name,
        annotation: if field.optional { optional(annotation) } else { annotation },
        docs: if field.docs.is_empty() { format!("The member `{}`.", field.name) } else { field.docs.clone() },
    }
}

fn dataclass(name: &str, docs: &str, members: &[Member]) -> String {
    let mut out = format!(
        "\n\n@_d.dataclass(frozen=True, slots=True, kw_only=True)\nclass {name}:\n{}\n",
        indented(&sentences(docs), "    ")
    );
    for Member { name, annotation, docs } in members {
        let default = if is_nullable(annotation) { " = None" } else { "" };
        let declared = print(vec![text(format!("{name}: {annotation}{default}"))], 4);
        // Writing to a String never fails.
        let _ = write!(out, "\n    {declared}\n{}\n", indented(&sentences(docs), "    "));
    }
    out
}
