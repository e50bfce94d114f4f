//! A response of HTTP, as the wire contract has it, where a function writes it itself.

use super::Thrown;
use super::front::Call;
use crate::OperationInfo;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What a caller gets, whatever the front.
#[derive(Debug, PartialEq)]
pub(super) struct Response {
    pub(super) status: u16,
    headers: Vec<(Cow<'static, str>, String)>,
    pub(super) body: String,
}

/// The longest value of a header that a field may fill, as the generated templates have it.
const LONGEST: usize = 512;

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
        let info = thrown.info;
        let message = &thrown.diagnostic.error_message;
        let problem = message.get(info.code.len() + "[] ".len()..).unwrap_or_default().to_owned();
        let mut headers = vec![
            ("content-type".into(), "application/problem+json".to_owned()),
            ("x-error-code".into(), info.code.to_owned()),
            ("x-amzn-errortype".into(), info.code.to_owned()),
        ];
        let has_header = info.members.iter().any(|member| member.header.is_some());
        if has_header || info.retry_after {
            let written: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(&problem).unwrap_or_default();
            let text = |name: &str| written.get(name).map(|value| text(value));
            if let Some(delay) = text("retryAfter").filter(|_| info.retry_after).filter(|delay| delay.len() <= 18) {
                headers.push(("retry-after".into(), delay.into_owned()));
            }
            for member in info.members {
                if let (Some(header), Some(value)) = (member.header, text(member.name))
                    && is_visible(&value)
                {
                    headers.push((header.into(), value.into_owned()));
                }
            }
        }
        Self { status: info.status, headers, body: problem }
    }

    /// A request that no operation answers.
    pub(super) fn unrouted(kind: &'static str, status: u16, title: &str, call: &Call) -> Self {
        let mut instance = String::new();
        if let Some(id) = call.request.id() {
            instance = format!(",\"instance\":{}", serde_json::Value::from(id));
        }
        let body = format!("{{\"code\":\"gateway.{kind}\",\"title\":\"{title}\",\"status\":{status}{instance}}}");
        let headers = vec![
            ("content-type".into(), "application/problem+json".to_owned()),
            ("x-error-code".into(), format!("gateway.{kind}")),
        ];
        Self { status, headers, body }
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

/// A value as a header has it: a text as it is, anything else as JSON.
fn text(value: &RawValue) -> Cow<'_, str> {
    let mut deserializer = serde_json::Deserializer::from_str(value.get());
    match String::deserialize(&mut deserializer) {
        Ok(text) => text.into(),
        // A `null` is nothing, and a structure no header.
        Err(_) if value.get() == "null" || value.get().starts_with(['[', '{']) => "".into(),
        Err(_) => value.get().into(),
    }
}

/// Whether a header may hold it: visible ASCII, blanks only inside. So nobody can put a line break into a header.
fn is_visible(text: &str) -> bool {
    (1..=LONGEST).contains(&text.len())
        && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
        && !text.starts_with(' ')
        && !text.ends_with(' ')
}
