//! The types of the contract as data, by which the package's runtime reads and writes values.

use super::fields::named;
use super::layout::{Doc, list, object, print, text};
use crate::client::Client;
use crate::contract::{Field, Shape, Tagging, Type, Variant};
use crate::text::typescript::string;

/// A type as the runtime reads it.
pub(super) fn schema(ty: &Type) -> Doc {
    let of = |key: &str, inner: &Type| object(vec![entry(key, schema(inner))]);
    match ty {
        Type::Bool => text("\"bool\""),
        Type::Int { bits, signed } => text(format!("\"{}{bits}\"", if *signed { 'i' } else { 'u' })),
        Type::Float { bits } => text(format!("\"f{bits}\"")),
        Type::Char => text("\"char\""),
        Type::String { .. } => text("\"string\""),
        Type::Option(inner) => of("option", inner),
        // Others have no order of their own: what came first stays first.
        Type::Set(inner) if matches!(**inner, Type::Bool | Type::Int { .. } | Type::Char | Type::String { .. }) => {
            of("set", inner)
        }
        Type::List(inner) | Type::Set(inner) => of("list", inner),
        Type::Map { key, value } => object(vec![entry("map", schema(value)), entry("key", schema(key))]),
        Type::Tuple(elements) => object(vec![entry("tuple", types(elements))]),
        Type::Duration => text("\"duration\""),
        Type::Any => text("\"any\""),
        Type::Unit => text("\"unit\""),
        Type::Named(name) => object(vec![entry("named", text(string(name)))]),
    }
}

fn types(elements: &[Type]) -> Doc {
    let maps = elements.len() > 1 && elements.iter().all(|element| matches!(element, Type::Map { .. }));
    list(elements.iter().map(schema).collect(), maps)
}

/// A key that is shorter than this and an indentation would gain little where its value stood on the next line.
const SHORT: usize = 5;

/// A member of an object literal.
pub(super) fn entry(key: &str, value: Doc) -> Doc {
    Doc::Group(vec![text(format!("{key}: ")), value], false)
}

/// A member of an object literal that is a text; prettier leaves it behind a short key, however long it is.
pub(super) fn text_entry(key: &str, value: &str) -> Doc {
    if key.len() < SHORT {
        return text(format!("{key}: {}", string(value)));
    }
    Doc::Group(vec![text(format!("{key}:")), Doc::Indent(vec![Doc::Line, text(string(value))])], false)
}

/// The members of a structure or of an error; `taken` are names that they can't have.
pub(super) fn fields(list_of: &[Field], taken: &[&str]) -> Doc {
    let items = list_of.iter().zip(named(list_of, taken)).map(|(field, name)| {
        let mut entries = vec![text_entry("name", &field.name)];
        if name != field.name {
            entries.push(text_entry("member", &name));
        }
        entries.push(entry("type", schema(&field.ty)));
        if field.optional {
            entries.push(text("optional: true"));
        }
        if field.flatten {
            entries.push(text("flatten: true"));
        }
        object(entries)
    });
    list(items.collect(), list_of.len() > 1)
}

/// Whether every variant is a name and nothing more.
pub(super) fn is_plain(tagging: &Tagging, variants: &[Variant]) -> bool {
    *tagging == Tagging::External && variants.iter().all(|variant| variant.shape == Shape::Unit)
}

/// The member that says which variant a value is.
pub(super) fn tag_of(tagging: &Tagging) -> &str {
    match tagging {
        Tagging::Internal { tag } | Tagging::Adjacent { tag, .. } => tag,
        Tagging::External | Tagging::Untagged => "kind",
    }
}

/// The value of the tag of a variant that nobody knows.
pub(super) fn unknown(variants: &[Variant]) -> String {
    let mut name = "unknown".to_owned();
    while variants.iter().any(|variant| variant.name == name) {
        name.push('_');
    }
    name
}

fn shape(of: &Shape, taken: &[&str]) -> Doc {
    match of {
        Shape::Unit => text("\"unit\""),
        Shape::Struct(list) => object(vec![entry("struct", fields(list, taken))]),
        Shape::Newtype(inner) => object(vec![entry("newtype", schema(inner))]),
        Shape::Tuple(elements) => object(vec![entry("elements", types(elements))]),
        Shape::Enum { tagging: Tagging::Untagged, variants } => {
            object(vec![entry("untagged", self::variants(variants, &[]))])
        }
        Shape::Enum { tagging, variants } => {
            let style = match tagging {
                _ if is_plain(tagging, variants) => "plain",
                Tagging::Internal { .. } => "internal",
                Tagging::Adjacent { .. } => "adjacent",
                Tagging::External | Tagging::Untagged => "external",
            };
            let tag = tag_of(tagging);
            let mut entries = vec![text_entry("style", style), text_entry("tag", tag)];
            if let Tagging::Adjacent { content, .. } = tagging {
                entries.push(text_entry("content", content));
            }
            entries.push(text_entry("unknown", &unknown(variants)));
            entries.push(entry("variants", self::variants(variants, &[tag])));
            object(entries)
        }
    }
}

fn variants(of: &[Variant], taken: &[&str]) -> Doc {
    let items = of
        .iter()
        .map(|variant| object(vec![text_entry("name", &variant.name), entry("shape", shape(&variant.shape, taken))]));
    list(items.collect(), of.len() > 1)
}

/// Every type, as the package's runtime reads it.
pub(super) fn schemas(client: &Client<'_>) -> String {
    let items = client
        .types
        .iter()
        .map(|item| object(vec![text_entry("name", &item.def.name), entry("shape", shape(&item.def.shape, &[]))]));
    let items = list(items.collect(), client.types.len() > 1);
    print(vec![text("const named: readonly rt.Named[] = "), items, text(";")], 0)
}
