//! What a contract must keep before anything is written from it: names that every output can hold.
//!
//! A scan finds most of this first, with its place. A contract may come from elsewhere, and no output asks again.

use crate::contract::{Contract, ErrorDef, Field, Index, Invocation, Operation, SetDef, Shape, Tagging, Type, endless};
use crate::diagnostic::{Diagnostic, Diagnostics, Failed};
use std::collections::HashSet;
use syn::ext::IdentExt;
use syn::parse::Parser;
use throwback_syntax::{is_address, member_name};

/// Checks every name.
pub(crate) fn contract(contract: &Contract) -> Result<(), Failed> {
    let mut cx = Cx { index: contract.index(), errors: Diagnostics::default() };
    cx.keep(api_name(&contract.name));
    cx.keep(version(&contract.version));
    let operations = contract.operations.iter().map(|operation| &*operation.name);
    let operations = operations.chain(contract.invocations.iter().map(|invocation| &*invocation.name));
    cx.distinct("operations", operations.chain(contract.sets_alone().map(|set| &*set.name)));
    let routes: Vec<_> = contract.operations.iter().map(shape).collect();
    cx.distinct("routes", routes.iter().map(String::as_str));
    cx.distinct("errors", contract.errors.iter().map(|error| &*error.code));
    // What is left of a type's name where API Gateway takes letters and digits alone.
    let models: Vec<_> = contract.types.iter().map(|def| model_name(&def.name)).collect();
    cx.distinct("models", models.iter().map(String::as_str));
    cx.distinct("sets", contract.sets.iter().map(|set| &*set.name));
    for operation in &contract.operations {
        cx.operation(operation);
        if let Some(set) = operation.set.as_ref().filter(|set| contract.sets.iter().all(|known| known.name != **set)) {
            let text = format!("the operation `{}` names the set `{set}`, which is not declared", operation.name);
            cx.errors.push(Diagnostic::new(text));
        }
    }
    for invocation in &contract.invocations {
        cx.invocation(invocation);
    }
    for set in &contract.sets {
        cx.set(set);
    }
    for error in &contract.errors {
        cx.error(error);
    }
    for def in &contract.types {
        cx.ident("type", &def.name);
        if model_name(&def.name).is_empty() {
            let text = format!("the type `{}` has no letter or digit of ASCII, which a model's name needs", def.name);
            cx.errors.push(Diagnostic::new(text));
        }
        cx.shape(&def.shape);
    }
    for (_, text) in endless(&contract.types) {
        cx.errors.push(Diagnostic::new(text));
    }
    cx.errors.finish(())
}

/// Method and path, the parameters' names left out: API Gateway takes one operation for it.
fn shape(operation: &Operation) -> String {
    let parts = operation.path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
    format!("{} {}", operation.method, parts.collect::<Vec<_>>().join("/"))
}

struct Cx<'a> {
    index: Index<'a>,
    errors: Diagnostics,
}

impl Cx<'_> {
    fn keep(&mut self, checked: Result<(), String>) {
        if let Err(message) = checked {
            self.errors.push(Diagnostic::new(message));
        }
    }

    fn ident(&mut self, what: &str, name: &str) {
        // Raw names are kept without their `r#`.
        if syn::Ident::parse_any.parse_str(name).is_err() || name.starts_with("r#") {
            self.errors.push(Diagnostic::new(format!("the {what} `{name}` has no name that Rust could have")));
        }
    }

    fn operation(&mut self, operation: &Operation) {
        let name = &operation.name;
        self.ident("operation", name);
        if !is_path(&operation.path) {
            let text = format!("the operation `{name}` has the path `{}`, which is none", operation.path);
            self.errors.push(Diagnostic::new(text));
        }
        let input = &operation.input;
        self.distinct("parameters of one operation", input.parameters().map(|field| &*field.name));
        let headers: Vec<_> = input.headers.iter().map(|parameter| parameter.header.to_ascii_lowercase()).collect();
        self.distinct("headers of one operation", headers.iter().map(String::as_str));
        for (place, fields) in [(Place::Path, &input.path), (Place::Query, &input.query)] {
            for field in fields {
                self.keep(parameter(place, &field.name));
            }
        }
        for field in input.parameters() {
            self.ty(&field.ty);
        }
        self.ty(&operation.input.ty);
        self.ty(&operation.output);
    }

    fn invocation(&mut self, invocation: &Invocation) {
        self.ident("invocation", &invocation.name);
        self.ty(&invocation.input);
        self.ty(&invocation.output);
    }

    fn set(&mut self, set: &SetDef) {
        let name = &set.name;
        self.ident("set", name);
        self.distinct("errors of one set", set.errors.iter().map(|code| &**code));
        for code in set.errors.iter().filter(|code| self.index.error(code).is_none()) {
            self.errors
                .push(Diagnostic::new(format!("the set `{name}` names the error `{code}`, which is not declared")));
        }
    }

    fn error(&mut self, error: &ErrorDef) {
        let code = &error.code;
        if let Some(uri) = error.type_uri.as_deref().filter(|uri| !is_address(uri)) {
            self.errors.push(Diagnostic::new(format!("the error `{code}` has the type `{uri}`, which is no address")));
        }
        for field in &error.fields {
            self.keep(member_name(&field.name));
        }
        self.fields(&error.fields);
    }

    /// Names that are to differ.
    fn distinct<'n>(&mut self, what: &str, names: impl Iterator<Item = &'n str>) {
        let mut seen = HashSet::new();
        for name in names {
            if !seen.insert(name) {
                self.errors
                    .push(Diagnostic::new(format!("two {what} have the name `{name}`: give one of them another")));
            }
        }
    }

    fn fields(&mut self, fields: &[Field]) {
        self.distinct("members of one type", fields.iter().filter(|field| !field.flatten).map(|field| &*field.name));
        for field in fields {
            self.ty(&field.ty);
        }
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Struct(fields) => self.fields(fields),
            Shape::Newtype(inner) => self.ty(inner),
            Shape::Tuple(elements) => elements.iter().for_each(|element| self.ty(element)),
            Shape::Unit => {}
            Shape::Enum { tagging, variants } => {
                if let Tagging::Adjacent { tag, content } = tagging
                    && tag == content
                {
                    self.errors.push(Diagnostic::new(format!("an enum has `{tag}` as its tag and as its content")));
                }
                self.distinct("variants of one enum", variants.iter().map(|variant| &*variant.name));
                for variant in variants {
                    self.ident("variant", &variant.ident);
                    self.shape(&variant.shape);
                }
            }
        }
    }

    fn ty(&mut self, ty: &Type) {
        match ty {
            Type::Named(name) if self.index.type_def(name).is_none() => {
                self.errors.push(Diagnostic::new(format!("the type `{name}` is named and not described")));
            }
            Type::Option(inner) | Type::List(inner) | Type::Set(inner) => self.ty(inner),
            Type::Map { key, value } => {
                self.ty(key);
                self.ty(value);
            }
            Type::Tuple(elements) => elements.iter().for_each(|element| self.ty(element)),
            _ => {}
        }
    }
}

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header, whose name is not the member's.
    Header,
}

/// Whether API Gateway takes a parameter's name: what it refuses on import is refused here. Of a path it takes
/// `[a-zA-Z0-9._-]` in braces, of a query `^[a-zA-Z0-9:._$-]+$`; brackets, as in `filter[name]`, in neither.
pub(crate) fn parameter(place: Place, name: &str) -> Result<(), String> {
    let (of, taken, signs) = match place {
        Place::Header => return Ok(()),
        Place::Path => ("path", "`.`, `_` and `-`", "._-"),
        Place::Query => ("query", "`.`, `_`, `-`, `:` and `$`", "._-:$"),
    };
    if !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || signs.contains(c)) {
        return Ok(());
    }
    Err(format!(
        "`{}` can't be a parameter of the {of}: API Gateway takes letters and digits of ASCII, {taken} there; \
         give the field another name with `#[serde(rename = \"…\")]`",
        name.escape_debug()
    ))
}

/// The name of a model: letters and digits alone.
pub(crate) fn model_name(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// A path as routes write it.
fn is_path(path: &str) -> bool {
    let literal = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-~:".contains(&b));
    path == "/"
        || path.strip_prefix('/').is_some_and(|rest| {
            rest.split('/').all(|part| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
                Some(name) => parameter(Place::Path, name).is_ok(),
                None => !part.is_empty() && literal(part),
            })
        })
}

/// Whether an API can have a name: it becomes that of packages, types and files.
pub(crate) fn api_name(name: &str) -> Result<(), String> {
    let fits = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && name.len() <= 64;
    if fits {
        return Ok(());
    }
    Err(format!(
        "`{}` can't be an API's name: it is a letter and up to 63 letters, digits and `-` of ASCII; \
         give one with `name = \"…\"`",
        name.escape_debug()
    ))
}

/// Whether a text is a version (Semantic Versioning 2.0.0), which is what manifests of clients take.
pub(crate) fn version(version: &str) -> Result<(), String> {
    semver::Version::parse(version).map(drop).map_err(|error| {
        format!("`{}` is no version: {error}; write one as in `version = \"1.2.0\"`", version.escape_debug())
    })
}
