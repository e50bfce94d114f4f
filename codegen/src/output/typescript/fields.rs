//! Members of objects: their names, types and docs.

use super::layout::{assigned, flat, print, text, union};
use super::names::{self, TypeScript};
use crate::client::{Client, members};
use crate::contract::{Field, Type};
use crate::text::typescript::docs;
use std::fmt::Write as _;

/// The names of an object's members; what is taken gets a `_`.
pub(super) fn named(fields: &[Field], taken: &[&str]) -> Vec<String> {
    let names = members(&TypeScript, fields);
    names.into_iter().map(|name| if taken.contains(&&*name) { name + "_" } else { name }).collect()
}

pub(super) fn is_optional(field: &Field) -> bool {
    !field.flatten && (field.optional || matches!(field.ty, Type::Option(_)))
}

pub(super) fn member_docs(field: &Field) -> Vec<String> {
    let lines = docs(&field.docs);
    if lines.is_empty() { docs(&format!("The member `{}`.", field.name)) } else { lines }
}

/// The members of an object, each on its lines.
pub(super) fn interface(client: &Client<'_>, fields: &[Field], taken: &[&str], indent: usize) -> String {
    let blanks = " ".repeat(indent);
    let mut out = String::new();
    for (field, name) in fields.iter().zip(named(fields, taken)) {
        for line in member_docs(field) {
            let _ = writeln!(out, "{blanks}{line}");
        }
        let sign = if is_optional(field) { "?" } else { "" };
        let head = format!("readonly {name}{sign}:");
        let declared = declared(client, &head, &field.ty, is_optional(field), "", indent);
        let _ = writeln!(out, "{blanks}{declared}");
    }
    out
}

/// A name with its type, and with `undefined` where it may be left out: broken where it does not fit, an object or a tuple in its
/// own place.
pub(super) fn declared(
    client: &Client<'_>,
    head: &str,
    ty: &Type,
    optional: bool,
    prefix: &str,
    indent: usize,
) -> String {
    let bare = names::without_options(ty);
    let value = names::doc(client, bare, prefix);
    let in_place = match bare {
        Type::List(inner) | Type::Set(inner) => matches!(**inner, Type::Map { .. }),
        bare => matches!(bare, Type::Map { .. } | Type::Tuple(_)),
    };
    let docs = if optional || bare != ty {
        vec![union(head, vec![value, text("undefined")])]
    } else if in_place {
        vec![text(format!("{head} ")), value, text(";")]
    } else {
        vec![assigned(head, &flat(&value))]
    };
    print(docs, indent)
}
