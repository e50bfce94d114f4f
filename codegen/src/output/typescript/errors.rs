//! The classes of the errors, and what calls can fail with.

use super::fields::{declared, is_optional, member_docs, named};
use super::layout::{arguments, assigned, list, print, text, union_of};
use super::names::OF_ERRORS;
use super::schema::fields;
use super::taken::Taken;
use crate::client::{Client, Error};
use crate::text::typescript::{docs, string};
use std::fmt::Write as _;

/// A declared error.
pub(super) struct Item<'a> {
    pub(super) docs: Vec<String>,
    pub(super) name: &'a str,
    pub(super) fields_name: String,
    pub(super) code: String,
    pub(super) status: u16,
    pub(super) retry: &'static str,
    pub(super) title: String,
    pub(super) schema: String,
    pub(super) brand: String,
    pub(super) constructor: String,
    pub(super) call: String,
    pub(super) fields: Vec<FieldItem>,
}

/// A member of an error.
pub(super) struct FieldItem {
    pub(super) docs: Vec<String>,
    /// As a member of what the constructor takes.
    pub(super) declared: String,
    /// As a member of the class.
    pub(super) own: String,
    pub(super) assigned: String,
}

/// Errors that are caught together.
pub(super) struct SetItem<'a> {
    pub(super) docs: &'a str,
    pub(super) name: &'a str,
    pub(super) failure: String,
    pub(super) alias: String,
    pub(super) failure_alias: String,
    pub(super) classes_name: String,
    pub(super) classes: String,
}

/// The errors, in the order of declaration.
pub(super) fn items<'a>(client: &'a Client<'_>, taken: &mut Taken) -> Vec<Item<'a>> {
    client.errors.iter().map(|error| item(client, error, taken)).collect()
}

fn item<'a>(client: &Client<'_>, error: &'a Error<'_>, taken: &mut Taken) -> Item<'a> {
    let (def, name) = (error.def, &*error.name);
    let mut said = format!("{}\n\nStatus {}. {}", error.docs, def.status, error.advice);
    if let Some(uri) = &def.type_uri {
        let _ = write!(said, "\n\nSee {uri}");
    }
    let mut docs = docs(&said);
    if def.deprecated {
        let last = docs.len().saturating_sub(1);
        docs.insert(last, " * @deprecated".to_owned());
    }
    let fields_name = if def.fields.is_empty() { String::new() } else { taken.take(format!("{name}Fields")) };
    let given = match (def.fields.is_empty(), def.fields.iter().all(is_optional)) {
        (true, _) => "_fields: rt.None = {}".to_owned(),
        (_, true) => format!("fields: {fields_name} = {{}}"),
        _ => format!("fields: {fields_name}"),
    };
    let items = def.fields.iter().zip(named(&def.fields, OF_ERRORS)).map(|(field, member)| {
        let sign = if is_optional(field) { "?" } else { "" };
        let declared = |head: &str| declared(client, head, &field.ty, is_optional(field), "t.", 2);
        FieldItem {
            docs: member_docs(field),
            declared: declared(&format!("readonly {member}{sign}:")),
            own: declared(&format!("readonly {member}:")),
            assigned: format!("this.{member} = fields.{member};"),
        }
    });
    let brand = [text("this"), text(format!("\"{name}\"")), text("brand"), text(format!("\"api:{}\"", def.code))];
    Item {
        docs,
        name,
        code: string(&def.code),
        status: def.status.get(),
        retry: def.retry.word(),
        title: print(vec![assigned("static readonly title =", &string(&def.title))], 2),
        schema: print(
            vec![text("static readonly fields: readonly rt.Field[] = "), fields(&def.fields, OF_ERRORS), text(";")],
            2,
        ),
        brand: print(vec![text("rt.brand"), arguments(brand.to_vec()), text(";")], 4),
        constructor: print(
            vec![text("constructor"), arguments(vec![text(given), text("about?: rt.About")]), text(" {")],
            2,
        ),
        call: print(vec![text("super"), arguments(vec![text(name), text("about")]), text(";")], 4),
        fields: items.collect(),
        fields_name,
    }
}

/// The names of the failures of the sets, in their order.
pub(super) fn failures(client: &Client<'_>, taken: &mut Taken) -> Vec<String> {
    let names = client.sets.iter().map(|set| {
        let stem = set.name.strip_suffix("Error").or_else(|| set.name.strip_suffix("Errors")).unwrap_or(&set.name);
        taken.take(format!("{stem}Failure"))
    });
    names.collect()
}

/// The sets of errors, each with the failure of its name.
pub(super) fn sets<'a>(client: &'a Client<'_>, failures: &[String], other: &str) -> Vec<SetItem<'a>> {
    let items = client.sets.iter().zip(failures).map(|(set, failure)| {
        let names: Vec<_> = client.errors_of(set).map(|error| error.name.clone()).collect();
        let classes_name = classes_name(&set.name);
        let classes = list(names.iter().map(text).collect(), false);
        SetItem {
            docs: &set.docs,
            name: &set.name,
            failure: failure.clone(),
            alias: alias(&set.name, &names),
            failure_alias: failure_alias(failure, &set.name, set.errors.is_empty(), other),
            classes: print(vec![text(format!("export const {classes_name}: rt.ErrorSet = ")), classes, text(";")], 0),
            classes_name,
        }
    });
    items.collect()
}

/// The constant that holds the classes of a set. No name of a type begins like it.
pub(super) fn classes_name(set: &str) -> String {
    format!("set{set}")
}

/// A union under its name.
fn alias(name: &str, of: &[String]) -> String {
    print(vec![union_of(&format!("export type {name} ="), of)], 0)
}

/// What can fail with the errors of a set, if it has any, and with what every call can.
pub(super) fn failure_alias(name: &str, set: &str, is_empty: bool, other: &str) -> String {
    let all = [set.to_owned(), other.to_owned()];
    alias(name, if is_empty { &all[1..] } else { &all })
}

/// Every declared error, as a type and as a constant.
pub(super) fn all(client: &Client<'_>, whole: &str) -> (String, String) {
    let names: Vec<_> = client.errors.iter().map(|error| error.name.clone()).collect();
    let alias = alias(whole, &names);
    let classes = list(names.into_iter().map(text).collect(), false);
    (alias, print(vec![text("const errors: rt.ErrorSet = "), classes, text(";")], 0))
}
