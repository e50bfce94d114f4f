//! Reads what an integration calls: its type, its address, how it is called and with which parameters.

use super::super::headers;
use super::super::integration::Kind;
use super::super::json::Json;
use super::super::mapping::{self, Mapping, Target};
use super::super::parameters::Source;
use super::super::uri::is_http;
use super::{At, Reader, is_variable};

/// The methods that an integration can have.
const METHODS: [&str; 8] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "ANY"];

/// The `uri`, if it is known before the document is deployed.
pub(super) fn uri<'a>(cx: &mut Reader<'a>, at: &At<'a>) -> Option<String> {
    let uri = at.get("uri")?;
    match uri.value {
        Json::Map(_) | Json::Null => None,
        Json::Text(text) if is_variable(text) => None,
        _ => cx.text(&uri).map(str::to_owned),
    }
}

/// Whether an integration is one of an HTTP API, which is called in another way.
fn is_of_http_api(at: &At<'_>) -> bool {
    at.get("payloadFormatVersion").is_some()
}

/// The `type`, and what it says of the address. What API Gateway answers to a wrong one stands in quotes, as it was recorded.
pub(super) fn kind<'a>(cx: &mut Reader<'a>, at: &At<'a>, uri: Option<&str>) -> Option<Kind> {
    let Some(kind) = at.get("type") else {
        if at.value.as_map().is_some() {
            cx.error(at, "no `type`: `aws`, `aws_proxy`, `http`, `http_proxy` and `mock` are ones");
        }
        return None;
    };
    let text = cx.text(&kind)?;
    let named = text.to_ascii_lowercase();
    if !matches!(named.as_str(), "aws" | "aws_proxy" | "http" | "http_proxy" | "mock") {
        cx.error(&kind, format!("`{text}` is none of `aws`, `aws_proxy`, `http`, `http_proxy` and `mock`"));
        return None;
    }
    if let Some(subtype) = at.get("integrationSubtype") {
        cx.error(&subtype, "an HTTP API's integration of another service is not evaluated here");
        return None;
    }
    if named == "aws_proxy" && is_of_http_api(at) {
        return Some(Kind::Proxy);
    }
    let place = at.get("uri").unwrap_or_else(|| at.clone());
    if named != "mock" && at.get("uri").is_none_or(|uri| *uri.value == Json::Null) {
        cx.error(&place, "no `uri` of what to call");
    }
    // What begins with something to put in may begin with anything.
    match (named.as_str(), uri.filter(|uri| !uri.starts_with("${"))) {
        ("mock", _) => Some(Kind::Mock),
        ("http", None) => Some(Kind::Http),
        ("http_proxy", None) => Some(Kind::HttpProxy),
        ("aws", None) => Some(Kind::Lambda),
        (_, None) => Some(Kind::Proxy),
        ("http" | "http_proxy", Some(uri)) => {
            if !is_http(uri) {
                cx.error(&place, "no address of an HTTP server (\"Invalid HTTP endpoint specified for URI\")");
            }
            Some(if named == "http" { Kind::Http } else { Kind::HttpProxy })
        }
        (_, Some(uri)) => Some(arn(uri, named == "aws_proxy").unwrap_or_else(|why| {
            cx.error(&place, why);
            Kind::Service
        })),
    }
}

/// What an ARN leads to: `arn:PARTITION:apigateway:REGION:SERVICE:path|action/…`.
fn arn(uri: &str, is_proxy: bool) -> Result<Kind, &'static str> {
    let uri = without_variables(uri);
    if !uri.starts_with("arn:") {
        return Err(
            "no ARN, `arn:aws:apigateway:REGION:lambda:path/…` for the address of a Lambda function (\"Invalid ARN specified in the request\")",
        );
    }
    let mut parts = uri.splitn(6, ':').skip(2);
    let (owner, service, call) = (parts.next(), parts.nth(1), parts.next());
    let (Some("apigateway"), Some(service), Some(call)) = (owner, service, call) else { return Err(WITHOUT_PATH) };
    if !call.starts_with("path/") && !call.starts_with("action/") {
        return Err(WITHOUT_PATH);
    }
    let is_function = service == "lambda"
        && ["path/2015-03-31/functions/", "path/2021-11-15/functions/"].iter().any(|known| call.starts_with(known));
    match (is_proxy, is_function) {
        (true, true) => Ok(Kind::Proxy),
        (false, true) => Ok(Kind::Lambda),
        (false, false) => Ok(Kind::Service),
        (true, false) if service == "firehose" && call.starts_with("action/") => {
            Err("a proxy integration of a Firehose stream is not evaluated here")
        }
        (true, false) => Err(
            "\"Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.\"",
        ),
    }
}

const WITHOUT_PATH: &str = "`arn:aws:apigateway:REGION:SERVICE:path/…` or `:action/…` is needed (\"AWS ARN for integration must contain path or action\")";

/// A text without the `${…}` that something fills in later, each of which may hold a colon.
fn without_variables(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("${") {
        let Some((_, behind)) = behind.split_once('}') else { break };
        out.extend([before, "x"]);
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// The `httpMethod`.
pub(super) fn method<'a>(cx: &mut Reader<'a>, at: &At<'a>, kind: Option<Kind>) -> Option<String> {
    let Some(place) = at.get("httpMethod").filter(|method| *method.value != Json::Null) else {
        match kind {
            None | Some(Kind::Mock) => {}
            Some(Kind::Proxy) if is_of_http_api(at) => {}
            Some(Kind::Lambda | Kind::Proxy) => {
                cx.error(at, "no `httpMethod`: that of a Lambda integration has to be `POST`");
            }
            Some(_) => cx.error(at, "no `httpMethod` (\"Enumeration value for HttpMethod must be non-empty\")"),
        }
        return None;
    };
    let method = cx.text(&place)?.to_ascii_uppercase();
    if kind == Some(Kind::Mock) {
        return None;
    }
    if !METHODS.contains(&method.as_str()) {
        cx.error(&place, format!("`{method}` is none of {}", METHODS.map(|known| format!("`{known}`")).join(", ")));
        return None;
    }
    if matches!(kind, Some(Kind::Lambda | Kind::Proxy)) && method != "POST" && !is_of_http_api(at) {
        cx.warn(&place, "Lambda is called by `POST` alone: every request ends in a 500");
    }
    Some(method)
}

/// `requestParameters`.
pub(super) fn parameters<'a>(cx: &mut Reader<'a>, at: &At<'a>, kind: Option<Kind>) -> Vec<Mapping> {
    let mut mappings: Vec<Mapping> = Vec::new();
    if at.get("integrationSubtype").is_some() {
        return mappings;
    }
    for (key, at) in cx.members_of(at, "requestParameters") {
        let target = key.strip_prefix("integration.request.").and_then(|rest| rest.split_once('.'));
        let (to, name) = match target {
            Some(("header", name)) if headers::is_name(name) => (Target::Header, name),
            Some(("querystring", name)) if !name.is_empty() => (Target::Query, name),
            Some(("path", name)) if !name.is_empty() => (Target::Path, name),
            _ => {
                cx.error(&at, format!("`{key}` is no target: `integration.request.header.NAME`, `.querystring.NAME` and `.path.NAME` are"));
                continue;
            }
        };
        // Recorded: one that is no text is left out with a warning.
        let Json::Text(expression) = at.value else {
            cx.warn(&at, format!("{}, but a string is needed: API Gateway leaves this one out", at.value.kind()));
            continue;
        };
        match Source::of_request(expression) {
            Ok(from) => {
                if to == Target::Header && kind.is_some_and(|kind| mapping::is_refused(kind, name)) {
                    cx.warn(
                        &at,
                        format!(
                            "API Gateway takes this and then fails every request that has a value for header `{name}`"
                        ),
                    );
                }
                mappings.push(Mapping { to, name: name.to_owned(), from });
            }
            Err(message) => cx.error(&at, message),
        }
    }
    mappings
}
