//! Handlers as axum takes them: what their extractors take of a request, and what of their result is the answer's body.

use crate::{Errors, Method, Operation, Route, check};
use proc_macro2::Span;
use quote::ToTokens;
use syn::{GenericArgument, Path, PathArguments, Type};

/// What an axum handler takes of a request. Its other arguments, `State` or `HeaderMap` among them, say nothing of the contract.
#[derive(Default)]
pub struct Extractors {
    /// The `T` of `Path<T>`: one value, a tuple of them in the path's order, or a struct by their names.
    pub path: Option<Extracted>,
    /// The `T` of each `Query<T>`: several read the same query, each its own parameters.
    pub query: Vec<Extracted>,
    /// The `T` of `Json<T>`.
    pub body: Option<Extracted>,
    /// What none of these is, as it is written; who sees its source may know that it reads the body.
    pub others: Vec<Type>,
    /// What reads a body of which a contract can't say what it is.
    opaque: Option<Type>,
}

/// What one extractor takes.
pub struct Extracted {
    /// The argument as it is written.
    pub by: Type,
    /// What it holds at last.
    pub ty: Type,
}

/// An argument, wherever it stands.
pub(crate) struct Argument {
    pub(crate) ty: Type,
    /// The `cfg` that it stands under.
    pub(crate) cfg: Option<Path>,
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

/// What reads a body which is no JSON, or may be none.
const OPAQUE: [&str; 10] =
    ["Bytes", "String", "Body", "Request", "Protobuf", "MsgPack", "Cbor", "Xml", "Yaml", "JsonLines"];

/// How the name of what reads a form ends: axum's own, and `ValidatedForm<T>`, `RawForm`, `TypedMultipart<T>`.
const FORMS: [&str; 2] = ["Form", "Multipart"];

/// What holds a value of the server's, whatever that is called.
const HOLDERS: [&str; 2] = ["State", "Extension"];

/// What only a handler of axum's answers.
const ANSWERS: [&str; 8] =
    ["StatusCode", "NoContent", "Response", "Html", "Redirect", "Sse", "AppendHeaders", "CookieJar"];

impl Extractors {
    /// Whether an argument is one that only axum has.
    pub(crate) fn has(ty: &Type) -> bool {
        last(ty).is_some_and(|name| EXTRACTORS.contains(&name.as_str())) || found(ty).is_some()
    }

    /// Reads a handler's arguments.
    pub(crate) fn read(arguments: &[Argument], errors: &mut Errors) -> Self {
        let mut read = Self::default();
        for Argument { ty, cfg } in arguments {
            let (found, opaque) = (found(ty), opaque(ty));
            if let Some(cfg) = cfg.as_ref().filter(|_| found.is_some() || opaque.is_some()) {
                let text = "`cfg` on an argument: a contract does not depend on features; take the argument always";
                errors.at(cfg, text);
            }
            let Some((kind, inner)) = found else {
                match opaque {
                    Some(opaque) => read.opaque = Some(opaque.clone()),
                    None => read.others.push(ty.clone()),
                }
                continue;
            };
            check::named(inner, errors);
            let extracted = Extracted { by: ty.clone(), ty: inner.clone() };
            let place = match kind {
                Kind::Path => &mut read.path,
                Kind::Json => &mut read.body,
                Kind::Query => {
                    read.query.push(extracted);
                    continue;
                }
            };
            if place.is_some() {
                errors.at(ty, format!("a handler takes one `{}`", kind.name()));
            }
            *place = Some(extracted);
        }
        read
    }

    /// What of the contract they take.
    pub fn all(&self) -> impl Iterator<Item = &Extracted> {
        self.path.iter().chain(&self.query).chain(&self.body)
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
            check_path(&path.ty, route, operation.route_span, errors);
        }
        let no_body =
            || format!("a `{}` has no body that an operation reads: take `Query<…>` or `Path<…>`", route.method);
        match (&self.body, &self.opaque) {
            (Some(body), _) if !route.method.has_body() => errors.at(&body.ty, no_body()),
            (None, Some(opaque)) if !route.method.has_body() && is_form(opaque) => {
                match (route.method, last(opaque).is_some_and(|name| name.ends_with("Form"))) {
                    (Method::Get | Method::Head, true) => errors.at(
                        opaque,
                        format!(
                            "the form of a `{}` is its query: take `Query<…>` for `{}`",
                            route.method,
                            written(opaque)
                        ),
                    ),
                    _ => errors.at(opaque, no_body()),
                }
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
            "HeaderMap" | "AppendHeaders" | "TypedHeader" | "CookieJar" | "PrivateCookieJar" | "SignedCookieJar" => {
                nothing(AnswerStatus::Ok)
            }
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

/// Whether a type is an answer that only a handler of axum's gives, said in a contract or not.
pub(crate) fn is_answer(ty: &Type) -> bool {
    match ty {
        Type::ImplTrait(hidden) => hidden.to_token_stream().to_string().ends_with("IntoResponse"),
        Type::Tuple(tuple) => tuple.elems.iter().any(is_answer),
        Type::Path(_) => last(ty).is_some_and(|name| ANSWERS.contains(&name.as_str()) || found(ty).is_some()),
        _ => false,
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
    let name = last(ty).filter(|name| !HOLDERS.contains(&name.as_str()))?;
    let kinds = [Kind::Path, Kind::Query, Kind::Json];
    let kind = kinds.into_iter().find(|kind| name.ends_with(kind.name()));
    // `WithRejection<Json<Order>, E>`, `Option<Json<Order>>`, `Result<Json<Order>, JsonRejection>`.
    found(inner).or(kind.map(|kind| (kind, inner)))
}

/// What reads a body that is no JSON: the argument, or what it checks or makes optional.
fn opaque(ty: &Type) -> Option<&Type> {
    let name = last(ty).filter(|name| !HOLDERS.contains(&name.as_str()))?;
    if is_form(ty) || OPAQUE.contains(&name.as_str()) {
        return Some(ty);
    }
    // `Claims<String>` reads no text: only what is an extractor as it stands may be one's argument.
    let inner = opaque(first_argument(ty)?)?;
    (is_form(inner) || ["Option", "Result"].contains(&name.as_str())).then_some(inner)
}

fn is_form(ty: &Type) -> bool {
    last(ty).is_some_and(|name| FORMS.iter().any(|form| name.ends_with(form)))
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
