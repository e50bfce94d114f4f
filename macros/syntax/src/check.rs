//! The rules that a declaration must keep, each with its sentence. Those that need more than one declaration are worded
//! here as well, so that whoever can see far enough says the same.

use crate::attr::Entries;
use crate::{ErrorEnum, Errors, Field, Kind, Shown};
use proc_macro2::{Span, TokenTree};
use quote::ToTokens;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Fields, GenericArgument, Meta, PathArguments, ReturnType, Token, Type};

/// The sentence for two errors with one code.
pub fn duplicate_code(code: &str) -> String {
    format!(
        "two errors have the code `{code}`: a code names one error in the whole API; give one of them another with `code = \"…\"`"
    )
}

/// The sentence for two enums that declare one code as different errors.
pub fn different_code(code: &str) -> String {
    format!(
        "two enums declare the code `{code}` as different errors: declare it in one enum that both `flatten`, or give one of \
         them another with `code = \"…\"`"
    )
}

/// The sentence for two operations on one route.
pub fn duplicate_route(method: &str, path: &str) -> String {
    format!("two operations answer `{method} {path}`: give one of them another method or path")
}

/// The sentence for enums that flatten each other in a circle.
pub fn flatten_circle(path: &str) -> String {
    format!("`flatten` goes in a circle: {path}; take one of its steps out")
}

/// The sentence for routes that name one place of the path differently.
pub fn sibling_parameters(first: &str, second: &str, before: &str) -> String {
    format!("`{{{first}}}` and `{{{second}}}` stand at one place, behind `{before}/`: API Gateway takes one name there")
}

/// The sentence for a parameter of the route that the operation's input does not have.
pub fn missing_parameter(parameter: &str, input: &str) -> String {
    format!("the parameter `{parameter}` is no field of the input `{input}`: name it as the field is named in Rust")
}

pub(crate) fn distinct_codes(this: &ErrorEnum, errors: &mut Errors) {
    let specs: Vec<_> = this
        .variants
        .iter()
        .filter_map(|variant| match &variant.kind {
            Kind::Error(spec) => Some(spec),
            Kind::Internal | Kind::Flatten => None,
        })
        .collect();
    let mut first_of = std::collections::HashMap::with_capacity(specs.len());
    for spec in specs {
        match first_of.entry(spec.code.as_str()) {
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(spec.code_span);
            }
            std::collections::hash_map::Entry::Occupied(first) => {
                errors.span_and(
                    spec.code_span,
                    duplicate_code(spec.code.as_str()),
                    *first.get(),
                    "first declared here",
                );
            }
        }
    }
}

pub(crate) fn no_self_flatten(this: &ErrorEnum, errors: &mut Errors) {
    for variant in this.variants.iter().filter(|variant| matches!(variant.kind, Kind::Flatten)) {
        let Some(field) = variant.fields.first() else {
            continue;
        };
        let held = through_box(&field.ty);
        if let Type::Path(path) = held
            && (path.path.is_ident(&this.ident) || path.path.is_ident("Self"))
        {
            errors.at(&field.ty, flatten_circle(&format!("`{0}` → `{0}`", this.ident)));
        }
    }
}

/// The type inside a `Box<…>`, or the type itself.
fn through_box(ty: &Type) -> &Type {
    if let Type::Path(path) = ty
        && let Some(last) = path.path.segments.last()
        && last.ident == "Box"
        && let PathArguments::AngleBracketed(arguments) = &last.arguments
        && let Some(GenericArgument::Type(inner)) = arguments.args.first()
    {
        return inner;
    }
    ty
}

/// A wire contract does not depend on how the crate is compiled. rustc shows a derive at most the `cfg` that holds; the
/// scan sees every one.
pub(crate) fn no_cfg(what: &str, attrs: &[Attribute], errors: &mut Errors) {
    for attr in attrs {
        if attr.path().is_ident("cfg") {
            let text = format!("`cfg` on a {what}: a contract does not depend on features; declare the {what} always");
            errors.at(attr.path(), text);
        } else if attr.path().is_ident("cfg_attr")
            && brings(attr).is_none_or(|names| names.iter().any(|name| counts(name)))
        {
            let text =
                format!("`cfg_attr` on a {what}: a contract does not depend on features; say it in a plain attribute");
            errors.at(attr.path(), text);
        }
    }
}

/// The names of what a `cfg_attr` brings; nothing if it can't be read.
fn brings(attr: &Attribute) -> Option<Vec<String>> {
    let parse = |input: ParseStream<'_>| {
        while !input.is_empty() && !input.peek(Token![,]) {
            input.parse::<TokenTree>()?;
        }
        input.parse::<Token![,]>()?;
        Punctuated::<Meta, Token![,]>::parse_terminated(input)
    };
    let metas = attr.meta.require_list().ok()?.parse_args_with(parse).ok()?;
    Some(metas.iter().map(|meta| meta.path().to_token_stream().to_string()).collect())
}

/// Whether an attribute says something of the contract.
fn counts(name: &str) -> bool {
    // `error` and `snafu` may say that a field is the source, which stays in the function.
    const COUNT: [&str; 11] =
        ["api_error", "backtrace", "cfg", "cfg_attr", "deprecated", "doc", "error", "from", "serde", "snafu", "source"];
    COUNT.contains(&name)
}

/// `flatten` and `internal` leave nothing for another entry to say.
pub(crate) fn stands_alone(word: &str, why: &str, entries: &Entries, errors: &mut Errors) {
    for other in entries.names().filter(|name| *name != word) {
        errors.span(other.span(), format!("`{other}` does not go with `{word}`: {why}"));
    }
}

pub(crate) fn one_field(variant: &syn::Variant, errors: &mut Errors) {
    if variant.fields.len() != 1 || matches!(variant.fields, Fields::Unit) {
        let text = format!(
            "`{0}` is flattened, so it holds one field, the other error enum: `{0}(#[from] OtherError)`",
            variant.ident
        );
        errors.span(variant.ident.span(), text);
    }
}

pub(crate) fn distinct_members(tokens: &Fields, fields: &[Field], errors: &mut Errors) {
    let mut seen: Vec<(&str, Span)> = Vec::new();
    let mut retry_after: Option<Span> = None;
    let mut headers: Vec<(String, Span)> = Vec::new();
    for (field, token) in fields.iter().zip(tokens) {
        let span = field.ident.as_ref().map_or_else(|| token.ty.span(), syn::Ident::span);
        match &field.shown {
            Shown::Hidden => {}
            Shown::RetryAfter => match retry_after {
                Some(first) => errors.span_and(
                    span,
                    "two fields say `retry_after`: an error has one delay",
                    first,
                    "the first is here",
                ),
                None => retry_after = Some(span),
            },
            Shown::Member { name, header } => {
                match seen.iter().find(|(known, _)| known == name) {
                    Some((_, first)) => {
                        let text = format!("two fields are named `{name}` on the wire: rename one of them");
                        errors.span_and(span, text, *first, "the first is here");
                    }
                    None => seen.push((name, span)),
                }
                if let Some(header) = header {
                    let lower = header.as_str().to_ascii_lowercase();
                    match headers.iter().find(|(known, _)| *known == lower) {
                        Some((_, first)) => {
                            let text = format!("two fields fill the header `{header}`: name another");
                            errors.span_and(span, text, *first, "the first is here");
                        }
                        None => headers.push((lower, span)),
                    }
                }
            }
        }
    }
}

/// A source never leaves the function, and neither does a field of an internal error: nothing is left to say of it.
pub(crate) fn hidden_field(entries: &Entries, source: bool, hides: Option<&str>, errors: &mut Errors) {
    // `skip` says again what is so anyway.
    for name in entries.names().filter(|name| *name != "skip") {
        let why = if source {
            "a source never leaves the function"
        } else if let Some(hides) = hides {
            hides
        } else if entries.span("skip").is_some() {
            "`skip` keeps the field in the function"
        } else {
            continue;
        };
        errors.span(name.span(), format!("`{name}` has nothing to act on: {why}"));
    }
}

/// A 5xx shows no field unless it says `expose`.
pub(crate) fn hidden_by_status(entries: &Entries, errors: &mut Errors) {
    for name in entries.names() {
        errors.span(
            name.span(),
            format!("`{name}` has nothing to act on: a 5xx hides its fields unless the variant says `expose`"),
        );
    }
}

pub(crate) fn retry_after_alone(entries: &Entries, errors: &mut Errors) {
    for name in entries.names().filter(|name| *name != "retry_after") {
        let text = format!(
            "`{name}` does not go with `retry_after`: the field leaves as `retryAfter` and the header `Retry-After`"
        );
        errors.span(name.span(), text);
    }
}

/// Refuses types that no other language can be told of.
pub(crate) fn describable(ty: &Type, errors: &mut Errors) {
    undescribable(ty, &mut |ty, what| {
        errors.at(ty, format!(
            "{what} can't be described: keep the field in the function with `#[api_error(skip)]`, or say what it is on the wire with `#[api_error(as = \"string\")]`"
        ));
    });
}

/// Refuses such types in a handler's signature.
pub(crate) fn named(ty: &Type, errors: &mut Errors) {
    undescribable(ty, &mut |ty, what| {
        errors.at(ty, format!("{what} can't be described: an operation's types are part of the contract, so name one"));
    });
}

/// Whether a type holds none that [`ErrorEnum::parse`] refuses.
pub fn is_describable(ty: &Type) -> bool {
    let mut fits = true;
    undescribable(ty, &mut |_, _| fits = false);
    fits
}

/// Finds the types that no other language can be told of.
fn undescribable(ty: &Type, found: &mut impl FnMut(&Type, &str)) {
    let what = match ty {
        Type::Array(array) => return undescribable(&array.elem, found),
        Type::Group(group) => return undescribable(&group.elem, found),
        Type::Paren(paren) => return undescribable(&paren.elem, found),
        Type::Reference(reference) => return undescribable(&reference.elem, found),
        Type::Slice(slice) => return undescribable(&slice.elem, found),
        Type::Tuple(tuple) => {
            return tuple.elems.iter().for_each(|element| undescribable(element, found));
        }
        Type::Path(path) => {
            for segment in &path.path.segments {
                match &segment.arguments {
                    PathArguments::AngleBracketed(arguments) => {
                        for argument in &arguments.args {
                            if let GenericArgument::Type(inner) = argument {
                                undescribable(inner, found);
                            }
                        }
                    }
                    PathArguments::Parenthesized(arguments) => {
                        if let ReturnType::Type(_, output) = &arguments.output {
                            undescribable(output, found);
                        }
                    }
                    PathArguments::None => {}
                }
            }
            return;
        }
        Type::FnPtr(_) => "a function pointer",
        Type::Ptr(_) => "a raw pointer",
        Type::TraitObject(_) => "a trait object",
        Type::ImplTrait(_) => "an `impl Trait`",
        Type::Never(_) => "the never type",
        Type::Infer(_) => "an inferred type",
        Type::Macro(_) => "a macro",
        _ => "such a type",
    };
    found(ty, what);
}
