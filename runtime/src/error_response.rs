//! An error as a response of HTTP has it, where the function writes that itself: design and wire contract say what a generated
//! mapping would make of the same message.

use crate::ErrorInfo;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The longest value of a header that a field may fill, as the generated templates have it.
const LONGEST: usize = 512;

/// The problem behind the tag of a message.
pub(crate) fn problem<'a>(info: &ErrorInfo, message: &'a str) -> &'a str {
    message.get(info.code.len() + "[] ".len()..).unwrap_or_default()
}

/// The headers beside it.
pub(crate) fn headers(info: &ErrorInfo, problem: &str) -> Vec<(Cow<'static, str>, String)> {
    let mut headers = vec![
        ("content-type".into(), "application/problem+json".to_owned()),
        ("x-error-code".into(), info.code.to_owned()),
        ("x-amzn-errortype".into(), info.code.to_owned()),
    ];
    let has_header = info.members.iter().any(|member| member.header.is_some());
    if has_header || info.retry_after {
        let written: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(problem).unwrap_or_default();
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
    headers
}

/// Why no operation answers a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unrouted {
    pub(crate) status: u16,
    /// To clients a failure of the gateway's, by this name.
    kind: &'static str,
    title: &'static str,
}

impl Unrouted {
    pub(crate) const NOT_FOUND: Self =
        Self { status: 404, kind: "RESOURCE_NOT_FOUND", title: "There is no such resource" };
    pub(crate) const METHOD_NOT_ALLOWED: Self =
        Self { status: 405, kind: "METHOD_NOT_ALLOWED", title: "The resource has no such method" };

    /// The problem, with the request's id where it is known.
    pub(crate) fn problem(self, instance: Option<&str>) -> String {
        let Self { status, kind, title } = self;
        let instance = instance.map(|id| format!(",\"instance\":{}", serde_json::Value::from(id))).unwrap_or_default();
        format!("{{\"code\":\"gateway.{kind}\",\"title\":\"{title}\",\"status\":{status}{instance}}}")
    }

    /// The headers beside it.
    pub(crate) fn headers(self) -> Vec<(Cow<'static, str>, String)> {
        vec![
            ("content-type".into(), "application/problem+json".to_owned()),
            ("x-error-code".into(), format!("gateway.{}", self.kind)),
        ]
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
