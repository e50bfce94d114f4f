//! Runs test vectors: answers as they come, clean and dirty, each with what a client has to make of it.
//!
//! `throwback generate --vectors FILE` writes them, and a test into the client's crate that calls [`run`]. The form of
//! the file is described in `docs/test-vectors.md`; clients in other languages run the same one.

use super::{ErrorSet, Failure, GatewayKind, PlatformKind, Problem, decode, decode_invocation};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The version of the file's form that is understood here.
const VERSION: u32 = 2;

#[derive(Deserialize)]
struct Head {
    vectors: u32,
}

#[derive(Deserialize)]
struct File {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    operation: String,
    #[serde(default)]
    response: Option<Response>,
    #[serde(default)]
    invocation: Option<String>,
    caught: BTreeMap<String, Box<RawValue>>,
}

/// An answer as it came.
#[derive(Debug, Clone)]
pub enum Answer {
    /// By HTTP.
    Response(Response),
    /// The payload of a direct `Invoke`, or a `Cause` of Step Functions.
    Invocation(String),
}

/// An answer by HTTP.
#[derive(Debug, Clone, Deserialize)]
pub struct Response {
    /// The HTTP status.
    status: u16,
    /// The headers, each line by itself.
    headers: Vec<(String, String)>,
    /// The body, if it is a text.
    #[serde(default)]
    body: String,
    /// Its bytes in hexadecimal digits, if it is none.
    #[serde(default)]
    hex: Option<String>,
}

impl Response {
    fn body(&self) -> Cow<'_, [u8]> {
        let Some(hex) = &self.hex else { return self.body.as_bytes().into() };
        let digit =
            |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok()).unwrap_or_default();
        hex.as_bytes().chunks(2).map(|pair| pair.iter().fold(0, |byte, next| byte << 4 | digit(*next))).collect()
    }
}

impl Answer {
    /// Decodes it, and says what was caught in the words of the file, as the canonical JSON text that `docs/test-vectors.md`
    /// describes.
    pub fn caught<E: ErrorSet>(&self) -> String {
        said::<E>(&match self {
            Self::Response(response) => {
                let mut map = HeaderMap::new();
                for (name, value) in &response.headers {
                    if let (Ok(name), Ok(value)) =
                        (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value))
                    {
                        map.append(name, value);
                    }
                }
                decode(StatusCode::from_u16(response.status).unwrap_or_default(), &map, &response.body())
            }
            Self::Invocation(payload) => decode_invocation(payload.as_bytes()),
        })
    }
}

/// Runs every case of a file and returns how many there were. `catch` takes the name of an operation and what it
/// answered, and says what it caught; nothing for an operation that it does not know.
///
/// # Errors
/// Every case whose answer was caught as something else, or a file that can't be read.
pub fn run(file: &str, catch: impl Fn(&str, &Answer) -> Option<String>) -> Result<usize, String> {
    let none = |error: serde_json::Error| format!("these are no test vectors: {error}");
    let Head { vectors } = serde_json::from_str(file).map_err(none)?;
    if vectors != VERSION {
        return Err(format!("these test vectors are of version {vectors}, not of {VERSION}"));
    }
    let File { cases } = serde_json::from_str(file).map_err(none)?;
    let mut wrong = String::new();
    let count = cases.len();
    for Case { name, operation, response, invocation, caught } in cases {
        let answer = match (response, invocation) {
            (Some(response), _) => Answer::Response(response),
            (None, payload) => Answer::Invocation(payload.unwrap_or_default()),
        };
        let Some(found) = catch(&operation, &answer) else {
            // Writing to a String never fails.
            let _ = writeln!(wrong, "{name}: there is no operation `{operation}`");
            continue;
        };
        let found: BTreeMap<String, Box<RawValue>> = serde_json::from_str(&found).unwrap_or_default();
        for (member, expected) in &caught {
            let found = found.get(member).map_or("null", |found| found.get());
            let expected = canonical(expected.get());
            if found != expected {
                let _ = writeln!(wrong, "{operation}, {name}: `{member}` is {found}, not {expected}");
            }
        }
    }
    if wrong.is_empty() { Ok(count) } else { Err(wrong) }
}

/// What was caught, in the words of the file and in the one form that it has there, so that the clients of two languages can be
/// compared byte for byte: names in the order of their characters, nulls left out, nothing between.
pub fn said<E: ErrorSet>(failure: &Failure<E>) -> String {
    let problem = match failure {
        Failure::Unmodelled(response) => response.problem(),
        _ => failure.problem(),
    };
    let (mut kind, mut fields) = (None, String::new());
    match failure {
        Failure::Api(error) => fields = text(&error.thrown().members()),
        Failure::Undeclared(error) => fields = text(error.members()),
        Failure::Platform(error) => {
            kind = Some(platform(error.kind()));
            if let PlatformKind::InvalidPayload { path, reason } = error.kind() {
                fields = text(&json!({ "path": path, "reason": reason }));
            }
        }
        Failure::Gateway(error) => kind = Some(gateway(error.kind())),
        Failure::Transport(_) | Failure::Unmodelled(_) => {}
    }
    let said = json!({
        "who": failure.who(),
        "kind": kind,
        "code": failure.code(),
        "status": failure.status(),
        "retry": failure.retry().word(),
        "retryAfter": failure.retry_after().map(|wait| wait.as_secs()),
        "requestId": failure.request_id(),
        "detail": problem.map(Problem::detail).filter(|detail| !detail.is_empty()),
    });
    let mut said = said.to_string();
    if !fields.is_empty() {
        let _ = said.pop();
        let _ = write!(said, ",\"fields\":{fields}}}");
    }
    canonical(&said)
}

fn text(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// How deep a value is put into its one form; what is deeper stays as it came.
const DEPTH: u32 = 128;

/// A JSON text in its one form.
fn canonical(text: &str) -> String {
    formed(text, DEPTH)
}

fn formed(text: &str, depth: u32) -> String {
    let text = text.trim();
    match text.as_bytes().first() {
        _ if depth == 0 => text.to_owned(),
        Some(b'{') => {
            let members: BTreeMap<String, Box<RawValue>> = serde_json::from_str(text).unwrap_or_default();
            let members =
                members.iter().map(|(name, value)| (Value::from(name.as_str()), formed(value.get(), depth - 1)));
            let members = members.filter(|(_, value)| value != "null").map(|(name, value)| format!("{name}:{value}"));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Some(b'[') => {
            let values: Vec<Box<RawValue>> = serde_json::from_str(text).unwrap_or_default();
            format!("[{}]", values.iter().map(|value| formed(value.get(), depth - 1)).collect::<Vec<_>>().join(","))
        }
        Some(b'"') => {
            serde_json::from_str::<String>(text).map_or_else(|_| text.to_owned(), |text| Value::from(text).to_string())
        }
        Some(b'-' | b'0'..=b'9') => number(text),
        _ => text.to_owned(),
    }
}

/// An integer by its digits; any other number by the shortest that give it back, as ECMAScript writes them.
fn number(text: &str) -> String {
    if text == "-0" {
        return "0".to_owned();
    }
    if !text.contains(['.', 'e', 'E']) {
        return text.to_owned();
    }
    let Ok(number) = text.parse::<f64>() else { return text.to_owned() };
    if number == 0.0 {
        return "0".to_owned();
    }
    if (1e-6..1e21).contains(&number.abs()) {
        return number.to_string();
    }
    let written = format!("{number:e}");
    if written.contains("e-") { written } else { written.replace('e', "e+") }
}

fn platform(kind: &PlatformKind) -> &'static str {
    match kind {
        PlatformKind::InvalidPayload { .. } => "INVALID_PAYLOAD",
        PlatformKind::Internal => "INTERNAL",
        PlatformKind::Timeout => "TIMEOUT",
        PlatformKind::Exited => "EXITED",
        PlatformKind::OutOfMemory => "OUT_OF_MEMORY",
        PlatformKind::ResponseTooLarge => "RESPONSE_TOO_LARGE",
        PlatformKind::Init => "INIT",
    }
}

fn gateway(kind: GatewayKind) -> &'static str {
    match kind {
        GatewayKind::BadRequest => "BAD_REQUEST",
        GatewayKind::Forbidden => "FORBIDDEN",
        GatewayKind::InternalServerError => "INTERNAL_SERVER_ERROR",
        GatewayKind::IncompleteSignature => "INCOMPLETE_SIGNATURE",
        GatewayKind::UnrecognizedClient => "UNRECOGNIZED_CLIENT",
        named => named.name().unwrap_or("OTHER"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_form() {
        for (text, form) in [
            (r#" { "b" : [ 1 , null ] , "a" : null , "A" : "\u00e9\u001f\/" } "#, r#"{"A":"é\u001f/","b":[1,null]}"#),
            ("340282366920938463463374607431768211456", "340282366920938463463374607431768211456"),
            (
                "[-0,-0.0,7.0,0.10,1e21,1E-7,123456789012345680000.0,5e-324]",
                "[0,0,7,0.1,1e+21,1e-7,123456789012345680000,5e-324]",
            ),
        ] {
            assert_eq!(canonical(text), form);
        }
    }
}
