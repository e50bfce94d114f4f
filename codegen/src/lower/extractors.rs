//! The input of an axum handler: what its extractors take, put together.

use super::naming::{made, member};
use super::operations::{is_parameter, members};
use super::types::{describe_input, is_one_value};
use super::{Cx, Place, derives, segments};
use crate::check;
use crate::contract::{Field, Input, Shape, Type};
use crate::source::{Found, ItemKind, ModuleId, resolve};
use heck::ToUpperCamelCase;
use quote::ToTokens;
use std::sync::Arc;
use syn::spanned::Spanned;
use syn::{GenericArgument, PathArguments};
use throwback_syntax::{Extracted, Extractors, Route};

/// Reads the input; `None` is a mistake that has been reported.
pub(super) fn input(
    cx: &mut Cx<'_>,
    module: ModuleId,
    extractors: &Extractors,
    route: &Route,
    route_place: &Place,
    operation: &str,
) -> Option<Input> {
    let path = path(cx, module, extractors, route, route_place);
    let query = query(cx, module, extractors, route_place);
    let is_seen = extractors.body.is_some() || !route.method.has_body() || is_seen(cx, module, extractors, route_place);
    let owns: Vec<_> = extractors.all().filter_map(|extracted| of_axum(cx, module, &extracted.by)).collect();
    cx.plain.extend(owns.into_iter().map(|own| (operation.to_owned(), own)));
    let body = extractors.body.as_ref().map(|Extracted { ty, .. }| {
        let place = at(route_place, ty);
        describe_input(cx, module, &place, ty)
    });
    let (path, query) = (path?, query?);
    if !is_seen {
        return None;
    }
    let body = match body {
        Some(body) => Some(body?),
        None => None,
    };
    for field in &query.fields {
        if path.fields.iter().any(|other| other.name == field.name) {
            let text = format!("`{}` is in the path and in the query: give one of them another name", field.name);
            cx.mistake(route_place, text);
            return None;
        }
    }
    let nothing =
        Input { ty: Type::Unit, path: Vec::new(), query: Vec::new(), headers: Vec::new(), body: false, payload: None };
    let has_body = body.is_some();
    let (ty, payload) = match (body, path.fields.is_empty(), query.fields.is_empty()) {
        (None, true, true) => return Some(nothing),
        (Some(body), true, true) => (body, None),
        // A struct of the author's is the whole input.
        (None, false, true) if path.whole.is_some() => (path.whole.unwrap_or(Type::Unit), None),
        (None, true, false) if query.whole.is_some() => (query.whole.unwrap_or(Type::Unit), None),
        (body, ..) => {
            let mut fields: Vec<Field> = path.fields.iter().chain(&query.fields).cloned().collect();
            let payload = body.map(|ty| {
                let mut name = "body".to_owned();
                while fields.iter().any(|field| field.name == name) {
                    name.push('_');
                }
                let optional = matches!(ty, Type::Option(_));
                fields.push(Field { docs: "What the request's body holds.".to_owned(), optional, ..member(&name, ty) });
                name
            });
            let ends =
                ["Input", "Request", "Parameters"].map(|end| format!("{}{end}", operation.to_upper_camel_case()));
            let free = ends.iter().find(|name| !cx.names.is_taken(name));
            let name = free.unwrap_or(&ends[0]).clone();
            (made(cx, route_place, name, Shape::Struct(fields)), payload)
        }
    };
    Some(Input { ty, path: path.fields, query: query.fields, body: has_body, payload, ..nothing })
}

/// What one extractor takes.
#[derive(Default)]
struct Taken {
    fields: Vec<Field>,
    /// The type that has these fields and no others.
    whole: Option<Type>,
}

fn at(beside: &Place, ty: &syn::Type) -> Place {
    Place { file: Arc::clone(&beside.file), span: ty.span() }
}

/// The path's parameters, in their order.
fn path(cx: &mut Cx<'_>, module: ModuleId, extractors: &Extractors, route: &Route, place: &Place) -> Option<Taken> {
    let names: Vec<&str> = route.parameters().collect();
    let Some(Extracted { ty, .. }) = &extractors.path else {
        // Nobody reads them, or an extractor that says nothing: each is a text.
        let fields: Vec<_> = names.iter().map(|name| member(name, Type::STRING)).collect();
        return fit(cx, place, fields, None);
    };
    let here = at(place, ty);
    if let syn::Type::Tuple(tuple) = ty {
        let mut fields = Vec::new();
        for (name, ty) in names.iter().zip(&tuple.elems) {
            fields.push(member(name, describe_input(cx, module, &at(place, ty), ty)?));
        }
        return fit(cx, &here, fields, None);
    }
    let described = describe_input(cx, module, &here, ty)?;
    if is_one_value(cx, &described) {
        if let [name] = *names {
            return fit(cx, &here, vec![member(name, described)], None);
        }
        let text = format!("`Path<…>` of one value takes one parameter, and `{}` has {}", route.path(), names.len());
        cx.mistake(&here, text);
        return None;
    }
    // A map takes them all, whatever their names.
    if let Type::Map { value, .. } = &described {
        let fields = names.iter().map(|name| member(name, (**value).clone())).collect();
        return fit(cx, &here, fields, None);
    }
    let written = ty.to_token_stream().to_string().replace(' ', "");
    let Some(found) = members(cx, &described) else {
        let text = format!(
            "`Path<{written}>` does not say which parameters it takes: it is one value, a tuple of them, or a struct with a \
             field for each"
        );
        cx.mistake(&here, text);
        return None;
    };
    let mut whole = true;
    for (_, field) in found.iter().filter(|(_, field)| !names.contains(&field.name.as_str())) {
        cx.mistake(
            &here,
            format!("`{written}` takes a parameter `{}`, which `{}` does not have", field.name, route.path()),
        );
        whole = false;
    }
    let mut fields = Vec::new();
    for name in names {
        // One that nobody reads is a text.
        let found = found.iter().find(|(_, field)| field.name == name).map(|(_, field)| field.clone());
        fields.push(found.unwrap_or_else(|| member(name, Type::STRING)));
    }
    let all = found.len() == fields.len();
    whole.then(|| fit(cx, &here, fields, all.then_some(described))).flatten()
}

fn fit(cx: &mut Cx<'_>, place: &Place, fields: Vec<Field>, whole: Option<Type>) -> Option<Taken> {
    let fits = fields.iter().filter(|field| is_parameter(cx, place, field, check::Place::Path)).count();
    (fits == fields.len()).then_some(Taken { fields, whole })
}

/// The query's parameters.
fn query(cx: &mut Cx<'_>, module: ModuleId, extractors: &Extractors, place: &Place) -> Option<Taken> {
    let mut taken = Taken::default();
    let mut is_whole = true;
    for Extracted { by, ty } in &extractors.query {
        let here = at(place, ty);
        let Some(one) = one_query(cx, module, by, ty, &here) else {
            is_whole = false;
            continue;
        };
        // Each reads the whole query: a parameter that two of them take is one.
        for field in one.fields {
            match taken.fields.iter_mut().find(|other| other.name == field.name) {
                Some(other) if other.ty != field.ty => {
                    let text = format!(
                        "`{}` is a parameter of two `Query<…>` as different types: take it in one of them",
                        field.name
                    );
                    cx.mistake(&here, text);
                    is_whole = false;
                }
                Some(other) => other.optional &= field.optional,
                None => taken.fields.push(field),
            }
        }
        taken.whole = one.whole;
    }
    if extractors.query.len() > 1 {
        taken.whole = None;
    }
    is_whole.then_some(taken)
}

/// The parameters that one extractor takes.
fn one_query(cx: &mut Cx<'_>, module: ModuleId, by: &syn::Type, ty: &syn::Type, here: &Place) -> Option<Taken> {
    let described = describe_input(cx, module, here, ty)?;
    let described = match described {
        Type::Option(inner) => *inner,
        other => other,
    };
    let Some(found) = members(cx, &described) else {
        let written = ty.to_token_stream().to_string().replace(' ', "");
        let text = format!(
            "`Query<{written}>` does not say which parameters it takes: it is a struct with a field for each, or name the \
             operation under `[operations]` in throwback.toml"
        );
        cx.mistake(here, text);
        return None;
    };
    let fields: Vec<_> = found.into_iter().map(|(_, field)| field).collect();
    if of_axum(cx, module, by).is_some()
        && let Some(list) = fields.iter().find(|field| field.ty.element().is_some())
    {
        let text = format!(
            "`{}` is a list, which axum's own `Query<…>` does not read as clients write it, `a,b`: take `throwback::axum::Query`",
            list.name
        );
        cx.mistake(here, text);
        return None;
    }
    let fits = fields.iter().filter(|field| is_parameter(cx, here, field, check::Place::Query)).count();
    (fits == fields.len()).then_some(Taken { fields, whole: Some(described) })
}

/// The extractor of axum's own that an argument is, which refuses in plain text.
fn of_axum(cx: &Cx<'_>, module: ModuleId, ty: &syn::Type) -> Option<&'static str> {
    let syn::Type::Path(path) = ty else { return None };
    let Found::Outside(whole) = resolve(cx.crates, module, &segments(&path.path)) else { return None };
    let whole: Vec<_> = whole.iter().map(String::as_str).collect();
    match whole.as_slice() {
        ["axum" | "axum_extra", .., name] => ["Path", "Query", "Json"].into_iter().find(|own| own == name),
        ["Option"] | ["std" | "core", "option", "Option"] => of_axum(cx, module, argument(path)?),
        _ => None,
    }
}

fn argument(path: &syn::TypePath) -> Option<&syn::Type> {
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// What is said of handlers that take axum's own extractors, each with the operation's name.
pub(super) fn note(plain: &[(String, &str)]) -> Option<String> {
    let mut operations: Vec<&str> = plain.iter().map(|(operation, _)| operation.as_str()).collect();
    operations.dedup();
    let mut owns: Vec<&str> = plain.iter().map(|(_, own)| *own).collect();
    owns.sort_unstable();
    owns.dedup();
    let (first, more) = (operations.first()?, operations.len() - 1);
    let (who, take) = match more {
        0 => (format!("`{first}`"), "takes"),
        1 => (format!("`{first}` and `{}`", operations[1]), "take"),
        _ => (format!("`{first}` and {more} others"), "take"),
    };
    let names = owns.iter().map(|own| format!("`{own}`")).collect::<Vec<_>>().join(", ");
    let ours = if let [own] = *owns { own.to_owned() } else { format!("{{{}}}", owns.join(", ")) };
    Some(format!(
        "{who} {take} axum's own {names}, so that what does not fit is answered in plain text, which clients can only keep: \
         with `throwback::axum::{ours}` it is `InvalidPayload`"
    ))
}

/// Whether no argument is seen to read the body that is none of the extractors known by their names.
fn is_seen(cx: &mut Cx<'_>, module: ModuleId, extractors: &Extractors, place: &Place) -> bool {
    let mut is_seen = true;
    for ty in &extractors.others {
        let syn::Type::Path(path) = ty else { continue };
        let Found::Item { item, name, .. } = resolve(cx.crates, module, &segments(&path.path)) else { continue };
        let attrs = match &item.kind {
            ItemKind::Enum(item) => &item.attrs,
            ItemKind::Struct(item) => &item.attrs,
            ItemKind::Alias(_) | ItemKind::Union(_) | ItemKind::Module(_) => continue,
        };
        let reads = derives(attrs, "FromRequest") || cx.crates.is_by_hand("FromRequest", &name);
        if !reads || cx.crates.is_by_hand("FromRequestParts", &name) {
            continue;
        }
        is_seen = false;
        let text = format!(
            "`{name}` reads the body, and does not say as what: take `Json<…>` or an extractor with a parameter whose name \
             ends in `Json`, as in `use {name} as {name}Json`; one that reads no body implements `FromRequestParts`; or name the operation under \
             `[operations]` in throwback.toml, where its input is any JSON"
        );
        cx.mistake(&at(place, ty), text);
    }
    is_seen
}
