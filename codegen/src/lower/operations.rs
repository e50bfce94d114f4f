//! Operations: each handler's signature and route, and where its input comes from.

use super::errors::{ErrorType, set};
use super::outputs::no_error_message;
use super::results::{self, Form, Sides};
use super::types::{describe_input, is_one_value};
use super::{Cx, Key, Place, extractors};
use crate::check;
use crate::contract::{Field, HeaderParameter, Input, Invocation, Operation, Shape, Type};
use crate::diagnostic::Diagnostic;
use crate::source::{Function, ModuleId};
use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use std::collections::HashMap;
use std::sync::Arc;
use syn::spanned::Spanned;
use syn::{Attribute, Meta};
use throwback_syntax::{
    Errors, Method, Returned, Route, Takes, duplicate_route, missing_parameter, sibling_parameters,
};

/// Routes and names that operations have taken, with their places.
#[derive(Default)]
pub(super) struct Routes {
    shapes: HashMap<String, Place>,
    names: HashMap<String, Place>,
    /// The parameter behind each start of a path, its own parameters' names left out.
    parameters: HashMap<String, (String, Place)>,
}

/// What a handler is, and which enum its errors are.
pub(super) enum Lowered {
    Operation(Operation, Option<Key>),
    Invocation(Invocation, Option<Key>),
}

/// Reads one operation; `None` is a mistake that has been reported.
pub(super) fn lower(
    cx: &mut Cx<'_>,
    module: ModuleId,
    function: &Function,
    attribute: &Attribute,
    routes: &mut Routes,
) -> Option<Lowered> {
    let Function { file, item: function, cfg } = function;
    let arguments = match &attribute.meta {
        Meta::List(list) => list.tokens.clone(),
        Meta::Path(_) | Meta::NameValue(_) => TokenStream::new(),
    };
    let mut errors = Errors::new();
    let mut plain = function.clone();
    plain.attrs.retain(|attr| super::last_segment(attr) != "operation");
    let attribute = attribute.span();
    let parsed = throwback_syntax::Operation::parse(&arguments, &plain.to_token_stream(), attribute, &mut errors);
    cx.errors.take(file, errors);
    let parsed = parsed?;
    let place = |span: Span| Place { file: Arc::clone(file), span };
    let handler = &parsed.handler;
    let name = super::unraw(parsed.name.as_ref().unwrap_or(&handler.ident));
    if let Some(cfg) = cfg {
        let text = format!(
            "`{name}` stands under a `cfg`: a contract does not depend on features; declare the handler always"
        );
        cx.mistake(cfg, text);
    }
    let name_place = place(parsed.name.as_ref().unwrap_or(&handler.ident).span());
    take(cx, &mut routes.names, name.clone(), &name_place, || {
        format!("two operations are named `{name}`: rename one of the handlers, or give it a `name`")
    });

    let event = match &handler.takes {
        Takes::Event { input, request } => {
            let place = place(input.span());
            Some(Event {
                described: describe_input(cx, module, &place, input),
                input,
                place,
                request: request.is_some(),
            })
        }
        Takes::Extractors(_) => None,
    };
    let (output_place, error_place) = match &handler.result {
        Returned::Result { output, error } => (place(output.span()), place(error.span())),
        Returned::Alias(ty) | Returned::Plain(ty) => (place(ty.span()), place(ty.span())),
    };
    if event.is_none() && !cx.front.passes_requests() {
        let diagnostic = Diagnostic::new(format!(
            "`{name}` is a handler of axum's, and behind front `{}` no request of HTTP reaches it",
            cx.front.word()
        ))
        .at(file, handler.ident.span().byte_range(), "")
        .help("say in throwback.toml what stands before it: `front = \"axum\"` for a server, `\"http-api\"` and others for a router in a function");
        cx.errors.push(diagnostic);
    }
    let form = if event.is_some() { Form::Output } else { Form::Answer };
    let Sides { output, error, status } =
        results::sides(cx, module, &handler.result, form, &output_place, &error_place);
    let status = status.map_or(parsed.status, |by| {
        let mut errors = Errors::new();
        let status = parsed.answered(by, output_place.span, &mut errors);
        cx.errors.take(file, errors);
        status
    });
    let set = match error {
        Some(ErrorType::Enum(found)) => {
            set(cx, &found, &mut Vec::new());
            Some(Some(found.key().clone()))
        }
        Some(ErrorType::None) => Some(None),
        None => None,
    };
    if let Some(output) = &output {
        no_error_message(cx, output, &output_place);
    }
    let docs = handler.docs.text();
    let Some(route) = &parsed.route else {
        let invocation = Invocation { name, docs, input: event?.described?, output: output?, set: None };
        return Some(Lowered::Invocation(invocation, set?));
    };
    let route_place = place(parsed.route_span);
    let free = take(cx, &mut routes.shapes, route.shape(), &route_place, || {
        duplicate_route(route.method.as_str(), &route.path())
    });
    if route.method == Method::Head && output.as_ref().is_some_and(|output| *output != Type::Unit) {
        cx.mistake(&output_place, "the answer to a `HEAD` has no body: its output is `()`");
    }
    let request = event.as_ref().is_some_and(|event| event.request);
    let (input, path) = match (event, &handler.takes) {
        (Some(event), _) => bind(cx, &parsed, route, &route_place, event)?,
        (None, Takes::Extractors(taken)) => {
            (extractors::input(cx, module, taken, route, &route_place, &name)?, route.path())
        }
        (None, Takes::Event { .. }) => return None,
    };
    if free {
        siblings(cx, &path, &route_place, routes);
    }
    let operation =
        Operation { name, method: route.method, path, docs, input, output: output?, status, set: None, request };
    Some(Lowered::Operation(operation, set?))
}

/// Takes a name that is free, or says who has it.
fn take(
    cx: &mut Cx<'_>,
    known: &mut HashMap<String, Place>,
    name: String,
    place: &Place,
    text: impl Fn() -> String,
) -> bool {
    let Some(first) = known.get(&name) else {
        known.insert(name, place.clone());
        return true;
    };
    let diagnostic = Diagnostic::new(text()).at(&place.file, place.span.byte_range(), "").at(
        &first.file,
        first.span.byte_range(),
        "the first is here",
    );
    cx.errors.push(diagnostic);
    false
}

/// Keeps one name for each place of a path: API Gateway refuses a resource beside a sibling that is a parameter too.
fn siblings(cx: &mut Cx<'_>, path: &str, place: &Place, routes: &mut Routes) {
    let mut before = String::new();
    for part in path.split('/').skip(1) {
        let Some(name) = part.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
            before = before + "/" + part;
            continue;
        };
        match routes.parameters.get(&before) {
            Some((first, at)) if first != name => {
                let diagnostic = Diagnostic::new(sibling_parameters(first, name, &before))
                    .at(&place.file, place.span.byte_range(), "")
                    .at(&at.file, at.span.byte_range(), "the first is here");
                cx.errors.push(diagnostic);
            }
            Some(_) => {}
            None => {
                routes.parameters.insert(before.clone(), (name.to_owned(), place.clone()));
            }
        }
        before += "/{}";
    }
}

/// What a function's handler takes.
struct Event<'a> {
    /// The input, as it is on the wire; nothing is a mistake that has been reported.
    described: Option<Type>,
    /// The input, as it is written.
    input: &'a syn::Type,
    place: Place,
    request: bool,
}

/// Splits an input into path, query, headers and body; gives the path with its parameters' names on the wire.
fn bind(
    cx: &mut Cx<'_>,
    parsed: &throwback_syntax::Operation,
    route: &Route,
    route_place: &Place,
    Event { described, input, place, .. }: Event<'_>,
) -> Option<(Input, String)> {
    let (ty, place) = (described?, &place);
    let fields = members(cx, &ty);
    let input_name = input.to_token_stream().to_string().replace(' ', "");
    let has_body = route.method.has_body();
    let of_headers: Vec<_> =
        parsed.headers.iter().map(|(field, header)| (super::unraw(field), field, header)).collect();
    let names = route.parameters().chain(route.query.iter().map(String::as_str));
    let names: Vec<&str> = names.chain(of_headers.iter().map(|(name, ..)| name.as_str())).collect();
    let Some(fields) = fields else {
        if !names.is_empty() {
            for name in names {
                cx.mistake(route_place, missing_parameter(name, &input_name));
            }
            return None;
        }
        if ty != Type::Unit && !has_body {
            let text = format!(
                "the input of a `{}` comes from path and query: it is a struct, or `()` for none",
                route.method
            );
            cx.mistake(place, text);
            return None;
        }
        let body = ty != Type::Unit && has_body;
        let (query, headers) = (Vec::new(), Vec::new());
        return Some((Input { ty, path: Vec::new(), query, headers, body, payload: None }, route.path()));
    };
    let mut input = Input { ty, path: Vec::new(), query: Vec::new(), headers: Vec::new(), body: false, payload: None };
    let mut path = route.path();
    let mut whole = true;
    for &name in &names {
        let found = fields.iter().find(|(ident, _)| ident == name);
        let in_header = of_headers.iter().find(|(known, ..)| known == name);
        let Some((_, field)) = found else {
            let place = in_header.map(|(_, written, _)| Place { file: Arc::clone(&place.file), span: written.span() });
            cx.mistake(place.as_ref().unwrap_or(route_place), missing_parameter(name, &input_name));
            whole = false;
            continue;
        };
        let in_query = route.query.iter().any(|query| query == name);
        if let Some((_, written, header)) = in_header {
            let place = Place { file: Arc::clone(&place.file), span: written.span() };
            if route.parameters().chain(route.query.iter().map(String::as_str)).any(|other| other == name) {
                cx.mistake(&place, format!("`{name}` is a parameter of the route already"));
                whole = false;
                continue;
            }
            whole &= is_parameter(cx, &place, field, check::Place::Header);
            input.headers.push(HeaderParameter { header: (*header).clone(), field: field.clone() });
        } else if in_query {
            whole &= is_parameter(cx, place, field, check::Place::Query);
            input.query.push(field.clone());
        } else {
            whole &= is_parameter(cx, place, field, check::Place::Path);
            path = path.replace(&format!("{{{name}}}"), &format!("{{{}}}", field.name));
            input.path.push(field.clone());
        }
    }
    for (_, field) in fields.iter().filter(|(ident, _)| !names.contains(&ident.as_str())) {
        if has_body {
            input.body = true;
        } else {
            whole &= is_parameter(cx, place, field, check::Place::Query);
            input.query.push(field.clone());
        }
    }
    // The body is refused what sets a parameter, by the name that the gateway writes.
    if let (true, Type::Named(ty)) = (input.body, &input.ty) {
        let (ty, aliased) = (ty.clone(), &cx.names.aliased);
        let aliased: Vec<_> =
            names.iter().filter(|name| aliased.contains(&(ty.clone(), (**name).to_owned()))).collect();
        for name in aliased {
            let text = format!(
                "`{name}` has another name by `#[serde(alias)]`, under which the body could set the parameter: remove the alias"
            );
            cx.mistake(place, text);
            whole = false;
        }
    }
    whole.then_some((input, path))
}

/// The members of a struct, by their Rust names; `None` if the type is none.
pub(super) fn members(cx: &Cx<'_>, ty: &Type) -> Option<Vec<(String, Field)>> {
    let Type::Named(name) = ty else { return None };
    let def = cx.types.iter().find(|def| def.name == *name)?;
    let idents = cx.names.idents.get(name)?;
    match &def.shape {
        Shape::Struct(fields) => Some(idents.iter().cloned().zip(fields.iter().cloned()).collect()),
        // A struct without fields is an input without members.
        Shape::Unit => Some(Vec::new()),
        _ => None,
    }
}

/// Whether a field can travel outside of the body: one value without structure, and in a query a list of such.
pub(super) fn is_parameter(cx: &mut Cx<'_>, place: &Place, field: &Field, at: check::Place) -> bool {
    let inner = match &field.ty {
        Type::Option(inner) if at != check::Place::Path => inner,
        other => other,
    };
    let in_query = at == check::Place::Query;
    let fits = is_one_value(cx, inner.element().filter(|_| in_query).unwrap_or(inner));
    let name = check::parameter(at, &field.name);
    if let Err(message) = &name {
        cx.mistake(place, message);
    }
    if !fits || field.flatten {
        let (what, may) = match at {
            check::Place::Path => ("path", ""),
            check::Place::Query => ("query", ", an `Option` of one, or a list of them"),
            check::Place::Header => ("header", ", or an `Option` of one"),
        };
        let text = format!(
            "`{}` can't travel in the {what}: a parameter is a text, a number, a `bool` or an enum without fields{may}",
            field.name
        );
        cx.mistake(place, text);
    }
    fits && !field.flatten && name.is_ok()
}
