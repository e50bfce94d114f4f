//! What the templates show, computed beforehand: they hold loops and nothing else.

use super::super::Cx;
use super::layout;
use super::names::{self, distinct, member};
use crate::contract::{Code, Contract, ErrorDef, Field, Operation, Retry, Shape, Tagging, Type};
use crate::text::rust::{docs, string};
use heck::{ToPascalCase, ToSnakeCase};
use indexmap::IndexMap;
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

struct FieldItem {
    docs: Vec<String>,
    /// serde's attributes of the field.
    serde: Vec<String>,
    name: String,
    ty: String,
}

/// The declared errors by their codes, in the order of declaration.
pub(super) type ErrorStructs<'a> = IndexMap<&'a str, ErrorStruct>;

/// One declared error, as a struct and as a variant.
pub(super) struct ErrorStruct {
    pub(super) docs: Vec<String>,
    pub(super) name: String,
    pub(super) status: u16,
    pub(super) retry: &'static str,
    pub(super) deprecated: bool,
    pub(super) body: String,
    /// The docs of its variants.
    pub(super) summary: Vec<String>,
    /// The name of the method that asks for it.
    pub(super) predicate: String,
    /// The arm that reads it by its code.
    pub(super) read: String,
}

/// The errors of an operation, or of the API.
pub(super) struct ErrorEnum<'a> {
    pub(super) docs: String,
    pub(super) name: String,
    pub(super) variants: Vec<Variant<'a>>,
    /// Its codes, as they stand in brackets.
    pub(super) codes: String,
    /// The enum of the whole API, into which this one converts.
    pub(super) whole: Option<String>,
}

pub(super) struct Variant<'a> {
    pub(super) error: &'a ErrorStruct,
    /// The arm that makes it one of the whole API's.
    pub(super) into: String,
}

/// One operation as a method of the client.
pub(super) struct Method {
    pub(super) docs: Vec<String>,
    pub(super) name: String,
    pub(super) route: String,
    pub(super) parameters: String,
    pub(super) input: String,
    pub(super) output: String,
    pub(super) error: String,
    pub(super) endpoint: String,
}

fn fields(cx: &Cx<'_>, list: &[Field], inside: Option<&str>) -> Vec<FieldItem> {
    let names = distinct(list.iter().map(|field| member(&field.name)));
    list.iter()
        .zip(names)
        .map(|(field, name)| {
            let mut ty = names::ty(&cx.index, &field.ty, inside);
            let nullable = matches!(field.ty, Type::Option(_));
            let mut serde = Vec::new();
            if name.strip_prefix("r#").unwrap_or(&name) != field.name && !field.flatten {
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
            FieldItem { docs: docs(&field.docs), serde, name, ty }
        })
        .collect()
}

/// Fields in braces, indented as those of an item.
fn braces(fields: &[FieldItem], vis: &str) -> String {
    let mut body = "{\n".to_owned();
    for field in fields {
        for line in &field.docs {
            let _ = writeln!(body, "    ///{line}");
        }
        if field.docs.is_empty() {
            let _ = writeln!(body, "    /// The member `{}`.", field.name.trim_start_matches("r#"));
        }
        if !field.serde.is_empty() {
            let _ = writeln!(body, "    #[serde({})]", field.serde.join(", "));
        }
        let _ = writeln!(body, "    {vis}{}: {},", field.name, field.ty);
    }
    body + "}"
}

fn parentheses(cx: &Cx<'_>, elements: &[Type], vis: &str, inside: &str) -> String {
    let elements: Vec<_> =
        elements.iter().map(|ty| format!("{vis}{}", names::ty(&cx.index, ty, Some(inside)))).collect();
    format!("({})", elements.join(", "))
}

fn body(cx: &Cx<'_>, shape: &Shape, vis: &str, inside: &str) -> String {
    match shape {
        Shape::Struct(list) => braces(&fields(cx, list, Some(inside)), vis),
        Shape::Newtype(inner) => parentheses(cx, std::slice::from_ref(inner), vis, inside),
        Shape::Tuple(elements) => parentheses(cx, elements, vis, inside),
        Shape::Unit | Shape::Enum { .. } => String::new(),
    }
}

/// What the API is, behind what the item is.
pub(super) fn api_docs(cx: &Cx<'_>, what: &str) -> Vec<String> {
    let Contract { name, docs: text, .. } = cx.contract;
    if text.is_empty() { docs(&format!("{what} `{name}`")) } else { docs(&format!("{what} `{name}`: {text}")) }
}

/// The types that operations and errors name.
pub(super) fn types(cx: &Cx<'_>) -> Vec<TypeItem> {
    let items = cx.contract.types.iter().map(|def| {
        let (serde, is_enum, body) = match &def.shape {
            Shape::Enum { tagging, variants } => {
                let variants: Vec<_> = variants
                    .iter()
                    .map(|variant| {
                        let text =
                            if variant.docs.is_empty() { format!("`{}`", variant.name) } else { variant.docs.clone() };
                        let docs: String =
                            docs(&text).iter().map(|line| format!("#[doc = {}]\n", string(line))).collect();
                        let name = variant.ident.to_pascal_case();
                        let rename = if name == variant.name {
                            String::new()
                        } else {
                            format!("#[serde(rename = {})]\n", string(&variant.name))
                        };
                        format!("{docs}{rename}{name}{},\n", self::body(cx, &variant.shape, "", &def.name))
                    })
                    .collect();
                (tag(tagging), true, format!("{{\n{}}}", variants.concat()))
            }
            shape => {
                let body = self::body(cx, shape, "pub ", &def.name);
                let end = if matches!(shape, Shape::Struct(_)) { "" } else { ";" };
                (String::new(), false, format!("{body}{end}"))
            }
        };
        let text = if def.docs.is_empty() { format!("`{}` as it is on the wire.", def.name) } else { def.docs.clone() };
        TypeItem { docs: docs(&text), serde, name: def.name.clone(), is_enum, body }
    });
    items.collect()
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
fn error_docs(error: &ErrorDef) -> Vec<String> {
    let text = if error.docs.is_empty() { format!("{}.", error.title) } else { error.docs.clone() };
    let mut lines = docs(&text);
    lines.push(String::new());
    let repeat = match error.retry {
        Retry::Backoff => "The request was not carried out: repeat it after a delay.",
        Retry::Idempotent => "The request may have been carried out: repeat it only if that does no harm.",
        Retry::Never => "A repeat fails the same way.",
    };
    lines.push(format!(" Status {}. {repeat}", error.status));
    if let Some(uri) = &error.type_uri {
        lines.push(String::new());
        lines.push(format!(" See <{uri}>."));
    }
    lines
}

/// Every declared error.
pub(super) fn error_structs<'a>(cx: &Cx<'a>) -> ErrorStructs<'a> {
    let structs = cx.contract.errors.iter().map(|error| {
        let code = error.code.as_str();
        let body = braces(&fields(cx, &error.fields, None), "pub ");
        let shown = ErrorStruct {
            docs: error_docs(error),
            name: code.to_owned(),
            status: error.status.get(),
            retry: retry(error.retry),
            deprecated: error.deprecated,
            body: format!("{}    #[serde(skip)]\n    problem: Problem,\n}}", body.trim_end_matches('}')),
            summary: docs(if error.docs.is_empty() { &error.title } else { &error.docs }),
            predicate: format!("is_{}", code.to_snake_case()),
            read: layout::arm(&string(code), &format!("Some(read(problem).map(Self::{code}))")),
        };
        (code, shown)
    });
    structs.collect()
}

/// The types that errors name, for `use`.
pub(super) fn types_of_errors(cx: &Cx<'_>) -> Vec<String> {
    let fields = cx.contract.errors.iter().flat_map(|error| &error.fields);
    names::of_types(fields.map(|field| &field.ty))
}

/// The types that operations name, for `use`.
pub(super) fn types_of_operations(cx: &Cx<'_>) -> Vec<String> {
    let operations = cx.contract.operations.iter();
    names::of_types(operations.flat_map(|operation| [&operation.input.ty, &operation.output]))
}

fn retry(retry: Retry) -> &'static str {
    match retry {
        Retry::Backoff => "Backoff",
        Retry::Idempotent => "Idempotent",
        Retry::Never => "Never",
    }
}

/// An enum of errors by their codes; `whole` is the one into which it converts.
fn error_enum<'a>(
    structs: &'a ErrorStructs<'_>,
    docs: String,
    name: String,
    codes: impl Iterator<Item = &'a str> + Clone,
    whole: Option<&str>,
) -> ErrorEnum<'a> {
    let variants = codes.clone().filter_map(|code| {
        let into = layout::arm(&format!("{name}::{code}(error)"), &format!("Self::{code}(error)"));
        Some(Variant { error: structs.get(code)?, into })
    });
    ErrorEnum {
        docs,
        variants: variants.collect(),
        codes: layout::codes(codes),
        whole: whole.map(ToOwned::to_owned),
        name,
    }
}

/// One enum for each set, and for each operation that declares no error, in the order in which operations name them.
pub(super) fn error_enums<'a>(cx: &Cx<'a>, structs: &'a ErrorStructs<'_>, whole: &str) -> Vec<ErrorEnum<'a>> {
    let mut enums: IndexMap<String, (Vec<&str>, &[Code])> = IndexMap::new();
    for operation in &cx.contract.operations {
        let (operations, _) =
            enums.entry(operation.error_set()).or_insert_with(|| (Vec::new(), cx.index.codes_of(operation)));
        operations.push(&operation.name);
    }
    let enums = enums.into_iter().map(|(name, (operations, codes))| {
        let docs = match operations.as_slice() {
            [only] => format!(" Every error that `{only}` declares."),
            [first, second] => format!(" Every error that `{first}` and `{second}` declare."),
            [first, others @ ..] => {
                format!(" Every error that `{first}` and {} other operations declare.", others.len())
            }
            [] => String::new(),
        };
        error_enum(structs, docs, name, codes.iter().map(Code::as_str), Some(whole))
    });
    enums.collect()
}

/// The names of the operations' enums, for `use`.
pub(super) fn names_of_enums(cx: &Cx<'_>) -> Vec<String> {
    let mut names: Vec<_> = cx.contract.operations.iter().map(Operation::error_set).collect();
    names.sort();
    names.dedup();
    names
}

/// The enum of the whole API.
pub(super) fn whole<'a>(cx: &Cx<'_>, structs: &'a ErrorStructs<'_>) -> ErrorEnum<'a> {
    let docs = format!(" Every error that an operation of `{}` declares.", cx.contract.name);
    error_enum(structs, docs, whole_name(cx), structs.keys().copied(), None)
}

/// The name of that enum.
pub(super) fn whole_name(cx: &Cx<'_>) -> String {
    free(cx, format!("{}Error", cx.contract.name.to_pascal_case()))
}

/// A name for something of our own, with `Any` before it where the API has one of that name.
fn free(cx: &Cx<'_>, mut name: String) -> String {
    let contract = cx.contract;
    while contract.types.iter().any(|def| def.name == name)
        || contract.errors.iter().any(|error| error.code == *name)
        || contract.operations.iter().any(|operation| operation.error_set() == name)
    {
        name.insert_str(0, "Any");
    }
    name
}

/// The name of the failure into which every call's failure converts.
pub(super) fn failure_name(cx: &Cx<'_>) -> String {
    free(cx, format!("{}Failure", cx.contract.name.to_pascal_case()))
}

/// Every operation.
pub(super) fn methods(cx: &Cx<'_>) -> Vec<Method> {
    cx.contract.operations.iter().map(|operation| method(cx, operation)).collect()
}

fn method(cx: &Cx<'_>, operation: &Operation) -> Method {
    let input = &operation.input;
    let only_path = !input.path.is_empty() && input.query.is_empty() && !input.body;
    let (parameters, argument) = match &input.ty {
        Type::Unit => (String::new(), "&()".to_owned()),
        Type::Named(name) if only_path => {
            let names = distinct(input.path.iter().map(|field| member(&field.name)));
            let (mut parameters, mut members) = (Vec::new(), Vec::new());
            for (field, name) in input.path.iter().zip(names) {
                if matches!(field.ty, Type::String { .. }) {
                    parameters.push(format!(", {name}: impl Into<String>"));
                    members.push(format!("{name}: {name}.into()"));
                } else {
                    parameters.push(format!(", {name}: {}", names::ty(&cx.index, &field.ty, None)));
                    members.push(name);
                }
            }
            (parameters.concat(), format!("&{name} {{ {} }}", members.join(", ")))
        }
        ty => (format!(", input: &{}", names::ty(&cx.index, ty, None)), "input".to_owned()),
    };
    let text = if operation.docs.is_empty() { format!("`{}`", operation.name) } else { operation.docs.clone() };
    let query: Vec<_> = input.query.iter().map(|field| string(&field.name)).collect();
    Method {
        docs: docs(&text),
        name: member(&operation.name),
        route: format!("{} {}", operation.method, operation.path),
        parameters,
        input: argument,
        output: names::ty(&cx.index, &operation.output, None),
        error: operation.error_set(),
        endpoint: format!(
            "Endpoint {{ method: Method::{}, path: {}, query: &[{}], body: {} }}",
            operation.method,
            string(&operation.path),
            query.join(", "),
            input.body
        ),
    }
}
