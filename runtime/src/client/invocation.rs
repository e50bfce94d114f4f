//! Functions called without API Gateway: a direct `Invoke`, and a task of Step Functions.

use super::{ErrorSet, Failure, Members, Platform, PlatformKind, Problem, Undeclared, Untyped, decode};
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// Decodes the payload of an `Invoke` whose `FunctionError` is set: `{"errorType": …, "errorMessage": …}`.
///
/// A tagged message gives the same errors as an HTTP response does; Lambda's own texts give a [`Platform`] failure, and
/// say more than they do behind API Gateway: the [`PlatformKind`], and with it whether the work may have been done.
/// With `aws-sdk-lambda` such an invocation is an `Ok`: look at `function_error` first.
pub fn decode_invocation<E: ErrorSet>(payload: &[u8]) -> Failure<E> {
    let parsed: Option<Map<String, Value>> = serde_json::from_slice(payload).ok();
    let text = |name: &str| parsed.as_ref()?.get(name).and_then(Value::as_str);
    let error_type = text("errorType").unwrap_or_default();
    // What is no payload at all is a text of the platform's.
    let plain = if parsed.is_none() { String::from_utf8_lossy(payload) } else { Cow::Borrowed("") };
    let message = text("errorMessage").or_else(|| cut(&plain)).unwrap_or(&plain);
    if let Some((code, problem)) = tag(message) {
        match decode::from_problem(code, problem.as_bytes()) {
            Ok(failure) => return failure,
            // An error that is known, and whose fields are lost, is what it is behind API Gateway.
            Err(error) if E::CODES.contains(&code) || decode::is_reserved(code) => {
                let status = error.problem.as_ref().and_then(|problem| StatusCode::from_u16(problem.status).ok());
                let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                let failure = decode::unmodelled(false, Some(code), error, status, &HeaderMap::new());
                return decode::with_body(failure, payload);
            }
            Err(_) => {}
        }
    }
    let kind = kind(error_type, message);
    let (code, status) = match kind {
        PlatformKind::Timeout => ("FunctionTimeout", 504),
        _ => ("InternalError", 500),
    };
    let detail = (!message.is_empty()).then(|| message.trim_end().to_owned());
    let request_id = request_id(message).map(ToOwned::to_owned);
    let problem = Problem { code: Cow::Borrowed(code), status, detail, request_id, ..Problem::default() };
    if let Some((code, _)) = tag(message) {
        // A tagged message whose problem can't be read keeps its code.
        let problem = Problem { code: Cow::Owned(code.to_owned()), ..problem };
        return Failure::Undeclared(Undeclared { problem: Box::new(problem), members: untyped(payload) });
    }
    Failure::Platform(Platform::new(kind, problem))
}

/// The members of a payload, of which nothing is known.
fn untyped(payload: &[u8]) -> Untyped {
    let text = std::str::from_utf8(payload).unwrap_or_default();
    Members::new(text, Problem::default()).all().unwrap_or_default()
}

/// What happened to the function: by `errorType`, and by the text where older platforms give no type.
fn kind(error_type: &str, message: &str) -> PlatformKind {
    let says = |text: &str| message.contains(text);
    // As behind API Gateway, a timeout is told by its text alone.
    if says("Task timed out after ") {
        return PlatformKind::Timeout;
    }
    match error_type {
        "Sandbox.Timedout" => PlatformKind::Timeout,
        "Runtime.OutOfMemory" => PlatformKind::OutOfMemory,
        "Function.ResponseSizeTooLarge" => PlatformKind::ResponseTooLarge,
        "Runtime.InitError"
        | "Runtime.InvalidEntrypoint"
        | "Runtime.InvalidWorkingDir"
        | "Extension.InitError"
        | "Extension.LaunchError" => PlatformKind::Init,
        // On Lambda nobody but the kernel kills a process so, and that where memory has run out.
        "Runtime.ExitError" | "" if says("signal: killed") => PlatformKind::OutOfMemory,
        "Runtime.ExitError" | "Extension.ExitError" | "Extension.Crash" => PlatformKind::Exited,
        // `Runtime exited …`, which managed instances write in lower case.
        "" if says("untime exited with") || says("Process exited before completing request") => PlatformKind::Exited,
        "" if says("exceeded maximum allowed payload size") => PlatformKind::ResponseTooLarge,
        _ => PlatformKind::Internal,
    }
}

/// The request id in a text of Lambda's: `RequestId: ID …`, in older timeouts `DATE ID Task timed out …`.
fn request_id(message: &str) -> Option<&str> {
    let id = match message.strip_prefix("RequestId: ") {
        Some(rest) => rest.split(' ').next(),
        None => message.split_once(" Task timed out after ")?.0.split(' ').next_back(),
    };
    id.filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-'))
}

/// Decodes the `Cause` of a failed Lambda task in Step Functions: the function's payload as a JSON text. Of one that Step
/// Functions has cut (at 32,768 characters), the code and the status are still known.
pub fn decode_cause<E: ErrorSet>(cause: &str) -> Failure<E> {
    decode_invocation(cause.as_bytes())
}

/// The message of a payload that was cut: what stands before it holds nothing of a caller's.
fn cut(payload: &str) -> Option<&str> {
    let rest = payload.strip_prefix("{\"")?;
    let message = match rest.strip_prefix("errorType\":\"") {
        Some(rest) => rest.split_once("\",\"errorMessage\":\"").filter(|(code, _)| decode::is_code(code))?.1,
        None => rest.strip_prefix("errorMessage\":\"")?,
    };
    tag(message).is_some().then_some(message)
}

/// Takes a message apart: `[OrderNotFound] {…}`.
fn tag(message: &str) -> Option<(&str, &str)> {
    let (code, problem) = message.strip_prefix('[')?.split_once("] ")?;
    decode::is_code(code).then_some((code, problem))
}
