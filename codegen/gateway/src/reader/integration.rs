//! Reads `x-amazon-apigateway-integration`.

use super::super::headers;
use super::super::integration::{Integration, IntegrationResponse, Kind, Passthrough};
use super::super::json::Json;
use super::super::media::Templates;
use super::super::parameters::Source;
use super::super::pattern::Pattern;
use super::super::vtl::Template;
use super::{At, Reader};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// API Gateway's limit for a template, in bytes.
const TEMPLATE: usize = 300 * 1024;

/// API Gateway's integration timeout where nothing else is set.
const TIMEOUT: Duration = Duration::from_secs(29);

/// The statuses that have a method response, with their headers.
type Declared<'a> = BTreeMap<u16, BTreeSet<&'a str>>;

pub(super) fn read<'a>(cx: &mut Reader<'a>, at: &At<'a>, declared: &Declared<'a>) -> Option<Integration> {
    let before = cx.errors.len();
    cx.members(at);
    let kind = kind(cx, at);
    let passthrough = passthrough(cx, at);
    let timeout = timeout(cx, at);
    let requests = templates(cx, at, "requestTemplates");
    // A proxy's function writes the response.
    let responses = if kind == Some(Kind::Proxy) { Vec::new() } else { responses(cx, at, declared) };
    if matches!(kind, Some(Kind::Lambda | Kind::Proxy)) {
        lambda(cx, at);
    }
    for ignored in ["requestParameters", "contentHandling", "cacheKeyParameters"] {
        if let Some(found) = at.get(ignored) {
            cx.warn(&found, "not evaluated here");
        }
    }
    if cx.errors.len() > before {
        return None;
    }
    Some(Integration { kind: kind?, passthrough: passthrough?, requests, responses, timeout: timeout? })
}

fn kind<'a>(cx: &mut Reader<'a>, at: &At<'a>) -> Option<Kind> {
    let Some(kind) = at.get("type") else {
        if at.value.as_map().is_some() {
            cx.error(at, "no `type`: `aws`, `aws_proxy` and `mock` are evaluated here");
        }
        return None;
    };
    let text = cx.text(&kind)?;
    match text.to_ascii_lowercase().as_str() {
        "aws" => Some(Kind::Lambda),
        "mock" => Some(Kind::Mock),
        "aws_proxy" => Some(Kind::Proxy),
        _ => {
            cx.error(&kind, format!("`{text}` integrations are not supported here: `aws`, `aws_proxy` and `mock` are"));
            None
        }
    }
}

/// A Lambda integration is called by POST, whatever the method in front of it.
fn lambda<'a>(cx: &mut Reader<'a>, at: &At<'a>) {
    match at.get("httpMethod") {
        Some(method) if method.value.as_str() != Some("POST") => {
            cx.error(&method, "the `httpMethod` of a Lambda integration has to be `POST`");
        }
        None => cx.error(at, "no `httpMethod`: that of a Lambda integration has to be `POST`"),
        Some(_) => {}
    }
    match at.get("uri") {
        None => cx.error(at, "no `uri` of the function to call"),
        // In a template of CloudFormation the address is an `Fn::Sub`.
        Some(uri) => match uri.value {
            Json::Text(text) if text.contains(":lambda:path/") => {}
            Json::Text(_) => {
                cx.error(&uri, "not the address of a Lambda function: `arn:aws:apigateway:REGION:lambda:path/…` is");
            }
            Json::Map(_) => {}
            other => cx.error(&uri, format!("{}, but a string is needed", other.kind())),
        },
    }
}

fn passthrough<'a>(cx: &mut Reader<'a>, at: &At<'a>) -> Option<Passthrough> {
    let Some(behaviour) = at.get("passthroughBehavior") else { return Some(Passthrough::WhenNoMatch) };
    match cx.text(&behaviour)?.to_ascii_lowercase().as_str() {
        "when_no_match" => Some(Passthrough::WhenNoMatch),
        "when_no_templates" => Some(Passthrough::WhenNoTemplates),
        "never" => Some(Passthrough::Never),
        other => {
            cx.error(&behaviour, format!("`{other}` is none of `when_no_match`, `when_no_templates`, `never`"));
            None
        }
    }
}

fn timeout<'a>(cx: &mut Reader<'a>, at: &At<'a>) -> Option<Duration> {
    let Some(timeout) = at.get("timeoutInMillis") else { return Some(TIMEOUT) };
    match timeout.value {
        Json::Int(millis) if (50..=300_000).contains(millis) => u64::try_from(*millis).ok().map(Duration::from_millis),
        _ => {
            cx.error(&timeout, "the timeout is a number of milliseconds from 50 to 29000, or more with a raised quota");
            None
        }
    }
}

fn templates<'a>(cx: &mut Reader<'a>, at: &At<'a>, name: &str) -> Templates {
    let mut templates = IndexMap::new();
    for (media, at) in cx.members_of(at, name) {
        if !media.contains('/') {
            cx.error(&at, format!("invalid content type specified: `{media}` is no media type"));
        }
        let text = match at.value {
            Json::Null => "",
            _ => match cx.text(&at) {
                Some(text) => text,
                None => continue,
            },
        };
        if text.len() > TEMPLATE {
            cx.error(&at, format!("the template is {} bytes, API Gateway takes at most {TEMPLATE}", text.len()));
            continue;
        }
        // An empty template is stored as none, and means that the body passes through.
        let template = if text.is_empty() {
            None
        } else {
            match Template::parse(text) {
                Ok(template) => Some(template),
                Err(error) => {
                    cx.error(&at, format!("the template does not parse: {error}"));
                    continue;
                }
            }
        };
        templates.insert(media.to_owned(), template);
    }
    Templates(templates)
}

fn responses<'a>(cx: &mut Reader<'a>, at: &At<'a>, declared: &Declared<'a>) -> Vec<IntegrationResponse> {
    let mut by_status: BTreeMap<u16, (IntegrationResponse, At<'a>)> = BTreeMap::new();
    let mut default: Option<At<'a>> = None;
    for (key, at) in cx.members_of(at, "responses") {
        let pattern = match key {
            "default" | "" => {
                if let Some(other) = &default {
                    cx.error(&at, format!("a second default response beside {}: only one can be", other.pointer()));
                }
                default = Some(at.clone());
                None
            }
            _ => match Pattern::compile(key) {
                Ok(pattern) => Some(pattern),
                Err(error) => {
                    cx.error(&at, format!("the pattern is no regular expression: {error}"));
                    continue;
                }
            },
        };
        if let Some(ignored) = at.get("selectionPattern") {
            cx.error(&ignored, "API Gateway ignores this: the pattern is the key of the response");
        }
        let Some(code) = at.get("statusCode") else {
            cx.error(&at, "no `statusCode`");
            continue;
        };
        let Some(status) = cx.status(&code) else { continue };
        let headers = parameters(cx, &at, status, declared);
        let templates = templates(cx, &at, "responseTemplates");
        let response = IntegrationResponse { pattern, status, headers, templates };
        if let Some((_, other)) = by_status.insert(status, (response, at.clone())) {
            cx.warn(
                &at,
                format!(
                    "status {status} twice, here and at {}: API Gateway keeps one integration response for each \
                     status; taken here: this one",
                    other.pointer()
                ),
            );
        }
    }
    by_status.into_values().map(|(response, _)| response).collect()
}

/// `responseParameters`, which API Gateway checks against the method response when it takes them in.
fn parameters<'a>(cx: &mut Reader<'a>, at: &At<'a>, status: u16, declared: &Declared<'a>) -> IndexMap<String, Source> {
    let mut parameters = IndexMap::new();
    for (key, at) in cx.members_of(at, "responseParameters") {
        let Some(name) = key.strip_prefix("method.response.header.").filter(|name| headers::is_name(name)) else {
            cx.error(
                &at,
                format!("`{key}` is no target: `method.response.header.NAME` is, its name of `A-Z a-z 0-9 . _ $ -`"),
            );
            continue;
        };
        match declared.get(&status) {
            None => cx.error(&at, format!("no method response exists for status {status}: `responses` has to list it")),
            Some(headers) if !headers.contains(name) => {
                cx.error(&at, format!("header `{name}` is not declared in the operation's response {status}"));
            }
            Some(_) => {}
        }
        let Some(expression) = cx.text(&at) else { continue };
        match Source::of_integration(expression) {
            Ok(source) => {
                parameters.insert(name.to_owned(), source);
            }
            Err(message) => cx.error(&at, message),
        }
    }
    parameters
}
