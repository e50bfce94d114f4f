//! Lambda's own API, as far as it invokes a function: what the AWS SDKs and the AWS command line send to
//! an endpoint of their own (Lambda API reference, "Invoke").

use super::instance::Answer;
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use throwback_gateway::{Call, Response, Trace};

/// The most bytes of an event (Lambda quotas, "Invocation payload").
const EVENT: usize = 6_291_456;

/// The event of an invocation; the answer to a request that is none, or that only asks whether it could be one.
pub(super) fn event(call: &Call, body: &[u8]) -> Result<String, Box<Response>> {
    let function = call.path.strip_prefix("/2015-03-31/functions/").and_then(|rest| rest.strip_suffix("/invocations"));
    let is_known = call.method == "POST" && function.is_some_and(|name| !name.is_empty() && !name.contains('/'));
    if !is_known {
        let why = "this is `Invoke` alone: POST /2015-03-31/functions/NAME/invocations";
        return Err(refused(404, "UnknownOperationException", why));
    }
    if body.len() > EVENT {
        return Err(too_large());
    }
    let body = if body.is_empty() { b"{}" } else { body };
    let text = std::str::from_utf8(body).map_err(|error| error.to_string());
    let text = text.and_then(|text| match serde_json::from_str::<IgnoredAny>(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => Err(error.to_string()),
    });
    let text = text.map_err(|why| {
        refused(400, "InvalidRequestContentException", &format!("Could not parse request body into json: {why}"))
    })?;
    match call.header("x-amz-invocation-type") {
        None | Some("RequestResponse" | "Event") => Ok(text),
        Some("DryRun") => Err(Box::new(response(204, Vec::new(), Vec::new()))),
        Some(other) => {
            let why = format!("`InvocationType` {other:?} is none of RequestResponse, Event and DryRun");
            Err(refused(400, "InvalidParameterValueException", &why))
        }
    }
}

/// Whether the caller waits for the function's answer.
pub(super) fn waits(call: &Call) -> bool {
    call.header("x-amz-invocation-type") != Some("Event")
}

/// What a caller gets who does not wait (recorded: `test_invocation_type_event`).
pub(super) fn started(call: &Call) -> Response {
    response(202, vec![("x-amzn-requestid".to_owned(), call.request_id.clone())], Vec::new())
}

/// What the caller gets for what the function answered: always a 200, and a header that says whether it failed.
pub(super) fn answered(call: &Call, answer: &Answer) -> Response {
    let mut headers = vec![
        ("content-type".to_owned(), "application/json".to_owned()),
        ("x-amzn-requestid".to_owned(), call.request_id.clone()),
        ("x-amz-executed-version".to_owned(), "$LATEST".to_owned()),
    ];
    let mut payload = Value::Null;
    if answer.error {
        headers.push(("x-amz-function-error".to_owned(), "Unhandled".to_owned()));
        payload = serde_json::from_slice(&answer.payload).unwrap_or_default();
    }
    let mut response = response(200, headers, answer.payload.clone());
    let message = payload.get("errorMessage").and_then(Value::as_str);
    response.trace.error_message = Some(message.unwrap_or_default().to_owned());
    response
}

/// What the caller gets for an event over Lambda's limit.
pub(super) fn too_large() -> Box<Response> {
    let why = format!("Request must be smaller than {EVENT} bytes for the InvokeFunction operation");
    refused(413, "RequestEntityTooLargeException", &why)
}

/// What the caller gets where the function could not be called.
pub(super) fn unanswered() -> Response {
    *refused(502, "ServiceException", "the server stops")
}

fn refused(status: u16, code: &str, why: &str) -> Box<Response> {
    let headers = vec![
        ("content-type".to_owned(), "application/json".to_owned()),
        ("x-amzn-errortype".to_owned(), code.to_owned()),
    ];
    Box::new(response(status, headers, json!({ "Type": "User", "message": why }).to_string().into_bytes()))
}

fn response(status: u16, headers: Vec<(String, String)>, body: Vec<u8>) -> Response {
    Response { status, headers, body, trace: Trace::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(method: &str, path: &str, kind: Option<&str>, body: &[u8]) -> Result<String, (u16, String)> {
        let mut call = Call::new(method, path);
        call.headers.extend(kind.map(|kind| ("X-Amz-Invocation-Type".to_owned(), kind.to_owned())));
        event(&call, body).map_err(|response| (response.status, String::from_utf8(response.body).unwrap()))
    }

    #[test]
    fn an_event_is_json_for_a_function_that_is_named() {
        const PATH: &str = "/2015-03-31/functions/orders/invocations";
        let status = |method, path, kind, body: &[u8]| asked(method, path, kind, body).unwrap_err().0;
        assert_eq!(asked("POST", PATH, None, br#"{"operation":"x"}"#).unwrap(), r#"{"operation":"x"}"#);
        assert_eq!(asked("POST", PATH, Some("RequestResponse"), b"null").unwrap(), "null");
        assert_eq!(asked("POST", PATH, None, b"").unwrap(), "{}");
        assert_eq!(
            asked("POST", "/2015-03-31/functions/arn%3Aaws%3Alambda/invocations?Qualifier=1", None, b"1").unwrap(),
            "1"
        );
        assert_eq!(asked("POST", PATH, Some("DryRun"), b"{}"), Err((204, String::new())));
        assert_eq!(asked("POST", PATH, Some("Event"), b"{}").unwrap(), "{}");
        assert_eq!(status("POST", PATH, Some("event"), b"{}"), 400);
        assert_eq!(status("GET", PATH, None, b"{}"), 404);
        assert_eq!(status("POST", "/2015-03-31/functions//invocations", None, b"{}"), 404);
        assert_eq!(status("POST", "/orders", None, b"{}"), 404);
        assert_eq!(status("POST", PATH, None, b"{"), 400);
        // Recorded: `test_lambda_invoke_payload_encoding_error`.
        let (status_of_bytes, why) = asked("POST", PATH, None, b"n\x87r").unwrap_err();
        assert_eq!(status_of_bytes, 400);
        assert!(why.starts_with(r#"{"Type":"User","message":"Could not parse request body into json: "#), "{why}");
        assert_eq!(status("POST", PATH, None, format!("\"{}\"", "x".repeat(EVENT)).as_bytes()), 413);
    }
}
