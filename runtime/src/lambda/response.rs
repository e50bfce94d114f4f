//! A response of HTTP, as the wire contract has it, where a function writes it itself.

use super::Thrown;
use super::front::Call;
use crate::OperationInfo;
use crate::error_response::{self, Unrouted};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// What a caller gets, whatever the front.
#[derive(Debug, PartialEq)]
pub(super) struct Response {
    pub(super) status: u16,
    headers: Vec<(Cow<'static, str>, String)>,
    pub(super) body: String,
}

/// Headers that every browser's script may be told of.
const EXPOSED: [&str; 2] = ["x-amzn-errortype", "x-amzn-requestid"];

impl Response {
    /// What an operation returned.
    pub(super) fn success(info: &OperationInfo, output: &RawValue) -> Self {
        let body = output.get().to_owned();
        Self { status: info.status, headers: vec![("content-type".into(), "application/json".to_owned())], body }
    }

    /// What it threw.
    pub(super) fn error(thrown: &Thrown) -> Self {
        let problem = error_response::problem(thrown.info, &thrown.diagnostic.error_message);
        Self {
            status: thrown.info.status,
            headers: error_response::headers(thrown.info, problem),
            body: problem.to_owned(),
        }
    }

    /// A request that no operation answers.
    pub(super) fn unrouted(why: Unrouted, call: &Call) -> Self {
        Self { status: why.status, headers: why.headers(), body: why.problem(call.request.id()) }
    }

    /// An answer without a body.
    pub(super) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: String::new() }
    }

    pub(super) fn with(mut self, header: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((header.into(), value.into()));
        self
    }

    /// Lets a browser's script read it.
    pub(super) fn exposed_to(self, origin: Option<&str>) -> Self {
        let Some(origin) = origin else { return self };
        let own = self.headers.iter().map(|(name, _)| &**name).filter(|name| *name != "content-type");
        let exposed: Vec<_> = own.chain(EXPOSED).collect();
        let exposed = exposed.iter().enumerate().filter(|(at, name)| !exposed[..*at].contains(name));
        let exposed = exposed.map(|(_, name)| *name).collect::<Vec<_>>().join(",");
        let this = self.with("access-control-allow-origin", origin);
        // What differs by origin must not be kept for another one (Fetch, "CORS protocol and HTTP caches").
        let this = if origin == "*" { this } else { this.with("vary", "Origin") };
        this.with("access-control-expose-headers", exposed)
    }

    /// The same without its body, as `HEAD` and some statuses have it (RFC 9110 sections 9.3.2, 15.3.5 and 15.3.6).
    pub(super) fn bare(mut self) -> Self {
        self.body = String::new();
        self
    }

    pub(super) fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (&**name, value.as_str()))
    }

    /// The status in words; empty for one that has none.
    pub(super) fn reason(&self) -> &'static str {
        let status = http::StatusCode::from_u16(self.status).ok();
        status.and_then(|status| status.canonical_reason()).unwrap_or_default()
    }
}
