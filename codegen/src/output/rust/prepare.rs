//! What the templates show, computed beforehand: they hold loops and nothing else.

use super::layout;
use super::names::{self, Rust};
use crate::client::{Arguments, Client, Error, Method, Set, members, variants};
use crate::contract::{Contract, Field, HeaderParameter, Shape, Tagging, Type, TypeDef, Variant};
use crate::text::rust::{docs, string};
use std::fmt::Write;

/// A struct or an enum of the contract.
pub(super) struct TypeItem {
    pub(super) docs: Vec<String>,
    /// serde's attribute beside the crate's path, with a comma before it.
    pub(super) serde: String,
    pub(super) name: String,
    pub(super) is_enum: bool,
    /// What follows the name: fields in braces, in parentheses, or a semicolon.
    pub(super) body: String,
}

struct FieldItem<'a> {
    docs: Vec<String>,
    /// serde's attributes of the field.
    serde: Vec<String>,
    name: String,
    ty: String,
    field: &'a Field,
}

/// One declared error, as a struct and as a variant.
pub(super) struct ErrorItem {
    pub(super) docs: Vec<String>,
    pub(super) name: String,
    pub(super) deprecated: bool,
    pub(super) body: String,
    /// The docs of its variants.
    pub(super) summary: Vec<String>,
    /// Its line among those of all errors.
    pub(super) declared: String,
}

/// The errors of an operation, or of the API.
pub(super) struct SetItem<'a> {
    pub(super) docs: String,
    pub(super) name: &'a str,
    pub(super) errors: Vec<&'a ErrorItem>,
    /// Its line among those of all sets.
    pub(super) declared: String,
}

/// One operation as a method of the client.
pub(super) struct MethodItem<'a> {
    pub(super) docs: Vec<String>,
    pub(super) name: &'a str,
    pub(super) route: String,
    pub(super) parameters: String,
    pub(super) input: String,
    pub(super) output: String,
    pub(super) error: &'a str,
    pub(super) endpoint: String,
}

/// One operation without a route as a method of what invokes it.
pub(super) struct CallItem<'a> {
    pub(super) docs: Vec<String>,
    pub(super) name: &'a str,
    /// Its name as a text of Rust's.
    pub(super) operation: String,
    pub(super) parameters: String,
    pub(super) input: &'static str,
    pub(super) output: String,
    pub(super) error: &'a str,
}

fn fields<'a>(client: &Client<'_>, list: &'a [Field], inside: Option<&str>) -> Vec<FieldItem<'a>> {
    let items = list.iter().zip(members(&Rust, list)).map(|(field, name)| {
        let mut ty = names::ty(client, &field.ty, inside);
        let nullable = matches!(field.ty, Type::Option(_));
        let mut serde = Vec::new();
        if plain(&name) != field.name && !field.flatten {
            serde.push(format!("rename = {}", string(&field.name)));
        }
        if field.flatten {
            serde.push("flatten".to_owned());
        } else if field.optional {
            if !nullable {
                ty = format!("Option<{ty}>");
            }
            serde.push("default, skip_serializing_if = \"Option::is_none\"".to_owned());
        }
        FieldItem { docs: docs(&field.docs), serde, name, ty, field }
    });
    items.collect()
}

/// A name without its `r#`.
fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// Fields in braces, indented as those of an item.
fn braces(fields: &[FieldItem<'_>], vis: &str) -> String {
    let mut body = "{\n".to_owned();
    for field in fields {
        for line in &field.docs {
            let _ = writeln!(body, "    ///{line}");
        }
        if field.docs.is_empty() {
            let _ = writeln!(body, "    /// The member `{}`.", plain(&field.name));
        }
        if !field.serde.is_empty() {
            let _ = writeln!(body, "    #[serde({})]", field.serde.join(", "));
        }
        let _ = writeln!(body, "    {vis}{}: {},", field.name, field.ty);
    }
    body + "}"
}

fn parentheses(client: &Client<'_>, elements: &[Type], vis: &str, inside: &str) -> String {
    let elements: Vec<_> = elements.iter().map(|ty| format!("{vis}{}", names::ty(client, ty, Some(inside)))).collect();
    format!("({})", elements.join(", "))
}

fn body(client: &Client<'_>, shape: &Shape, vis: &str, inside: &str) -> String {
    match shape {
        Shape::Struct(list) => braces(&fields(client, list, Some(inside)), vis),
        Shape::Newtype(inner) => parentheses(client, std::slice::from_ref(inner), vis, inside),
        // serde writes a struct of one field as that field alone, and this is a list of one.
        Shape::Tuple(elements) if elements.len() == 1 => {
            parentheses(client, &[Type::Tuple(elements.clone())], vis, inside)
        }
        Shape::Tuple(elements) => parentheses(client, elements, vis, inside),
        Shape::Unit | Shape::Enum { .. } => String::new(),
    }
}

/// What the API is, behind what the item is.
pub(super) fn api_docs(contract: &Contract, what: &str) -> Vec<String> {
    let Contract { name, docs: text, .. } = contract;
    if text.is_empty() { docs(&format!("{what} `{name}`")) } else { docs(&format!("{what} `{name}`: {text}")) }
}

/// The types that operations and errors name.
pub(super) fn types(client: &Client<'_>) -> Vec<TypeItem> {
    let items = client.types.iter().map(|item| {
        let def = item.def;
        let (serde, is_enum, body) = match &def.shape {
            Shape::Enum { tagging, variants: list } => {
                let (names, unknown) = variant_names(list);
                let variants = list.iter().zip(names).map(|(variant, name)| {
                    let text =
                        if variant.docs.is_empty() { format!("`{}`", variant.name) } else { variant.docs.clone() };
                    let docs: String = docs(&text).iter().map(|line| format!("#[doc = {}]\n", string(line))).collect();
                    let rename = if name == variant.name {
                        String::new()
                    } else {
                        format!("#[serde(rename = {})]\n", string(&variant.name))
                    };
                    format!("{docs}{rename}{name}{},\n", self::body(client, &variant.shape, "", &def.name))
                });
                let mut variants: String = variants.collect();
                let open = openness(def);
                if let Some(openness) = open {
                    let (how, holds) = match openness {
                        Openness::Texts => ("untagged", "String"),
                        Openness::Values => ("skip", "throwback::client::v1::serde_json::Value"),
                    };
                    let docs = "/// One that this client does not know: the API is newer.";
                    let _ = write!(variants, "{docs}\n#[serde({how})]\n{unknown}({holds}),\n");
                }
                let remote = if open == Some(Openness::Values) { ", remote = \"Self\"" } else { "" };
                (tag(tagging) + remote, true, format!("{{\n{variants}}}"))
            }
            shape => {
                let body = self::body(client, shape, "pub ", &def.name);
                let end = if matches!(shape, Shape::Struct(_)) { "" } else { ";" };
                (String::new(), false, format!("{body}{end}"))
            }
        };
        TypeItem { docs: docs(&item.docs), serde, name: item.name.clone(), is_enum, body }
    });
    items.collect()
}

/// What an enum keeps of a variant that it does not know.
#[derive(Clone, Copy, PartialEq)]
enum Openness {
    /// Its name: no variant has more.
    Texts,
    /// Its JSON.
    Values,
}

/// Nothing, where nobody could tell a variant that is new from one that does not fit.
fn openness(def: &TypeDef) -> Option<Openness> {
    match &def.shape {
        Shape::Enum { tagging: Tagging::Untagged, .. } => None,
        Shape::Enum { tagging: Tagging::External, variants }
            if variants.iter().all(|variant| variant.shape == Shape::Unit) =>
        {
            Some(Openness::Texts)
        }
        Shape::Enum { .. } => Some(Openness::Values),
        _ => None,
    }
}

/// The variants of an enum, and the one for what it does not know.
fn variant_names(list: &[Variant]) -> (Vec<String>, String) {
    let mut names = variants(&Rust, list.iter().map(|variant| &*variant.ident).chain(["Unknown"]));
    let unknown = names.pop().unwrap_or_default();
    (names, unknown)
}

/// The enums that keep the JSON of what they do not know, each as a line of a macro's.
pub(super) fn unions(client: &Client<'_>) -> Vec<String> {
    let open = client.types.iter().filter(|item| openness(item.def) == Some(Openness::Values));
    let lines = open.filter_map(|item| {
        let Shape::Enum { tagging, variants } = &item.def.shape else { return None };
        let by = match tagging {
            Tagging::Internal { tag } | Tagging::Adjacent { tag, .. } => format!(" by {}", string(tag)),
            Tagging::External | Tagging::Untagged => String::new(),
        };
        let known = variants.iter().map(|variant| string(&variant.name)).collect();
        let (_, unknown) = variant_names(variants);
        Some(format!("{} else {unknown};", layout::braces(&format!("{}{by}", item.name), known)))
    });
    lines.collect()
}

fn tag(tagging: &Tagging) -> String {
    match tagging {
        Tagging::External => String::new(),
        Tagging::Internal { tag } => format!(", tag = {}", string(tag)),
        Tagging::Adjacent { tag, content } => format!(", tag = {}, content = {}", string(tag), string(content)),
        Tagging::Untagged => ", untagged".to_owned(),
    }
}

/// What a caller reads of an error, in the editor.
fn error_docs(error: &Error<'_>) -> Vec<String> {
    let mut lines = docs(&error.docs);
    lines.push(String::new());
    lines.push(format!(" Status {}. {}", error.def.status, error.advice));
    if let Some(uri) = &error.def.type_uri {
        lines.push(String::new());
        lines.push(format!(" See <{uri}>."));
    }
    lines
}

/// Every declared error.
pub(super) fn errors(client: &Client<'_>) -> Vec<ErrorItem> {
    let items = client.errors.iter().map(|error| {
        let def = error.def;
        let mut fields = fields(client, &def.fields, None);
        let declared = fields.iter().map(|item| format!("{}: {}", item.name, string(&item.field.name)));
        let head = format!("{}({}, {}, {:?})", error.name, string(&def.code), def.status, def.retry);
        let declared = layout::braces(&head, declared.collect());
        for field in &mut fields {
            field.serde.clear();
        }
        ErrorItem {
            docs: error_docs(error),
            name: error.name.clone(),
            deprecated: def.deprecated,
            body: if fields.is_empty() { "{}".to_owned() } else { braces(&fields, "pub ") },
            summary: docs(error.docs.split("\n\n").next().unwrap_or_default()),
            declared,
        }
    });
    items.collect()
}

/// The types that errors name, for `use`.
pub(super) fn types_of_errors(client: &Client<'_>) -> Vec<String> {
    let fields = client.errors.iter().flat_map(|error| &error.def.fields);
    names::of_types(client, fields.map(|field| &field.ty))
}

/// The types that methods name, for `use`.
pub(super) fn types_of_methods(client: &Client<'_>) -> Vec<String> {
    let types = client.methods.iter().flat_map(|method| {
        let arguments = match &method.arguments {
            Arguments::Each(arguments) => arguments.as_slice(),
            Arguments::None | Arguments::Whole => &[],
        };
        let arguments = arguments.iter().map(|argument| &argument.field.ty);
        [&method.operation.input.ty, &method.operation.output].into_iter().chain(arguments)
    });
    names::of_types(client, types)
}

/// The set of the whole API, then each of the others.
pub(super) fn sets<'a>(client: &'a Client<'_>, errors: &'a [ErrorItem]) -> Vec<SetItem<'a>> {
    let item = |set: &'a Set| {
        let errors: Vec<_> = set.errors.iter().filter_map(|at| errors.get(*at)).collect();
        let names = errors.iter().map(|error| error.name.clone()).collect();
        SetItem { docs: format!(" {}", set.docs), name: &set.name, declared: layout::braces(&set.name, names), errors }
    };
    [&client.whole].into_iter().chain(&client.sets).map(item).collect()
}

/// The names of the methods' sets, for `use`.
pub(super) fn names_of_sets<'a>(client: &'a Client<'_>) -> Vec<&'a str> {
    let of_methods = client.methods.iter().map(|method| client.set_of(method).name.as_str());
    let mut names: Vec<_> = of_methods.collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Every operation.
pub(super) fn methods<'a>(client: &'a Client<'_>) -> Vec<MethodItem<'a>> {
    client.methods.iter().map(|item| method(client, item)).collect()
}

fn method<'a>(client: &'a Client<'_>, item: &'a Method<'_>) -> MethodItem<'a> {
    let operation = item.operation;
    let input = &operation.input;
    let ty = |ty: &Type| names::ty(client, ty, None);
    let (parameters, argument) = match &item.arguments {
        Arguments::None => (String::new(), "&()".to_owned()),
        Arguments::Each(arguments) => {
            let (mut parameters, mut members) = (Vec::new(), Vec::new());
            for argument in arguments {
                let name = &argument.name;
                let (of, value) = if matches!(argument.field.ty, Type::String { .. }) {
                    ("impl Into<String>".to_owned(), format!("{name}.into()"))
                } else {
                    (ty(&argument.field.ty), name.clone())
                };
                parameters.push(format!(", {name}: {of}"));
                members.push(if argument.member == value { value } else { format!("{}: {value}", argument.member) });
            }
            (parameters.concat(), format!("&{} {{ {} }}", ty(&input.ty), members.join(", ")))
        }
        Arguments::Whole => (format!(", input: &{}", ty(&input.ty)), "input".to_owned()),
    };
    let method = operation.method.as_str().to_ascii_lowercase();
    let mut endpoint = format!("v1::Endpoint::{method}({})", string(&operation.path));
    if !input.query.is_empty() {
        let query: Vec<_> = input.query.iter().map(|field| string(&field.name)).collect();
        let _ = write!(endpoint, ".query(&[{}])", query.join(", "));
    }
    if !input.headers.is_empty() {
        let pair =
            |parameter: &HeaderParameter| format!("({}, {})", string(&parameter.field.name), string(&parameter.header));
        let headers: Vec<_> = input.headers.iter().map(pair).collect();
        let _ = write!(endpoint, ".headers(&[{}])", headers.join(", "));
    }
    if let Some(payload) = &input.payload {
        let _ = write!(endpoint, ".payload({})", string(payload));
    } else if input.body {
        endpoint.push_str(".body()");
    }
    MethodItem {
        docs: docs(&item.docs),
        name: &item.name,
        route: format!("{} {}", operation.method, operation.path),
        parameters,
        input: argument,
        output: ty(&operation.output),
        error: &client.set_of(item).name,
        endpoint,
    }
}

/// Every operation without a route.
pub(super) fn calls<'a>(client: &'a Client<'_>) -> Vec<CallItem<'a>> {
    let items = client.calls.iter().map(|call| {
        let (input, output) = (&call.invocation.input, &call.invocation.output);
        let ty = |ty: &Type| names::ty(client, ty, None);
        let (parameters, argument) = match input {
            Type::Unit => (String::new(), "&()"),
            input => (format!(", input: &{}", ty(input)), "input"),
        };
        CallItem {
            docs: docs(&call.docs),
            name: &call.name,
            operation: string(&call.invocation.name),
            parameters,
            input: argument,
            output: ty(output),
            error: client.sets.get(call.set).map_or("", |set| &set.name),
        }
    });
    items.collect()
}

/// The types that they name, for `use`.
pub(super) fn types_of_calls(client: &Client<'_>) -> Vec<String> {
    let types = client.calls.iter().flat_map(|call| [&call.invocation.input, &call.invocation.output]);
    names::of_types(client, types)
}

/// The names of their sets, for `use`.
pub(super) fn sets_of_calls<'a>(client: &'a Client<'_>) -> Vec<&'a str> {
    let sets = client.calls.iter().filter_map(|call| client.sets.get(call.set));
    let mut names: Vec<_> = sets.map(|set| set.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}
