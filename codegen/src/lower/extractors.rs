//! The input of an axum handler: what its extractors take, put together.

use super::naming::{made, member};
use super::operations::{is_parameter, members};
use super::types::{describe_input, is_one_value};
use super::{Cx, Place};
use crate::check;
use crate::contract::{Field, Input, Shape, Type};
use crate::source::ModuleId;
use heck::ToUpperCamelCase;
use quote::ToTokens;
use std::sync::Arc;
use syn::spanned::Spanned;
use throwback_syntax::{Extractors, Route};

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
    let body = extractors.body.as_ref().map(|ty| {
        let place = at(route_place, ty);
        describe_input(cx, module, &place, ty)
    });
    let (path, query) = (path?, query?);
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
    let Some(ty) = &extractors.path else {
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
    let Some(ty) = &extractors.query else { return Some(Taken::default()) };
    let here = at(place, ty);
    let described = describe_input(cx, module, &here, ty)?;
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
        cx.mistake(&here, text);
        return None;
    };
    let fields: Vec<_> = found.into_iter().map(|(_, field)| field).collect();
    let fits = fields.iter().filter(|field| is_parameter(cx, &here, field, check::Place::Query)).count();
    (fits == fields.len()).then_some(Taken { fields, whole: Some(described) })
}
