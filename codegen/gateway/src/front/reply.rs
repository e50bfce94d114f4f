//! What each front makes of a function's reply.

use super::Front;
use crate::Call;
use crate::binary::Binary;
use crate::context;
use crate::headers::Headers;
use crate::received;
use crate::response::{Response, Trace};
use base64::Engine as _;
use serde_json::{Map, Value};

/// The most bytes that a load balancer takes.
const BALANCED: usize = 1_048_576;

/// The members that a REST API knows of a reply; recorded: with any other one the reply is malformed.
const KNOWN: [&str; 5] = ["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"];

/// What the client of a REST API gets for the reply of a proxy integration's function.
pub(crate) fn of_proxy(call: &Call, payload: &[u8], function_error: bool, binary: &Binary) -> Response {
    let response = of(Front::RestProxy, payload, function_error, binary.has(call.header("accept")));
    let mut headers = Headers::default();
    context::identify(&mut headers, call);
    let is_own = response.header("x-amzn-errortype").is_some();
    let mut trace = response.trace;
    trace.warnings.splice(..0, call.overrides.warnings.iter().cloned());
    if !is_own {
        headers.set("x-amzn-trace-id", received::trace(call));
    }
    for (name, value) in &response.headers {
        trace.warnings.extend(headers.map(name, value));
    }
    Response { headers: headers.into_vec(), trace, ..response }
}

/// The same of any front.
pub(super) fn to(front: Front, call: &Call, payload: &[u8], function_error: bool) -> Response {
    match front {
        Front::RestProxy => of_proxy(call, payload, function_error, &Binary::default()),
        Front::FunctionUrl => {
            let mut response = of(front, payload, function_error, false);
            for (name, value) in
                [("x-amzn-requestid", call.request_id.clone()), ("x-amzn-trace-id", received::trace(call))]
            {
                if response.header(name).is_none() {
                    response.headers.push((name.to_owned(), value));
                }
            }
            response
        }
        _ => of(front, payload, function_error, false),
    }
}

/// `binary` says that the client takes bytes where the function gives base64.
fn of(front: Front, payload: &[u8], function_error: bool, binary: bool) -> Response {
    if function_error {
        return failed(front, "the function failed: what it said reaches nobody behind this front");
    }
    let inferred = matches!(front, Front::HttpApi | Front::FunctionUrl);
    let reply = match serde_json::from_slice::<Value>(payload) {
        Ok(Value::Object(reply)) if !inferred || reply.contains_key("statusCode") => reply,
        // Payload 2.0: what names no status is the body of a success.
        Ok(value) if inferred => {
            let body = match value {
                Value::String(text) => text,
                other => other.to_string(),
            };
            let mut response =
                response(200, vec![("content-type".to_owned(), "application/json".to_owned())], body.into_bytes());
            response
                .trace
                .warnings
                .push("the reply names no `statusCode`: it is sent as it is, as a success".to_owned());
            return response;
        }
        _ => return failed(front, "the reply is no JSON object"),
    };
    let is_balancer = matches!(front, Front::Balancer | Front::BalancerOfMany);
    if front == Front::RestProxy
        && let Some(unknown) = reply.keys().find(|name| !KNOWN.contains(&name.as_str()))
    {
        return failed(front, &format!("the reply has a member `{unknown}`, which a REST API does not know"));
    }
    if is_balancer && payload.len() > BALANCED {
        return failed(front, "the reply is over the 1 MB that a load balancer takes");
    }
    if reply.is_empty() && front == Front::HttpApi1 {
        return failed(front, "the reply is empty");
    }
    let status = match reply.get("statusCode") {
        Some(Value::Number(number)) => number.as_u64().and_then(|status| u16::try_from(status).ok()),
        Some(Value::String(text)) if !is_balancer => text.parse().ok(),
        None if !is_balancer => Some(200),
        _ => None,
    };
    let Some(status) = status.filter(|status| (200..=599).contains(status)) else {
        return failed(front, "the reply's `statusCode` is no status");
    };
    let Some(headers) = headers(front, &reply) else {
        return failed(front, "the reply's headers are none");
    };
    let body = match reply.get("body") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::String(text)) if reply.get("isBase64Encoded") == Some(&Value::Bool(true)) => {
            match base64::engine::general_purpose::STANDARD.decode(text) {
                // Recorded: without a binary media type a REST API sends the text as it is, and text that is no base64 is a 500.
                _ if front == Front::RestProxy && !binary => text.clone().into_bytes(),
                Ok(bytes) => bytes,
                Err(_) if front == Front::RestProxy => {
                    return Response { status: 500, ..failed(front, "the reply's body is no base64") };
                }
                Err(_) => return failed(front, "the reply's body is no base64"),
            }
        }
        Some(Value::String(text)) => text.clone().into_bytes(),
        // Recorded: a function URL sends what is no text as JSON.
        Some(other) if front == Front::FunctionUrl => other.to_string().into_bytes(),
        Some(_) => return failed(front, "the reply's body is no text"),
    };
    response(status, headers, body)
}

/// The headers, several values of one joined; nothing where they are malformed.
fn headers(front: Front, reply: &Map<String, Value>) -> Option<Vec<(String, String)>> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut add = |name: &str, value: String| match found.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name))
    {
        Some((_, known)) => *known = format!("{known}, {value}"),
        None => found.push((name.to_owned(), value)),
    };
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    };
    let object = |name: &str| match reply.get(name) {
        None | Some(Value::Null) => Some(Map::new()),
        Some(Value::Object(map)) => Some(map.clone()),
        Some(_) => None,
    };
    let (reads_single, reads_many) = match front {
        Front::RestProxy | Front::HttpApi1 => (true, true),
        Front::HttpApi | Front::FunctionUrl | Front::Balancer => (true, false),
        Front::BalancerOfMany => (false, true),
    };
    if reads_many {
        for (name, values) in object("multiValueHeaders")? {
            for value in values.as_array()? {
                add(&name, text(value)?);
            }
        }
    }
    if reads_single {
        for (name, value) in object("headers")? {
            add(&name, text(&value)?);
        }
    }
    // A proxy integration answers JSON where nothing else is said.
    if !found.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"))
        && front != Front::BalancerOfMany
        && front != Front::Balancer
    {
        found.push(("content-type".to_owned(), "application/json".to_owned()));
    }
    Some(found)
}

fn response(status: u16, headers: Vec<(String, String)>, body: Vec<u8>) -> Response {
    Response { status, headers, body, trace: Trace::default() }
}

fn said(status: u16, media_type: &str, body: &str) -> Response {
    response(status, vec![("content-type".to_owned(), media_type.to_owned())], body.as_bytes().to_vec())
}

/// What the caller gets for a function that failed, or whose reply can't be used.
fn failed(front: Front, why: &str) -> Response {
    let mut response = match front {
        Front::RestProxy => with_type(
            said(502, "application/json", "{\"message\": \"Internal server error\"}"),
            "InternalServerErrorException",
        ),
        Front::HttpApi | Front::HttpApi1 => said(500, "application/json", "{\"message\":\"Internal Server Error\"}"),
        Front::FunctionUrl => said(502, "text/plain", "Internal Server Error"),
        Front::Balancer | Front::BalancerOfMany => said(502, "text/html", BAD_GATEWAY),
    };
    response.trace.warnings.push(why.to_owned());
    response
}

/// A page of the balancer's own kind; its very text is not known.
const BAD_GATEWAY: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";

fn with_type(mut response: Response, error_type: &str) -> Response {
    response.headers.push(("x-amzn-errortype".to_owned(), error_type.to_owned()));
    response
}

pub(super) fn unrouted(front: Front) -> Response {
    match front {
        Front::RestProxy => with_type(
            said(403, "application/json", "{\"message\":\"Missing Authentication Token\"}"),
            "MissingAuthenticationTokenException",
        ),
        _ => said(404, "application/json", "{\"message\":\"Not Found\"}"),
    }
}

pub(super) fn refused(status: u16) -> Response {
    let text = if status == 401 { "{\"message\":\"Unauthorized\"}" } else { "{\"message\":\"Forbidden\"}" };
    said(if status == 401 { 401 } else { 403 }, "application/json", text)
}

pub(super) fn unanswered(front: Front) -> Response {
    match front {
        Front::RestProxy => with_type(
            said(504, "application/json", "{\"message\": \"Endpoint request timed out\"}"),
            "InternalServerErrorException",
        ),
        Front::HttpApi | Front::HttpApi1 => said(503, "application/json", "{\"message\":\"Service Unavailable\"}"),
        Front::FunctionUrl | Front::Balancer | Front::BalancerOfMany => failed(front, "the function did not answer"),
    }
}
