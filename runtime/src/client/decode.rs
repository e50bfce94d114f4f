//! From a response to a [`Failure`]: who answered, and what was said.

use super::answer::Response;
use super::gateway::Answer;
use super::origin::{CODE_HEADER, Origin};
use super::{
    DecodeError, ErrorSet, Failure, Gateway, GatewayKind, Platform, PlatformKind, Problem, Trust, Undeclared,
    Unmodelled, Untyped, thrown,
};
use http::{HeaderMap, HeaderName, StatusCode, header};
use serde_json::Value;
use std::borrow::Cow;

/// The id that the front gives a request: REST APIs and functions the one, HTTP APIs the other.
static ID_HEADERS: [HeaderName; 2] =
    [HeaderName::from_static("x-amzn-requestid"), HeaderName::from_static("apigw-requestid")];

/// Whether a response is a success: its status is (RFC 9110 section 15.3), and no `x-error-code` says otherwise, as it does
/// where a mapping lets errors arrive as `200 OK`.
///
/// ```
/// # use throwback::client::{http, is_success};
/// let mut headers = http::HeaderMap::new();
/// assert!(is_success(http::StatusCode::OK, &headers));
/// headers.insert("x-error-code", http::HeaderValue::from_static("OrderNotFound"));
/// assert!(!is_success(http::StatusCode::OK, &headers));
/// ```
pub fn is_success(status: StatusCode, headers: &HeaderMap) -> bool {
    status.is_success() && !headers.contains_key(&CODE_HEADER)
}

/// Whether the body of a success is what Lambda says of a function that failed: a mapping without patterns lets it pass as `200 OK`.
/// No operation of ours answers so. A generated client takes it for [`Failure::Unmodelled`](super::Failure::Unmodelled); who has his
/// own HTTP library asks here, behind [`is_success`].
///
/// ```
/// # use throwback::client::is_function_error;
/// assert!(is_function_error(br#"{"errorType":"OrderNotFound","errorMessage":"[OrderNotFound] {}"}"#));
/// assert!(!is_function_error(br#"{"id":"42"}"#));
/// ```
pub fn is_function_error(body: &[u8]) -> bool {
    [&b"{\"errorMessage\":\""[..], b"{\"errorType\":\""].iter().any(|start| without_mark(body).starts_with(start))
}

/// Decodes a response that is no success, as [`is_success`] has it.
///
/// The header `x-error-code` decides first, then the `code` of a body that is `application/problem+json` or whose code
/// `x-amzn-errortype` names too; `x-amzn-errortype` alone is API Gateway's. Anything else is kept whole as
/// [`Failure::Unmodelled`]: a `code` in somebody's JSON proves nothing, is kept for people, and what such a body says of
/// a repeat does not count. A body that can't be read never hides the status, the code or the bytes.
///
/// [`decode_with`] takes a body's word, for mappings that set neither header nor media type.
///
/// ```
/// # use throwback::client::{Failure, decode, http, v1};
/// # #[derive(Debug)] enum NoErrors {}
/// # v1::error_sets! { NoErrors {} }
/// let mut headers = http::HeaderMap::new();
/// headers.insert("x-amzn-errortype", http::HeaderValue::from_static("TooManyRequestsException"));
/// let body = br#"{"message":"Too Many Requests"}"#;
/// let failure: Failure<NoErrors> = decode(http::StatusCode::TOO_MANY_REQUESTS, &headers, body);
/// assert!(failure.is_retryable());
/// assert_eq!(failure.to_string(), "API Gateway answered 429 TooManyRequestsException: Too Many Requests");
/// ```
pub fn decode<E: ErrorSet>(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Failure<E> {
    decode_with(Trust::default(), status, headers, body)
}

/// [`decode`], where something else has to prove that an answer is the API's own.
///
/// ```
/// # use throwback::client::{Failure, Trust, decode, decode_with, http, v1};
/// # #[derive(Debug)] enum NoErrors {}
/// # v1::error_sets! { NoErrors {} }
/// let (status, none) = (http::StatusCode::SERVICE_UNAVAILABLE, http::HeaderMap::new());
/// let body = br#"{"code":"ShopClosed","status":503}"#;
/// let failure: Failure<NoErrors> = decode(status, &none, body);
/// assert_eq!((failure.who(), failure.code()), ("unmodelled", Some("ShopClosed")));
/// // The mapping is known to set no header of ours, and nobody else stands on the way.
/// let failure: Failure<NoErrors> = decode_with(Trust::Bodies, status, &none, body);
/// assert_eq!((failure.who(), failure.code()), ("undeclared", Some("ShopClosed")));
/// ```
pub fn decode_with<E: ErrorSet>(trust: Trust, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Failure<E> {
    with_body(decode_for(trust, false, status, headers, body), body)
}

/// Gives a response that nothing explains its body, as [`decode_for`] and [`unmodelled`] leave it out: whoever owns the
/// bytes need not copy them.
pub(super) fn with_body<E>(mut failure: Failure<E>, body: impl Into<Vec<u8>>) -> Failure<E> {
    if let Failure::Unmodelled(response) = &mut failure {
        response.0.body = body.into();
    }
    failure
}

/// A body without the byte-order mark that some fronts write, and that JSON's readers may ignore (RFC 8259 section 8.1).
pub(super) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body)
}

/// [`decode_with`] for a request whose method is known to be idempotent or not.
pub(super) fn decode_for<E: ErrorSet>(
    trust: Trust,
    idempotent: bool,
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
) -> Failure<E> {
    let body = without_mark(body);
    let code = match Origin::of(trust, headers, body) {
        Origin::Function(code) => code,
        Origin::Gateway(kind, types) => {
            return Failure::Gateway(gateway(idempotent, kind, types, body, status, headers));
        }
        Origin::Stranger(code) => {
            if let Some(kind) = GatewayKind::from_stock(status.as_u16(), body) {
                return Failure::Gateway(gateway(idempotent, Some(kind), String::new(), body, status, headers));
            }
            let reason = if code.is_some() { "nothing shows that the API wrote it" } else { "it names no error" };
            let error = DecodeError { reason: reason.to_owned(), problem: None };
            return unmodelled(idempotent, code.as_deref(), error, status, headers);
        }
    };
    match from_problem(&code, body) {
        Ok(mut failure) => {
            if let Some(problem) = problem_mut(&mut failure) {
                problem.status = status.as_u16();
                problem.idempotent = idempotent;
                if problem.instance.is_none() {
                    problem.request_id = request_id(headers);
                }
                problem.retry_after = problem.retry_after.or_else(|| retry_after(headers));
            }
            failure
        }
        Err(error) => unmodelled(idempotent, Some(&code), error, status, headers),
    }
}

/// Decodes a problem whose code is known.
pub(super) fn from_problem<E: ErrorSet>(code: &str, body: &[u8]) -> Result<Failure<E>, DecodeError> {
    if let Some(error) = E::read(code, body) {
        return error.map(Failure::Api);
    }
    let known = Problem { code: Cow::Owned(code.to_owned()), ..Problem::default() };
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method alone is of one lifetime")]
    let (members, mut problem) = thrown::read(body, known, |members| members.all());
    let (mut members, error) = match members {
        Ok(members) => (members, None),
        Err(error) => (Untyped::default(), Some(error)),
    };
    let reserved = reserved(code, &mut members);
    problem.bound_status(reserved.as_ref().map_or(500, |(status, _)| *status));
    if let Some(DecodeError { reason, .. }) = error {
        // What a reserved code says of a repeat holds without its body too, as it does for a declared error.
        problem.default_retry = reserved.map(|(_, kind)| kind.retry());
        return Err(DecodeError { reason, problem: Some(Box::new(problem)) });
    }
    Ok(match reserved {
        Some((_, kind)) => Failure::Platform(Platform::new(kind, problem)),
        None => Failure::Undeclared(Undeclared { problem: Box::new(problem), members }),
    })
}

/// The status of a reserved code, and what it says of the function.
fn reserved(code: &str, members: &mut Untyped) -> Option<(u16, PlatformKind)> {
    let mut take = |name: &str| members.take_text(name).unwrap_or_default();
    match code {
        "InvalidPayload" => Some((400, PlatformKind::InvalidPayload { path: take("path"), reason: take("reason") })),
        "InternalError" => Some((500, PlatformKind::Internal)),
        "FunctionTimeout" => Some((504, PlatformKind::Timeout)),
        _ => None,
    }
}

/// Whether the runtime keeps this code for itself.
pub(super) fn is_reserved(code: &str) -> bool {
    reserved(code, &mut Untyped::default()).is_some()
}

/// The code that a body names, be it a function's or API Gateway's. The wire's own form has it first, so that a look
/// suffices; any other is parsed.
pub(super) fn peek_code(body: &[u8]) -> Option<Cow<'_, str>> {
    let rest = body.strip_prefix(b"{\"code\":\"");
    let plain = rest.and_then(|rest| {
        let end = rest.iter().position(|byte| !is_of_code(*byte))?;
        (rest[end] == b'"').then(|| std::str::from_utf8(&rest[..end]).ok())?
    });
    if let Some(code) = plain.filter(|code| is_code(code)) {
        return Some(Cow::Borrowed(code));
    }
    let Value::Object(object) = serde_json::from_slice(body).ok()? else { return None };
    let code = object.get("code").and_then(Value::as_str)?;
    (is_code(code) || GatewayKind::from_code(code).is_some()).then(|| Cow::Owned(code.to_owned()))
}

/// Whether a text can be a code: a letter, and up to 63 letters, digits, `_` and `-`.
pub(super) fn is_code(text: &str) -> bool {
    text.len() <= 64 && text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.bytes().all(is_of_code)
}

fn is_of_code(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

fn problem_mut<E: ErrorSet>(failure: &mut Failure<E>) -> Option<&mut Problem> {
    match failure {
        Failure::Api(error) => Some(error.thrown_mut().problem_mut()),
        Failure::Undeclared(error) => Some(&mut error.problem),
        Failure::Platform(error) => Some(&mut error.problem),
        Failure::Gateway(_) | Failure::Transport(_) | Failure::Unmodelled(_) => None,
    }
}

/// An answer of API Gateway's own, generated or stock, whatever its body is.
fn gateway(
    idempotent: bool,
    kind: Option<GatewayKind>,
    error_type: String,
    body: &[u8],
    status: StatusCode,
    headers: &HeaderMap,
) -> Gateway {
    let said = serde_json::from_slice::<Value>(body).unwrap_or_default();
    // A problem has a detail, or at least a title; API Gateway writes `message`, its access control `Message`.
    let members = ["detail", "message", "Message", "title"];
    let message = members.into_iter().find_map(|name| said.get(name)?.as_str()).map(ToOwned::to_owned);
    let by_header = || GatewayKind::from_header(&error_type, status.as_u16(), message.as_deref());
    Gateway(Box::new(Answer {
        kind: kind.unwrap_or_else(by_header),
        status: status.as_u16(),
        error_type,
        message,
        retry_after: retry_after(headers),
        request_id: request_id(headers),
        idempotent,
        attempts: 1,
    }))
}

pub(super) fn unmodelled<E>(
    idempotent: bool,
    code: Option<&str>,
    error: DecodeError,
    status: StatusCode,
    headers: &HeaderMap,
) -> Failure<E> {
    let DecodeError { reason, mut problem } = error;
    if let Some(problem) = &mut problem {
        problem.status = status.as_u16();
        problem.idempotent = idempotent;
    }
    Failure::Unmodelled(Unmodelled(Box::new(Response {
        status,
        headers: headers.clone(),
        body: Vec::new(),
        code: code.map(ToOwned::to_owned),
        retry_after: problem.as_ref().and_then(|problem| problem.retry_after).or_else(|| retry_after(headers)),
        request_id: problem.as_ref().and_then(|problem| problem.instance.clone()).or_else(|| request_id(headers)),
        problem,
        reason,
        idempotent,
        attempts: 1,
    })))
}

/// Names made beforehand: to look one up by its text costs as much as to read a short body.
fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn request_id(headers: &HeaderMap) -> Option<String> {
    ID_HEADERS.iter().find_map(|name| text(headers, name)).map(ToOwned::to_owned)
}

/// `Retry-After` in seconds, or a date (RFC 9110 section 10.2.3), which counts from the response's own: this machine's clock may be
/// wrong. A fraction, which some servers write, is rounded up.
fn retry_after(headers: &HeaderMap) -> Option<u64> {
    let after = text(headers, &header::RETRY_AFTER)?.trim();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = after.split_once('.').unwrap_or((after, "0"));
    if is_number(whole) && is_number(fraction) {
        let more = u64::from(fraction.bytes().any(|digit| digit != b'0'));
        return whole.parse::<u64>().ok().map(|seconds| seconds.saturating_add(more));
    }
    let date = httpdate::parse_http_date(text(headers, &header::DATE)?.trim()).ok()?;
    // A date that is over asks for no delay.
    Some(httpdate::parse_http_date(after).ok()?.duration_since(date).unwrap_or_default().as_secs())
}
