//! Operations that the configuration names: method, path and error enum; what they take and return is any JSON.

use super::errors::{ErrorType, error_type, set};
use super::naming::made;
use super::{Cx, Key, Place};
use crate::contract::{Field, Front, Input, Operation, Shape, Success, Type};
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::options::{FILE, NamedOperation, Options};
use crate::source::{ItemKind, ModuleId};
use heck::ToUpperCamelCase;
use proc_macro2::Span;
use std::sync::Arc;
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::{Ident, LitStr};
use throwback_syntax::{Errors, Route};

/// Reads every operation of `[operations]`, with its errors' enum.
pub(super) fn lower(cx: &mut Cx<'_>, options: &Options, taken: &[String]) -> Vec<(Operation, Option<Key>)> {
    let file = SourceFile { real: FILE.into(), path: FILE.into(), text: String::new() };
    let place = Place { file: Arc::new(file), span: Span::call_site() };
    let mut found = Vec::new();
    for (route, named) in &options.operations {
        if named.passthrough && !taken.is_empty() {
            let text = format!(
                "`operations`: `{route}` can't have `passthrough`: whoever calls it would write the event, and so choose any \
                 operation of the source and say who calls"
            );
            let help = "write a `template` that names the operation, as in `{\"operation\":\"health\"}`";
            cx.errors.push(Diagnostic::new(text).help(help));
        }
        if NamedOperation::is_marked(route) {
            if !taken.contains(route) {
                let text = format!("`operations`: there is no operation `{route}` in the source");
                let help =
                    "name one that is there, or method and path, as in `\"GET /orders/{id}\" = \"GetOrderError\"`";
                cx.errors.push(Diagnostic::new(text).help(help));
            }
            continue;
        }
        if cx.front == Front::Invoke {
            let text =
                format!("`operations`: `{route}` is a route, and nobody asks for one where the function is invoked");
            let help =
                "mark the handler: `#[operation]`; an enum that no operation returns is in the client without one";
            cx.errors.push(Diagnostic::new(text).help(help));
            continue;
        }
        match one(cx, &place, route, named) {
            Ok(Some((operation, _))) if taken.contains(&operation.name) => {
                let text =
                    format!("`operations`: `{route}` would have the name `{}`, which a handler has", operation.name);
                cx.errors.push(Diagnostic::new(text).help("give it another: `name = \"…\"`"));
            }
            Ok(one) => found.extend(one),
            Err(message) => cx.errors.push(Diagnostic::new(format!("`operations`: `{route}` {message}"))),
        }
    }
    found
}

fn one(
    cx: &mut Cx<'_>,
    place: &Place,
    written: &str,
    named: &NamedOperation,
) -> Result<Option<(Operation, Option<Key>)>, String> {
    const FORM: &str = "is no method and path: write one as in `\"GET /orders/{id}\"`";
    let (method, path) = written.split_once(' ').ok_or(FORM)?;
    let method: Ident = syn::parse_str(method).map_err(|_| FORM)?;
    let mut errors = Errors::new();
    let route = Route::parse(&method, &LitStr::new(path.trim(), place.span), &mut errors);
    let Some(route) = route else {
        let said: Vec<_> = errors.into_vec().into_iter().map(|mistake| mistake.message).collect();
        return Err(format!("is wrong: {}", said.join("; ")));
    };
    let name = named.named(written);
    if Ident::parse_any.parse_str(&name).is_err() {
        return Err(format!("can't be named `{name}`: a function could have the name, as in `getOrder`"));
    }
    let key = match &named.errors {
        None => None,
        Some(errors) => match enum_of(cx, place, errors)? {
            Some(key) => Some(key),
            None => return Ok(None),
        },
    };
    let field = |name: &str, optional: bool, ty| Field {
        name: name.to_owned(),
        docs: String::new(),
        ty,
        optional,
        flatten: false,
        header: None,
    };
    let in_path: Vec<_> = route.parameters().map(|name| field(name, false, Type::STRING)).collect();
    let text = || Type::Option(Box::new(Type::STRING));
    let in_query: Vec<_> = route.query.iter().map(|name| field(name, true, text())).collect();
    let body = route.method.has_body();
    let mut fields: Vec<_> = in_path.iter().chain(&in_query).cloned().collect();
    let ty = if fields.is_empty() {
        if body { Type::Any } else { Type::Unit }
    } else {
        if body {
            let any = Type::Map { key: Box::new(Type::STRING), value: Box::new(Type::Any) };
            fields.push(Field { flatten: true, ..field("body", false, any) });
        }
        made(cx, place, format!("{}Input", name.to_upper_camel_case()), Shape::Struct(fields))
    };
    let operation = Operation {
        name,
        method: route.method,
        path: route.path(),
        docs: String::new(),
        input: Input { ty, path: in_path, query: in_query, headers: Vec::new(), body, payload: None },
        output: Type::Any,
        status: named.status.and_then(|status| Success::try_from(status).ok()).unwrap_or(Success::OK),
        set: None,
        request: false,
    };
    Ok(Some((operation, key)))
}

/// The enum of a name, or of a module's and its name.
fn enum_of(cx: &mut Cx<'_>, place: &Place, written: &str) -> Result<Option<Key>, String> {
    let mut names = written.rsplit("::");
    let (name, module) = (names.next().unwrap_or_default(), names.next());
    let crates = cx.crates;
    let declared = |id: ModuleId| {
        let found = crates.declared(id, name).is_some_and(|item| matches!(item.kind, ItemKind::Enum(_)));
        found && module.is_none_or(|module| crates.get(id).name == module)
    };
    let found: Vec<_> = crates.every().filter(|id| declared(*id)).collect();
    match *found {
        [] => Err(format!("returns `{written}`, and there is no enum of that name")),
        [module] => {
            let path: syn::Type = syn::parse_str(name).map_err(|_| format!("returns `{written}`, which is no name"))?;
            match error_type(cx, module, place, &path) {
                Some(ErrorType::Enum(found)) => {
                    set(cx, &found, &mut Vec::new());
                    Ok(Some(found.key().clone()))
                }
                _ => Ok(None),
            }
        }
        _ => Err(format!(
            "returns `{written}`, and several enums have that name: write the module before it, as in `orders::{name}`"
        )),
    }
}
