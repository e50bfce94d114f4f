//! Members of objects: their names, types and docs.

use super::layout::{assigned, print};
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

/// The type of a member, with `undefined` where it may be left out.
pub(super) fn member_type(client: &Client<'_>, field: &Field, prefix: &str) -> String {
    let ty = names::ty(client, &field.ty, prefix);
    if is_optional(field) && !ty.ends_with("| undefined") { format!("{ty} | undefined") } else { ty }
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
        let declared = declared(&format!("readonly {name}{sign}:"), &member_type(client, field, ""), indent);
        let _ = writeln!(out, "{blanks}{declared}");
    }
    out
}

/// A member with its type: on the next line where it does not fit.
pub(super) fn declared(head: &str, ty: &str, indent: usize) -> String {
    print(vec![assigned(head, ty)], indent)
}
