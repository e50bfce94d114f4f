//! What the templates show, computed beforehand: they hold loops and nothing else.

use super::layout::{Doc, arguments, assigned, generics, list, object, print, text, union};
use super::names::{self, KEYWORDS, OF_ERRORS, TypeScript};
use crate::client::{Arguments, Call, Client, Error, Method, Named, members};
use crate::contract::{Field, Shape, Tagging, Type, Variant};
use crate::text::typescript::{docs, string};
use std::collections::HashSet;
use std::fmt::Write as _;

/// Names that this output makes beside those of the model.
pub(super) struct Taken(HashSet<String>);

impl Taken {
    pub(super) fn new(client: &Client<'_>) -> Self {
        let types = client.types.iter().map(|item| &item.name).chain(client.errors.iter().map(|error| &error.name));
        let sets = client.sets.iter().map(|set| &set.name);
        let ours = [&client.whole.name, &client.failure, &client.name, &client.function];
        Self(types.chain(sets).chain(ours).cloned().collect())
    }

    pub(super) fn take(&mut self, mut name: String) -> String {
        while !self.0.insert(name.clone()) {
            name.push('_');
        }
        name
    }
}

pub(super) struct TypeItem {
    pub(super) docs: Vec<String>,
    pub(super) code: String,
}

pub(super) struct ErrorItem<'a> {
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

pub(super) struct FieldItem {
    pub(super) docs: Vec<String>,
    /// As a member of what the constructor takes.
    pub(super) declared: String,
    /// As a member of the class.
    pub(super) own: String,
    pub(super) assigned: String,
}

pub(super) struct SetItem<'a> {
    pub(super) docs: &'a str,
    pub(super) name: &'a str,
    pub(super) failure: String,
    pub(super) alias: String,
    pub(super) failure_alias: String,
    pub(super) classes_name: String,
    pub(super) classes: String,
}

pub(super) struct MethodItem {
    pub(super) docs: Vec<String>,
    pub(super) operation: String,
    pub(super) signature: String,
    pub(super) call: String,
}

/// The names of an object's members; what is taken gets a `_`.
fn named(fields: &[Field], taken: &[&str]) -> Vec<String> {
    let names = members(&TypeScript, fields);
    names.into_iter().map(|name| if taken.contains(&&*name) { name + "_" } else { name }).collect()
}

fn is_optional(field: &Field) -> bool {
    !field.flatten && (field.optional || matches!(field.ty, Type::Option(_)))
}

/// The type of a member, with `undefined` where it may be left out.
fn member_type(client: &Client<'_>, field: &Field, prefix: &str) -> String {
    let ty = names::ty(client, &field.ty, prefix);
    if is_optional(field) && !ty.ends_with("| undefined") { format!("{ty} | undefined") } else { ty }
}

fn member_docs(field: &Field) -> Vec<String> {
    let lines = docs(&field.docs);
    if lines.is_empty() { docs(&format!("The member `{}`.", field.name)) } else { lines }
}

/// The members of an object, each on its lines.
fn interface(client: &Client<'_>, fields: &[Field], taken: &[&str], indent: usize) -> String {
    let blanks = " ".repeat(indent);
    let mut out = String::new();
    for (field, name) in fields.iter().zip(named(fields, taken)) {
        for line in member_docs(field) {
            let _ = writeln!(out, "{blanks}{line}");
        }
        let sign = if is_optional(field) { "?" } else { "" };
        let _ = writeln!(out, "{blanks}readonly {name}{sign}: {};", member_type(client, field, ""));
    }
    out
}

/// A type of the contract, as the package's runtime reads it.
fn schema(ty: &Type) -> Doc {
    let of = |key: &str, inner: &Type| object(vec![entry(key, schema(inner))]);
    match ty {
        Type::Bool => text("\"bool\""),
        Type::Int { bits, signed } => text(format!("\"{}{bits}\"", if *signed { 'i' } else { 'u' })),
        Type::Float { bits } => text(format!("\"f{bits}\"")),
        Type::Char => text("\"char\""),
        Type::String { .. } => text("\"string\""),
        Type::Option(inner) => of("option", inner),
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

fn entry(key: &str, value: Doc) -> Doc {
    Doc::Group(vec![text(format!("{key}: ")), value], false)
}

fn text_entry(key: &str, value: &str) -> Doc {
    Doc::Group(vec![text(format!("{key}:")), Doc::Indent(vec![Doc::Line, text(string(value))])], false)
}

fn fields(list_of: &[Field], taken: &[&str]) -> Doc {
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
fn is_plain(tagging: &Tagging, variants: &[Variant]) -> bool {
    *tagging == Tagging::External && variants.iter().all(|variant| variant.shape == Shape::Unit)
}

fn tag_of(tagging: &Tagging) -> &str {
    match tagging {
        Tagging::Internal { tag } | Tagging::Adjacent { tag, .. } => tag,
        Tagging::External | Tagging::Untagged => "kind",
    }
}

/// The value of the tag of a variant that nobody knows.
fn unknown(variants: &[Variant]) -> String {
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

/// A key of an object: in quotes where it is no name.
fn key(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '$'))
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '$'));
    if plain { name.to_owned() } else { string(name) }
}

pub(super) fn type_items(client: &Client<'_>, taken: &mut Taken) -> Vec<TypeItem> {
    client.types.iter().map(|item| type_item(client, item, taken)).collect()
}

fn type_item(client: &Client<'_>, item: &Named<'_>, taken: &mut Taken) -> TypeItem {
    let name = &item.name;
    let mut said = item.docs.to_string();
    let head = format!("export type {name} =");
    let code = match &item.def.shape {
        Shape::Struct(list) if list.is_empty() => format!("export type {name} = {{ readonly [name: string]: never }};"),
        Shape::Struct(list) => format!("export interface {name} {{\n{}}}", interface(client, list, &[], 2)),
        Shape::Newtype(inner) => print(vec![assigned(&head, &names::ty(client, inner, ""))], 0),
        Shape::Tuple(elements) => print(vec![assigned(&head, &names::tuple(client, elements, ""))], 0),
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
            let none = vec!["never".to_owned()];
            let alias = union(&format!("export type {known} ="), if texts.is_empty() { &none } else { &texts });
            let open = union(&head, &[known.clone(), "(string & {})".to_owned()]);
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
            let mut items: Vec<_> = variants.iter().map(|variant| inline(client, &variant.shape)).collect();
            items.push("rt.Unknown".to_owned());
            broken_union(&head, &items)
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
                    of => {
                        let _ = writeln!(out, "      readonly value: {};", inline(client, of));
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
    TypeItem { docs: docs(&said), code }
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
        Shape::Tuple(elements) => names::tuple(client, elements, ""),
        Shape::Struct(list) => format!("{{\n{}    }}", interface(client, list, &[], 6)),
    }
}

pub(super) fn errors<'a>(client: &'a Client<'_>, taken: &mut Taken) -> Vec<ErrorItem<'a>> {
    client.errors.iter().map(|error| error_item(client, error, taken)).collect()
}

fn error_item<'a>(client: &Client<'_>, error: &'a Error<'_>, taken: &mut Taken) -> ErrorItem<'a> {
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
        let ty = member_type(client, field, "t.");
        FieldItem {
            docs: member_docs(field),
            declared: format!("readonly {member}{sign}: {ty};"),
            own: format!("readonly {member}: {ty};"),
            assigned: format!("this.{member} = fields.{member};"),
        }
    });
    let brand = [text("this"), text(format!("\"{name}\"")), text("brand"), text(format!("\"api:{}\"", def.code))];
    ErrorItem {
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

pub(super) fn sets<'a>(client: &'a Client<'_>, failures: &[String], other: &str) -> Vec<SetItem<'a>> {
    let items = client.sets.iter().zip(failures).map(|(set, failure)| {
        let names: Vec<_> = client.errors_of(set).map(|error| error.name.clone()).collect();
        let classes_name = classes_name(&set.name);
        let classes = list(names.iter().map(text).collect(), false);
        let none = vec!["never".to_owned()];
        SetItem {
            docs: &set.docs,
            name: &set.name,
            failure: failure.clone(),
            alias: print(
                vec![union(&format!("export type {} =", set.name), if names.is_empty() { &none } else { &names })],
                0,
            ),
            failure_alias: print(
                vec![union(&format!("export type {failure} ="), &[set.name.clone(), other.to_owned()])],
                0,
            ),
            classes: print(vec![text(format!("export const {classes_name}: rt.ErrorSet = ")), classes, text(";")], 0),
            classes_name,
        }
    });
    items.collect()
}

/// The constant that holds the classes of a set. No name of a type begins like it.
fn classes_name(set: &str) -> String {
    format!("set{set}")
}

/// Every declared error, as a type and as a constant.
pub(super) fn all(client: &Client<'_>, whole: &str) -> (String, String) {
    let names: Vec<_> = client.errors.iter().map(|error| error.name.clone()).collect();
    let none = vec!["never".to_owned()];
    let alias = union(&format!("export type {whole} ="), if names.is_empty() { &none } else { &names });
    let classes = list(names.into_iter().map(text).collect(), false);
    (print(vec![alias], 0), print(vec![text("const errors: rt.ErrorSet = "), classes, text(";")], 0))
}

/// A name of a variable.
fn variable(name: &str) -> String {
    if KEYWORDS.contains(&name) { format!("{name}_") } else { name.to_owned() }
}

pub(super) fn methods(client: &Client<'_>, failures: &[String]) -> Vec<MethodItem> {
    client.methods.iter().map(|method| method_item(client, method, failures)).collect()
}

fn method_item(client: &Client<'_>, item: &Method<'_>, failures: &[String]) -> MethodItem {
    let operation = item.operation;
    let input = &operation.input;
    let ty = |ty: &Type| names::ty(client, ty, "t.");
    let mut parameters = Vec::new();
    let given = match &item.arguments {
        Arguments::None => text("null"),
        Arguments::Whole => {
            parameters.push(text(format!("input: {}", ty(&input.ty))));
            text("input")
        }
        Arguments::Each(arguments) => {
            let members = arguments.iter().map(|argument| {
                let name = variable(&argument.name);
                parameters.push(text(format!("{name}: {}", ty(&argument.field.ty))));
                text(if name == argument.member { name } else { format!("{}: {name}", argument.member) })
            });
            object(members.collect())
        }
    };
    parameters.push(text("options?: rt.CallOptions"));
    let constant = format!("{}Operation", item.name);
    let texts = |names: Vec<&str>| list(names.into_iter().map(|name| text(string(name))).collect(), false);
    let headers: Vec<_> = input
        .headers
        .iter()
        .map(|parameter| list(vec![text(string(&parameter.field.name)), text(string(&parameter.header))], false))
        .collect();
    let several = headers.len() > 1;
    let body = match &input.payload {
        Some(payload) => object(vec![text_entry("payload", payload)]),
        None => text(input.body.to_string()),
    };
    let entries = vec![
        text_entry("method", operation.method.as_str()),
        text_entry("path", &operation.path),
        entry("query", texts(input.query.iter().map(|field| &*field.name).collect())),
        entry("headers", list(headers, several)),
        entry("body", body),
        entry("input", schema(&input.ty)),
        entry("output", schema(&operation.output)),
    ];
    let set = classes_name(&client.set_of(item).name);
    let call = vec![text(constant.clone()), text(format!("e.{set}")), given, text("options")];
    let mut said = item.docs.to_string();
    let _ = write!(said, "\n\n`{} {}`", operation.method, operation.path);
    MethodItem {
        docs: docs(&said),
        operation: print(vec![text(format!("const {constant}: rt.Operation = ")), object(entries), text(";")], 0),
        signature: signature(&item.name, parameters, ty(&operation.output), failures.get(item.set)),
        call: print(vec![text("return this.#api.call"), arguments(call), text(";")], 4),
    }
}

fn signature(name: &str, parameters: Vec<Doc>, output: String, failure: Option<&String>) -> String {
    let failure = failure.map_or("never".to_owned(), |failure| format!("e.{failure}"));
    let of = generics("rt.Call", vec![text(output), text(failure)]);
    print(vec![text(name), Doc::Group(vec![arguments(parameters), text(": "), of, text(" {")], false)], 2)
}

pub(super) fn calls(client: &Client<'_>, failures: &[String]) -> Vec<MethodItem> {
    client.calls.iter().map(|call| call_item(client, call, failures)).collect()
}

fn call_item(client: &Client<'_>, item: &Call<'_>, failures: &[String]) -> MethodItem {
    let (input, output) = (&item.invocation.input, &item.invocation.output);
    let ty = |ty: &Type| names::ty(client, ty, "t.");
    let (parameters, given) = match input {
        Type::Unit => (Vec::new(), text("null")),
        input => (vec![text(format!("input: {}", ty(input)))], text("input")),
    };
    let set = client.sets.get(item.set).map_or_else(String::new, |set| classes_name(&set.name));
    let types = object(vec![entry("input", schema(input)), entry("output", schema(output))]);
    let call = vec![text(string(&item.invocation.name)), types, text(format!("e.{set}")), given];
    MethodItem {
        docs: docs(&item.docs),
        operation: String::new(),
        signature: signature(&item.name, parameters, ty(output), failures.get(item.set)),
        call: print(vec![text("return this.#calls.call"), arguments(call), text(";")], 4),
    }
}

/// An operation and its set, as a line of the vectors' test.
pub(super) fn pair(operation: &str, set: &str) -> String {
    print(vec![list(vec![text(string(operation)), text(string(set))], false), text(",")], 2)
}
