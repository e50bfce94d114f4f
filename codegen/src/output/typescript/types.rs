//! The types that operations take and return.

use super::fields::{declared, interface};
use super::layout::{Doc, arguments, list, print, text, union_of};
use super::names;
use super::schema::{is_plain, tag_of, unknown};
use super::taken::Taken;
use crate::client::{Client, Named};
use crate::contract::{Shape, Tagging, Type};
use crate::text::typescript::{docs, string};
use std::fmt::Write as _;

/// A type with its docs.
pub(super) struct Item {
    pub(super) docs: Vec<String>,
    pub(super) code: String,
}

/// A key of an object: in quotes where it is no name.
pub(super) fn key(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '$'))
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '$'));
    if plain { name.to_owned() } else { string(name) }
}

/// The types under their names.
pub(super) fn items(client: &Client<'_>, taken: &mut Taken) -> Vec<Item> {
    client.types.iter().map(|item| type_item(client, item, taken)).collect()
}

fn type_item(client: &Client<'_>, item: &Named<'_>, taken: &mut Taken) -> Item {
    let name = &item.name;
    let mut said = item.docs.to_string();
    let head = format!("export type {name} =");
    let code = match &item.def.shape {
        Shape::Struct(list) if list.is_empty() => format!("export type {name} = {{ readonly [name: string]: never }};"),
        Shape::Struct(list) => format!("export interface {name} {{\n{}}}", interface(client, list, &[], 2)),
        Shape::Newtype(inner) => declared(client, &head, inner, false, "", 0),
        Shape::Tuple(_) => declared(client, &head, &tuple(&item.def.shape), false, "", 0),
        Shape::Unit => format!("{head} null;"),
        Shape::Enum { tagging, variants } if is_plain(tagging, variants) => {
            let lines: Vec<_> = variants
                .iter()
                .filter(|variant| !variant.docs.is_empty())
                .map(|variant| format!("- `{}`: {}", variant.name, variant.docs.replace('\n', "\n  ")))
                .collect();
            if !lines.is_empty() {
                let _ = write!(said, "\n\n{}", lines.join("\n"));
            }
            let known = taken.take(format!("Known{name}"));
            let texts: Vec<_> = variants.iter().map(|variant| string(&variant.name)).collect();
            let alias = union_of(&format!("export type {known} ="), &texts);
            let open = union_of(&head, &[known.clone(), "(string & {})".to_owned()]);
            let all = list(texts.into_iter().map(text).collect(), false);
            let signature = vec![
                text(format!("export function isKnown{name}")),
                Doc::Group(
                    vec![arguments(vec![text(format!("value: {name}"))]), text(format!(": value is {known} {{"))],
                    false,
                ),
            ];
            format!(
                "{}\n\n/** Those of `{name}` that this client knows. */\n{}\n\n{}\n\n/** Whether this client knows it. */\n{}\n  \
                 return known{name}.includes(value);\n}}",
                print(vec![open], 0),
                print(vec![alias], 0),
                print(vec![text(format!("const known{name}: readonly string[] = ")), all, text(";")], 0),
                print(signature, 0),
            )
        }
        Shape::Enum { tagging: Tagging::Untagged, variants } => {
            let items: Vec<_> = variants.iter().map(|variant| inline(client, &variant.shape)).collect();
            if items.iter().any(|item| item.contains('\n')) {
                broken_union(&head, &items)
            } else {
                print(vec![union_of(&head, &items)], 0)
            }
        }
        Shape::Enum { tagging, variants } => {
            let tag = tag_of(tagging);
            let items = variants.iter().map(|variant| {
                let mut out = "{\n".to_owned();
                for line in docs(&variant.docs) {
                    let _ = writeln!(out, "      {line}");
                }
                let _ = writeln!(out, "      readonly {}: {};", key(tag), string(&variant.name));
                match &variant.shape {
                    Shape::Struct(list) => out.push_str(&interface(client, list, &[tag], 6)),
                    Shape::Unit => {}
                    Shape::Newtype(inner) => {
                        let _ = writeln!(out, "      {}", declared(client, "readonly value:", inner, false, "", 6));
                    }
                    of => {
                        let ty = tuple(of);
                        let _ = writeln!(out, "      {}", declared(client, "readonly value:", &ty, false, "", 6));
                    }
                }
                out + "    }"
            });
            let mut items: Vec<_> = items.collect();
            let other = string(&unknown(variants));
            items.push(format!("{{\n      readonly {}: {other};\n      readonly raw: rt.JsonValue;\n    }}", key(tag)));
            broken_union(&head, &items)
        }
    };
    Item { docs: docs(&said), code }
}

/// A union that stands on several lines anyway.
fn broken_union(head: &str, items: &[String]) -> String {
    let items: Vec<_> = items.iter().map(|item| format!("\n  | {item}")).collect();
    format!("{head}{};", items.concat())
}

fn inline(client: &Client<'_>, of: &Shape) -> String {
    match of {
        Shape::Unit | Shape::Enum { .. } => "null".to_owned(),
        Shape::Newtype(inner) => names::ty(client, inner, ""),
        Shape::Tuple(_) => names::ty(client, &tuple(of), ""),
        Shape::Struct(list) => format!("{{\n{}    }}", interface(client, list, &[], 6)),
    }
}

/// The type of what has a type for each place.
fn tuple(of: &Shape) -> Type {
    match of {
        Shape::Tuple(elements) => Type::Tuple(elements.clone()),
        _ => Type::Unit,
    }
}
