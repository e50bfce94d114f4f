//! The document: the operations as callers see them.

use super::components::Components;
use super::security::{self, Requirement, Scheme};
use crate::contract::{ErrorDef, Front, Operation, Type};
use crate::output::openapi::{Content, Info, MethodResponse, Parameter, RequestBody};
use crate::output::{Cx, json};
use crate::rest::{self, Body, Dialect, Method, Schema};
use indexmap::IndexMap;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeSet;
use throwback_syntax::Reserved;

#[derive(Serialize)]
struct Document<'a> {
    openapi: &'static str,
    info: Info<'a>,
    #[serde(rename = "x-throwback")]
    origin: Origin<'a>,
    paths: IndexMap<&'a str, IndexMap<String, PathOperation<'a>>>,
    components: Parts<'a>,
}

#[derive(Serialize)]
struct Origin<'a> {
    generator: &'static str,
    contract: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Parts<'a> {
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    schemas: IndexMap<String, Schema>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    security_schemes: IndexMap<String, Scheme<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PathOperation<'a> {
    #[serde(rename = "operationId")]
    id: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    summary: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parameters: Vec<Parameter<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_body: Option<RequestBody<'a>>,
    responses: IndexMap<String, MethodResponse<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    security: Option<[Requirement<'a>; 1]>,
}

/// Writes the document.
pub(in crate::output) fn document(cx: &Cx<'_>, dialect: Dialect) -> String {
    let mut components = Components::new(cx.contract, &cx.index, dialect);
    let mut paths: IndexMap<&str, IndexMap<String, PathOperation<'_>>> = IndexMap::new();
    for resource in &cx.rest.resources {
        for method in &resource.methods {
            // A preflight is between a browser and who answers it.
            if let Some(operation) = method.operation {
                let described = path_operation(cx, dialect, &mut components, method, operation);
                paths.entry(resource.path).or_default().insert(method.verb.to_lowercase(), described);
            }
        }
    }
    let named = paths.values().flat_map(IndexMap::values).flat_map(PathOperation::schemas);
    let schemas = components.used(cx.contract, named);
    json(&Document {
        openapi: if dialect == Dialect::Plain30 { "3.0.3" } else { "3.1.0" },
        info: Info::of(cx.contract),
        origin: Origin { generator: concat!("throwback ", env!("CARGO_PKG_VERSION")), contract: &cx.hash },
        paths,
        components: Parts { schemas, security_schemes: security::schemes(&cx.rest) },
    })
}

impl PathOperation<'_> {
    fn schemas(&self) -> impl Iterator<Item = &Schema> {
        let responses =
            self.responses.values().flat_map(|response| response.headers.values().chain(response.content.values()));
        let bodies = self.request_body.iter().flat_map(RequestBody::contents);
        self.parameters
            .iter()
            .map(|parameter| &parameter.schema)
            .chain(bodies.chain(responses).map(|content| &*content.schema))
    }
}

fn path_operation<'a>(
    cx: &'a Cx<'_>,
    dialect: Dialect,
    components: &mut Components<'a>,
    method: &'a Method<'_>,
    operation: &'a Operation,
) -> PathOperation<'a> {
    let (summary, description) = operation.docs.split_once("\n\n").unwrap_or((&operation.docs, ""));
    let body = || Cow::Owned(rest::body(dialect, &cx.index, &operation.input));
    PathOperation {
        id: &operation.name,
        summary: summary.split_whitespace().collect::<Vec<_>>().join(" "),
        description: description.trim(),
        parameters: method.parameters.iter().map(|parameter| Parameter::new(dialect, parameter)).collect(),
        request_body: method.body.is_some().then(|| RequestBody::new(body())),
        responses: responses(cx, dialect, components, method, operation),
        security: security::requirement(&cx.rest, &method.access, dialect).map(|all| [all]),
    }
}

fn responses<'a>(
    cx: &'a Cx<'_>,
    dialect: Dialect,
    components: &mut Components<'a>,
    method: &'a Method<'_>,
    operation: &'a Operation,
) -> IndexMap<String, MethodResponse<'a>> {
    // The answer to a `HEAD` has no body, and neither have these (RFC 9110 sections 9.3.2, 15.3.5 and 15.3.6).
    let is_empty = |status: u16| method.verb == "HEAD" || matches!(status, 204 | 205);
    let content = |media, status, schema| {
        if is_empty(status) { IndexMap::new() } else { [(media, Content { schema: Cow::Owned(schema) })].into() }
    };
    let mut responses = IndexMap::new();
    let front = cx.contract.front;
    let is_problem = front.is_rest();
    let has_words = is_problem || front.is_http_api() || front == Front::FunctionUrl;
    let mut refusals: BTreeSet<u16> = method.access.refusals().filter(|_| has_words).collect();
    for response in &method.responses {
        let status = response.status;
        let described = match &response.body {
            Body::None => continue,
            Body::Output(ty) => MethodResponse {
                description: "Success".to_owned(),
                headers: IndexMap::new(),
                content: content("application/json", status, dialect.ty(ty)),
            },
            Body::Problem { codes, .. } => {
                let codes: Vec<&'a str> = codes.iter().copied().filter(|code| comes(cx, operation, code)).collect();
                if codes.is_empty() {
                    continue;
                }
                let errors: Vec<_> = codes.iter().filter_map(|code| cx.index.error(code)).collect();
                let refused = refusals.remove(&status).then(|| refusal(cx, components, status));
                let union = components.one_of(operation, status, &codes, refused.as_deref().filter(|_| is_problem));
                let mut content = content("application/problem+json", status, union);
                let stock = refused.as_deref().filter(|_| !is_problem && !is_empty(status)).map(Schema::reference);
                content.extend(stock.map(|schema| ("application/json", Content { schema: Cow::Owned(schema) })));
                let refused = refused.map(|_| format!("\n\nOr: {REFUSED}")).unwrap_or_default();
                MethodResponse {
                    description: description(&codes, &errors) + &refused,
                    headers: response.named_headers().map(|name| (name, header(dialect, name, &errors))).collect(),
                    content,
                }
            }
        };
        responses.insert(status.to_string(), described);
    }
    for status in refusals {
        let schema = Schema::reference(&refusal(cx, components, status));
        let media = if is_problem { "application/problem+json" } else { "application/json" };
        let code = is_problem.then(|| ("x-error-code", header(dialect, "x-error-code", &[])));
        let described = MethodResponse {
            description: REFUSED.to_owned(),
            headers: code.into_iter().collect(),
            content: content(media, status, schema),
        };
        responses.insert(status.to_string(), described);
    }
    // The success first, then by status.
    responses.sort_by(|a, _, b, _| (!a.starts_with('2'), a).cmp(&(!b.starts_with('2'), b)));
    let default = MethodResponse {
        description: "Any other error".to_owned(),
        headers: [("x-error-code", header(dialect, "x-error-code", &[]))].into(),
        content: content("application/problem+json", 0, components.any_problem()),
    };
    responses.insert("default".to_owned(), default);
    responses
}

/// What is said of an answer by who stands before the function.
const REFUSED: &str = "The request was refused before the function was asked";

/// The component of what stands before the function: a problem by the gateway responses of a REST API, elsewhere the stock
/// answer, which nobody can configure.
fn refusal(cx: &Cx<'_>, components: &mut Components<'_>, status: u16) -> String {
    components.refusal(status, |dialect| match cx.contract.front {
        front if front.is_rest() => dialect.gateway(status),
        Front::FunctionUrl => Dialect::stock(status, "Message"),
        _ => Dialect::stock(status, "message"),
    })
}

/// Whether an operation can answer with an error, whoever declares it.
fn comes(cx: &Cx<'_>, operation: &Operation, code: &str) -> bool {
    let input = &operation.input;
    if code == Reserved::TIMEOUT.code {
        // Behind every other front, who waits for the function says so in words of his own.
        return cx.contract.front == Front::Rest;
    }
    code != Reserved::INVALID.code || input.ty != Type::Unit || input.body || input.parameters().next().is_some()
}

/// What a response holds, in the words of its errors.
fn description(codes: &[&str], errors: &[&ErrorDef]) -> String {
    let title = |code: &str| {
        let declared = errors.iter().find(|error| error.code == *code).map(|error| error.title.as_str());
        let reserved =
            || Reserved::ALL.into_iter().find(|reserved| reserved.code == code).map(|reserved| reserved.title);
        declared.or_else(reserved).unwrap_or_default().to_owned()
    };
    match codes {
        [only] => Some(title(only)).filter(|title| !title.is_empty()).unwrap_or_else(|| (*only).to_owned()),
        codes => codes.iter().map(|code| format!("- `{code}`: {}", title(code))).collect::<Vec<_>>().join("\n"),
    }
}

/// A header, with the type of the member that it repeats, where all errors agree on it.
fn header(dialect: Dialect, name: &str, errors: &[&ErrorDef]) -> Content<'static> {
    let fields = || errors.iter().flat_map(|error| &error.fields);
    let is_named = |other: &str| other.eq_ignore_ascii_case(name);
    let mut types = fields().filter(|field| field.header.as_ref().is_some_and(|header| is_named(header.as_str())));
    let first = types.next().map(|field| &field.ty);
    let schema = match first {
        Some(ty) if types.all(|field| field.ty == *ty) => dialect.ty(match ty {
            Type::Option(inner) => inner,
            ty => ty,
        }),
        None if is_named("retry-after") => dialect.seconds(),
        _ => dialect.ty(&Type::STRING),
    };
    Content { schema: Cow::Owned(schema) }
}
