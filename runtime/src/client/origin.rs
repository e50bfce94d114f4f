//! Who wrote an answer, by what proves it: intermediaries write JSON with a `code` too.

use super::GatewayKind;
use super::decode::{is_code, peek_code};
use http::{HeaderMap, HeaderName, header};
use std::borrow::Cow;

/// The header that names the error, whatever the front.
pub(super) static CODE_HEADER: HeaderName = HeaderName::from_static("x-error-code");

/// The header that names API Gateway's own errors; in front of a proxy integration the function's as well.
static TYPE_HEADER: HeaderName = HeaderName::from_static("x-amzn-errortype");

/// The media type of an error's body (RFC 9457 section 3).
const PROBLEM: &str = "application/problem+json";

/// What proves that an answer is the API's own.
///
/// A content network, a load balancer or another service may answer in place of the API, and may well write JSON that
/// has a `code`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Trust {
    /// The header `x-error-code`, the media type `application/problem+json`, or `x-amzn-errortype`: what every generated
    /// mapping and every front of the runtime set. Any other body is a stranger's.
    #[default]
    Marks,
    /// A `code` in the body is enough: for an API behind a mapping of before, which sets none of these. Whoever stands
    /// on the way can then pass for the function, name one of its errors and say that a request may be repeated.
    Bodies,
}

/// Whom an answer comes from.
pub(super) enum Origin<'a> {
    /// The function, or the platform in its place: an error of this code.
    Function(Cow<'a, str>),
    /// API Gateway itself: of this kind, if a code says so, and with these values of its own header.
    Gateway(Option<GatewayKind>, String),
    /// Somebody of whom nothing is proved; the code that the body names is for people only.
    Stranger(Option<Cow<'a, str>>),
}

impl<'a> Origin<'a> {
    /// Decides: our header first, then a code in the body with something to prove it, then API Gateway's header alone.
    pub(super) fn of(trust: Trust, headers: &'a HeaderMap, body: &'a [u8]) -> Self {
        let named = headers.get(&CODE_HEADER).and_then(|value| value.to_str().ok());
        let named = named.map(|list| list.split(',').next().unwrap_or_default().trim());
        if let Some(code) = named.filter(|code| is_code(code)) {
            return Self::Function(Cow::Borrowed(code));
        }
        // A front may repeat the header, or join its values.
        let types: Vec<_> = headers.get_all(&TYPE_HEADER).iter().filter_map(|value| value.to_str().ok()).collect();
        if let Some(kind) = named.and_then(GatewayKind::from_code) {
            return Self::Gateway(Some(kind), types.join(", "));
        }
        let code = peek_code(body);
        let marked = trust == Trust::Bodies || is_problem(headers);
        match code {
            Some(code) if is_code(&code) => {
                // What API Gateway says of its own answers is no word for a code of another name in the body.
                if marked || types.iter().any(|types| names(types, &code)) {
                    Self::Function(code)
                } else if types.is_empty() {
                    Self::Stranger(Some(code))
                } else {
                    Self::Gateway(None, types.join(", "))
                }
            }
            Some(code) if marked || !types.is_empty() => Self::Gateway(GatewayKind::from_code(&code), types.join(", ")),
            _ if types.is_empty() => Self::Stranger(None),
            _ => Self::Gateway(None, types.join(", ")),
        }
    }
}

/// Whether every `Content-Type` is a problem's (RFC 9110 section 8.3), whatever its letter case and its parameters.
fn is_problem(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(header::CONTENT_TYPE).iter().peekable();
    values.peek().is_some()
        && values.all(|value| {
            // As every mapping of ours writes it.
            if value.as_bytes() == PROBLEM.as_bytes() {
                return true;
            }
            let mut quoted = false;
            // A front may join two values; a comma in a parameter's quotes joins none.
            value
                .to_str()
                .unwrap_or_default()
                .split(|c| {
                    quoted ^= c == '"';
                    c == ',' && !quoted
                })
                .all(|value| value.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(PROBLEM))
        })
}

/// Whether `x-amzn-errortype` names this code, cut at `:` and `#` as AWS's protocols ask.
fn names(types: &str, code: &str) -> bool {
    let mut values = types.split(',').map(|value| value.split(':').next().unwrap_or_default().trim());
    values.any(|value| value.split('#').any(|part| part.eq_ignore_ascii_case(code)))
}
