//! Which operation a request reaches, where a function finds it out itself.

use super::event::Routed;
use super::front::Call;
use super::response::Response;
use crate::error_response::Unrouted;
use crate::input::Given;
use crate::{OperationInfo, Parameter};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// What a browser may send beside the headers that it always may; those of operations come to them.
const HEADERS: [&str; 5] = ["Content-Type", "Authorization", "X-Api-Key", "X-Amz-Date", "X-Amz-Security-Token"];

/// An operation and its event, or the answer where there is none.
pub(super) fn route<'a>(
    operations: &'a [OperationInfo],
    origin: Option<&str>,
    call: Call,
) -> Result<(&'a OperationInfo, Routed), Response> {
    let decode = |segment: &'_ str| if call.encoded { decoded(segment) } else { Some(Cow::Owned(segment.to_owned())) };
    let decoded: Option<Vec<Cow<'_, str>>> = call.segments.iter().map(|segment| decode(segment)).collect();
    let decoded = decoded.unwrap_or_default();
    let is_decoded = decoded.len() == call.segments.len();
    let reached = operations.iter().filter(|info| is_decoded && !info.method.is_empty() && fits(info.path, &decoded));
    // A fixed text before a parameter, from the left; then the method.
    let best = reached.clone().map(|info| literals(info.path)).max();
    let reached: Vec<_> = reached.filter(|info| Some(literals(info.path)) == best).collect();
    let by = |method: &str| reached.iter().copied().find(|info| info.method == method);
    // Who answers a GET answers a HEAD, too (RFC 9110 section 9.3.2).
    let found = by(&call.method).or_else(|| by("GET").filter(|_| call.method == "HEAD"));
    if let Some(info) = found {
        let values: Vec<_> = parameters(info.path, &decoded).map(str::to_owned).collect();
        return Ok((info, routed(info, values, call)));
    }
    if reached.is_empty() {
        return Err(Response::unrouted(Unrouted::NOT_FOUND, &call));
    }
    let allowed =
        reached.iter().map(|info| info.method).chain(by("GET").filter(|_| by("HEAD").is_none()).map(|_| "HEAD"));
    let allowed = allowed.chain(origin.map(|_| "OPTIONS")).collect::<Vec<_>>().join(",");
    if call.method == "OPTIONS" && origin.is_some() {
        let own = reached.iter().flat_map(|info| info.parameters).filter_map(|parameter| match parameter {
            Parameter::Header(_, header) => Some(*header),
            _ => None,
        });
        let headers = HEADERS.into_iter().chain(own).collect::<Vec<_>>().join(",");
        let preflight = Response::empty(204);
        return Err(preflight
            .with("access-control-allow-methods", allowed)
            .with("access-control-allow-headers", headers));
    }
    let refused = Response::unrouted(Unrouted::METHOD_NOT_ALLOWED, &call);
    Err(refused.with("allow", allowed))
}

/// A segment, decoded; nothing where it is no UTF-8 then.
fn decoded(segment: &str) -> Option<Cow<'static, str>> {
    percent_decode_str(segment).decode_utf8().ok().map(|text| Cow::Owned(text.into_owned()))
}

fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').skip(1).filter(|part| !part.is_empty())
}

fn is_parameter(part: &str) -> bool {
    part.starts_with('{')
}

/// Whether a path stands for these segments; a parameter is never empty.
fn fits(path: &str, segments: &[Cow<'_, str>]) -> bool {
    let fits = |(part, segment): (&str, &Cow<'_, str>)| {
        if is_parameter(part) { !segment.is_empty() } else { part == segment }
    };
    parts(path).count() == segments.len() && parts(path).zip(segments).all(fits)
}

/// For each part whether it is a fixed text.
fn literals(path: &str) -> Vec<bool> {
    parts(path).map(|part| !is_parameter(part)).collect()
}

/// What the path's parameters stand for, in their order.
fn parameters<'a>(path: &'a str, segments: &'a [Cow<'a, str>]) -> impl Iterator<Item = &'a str> {
    parts(path).zip(segments).filter(|(part, _)| is_parameter(part)).map(|(_, segment)| &**segment)
}

/// The operation's event.
fn routed(info: &OperationInfo, values: Vec<String>, call: Call) -> Routed {
    let Call { query, body, request, .. } = call;
    let mut values = values.into_iter();
    let text = |parameter: &Parameter| match parameter {
        Parameter::Path(_) => values.next(),
        Parameter::Header(_, header) => request.header(header).map(str::to_owned),
        // Its name on the wire is the type's to say.
        Parameter::Query(_) => None,
    };
    let parameters = info.parameters.iter().copied().zip(info.parameters.iter().map(text)).collect();
    let has_body = matches!(info.method, "POST" | "PUT" | "PATCH");
    // An absent body is an empty object, as in API Gateway's templates.
    let body = has_body.then(|| if body.is_empty() { b"{}".to_vec() } else { body });
    Routed { operation: info.name, given: Given { parameters, query, body }, request }
}
