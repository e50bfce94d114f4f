//! Events and their responses, as functions in `serverless.yml` take them by `${file(…)}`.

use super::{Reference, authorizer_id};
use crate::options::AuthorizerKind;
use crate::rest::{Access, Api, By, Method, Resource, Response, Set};
use crate::text::serverless::literal;
use indexmap::IndexMap;
use serde::Serialize;

/// Who may call, where throwback.toml leaves it to the project: a variable that has no value until somebody says it.
const ASKED: &str = "${self:custom.throwback.authorizer}";

/// One `http` event.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Event<'a> {
    path: &'a str,
    method: &'a str,
    operation_id: &'a str,
    integration: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorizer: Option<Authorizer>,
    /// Whether it wants an API key.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    private: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    cors: Option<Cors<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<Request>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<Answers>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Authorizer {
    Asked(&'static str),
    Iam {
        #[serde(rename = "type")]
        kind: &'static str,
    },
    #[serde(rename_all = "camelCase")]
    Named {
        #[serde(rename = "type")]
        kind: AuthorizerKind,
        authorizer_id: Reference,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        scopes: Vec<String>,
    },
}

#[derive(Serialize)]
struct Cors<'a> {
    origin: String,
    headers: Vec<&'a str>,
    methods: Vec<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    pass_through: &'static str,
    /// By media type. Nothing takes a template of the framework's away, of which it has one for each of two types.
    template: IndexMap<&'static str, Option<String>>,
}

/// A `response` block.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answers {
    status_codes: IndexMap<String, Answer>,
}

#[derive(Serialize)]
struct Answer {
    /// Empty for the default: without one, the framework would take the 200 for it.
    pattern: String,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    headers: IndexMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<String>,
}

/// The event of each operation, by its name.
pub(super) fn events<'a>(api: &'a Api<'_>) -> IndexMap<&'a str, Event<'a>> {
    let events = api.resources.iter().flat_map(|resource| {
        let methods = resource.methods.iter().filter(|method| method.operation.is_some());
        methods.map(|method| (method.name.as_ref(), event(api, resource, method)))
    });
    events.collect()
}

/// The responses of each operation and of each set of errors that none names, by their names.
pub(super) fn responses<'a>(api: &'a Api<'_>) -> IndexMap<&'a str, Answers> {
    let operations = api.operations().map(|(_, method)| (method.name.as_ref(), answers(&method.responses)));
    operations.chain(api.sets.iter().map(|set| (set.def.name.as_str(), of_set(set)))).collect()
}

fn event<'a>(api: &Api<'_>, resource: &'a Resource<'_>, method: &'a Method<'_>) -> Event<'a> {
    let own = api.has_patterns;
    let template = || method.integration.template.as_deref().map(literal);
    Event {
        path: resource.path,
        method: method.verb,
        operation_id: &method.name,
        integration: if own { "lambda" } else { "lambda-proxy" },
        authorizer: authorizer(&method.access),
        private: method.access.api_key,
        cors: cors(resource),
        request: own.then(|| Request {
            pass_through: method.integration.passthrough(),
            template: [("application/json", template()), ("application/x-www-form-urlencoded", None)].into(),
        }),
        response: own.then(|| answers(&method.responses)),
    }
}

fn authorizer(access: &Access<'_>) -> Option<Authorizer> {
    match access.by {
        By::Unsaid => Some(Authorizer::Asked(ASKED)),
        By::Anybody => None,
        By::Iam => Some(Authorizer::Iam { kind: "aws_iam" }),
        By::Authorizer(name, kind) => Some(Authorizer::Named {
            kind,
            authorizer_id: Reference::to(authorizer_id(name)),
            scopes: access.scopes.iter().map(|scope| literal(scope)).collect(),
        }),
    }
}

/// What a browser is told of a path that asks before it calls, and whose script may read what it answers.
fn cors<'a>(resource: &'a Resource<'_>) -> Option<Cors<'a>> {
    let preflight = resource.methods.iter().find(|method| method.operation.is_none())?.responses.first()?;
    let list = |name| preflight.constant(name).unwrap_or_default().split(',').collect();
    Some(Cors {
        origin: literal(preflight.constant("Access-Control-Allow-Origin")?),
        headers: list("Access-Control-Allow-Headers"),
        methods: list("Access-Control-Allow-Methods"),
    })
}

fn answers(responses: &[Response<'_>]) -> Answers {
    Answers { status_codes: responses.iter().map(|response| (response.status.to_string(), answer(response))).collect() }
}

/// A set knows no success: what the framework takes for it stands there.
fn of_set(set: &Set<'_>) -> Answers {
    let success = Answer { pattern: String::new(), headers: IndexMap::new(), template: None };
    let mut answers = answers(&set.responses);
    answers.status_codes.shift_insert(0, "200".to_owned(), success);
    answers
}

fn answer(response: &Response<'_>) -> Answer {
    let headers = response.parameters().filter_map(|(name, value)| {
        name.strip_prefix("method.response.header.").map(|name| (name.to_owned(), literal(&value)))
    });
    Answer {
        pattern: response.pattern.as_deref().map(literal).unwrap_or_default(),
        headers: headers.collect(),
        template: response.template.as_deref().map(literal),
    }
}
