//! Fronts: what stands before a function and speaks HTTP. Each event says by its own form where it comes from, and the
//! answer takes that form.
//!
//! | Front | Event | File |
//! |---|---|---|
//! | load balancer | `requestContext.elb` | `balancer.rs` |
//! | HTTP API, function URL | `version` is `"2.0"`, and `requestContext.http` | `http.rs` |
//! | REST proxy, HTTP API of payload 1.0 | `httpMethod`, `resource`, and `requestContext` | `proxy.rs` |
//!
//! Anything else is a generated template's envelope or a bare input, and answered as an invocation.

mod balancer;
mod http;
mod proxy;

use super::Request;
use super::response::Response;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Which front an event came through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Front {
    /// A REST API with a proxy integration, or an HTTP API of payload 1.0.
    Proxy,
    /// An HTTP API of payload 2.0, or a function URL.
    Http,
    /// An application load balancer; whether it has headers of several values.
    Balancer {
        /// The target group's `lambda.multi_value_headers.enabled`.
        multi_value: bool,
    },
}

/// A request of HTTP, whatever the front.
#[derive(Debug, PartialEq)]
pub(super) struct Call {
    pub(super) method: String,
    /// What stands between the path's slashes.
    pub(super) segments: Vec<String>,
    /// Whether they come as they were sent; HTTP APIs decode a path before they route, everything else does not.
    pub(super) encoded: bool,
    /// The query, decoded, in its order where that is known.
    pub(super) query: Vec<(String, String)>,
    /// The body; empty where there is none.
    pub(super) body: Vec<u8>,
    /// Headers, caller, stage.
    pub(super) request: Request,
}

/// Reads an event as the front that it came through; nothing where it came through none.
pub(super) fn read(text: &str) -> Option<(Front, Call)> {
    // Most events of a custom integration end here, without having been read twice.
    if !text.contains("\"requestContext\"") {
        return None;
    }
    let shape: Shape<'_> = serde_json::from_str(text).ok()?;
    let context: Context<'_> = serde_json::from_str(shape.context?.get()).ok()?;
    let is_object = |value: Option<&RawValue>| value.is_some_and(|value| value.get().starts_with('{'));
    let is_text = |value: Option<&RawValue>| value.is_some_and(|value| value.get().starts_with('"'));
    if is_object(context.elb) {
        let (call, multi_value) = balancer::read(text)?;
        return Some((Front::Balancer { multi_value }, call));
    }
    if shape.version.is_some_and(|version| version.get() == "\"2.0\"") && is_object(context.http) {
        return Some((Front::Http, http::read(text)?));
    }
    if is_text(shape.method) && is_text(shape.resource) {
        return Some((Front::Proxy, proxy::read(text)?));
    }
    None
}

impl Front {
    /// The most bytes of an answer.
    fn limit(self) -> usize {
        match self {
            // Lambda's own: Lambda quotas, "Invocation payload"; the number is that of its error message.
            Self::Proxy | Self::Http => 6_291_556,
            // Elastic Load Balancing, "Use Lambda functions as targets of an Application Load Balancer", limits.
            Self::Balancer { .. } => 1_048_576,
        }
    }

    /// The answer in the front's form; what is wrong with it, where it is too long.
    pub(super) fn write(self, response: &Response) -> Result<Box<RawValue>, String> {
        let written = match self {
            Self::Proxy => proxy::write(response),
            Self::Http => http::write(response),
            Self::Balancer { multi_value } => balancer::write(response, multi_value),
        };
        let length = written.get().len();
        if length > self.limit() {
            return Err(format!("the answer has {length} bytes, and this front takes {}", self.limit()));
        }
        Ok(written)
    }
}

/// What tells fronts apart.
#[derive(Deserialize)]
struct Shape<'a> {
    #[serde(borrow, default)]
    version: Option<&'a RawValue>,
    #[serde(borrow, default, rename = "httpMethod")]
    method: Option<&'a RawValue>,
    #[serde(borrow, default)]
    resource: Option<&'a RawValue>,
    #[serde(borrow, default, rename = "requestContext")]
    context: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Context<'a> {
    #[serde(borrow, default)]
    elb: Option<&'a RawValue>,
    #[serde(borrow, default)]
    http: Option<&'a RawValue>,
}

/// Texts by name, of which AWS leaves out the map, or writes `null` for it or for one.
type Map<T = String> = Option<BTreeMap<String, Option<T>>>;

/// What is there of a map.
fn pairs<T>(map: Map<T>) -> impl Iterator<Item = (String, T)> {
    map.into_iter().flatten().filter_map(|(name, value)| Some((name, value?)))
}

/// What is there of two maps of which a front fills one or both: of several values the last one, for API Gateway's templates
/// know no other.
fn either(many: Map<Vec<String>>, one: Map) -> Vec<(String, String)> {
    let last: Vec<_> = pairs(many).filter_map(|(name, mut values)| Some((name, values.pop()?))).collect();
    if last.is_empty() { pairs(one).collect() } else { last }
}

/// The body's bytes; nothing where it is no base64 and says that it is.
fn body(text: Option<String>, is_base64: bool) -> Option<Vec<u8>> {
    use base64::Engine as _;
    let text = text.unwrap_or_default();
    if is_base64 { base64::engine::general_purpose::STANDARD.decode(text).ok() } else { Some(text.into_bytes()) }
}

/// What stands between a path's slashes. One slash at the end says nothing, as API Gateway has it.
fn segments(path: &str) -> Vec<String> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let path = path.strip_suffix('/').unwrap_or(path);
    if path.is_empty() { Vec::new() } else { path.split('/').map(str::to_owned).collect() }
}

/// The end of a path that a resource or a route stands for: what stands before it is a stage or the base path of a domain's
/// name. `{proxy+}` stands for as many segments as its value has.
fn aligned(path: &str, template: &str, parameters: &BTreeMap<String, Option<String>>) -> Vec<String> {
    let mut segments = segments(path);
    let length: usize = self::segments(template)
        .iter()
        .map(|part| match part.strip_prefix('{').and_then(|part| part.strip_suffix("+}")) {
            Some(greedy) => match parameters.get(greedy) {
                Some(Some(value)) => value.split('/').count(),
                _ => 0,
            },
            None => 1,
        })
        .sum();
    segments.drain(..segments.len().saturating_sub(length));
    segments
}
