//! Handlers as axum takes them: what their extractors take of a request, and what of their result is the answer's body.

use crate::{Errors, Operation, Route, check};
use proc_macro2::Span;
use quote::ToTokens;
use syn::{GenericArgument, PathArguments, Type};

/// What an axum handler takes of a request. Its other arguments, `State` or `HeaderMap` among them, say nothing of the contract.
#[derive(Default)]
pub struct Extractors {
    /// The `T` of `Path<T>`: one value, a tuple of them in the path's order, or a struct by their names.
    pub path: Option<Type>,
    /// The `T` of `Query<T>`.
    pub query: Option<Type>,
    /// The `T` of `Json<T>`.
    pub body: Option<Type>,
    /// What reads a body of which a contract can't say what it is.
    opaque: Option<Type>,
}

/// What an axum handler answers when it succeeds.
pub struct Answer<'a> {
    /// The `T` of `Json<T>`; nothing where there is no body.
    pub body: Option<&'a Type>,
    /// Who says the status.
    pub status: AnswerStatus,
}

/// Who says the status of a success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerStatus {
    /// axum: 200.
    Ok,
    /// `NoContent`: 204.
    NoContent,
    /// The handler, by a `StatusCode`.
    Handler,
}

/// Arguments that only a handler of axum's has.
const EXTRACTORS: [&str; 13] = [
    "State",
    "Path",
    "Query",
    "Json",
    "Extension",
    "HeaderMap",
    "TypedHeader",
    "Form",
    "Multipart",
    "ConnectInfo",
    "MatchedPath",
    "OriginalUri",
    "RawPathParams",
];

/// Arguments that read a body which is no JSON.
const OPAQUE: [&str; 8] = ["Form", "Multipart", "RawForm", "Bytes", "String", "Body", "Request", "Protobuf"];

impl Extractors {
    /// Whether an argument is one that only axum has.
    pub(crate) fn has(ty: &Type) -> bool {
        last(ty).is_some_and(|name| EXTRACTORS.contains(&name.as_str())) || found(ty).is_some()
    }

    /// Reads a handler's arguments.
    pub(crate) fn read(arguments: &[Type], errors: &mut Errors) -> Self {
        let mut read = Self::default();
        for argument in arguments {
            let Some((kind, inner)) = found(argument) else {
                if last(argument).is_some_and(|name| OPAQUE.contains(&name.as_str())) {
                    read.opaque = Some(argument.clone());
                }
                continue;
            };
            let place = match kind {
                Kind::Path => &mut read.path,
                Kind::Query => &mut read.query,
                Kind::Json => &mut read.body,
            };
            if place.is_some() {
                errors.at(argument, format!("a handler takes one `{}`", kind.name()));
            }
            check::named(inner, errors);
            *place = Some(inner.clone());
        }
        read
    }

    /// What does not fit to the route, and to the words beside it.
    pub(crate) fn check(&self, operation: &Operation, errors: &mut Errors) {
        let Some(route) = &operation.route else {
            let text = "an axum handler answers requests: name its method and path, `#[operation(GET, \"/orders/{order_id}\")]`";
            errors.span(operation.route_span, text);
            return;
        };
        for (field, _) in &operation.headers {
            errors.at(field, "an axum handler reads its headers by extractors of its own: leave `headers` out");
        }
        if !route.query.is_empty() {
            errors.span(
                operation.route_span,
                "the query of an axum handler is what its `Query<…>` takes: leave `{?…}` out of the path",
            );
        }
        if let Some(path) = &self.path {
            check_path(path, route, operation.route_span, errors);
        }
        match (&self.body, &self.opaque) {
            (Some(body), _) if !route.method.has_body() => {
                errors.at(
                    body,
                    format!("a `{}` has no body that an operation reads: take `Query<…>` or `Path<…>`", route.method),
                );
            }
            (None, Some(opaque)) if route.method.has_body() => {
                let text = format!(
                    "a contract can't say what the body `{}` holds: take `Json<…>`, or name the operation under \
                     `[operations]` in throwback.toml, where input and output are any JSON",
                    written(opaque)
                );
                errors.at(opaque, text);
            }
            _ => {}
        }
    }
}

/// One value for one parameter, or a tuple of as many; a struct's names are for those who see it.
fn check_path(ty: &Type, route: &Route, place: Span, errors: &mut Errors) {
    let parameters = route.parameters().count();
    let values = match ty {
        Type::Tuple(tuple) => tuple.elems.len(),
        _ if parameters == 0 => 1,
        _ => return,
    };
    if values != parameters {
        let text = format!(
            "`Path<{}>` takes {values} of the path's parameters, and `{}` has {parameters}",
            written(ty),
            route.path()
        );
        errors.span(place, text);
    }
}

/// What of a result is the body, and who says the status; nothing where a contract can't say what is written.
pub fn answer(ty: &Type) -> Option<Answer<'_>> {
    let nothing = |status| Some(Answer { body: None, status });
    match ty {
        Type::Tuple(tuple) if tuple.elems.is_empty() => nothing(AnswerStatus::Ok),
        Type::Tuple(tuple) => {
            let inner = answer(tuple.elems.last()?)?;
            let first = tuple.elems.first().and_then(last);
            let status = if first.as_deref() == Some("StatusCode") { AnswerStatus::Handler } else { inner.status };
            Some(Answer { status, ..inner })
        }
        // Headers of a response.
        Type::Array(_) => nothing(AnswerStatus::Ok),
        Type::Path(_) => match last(ty)?.as_str() {
            "StatusCode" => nothing(AnswerStatus::Handler),
            "NoContent" => nothing(AnswerStatus::NoContent),
            "HeaderMap" | "AppendHeaders" => nothing(AnswerStatus::Ok),
            _ => match found(ty) {
                Some((Kind::Json, inner)) if is_json(ty) => {
                    Some(Answer { body: Some(inner), status: AnswerStatus::Ok })
                }
                _ => None,
            },
        },
        _ => None,
    }
}

/// The sentence for a result of which a contract can't say what is written.
pub fn no_answer(ty: &Type) -> String {
    format!(
        "a contract can't say what `{}` writes: return `Json<…>`, `StatusCode`, both in a tuple, or `()`; or name the \
         operation under `[operations]` in throwback.toml, where input and output are any JSON",
        written(ty)
    )
}

#[derive(Clone, Copy)]
enum Kind {
    Path,
    Query,
    Json,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Path => "Path",
            Self::Query => "Query",
            Self::Json => "Json",
        }
    }
}

/// The extractor in a type: itself, or inside of what checks it or makes it optional, as in `Valid<Json<Order>>`. An author's
/// own has the name of one at its end: `ValidatedJson<Order>`.
fn found(ty: &Type) -> Option<(Kind, &Type)> {
    let inner = first_argument(ty)?;
    let name = last(ty)?;
    let kinds = [Kind::Path, Kind::Query, Kind::Json];
    let kind = kinds.into_iter().find(|kind| name.ends_with(kind.name()));
    // `WithRejection<Json<Order>, E>`, `Option<Json<Order>>`, `Result<Json<Order>, JsonRejection>`.
    found(inner).or(kind.map(|kind| (kind, inner)))
}

fn is_json(ty: &Type) -> bool {
    last(ty).is_some_and(|name| name.ends_with("Json"))
}

fn first_argument(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

fn last(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    path.path.segments.last().map(|last| last.ident.to_string())
}

/// A type as people write it: the blanks between tokens are left out where no words would run together.
fn written(ty: &Type) -> String {
    let tokens = ty.to_token_stream().to_string();
    let mut text = String::new();
    let mut rest = tokens.chars().peekable();
    while let Some(c) = rest.next() {
        let joins = |c: char| c.is_alphanumeric() || c == '_';
        let between = text.ends_with(',') || (text.ends_with(joins) && rest.peek().is_some_and(|next| joins(*next)));
        if c != ' ' || between {
            text.push(c);
        }
    }
    text
}
