//! Error enums: each read once by the shared parser, its flattened enums followed, its codes kept apart.

use super::types::is_one_value;
use super::{Cx, Key, Place, derives, known, segments, shapes, types, unraw};
use crate::contract::{ErrorDef, Field};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::source::{Found, ItemKind, ModuleId, conditional, resolve};
use proc_macro2::Span;
use quote::ToTokens;
use std::rc::Rc;
use std::sync::Arc;
use syn::spanned::Spanned;
use syn::{DeriveInput, GenericArgument, PathArguments, Type};
use throwback_syntax::{
    Code, ErrorEnum, ErrorSpec, Errors, Handler, Kind, Retry, Shown, Status, Variant, different_code, flatten_circle,
    is_describable,
};

/// An error enum and where it stands.
pub(super) struct Enum {
    key: Key,
    file: Arc<SourceFile>,
    parsed: ErrorEnum,
}

impl Enum {
    /// What it is known by.
    pub(super) fn key(&self) -> &Key {
        &self.key
    }
}

/// Where a code is declared, and as what.
pub(super) struct Origin {
    key: Key,
    file: Arc<SourceFile>,
    span: Span,
    seen: Seen,
}

/// What callers see of an error, but for the types of its members.
#[derive(PartialEq)]
struct Seen {
    status: Status,
    title: String,
    exposed: bool,
    retry: Retry,
    type_uri: Option<String>,
    deprecated: bool,
    message: bool,
    fields: Vec<Shown>,
}

impl Seen {
    fn new(variant: &Variant, spec: &ErrorSpec) -> Self {
        let fields = variant.fields.iter().map(|field| field.shown.clone()).filter(|shown| *shown != Shown::Hidden);
        Self {
            status: spec.status,
            title: spec.title.clone(),
            exposed: spec.exposed,
            retry: spec.retry,
            type_uri: spec.type_uri.clone(),
            deprecated: spec.deprecated,
            message: spec.message,
            fields: fields.collect(),
        }
    }
}

/// What a handler's error type is.
pub(super) enum ErrorType {
    /// An enum of the source.
    Enum(Rc<Enum>),
    /// Without errors of its own.
    None,
}

/// Reads the error enum of a name, once; `None` if it is no enum or has a mistake.
pub(super) fn read(cx: &mut Cx<'_>, module: ModuleId, name: &str) -> Option<Rc<Enum>> {
    let key = (module, name.to_owned());
    if let Some(found) = cx.enums.get(&key) {
        return found.clone();
    }
    let item = cx.crates.declared(module, name)?;
    let input = match &item.kind {
        ItemKind::Enum(item) => DeriveInput::from((**item).clone()),
        ItemKind::Struct(item) => DeriveInput::from((**item).clone()),
        ItemKind::Union(item) => DeriveInput::from((**item).clone()),
        ItemKind::Alias(_) | ItemKind::Module(_) => return None,
    };
    let file = Arc::clone(&item.file);
    let mut errors = Errors::new();
    let parsed = ErrorEnum::parse(&input, &mut errors);
    cx.errors.take(&file, errors);
    // rustc shows a derive what the `cfg_attr` brings, if it does.
    if let Some(span) = conditional(&input.attrs, "api_error").or_else(|| conditional(&input.attrs, "serde")) {
        let text = "`cfg_attr` on an error enum: a contract does not depend on features; say it in a plain attribute";
        cx.mistake(&Place { file: Arc::clone(&file), span }, text);
    }
    let found = parsed.map(|parsed| Rc::new(Enum { key: key.clone(), file, parsed }));
    if let Some(found) = &found {
        declare(cx, found);
    }
    cx.enums.insert(key, found.clone());
    found
}

/// Notes every code of an enum; a code that another enum has is a mistake at both places.
fn declare(cx: &mut Cx<'_>, found: &Enum) {
    for variant in &found.parsed.variants {
        let Some(spec) = spec(variant) else { continue };
        let (code, seen) = (spec.code.as_str(), Seen::new(variant, spec));
        match cx.codes.get(code) {
            // Twice in one enum is what the shared parser reports.
            Some(first) if first.key == found.key => {}
            Some(first) if first.seen == seen => {}
            Some(_) => different(cx, found, spec),
            None => {
                let file = Arc::clone(&found.file);
                let origin = Origin { key: found.key.clone(), file, span: spec.code_span, seen };
                cx.codes.insert(code.to_owned(), origin);
            }
        }
    }
}

/// Says that an error is another than the one that has its code.
fn different(cx: &mut Cx<'_>, found: &Enum, spec: &ErrorSpec) {
    let code = spec.code.as_str();
    let mut diagnostic = Diagnostic::new(different_code(code)).at(&found.file, spec.code_span.byte_range(), "");
    if let Some(first) = cx.codes.get(code) {
        diagnostic = diagnostic.at(&first.file, first.span.byte_range(), "first declared here");
    }
    cx.errors.push(diagnostic);
}

fn spec(variant: &Variant) -> Option<&ErrorSpec> {
    match &variant.kind {
        Kind::Error(spec) => Some(spec),
        Kind::Internal | Kind::Flatten => None,
    }
}

/// The codes of an enum and of all that it flattens, in the order of declaration.
pub(super) fn set(cx: &mut Cx<'_>, found: &Rc<Enum>, open: &mut Vec<Rc<Enum>>) -> Rc<Vec<Code>> {
    if let Some(set) = cx.sets.get(&found.key) {
        return Rc::clone(set);
    }
    open.push(Rc::clone(found));
    let mut codes: Vec<Code> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for variant in &found.parsed.variants {
        match &variant.kind {
            Kind::Internal => {}
            Kind::Error(spec) => {
                if seen.insert(spec.code.clone()) {
                    codes.push(spec.code.clone());
                }
                define(cx, found, variant, spec);
            }
            Kind::Flatten => {
                for code in flattened(cx, found, variant, open).iter() {
                    if seen.insert(code.clone()) {
                        codes.push(code.clone());
                    }
                }
            }
        }
    }
    open.pop();
    let codes = Rc::new(codes);
    cx.sets.insert(found.key.clone(), Rc::clone(&codes));
    codes
}

fn flattened(cx: &mut Cx<'_>, found: &Enum, variant: &Variant, open: &mut Vec<Rc<Enum>>) -> Rc<Vec<Code>> {
    // Any other number of fields is what the shared parser reports.
    let [field] = variant.fields.as_slice() else { return Rc::default() };
    let place = Place { file: Arc::clone(&found.file), span: field.ty.span() };
    match error_type(cx, found.key.0, &place, &field.ty) {
        Some(ErrorType::Enum(inner)) => {
            cx.flattened.insert(inner.key.clone());
            if let Some(start) = open.iter().position(|outer| outer.key == inner.key) {
                // A flattening of itself is what the shared parser reports.
                if open.len() - start > 1 {
                    let names: Vec<_> =
                        open[start..].iter().chain([&inner]).map(|outer| format!("`{}`", outer.key.1)).collect();
                    cx.mistake(&place, flatten_circle(&names.join(" → ")));
                }
                return Rc::default();
            }
            if open.len() == FLATTENED {
                cx.mistake(
                    &place,
                    format!("error enums are flattened more than {FLATTENED} deep: flatten this one further out"),
                );
                return Rc::default();
            }
            set(cx, &inner, open)
        }
        Some(ErrorType::None) | None => Rc::default(),
    }
}

/// Writes an error down, once.
fn define(cx: &mut Cx<'_>, found: &Enum, variant: &Variant, spec: &ErrorSpec) {
    let mut fields = Vec::new();
    let mut retry_after = false;
    for field in &variant.fields {
        match &field.shown {
            Shown::Hidden => {}
            Shown::RetryAfter => retry_after = true,
            Shown::Member { name, header } => {
                let place = Place { file: Arc::clone(&found.file), span: field.ty.span() };
                let generics: Vec<_> =
                    found.parsed.generics.type_params().map(|parameter| unraw(&parameter.ident)).collect();
                if field.described_as.is_none() && !is_describable(&field.ty) {
                    // What the shared parser reports.
                    continue;
                }
                let ty = match (&field.described_as, &field.with) {
                    (Some((text, span)), _) => described(cx, found.key.0, &Place { span: *span, ..place }, text),
                    (None, Some(with)) => by_function(cx, found.key.0, &place, with),
                    (None, None) => types::describe_beside(cx, &found.key, &place, &field.ty, &generics),
                };
                let Some(ty) = ty else { continue };
                if header.is_some() && !takes_one_line(cx, &ty) {
                    let text = format!(
                        "`{name}` can't be a header: one takes a text, a number, a `bool` or an enum without fields, or an `Option` of one"
                    );
                    cx.mistake(&Place { file: Arc::clone(&found.file), span: field.ty.span() }, text);
                }
                fields.push(Field {
                    name: name.clone(),
                    docs: field.docs.text(),
                    optional: matches!(ty, crate::contract::Type::Option(_)),
                    ty,
                    flatten: false,
                    header: header.clone(),
                });
            }
        }
    }
    // Two enums may declare one error: to callers it is the same, whatever its docs add.
    if let Some(first) = cx.defined.get(spec.code.as_str()).and_then(|at| cx.error_defs.get(*at)) {
        let same = |a: &Field, b: &Field| (&a.name, &a.ty, a.optional) == (&b.name, &b.ty, b.optional);
        if first.fields.len() != fields.len() || !first.fields.iter().zip(&fields).all(|(a, b)| same(a, b)) {
            different(cx, found, spec);
        }
        return;
    }
    cx.defined.insert(spec.code.to_string(), cx.error_defs.len());
    cx.error_defs.push(ErrorDef {
        code: spec.code.clone(),
        status: spec.status,
        title: spec.title.clone(),
        docs: spec.docs.text(),
        exposed: spec.exposed,
        retry: spec.retry,
        type_uri: spec.type_uri.clone(),
        deprecated: spec.deprecated,
        message: spec.message,
        retry_after,
        fields,
    });
}

/// Whether a template can print a type's values in a header: of a list or an object it would print Java's own text.
fn takes_one_line(cx: &Cx<'_>, ty: &crate::contract::Type) -> bool {
    match ty {
        crate::contract::Type::Option(inner) => is_one_value(cx, inner),
        other => is_one_value(cx, other),
    }
}

/// The type that `as = "…"` names; what names none is what the shared parser reports.
fn described(cx: &mut Cx<'_>, module: ModuleId, place: &Place, text: &str) -> Option<crate::contract::Type> {
    types::describe(cx, module, place, &known::described(text)?)
}

/// What a function writes that `#[serde(with = "…")]` names.
fn by_function(cx: &mut Cx<'_>, module: ModuleId, place: &Place, with: &syn::Path) -> Option<crate::contract::Type> {
    let mut path = segments(with);
    path.pop();
    let known = shapes::described_by(cx, module, &path);
    if known.is_none() {
        let text = format!("what `{}` writes can't be seen", segments(with).join("::"));
        let help = "say what it is: `#[api_error(as = \"string\")]`";
        cx.errors.push(Diagnostic::new(text).at(&place.file, place.span.byte_range(), "").help(help));
    }
    known
}

/// How many aliases and boxes an error type may stand behind: an alias of itself ends.
const ALIASES: u8 = 32;

/// How deep error enums may be flattened into each other.
const FLATTENED: usize = 100;

/// Finds the enum behind an error type.
pub(super) fn error_type(cx: &mut Cx<'_>, module: ModuleId, place: &Place, ty: &Type) -> Option<ErrorType> {
    behind(cx, module, place, ty, ALIASES)
}

fn untyped(cx: &mut Cx<'_>, place: &Place, name: &str) {
    let diagnostic = Diagnostic::new(format!("`{name}` does not say which errors it can be"))
        .at(&place.file, place.span.byte_range(), "")
        .help("derive `ApiError` on the enum and return the enum itself");
    cx.errors.push(diagnostic);
}

fn behind(cx: &mut Cx<'_>, module: ModuleId, place: &Place, ty: &Type, left: u8) -> Option<ErrorType> {
    let Some(left) = left.checked_sub(1) else {
        cx.mistake(place, "this error type is an alias of itself, or of too many: name the enum");
        return None;
    };
    let Type::Path(path) = ty else {
        cx.mistake(place, "this error type is no enum of the source: name an enum that derives `ApiError`");
        return None;
    };
    let names = segments(&path.path);
    match resolve(cx.crates, module, &names) {
        Found::Item { module, name, item } => match &item.kind {
            ItemKind::Alias(alias) => {
                let alias = Rc::clone(alias);
                behind(cx, module, place, &alias.ty, left)
            }
            ItemKind::Enum(item) if derives(&item.attrs, "ApiError") => read(cx, module, &name).map(ErrorType::Enum),
            // A derive on anything else is what the shared parser reports.
            ItemKind::Struct(item) if derives(&item.attrs, "ApiError") => None,
            ItemKind::Union(item) if derives(&item.attrs, "ApiError") => None,
            _ => {
                untyped(cx, place, &name);
                None
            }
        },
        Found::Either(other) => {
            cx.either(place, &names.join("::"), &other);
            None
        }
        Found::Outside(whole) => {
            let names: Vec<_> = whole.iter().map(String::as_str).collect();
            match names.as_slice() {
                ["std" | "core", "convert", "Infallible"] | ["throwback", "InternalError" | "InvalidPayload"] => {
                    Some(ErrorType::None)
                }
                ["Box"] | ["std", "boxed", "Box"] => match boxed(ty) {
                    Some(Type::TraitObject(_)) => {
                        cx.mistake(place, Handler::boxed(&ty.to_token_stream().to_string()));
                        None
                    }
                    Some(inner) => behind(cx, module, place, inner, left),
                    None => None,
                },
                ["lambda_runtime" | "lambda_http" | "anyhow", "Error"]
                | ["throwback", "lambda_runtime", "Error"]
                | ["eyre", "Report"] => {
                    cx.mistake(place, Handler::boxed(&whole.join("::")));
                    None
                }
                // A status, or a response: of whatever crate, it holds no code.
                ["axum" | "axum_core" | "http" | "std" | "core", ..] => {
                    untyped(cx, place, &whole.join("::"));
                    None
                }
                _ => {
                    let text = format!("the error type `{}` is not in the source that is read", whole.join("::"));
                    let help =
                        "declare the enum in this crate, or name its crate's folder under `crates` in throwback.toml";
                    let diagnostic = Diagnostic::new(text).at(&place.file, place.span.byte_range(), "").help(help);
                    cx.errors.push(diagnostic);
                    None
                }
            }
        }
    }
}

fn boxed(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}
