//! The classes of the errors, and what is caught together.

use super::docs::{indented, sentences};
use super::layout::{Doc, assigned, call, head, named, print, text, texts, tuple, union_of};
use super::models::{Member, member};
use super::names::{OF_ERRORS, Taken, attributes, constant};
use super::schema::fields;
use super::types::{Codecs, is_nullable};
use crate::client::{Client, Error, Set};
use crate::text::python::string;

/// A declared error.
pub(super) struct Item {
    pub(super) head: String,
    pub(super) docs: String,
    pub(super) code: String,
    pub(super) match_args: Option<String>,
    pub(super) declaration: String,
    pub(super) members: Vec<MemberItem>,
    pub(super) constructor: String,
    pub(super) code_head: String,
}

/// A member of an error.
pub(super) struct MemberItem {
    pub(super) name: String,
    pub(super) annotation: String,
    pub(super) docs: String,
}

/// Errors that are caught together.
pub(super) struct SetItem {
    /// The union of its classes.
    pub(super) alias: String,
    pub(super) docs: String,
    /// What a call can fail with that declares them.
    pub(super) failure: String,
    pub(super) failure_docs: String,
    /// The classes for `except` and for `decode`.
    pub(super) constant: String,
    pub(super) constant_docs: String,
}

/// The names that belong to one set.
pub(super) struct SetNames {
    pub(super) alias: String,
    pub(super) failure: String,
    pub(super) constant: String,
}

/// The errors, in the order of declaration.
pub(super) fn items(client: &Client<'_>, codecs: &Codecs<'_>) -> Vec<Item> {
    client.errors.iter().map(|error| item(client, codecs, error)).collect()
}

fn item(client: &Client<'_>, codecs: &Codecs<'_>, error: &Error<'_>) -> Item {
    let (def, name) = (error.def, &error.name);
    let mut said = format!("{}\n\nStatus {}. {}", error.docs, def.status, error.advice);
    if let Some(uri) = &def.type_uri {
        said.push_str("\n\nSee ");
        said.push_str(uri);
    }
    if def.deprecated {
        said.push_str("\n\nDeprecated: callers should no longer count on this error.");
    }
    // An error has the members of its problem by their names; none of its own stands in another's place.
    let plain: Vec<_> =
        def.fields.iter().map(|field| crate::contract::Field { flatten: false, ..field.clone() }).collect();
    let names = attributes(&plain, OF_ERRORS);
    let members: Vec<Member> =
        plain.iter().zip(&names).map(|(field, name)| member(client, field, name.clone(), "_m.")).collect();
    let type_uri = def.type_uri.as_ref().map_or_else(|| "None".to_owned(), |uri| string(uri));
    let declaration = vec![
        named("code", text("CODE")),
        named("status", text(def.status.to_string())),
        named("title", text(string(&def.title))),
        named("retry", text(string(def.retry.word()))),
        named("type_uri", text(type_uri)),
        named("fields", tuple(fields(codecs, &plain, &names, &|_| false))),
    ];
    let mut parameters = vec![text("self")];
    if !members.is_empty() {
        parameters.push(text("*"));
    }
    parameters.extend(members.iter().map(|Member { name, annotation, .. }| {
        let default = if is_nullable(annotation) { " = None" } else { "" };
        text(format!("{name}: {annotation}{default}"))
    }));
    parameters.push(text("**about: _t.Unpack[_rt.About]"));
    let literal = string(&def.code);
    let match_args = vec![text("__match_args__ = "), texts(names.iter().map(String::as_str))];
    let declared = vec![text("DECLARATION = "), call("_rt.Declaration", declaration)];
    Item {
        head: head(&format!("class {name}"), vec![text("DeclaredError")], "", 0),
        docs: indented(&sentences(&said), "    "),
        code_head: head("def code", vec![text("self")], &format!(" -> _t.Literal[{literal}]"), 4),
        code: literal,
        match_args: (!names.is_empty()).then(|| print(match_args, 4)),
        declaration: print(declared, 4),
        members: members
            .into_iter()
            .map(|Member { name, annotation, docs }| MemberItem {
                name,
                annotation,
                docs: indented(&sentences(&docs), "    "),
            })
            .collect(),
        constructor: head("def __init__", parameters, " -> None", 4),
    }
}

/// What every call can fail with, whatever it declares.
pub(super) fn others(name: &str) -> String {
    let families = ["UndeclaredError", "PlatformError", "GatewayError", "TransportError", "UnmodelledError"];
    union_of(&format!("{name}: _t.TypeAlias ="), &families.map(str::to_owned))
}

/// The names of each set, and those of the whole API.
pub(super) fn names(client: &Client<'_>, taken: &mut Taken) -> (Vec<SetNames>, SetNames) {
    let stem = |name: &str| {
        let stem = name.strip_suffix("Errors").or_else(|| name.strip_suffix("Error")).unwrap_or(name);
        if stem.is_empty() { name.to_owned() } else { stem.to_owned() }
    };
    let sets = client.sets.iter().map(|set| {
        let stem = stem(&set.name);
        SetNames {
            alias: set.name.clone(),
            failure: taken.take(&format!("{stem}Failure")),
            constant: taken.take(&format!("{}_ERRORS", constant(&stem))),
        }
    });
    let sets = sets.collect();
    let stem = stem(&client.whole.name);
    let whole = SetNames {
        alias: taken.take(&format!("{stem}DeclaredError")),
        failure: client.failure.clone(),
        constant: taken.take(&format!("{}_ERRORS", constant(&stem))),
    };
    (sets, whole)
}

/// A set of errors under its names; `other` is what every call can fail with beside.
pub(super) fn set(client: &Client<'_>, set: &Set, names: &SetNames, other: &str) -> SetItem {
    let errors: Vec<_> = client.errors_of(set).map(|error| error.name.clone()).collect();
    let SetNames { alias, failure, constant } = names;
    let is_empty = errors.is_empty();
    let caught = if is_empty { vec!["_t.Never".to_owned()] } else { errors.clone() };
    let fails = if is_empty { vec![other.to_owned()] } else { vec![alias.clone(), other.to_owned()] };
    // As a tuple of just these classes, type checkers know what `except` takes by it.
    let of = if is_empty { "tuple[type[DeclaredError], ...]" } else { "_t.Final" };
    let quoted = |text: &str| indented(&sentences(text), "");
    let classes: Vec<Doc> = errors.into_iter().map(text).collect();
    SetItem {
        alias: union_of(&format!("{alias}: _t.TypeAlias ="), &caught),
        docs: quoted(&set.docs),
        failure: union_of(&format!("{failure}: _t.TypeAlias ="), &fails),
        failure_docs: quoted(&format!("What a call can fail with that declares `{alias}`.")),
        constant: assigned(&format!("{constant}: {of}"), tuple(classes)),
        constant_docs: quoted(&format!("The classes of `{alias}`, for `except` and for `decode`.")),
    }
}
