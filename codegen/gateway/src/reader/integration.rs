//! Reads `x-amazon-apigateway-integration`.

use super::super::headers;
use super::super::integration::{Integration, IntegrationResponse, Kind, Passthrough};
use super::super::json::Json;
use super::super::media::Templates;
use super::super::parameters::Source;
use super::super::pattern::Pattern;
use super::super::vtl::Template;
use super::{At, Reader, UNKNOWN, endpoint, functions, is_variable};
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
    let uri = endpoint::uri(cx, at);
    let kind = endpoint::kind(cx, at, uri.as_deref());
    let method = endpoint::method(cx, at, kind);
    let passthrough = passthrough(cx, at);
    let timeout = timeout(cx, at);
    let parameters = endpoint::parameters(cx, at, kind);
    let requests = templates(cx, at, "requestTemplates");
    // The backend of a proxy integration writes the response.
    let responses = if kind.is_some_and(Kind::is_proxy) { Vec::new() } else { responses(cx, at, declared) };
    content_handling(cx, at, kind);
    if let Some(ignored) = at.get("cacheKeyParameters").filter(|found| *found.value != Json::List(Vec::new())) {
        cx.warn(&ignored, "nothing is cached here");
    }
    if cx.errors.len() > before {
        return None;
    }
    Some(Integration {
        kind: kind?,
        method,
        uri,
        parameters,
        passthrough: passthrough?,
        requests,
        responses,
        timeout: timeout?,
    })
}

/// `contentHandling`, which only changes something where bodies are binary.
fn content_handling<'a>(cx: &mut Reader<'a>, at: &At<'a>, kind: Option<Kind>) {
    let Some(handling) = at.get("contentHandling").filter(|found| *found.value != Json::Null) else { return };
    match cx.text(&handling).map(str::to_ascii_uppercase).as_deref() {
        // A proxy integration of a function says itself what is binary.
        Some("CONVERT_TO_TEXT" | "CONVERT_TO_BINARY") if kind == Some(Kind::Proxy) => {}
        Some("CONVERT_TO_TEXT") if !cx.has_binary() => {}
        Some("CONVERT_TO_TEXT" | "CONVERT_TO_BINARY") => {
            cx.warn(&handling, "not evaluated here: bodies are taken as the text that they are");
        }
        Some(other) => cx.error(&handling, format!("`{other}` is none of `CONVERT_TO_TEXT` and `CONVERT_TO_BINARY`")),
        None => {}
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
        Json::Text(text) if is_variable(text) => {
            cx.warn(&timeout, UNKNOWN);
            Some(TIMEOUT)
        }
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
            match Template::parse(&functions::as_text(text)) {
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
        content_handling(cx, &at, None);
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
        if is_variable(expression) {
            cx.warn(&at, UNKNOWN);
            parameters.insert(name.to_owned(), Source::Literal(expression.to_owned()));
            continue;
        }
        match Source::of_integration(expression) {
            Ok(source) => {
                parameters.insert(name.to_owned(), source);
            }
            Err(message) => cx.error(&at, message),
        }
    }
    parameters
}
