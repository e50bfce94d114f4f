//! Runs test vectors: answers as they come, clean and dirty, each with what a client has to make of it.
//!
//! `throwback generate --vectors FILE` writes them, and a test into the client's crate that calls [`run`]. The form of
//! the file is described in `docs/test-vectors.md`; clients in other languages run the same one.

use super::{ErrorSet, Failure, GatewayKind, PlatformKind, Problem, decode, decode_invocation};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// The version of the file's form that is understood here.
const VERSION: u32 = 1;

#[derive(Deserialize)]
struct File {
    vectors: u32,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    operation: String,
    #[serde(flatten)]
    answer: Answer,
    caught: Map<String, Value>,
}

/// An answer as it came.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Answer {
    /// By HTTP.
    Response {
        /// The HTTP status.
        status: u16,
        /// The headers, each line by itself.
        headers: Vec<(String, String)>,
        /// The body.
        body: String,
    },
    /// The payload of a direct `Invoke`, or a `Cause` of Step Functions.
    Invocation(String),
}

impl Answer {
    /// Decodes it, and says what was caught in the words of the file.
    pub fn caught<E: ErrorSet>(&self) -> Value {
        said::<E>(match self {
            Self::Response { status, headers, body } => {
                let mut map = HeaderMap::new();
                for (name, value) in headers {
                    if let (Ok(name), Ok(value)) =
                        (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value))
                    {
                        map.append(name, value);
                    }
                }
                decode(StatusCode::from_u16(*status).unwrap_or_default(), &map, body.as_bytes())
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
pub fn run(file: &str, catch: impl Fn(&str, &Answer) -> Option<Value>) -> Result<usize, String> {
    let file: File = serde_json::from_str(file).map_err(|error| format!("these are no test vectors: {error}"))?;
    if file.vectors != VERSION {
        return Err(format!("these test vectors are of version {}, not of {VERSION}", file.vectors));
    }
    let mut wrong = String::new();
    for Case { name, operation, answer, caught } in &file.cases {
        match catch(operation, answer) {
            None => drop(writeln!(wrong, "{name}: there is no operation `{operation}`")),
            Some(found) => {
                for (member, expected) in caught {
                    let found = without_nulls(found.get(member).unwrap_or(&Value::Null));
                    let expected = without_nulls(expected);
                    if found != expected {
                        // Writing to a String never fails.
                        let _ = writeln!(wrong, "{operation}, {name}: `{member}` is {found}, not {expected}");
                    }
                }
            }
        }
    }
    if wrong.is_empty() { Ok(file.cases.len()) } else { Err(wrong) }
}

/// A member that is null and one that is left out mean the same.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().filter(|(_, value)| !value.is_null());
            members.map(|(name, value)| (name.clone(), without_nulls(value))).collect()
        }
        Value::Array(values) => values.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

/// What was caught, in the words of the file.
fn said<E: ErrorSet>(failure: Failure<E>) -> Value {
    let mut said = json!({
        "who": failure.who(),
        "code": failure.code(),
        "status": failure.status(),
        "retry": failure.retry().word(),
        "retryAfter": failure.retry_after().map(|wait| wait.as_secs()),
        "requestId": failure.request_id(),
    });
    let problem = match &failure {
        Failure::Unmodelled(response) => response.problem(),
        _ => failure.problem(),
    };
    said["detail"] = problem.map(Problem::detail).into();
    match failure {
        Failure::Api(error) => said["fields"] = Value::Object(error.thrown().members()),
        Failure::Undeclared(error) => said["fields"] = Value::Object(error.members().clone()),
        Failure::Platform(error) => {
            said["kind"] = platform(error.kind()).into();
            if let PlatformKind::InvalidPayload { path, reason } = error.kind() {
                said["fields"] = json!({ "path": path, "reason": reason });
            }
        }
        Failure::Gateway(error) => said["kind"] = gateway(error.kind()).into(),
        Failure::Transport(_) | Failure::Unmodelled(_) => {}
    }
    said
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
