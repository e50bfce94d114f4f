//! A request's headers as API Gateway passes them on: what it keeps to itself, and what it adds.

use super::call::Call;
use indexmap::IndexMap;

/// Recorded on API Gateway: no template, event or expression sees these.
const KEPT: [&str; 12] = [
    "connection",
    "content-length",
    "content-md5",
    "expect",
    "max-forwards",
    "proxy-authenticate",
    "server",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "www-authenticate",
];

/// The headers that a method's request has.
pub(crate) fn headers(call: &Call) -> impl Iterator<Item = (&String, &String)> {
    call.headers.iter().filter(|(name, _)| !KEPT.iter().any(|kept| kept.eq_ignore_ascii_case(name)))
}

/// One of them, whatever the case of its name.
pub(crate) fn header(call: &Call, name: &str) -> Option<String> {
    headers(call).find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
}

/// The same, for a template.
pub(crate) fn for_template(call: &Call) -> IndexMap<String, String> {
    headers(call).map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// What API Gateway adds where it passes a request on whole.
pub(crate) fn added(call: &Call) -> [(&'static str, String); 4] {
    let known = |name: &str| call.header(name);
    let forwarded = match known("x-forwarded-for") {
        Some(before) => format!("{before}, {}", call.source_ip),
        None => call.source_ip.clone(),
    };
    [
        ("X-Amzn-Trace-Id", trace(call)),
        ("X-Forwarded-For", forwarded),
        ("X-Forwarded-Port", known("x-forwarded-port").unwrap_or("443").to_owned()),
        ("X-Forwarded-Proto", known("x-forwarded-proto").unwrap_or("https").to_owned()),
    ]
}

/// The root of a call's trace: the caller's, or one that the call's id and time make.
pub(crate) fn trace_root(call: &Call) -> String {
    if let Some(root) = field(call, "root") {
        return root.to_owned();
    }
    let hex: String = call.request_id.chars().filter(char::is_ascii_hexdigit).take(24).collect();
    format!("1-{:08x}-{hex:0<24}", call.epoch_millis / 1000)
}

/// `X-Amzn-Trace-Id`: what the caller sent of it, and the rest.
pub(crate) fn trace(call: &Call) -> String {
    let hex: String = call.request_id.chars().rev().filter(char::is_ascii_hexdigit).take(16).collect();
    let parent = field(call, "parent").map_or_else(|| format!("{hex:0<16}"), str::to_owned);
    let sampled = field(call, "sampled").unwrap_or("0");
    format!("Root={};Parent={parent};Sampled={sampled}", trace_root(call))
}

/// A field of what the caller sent, if it is one that can be sent on.
fn field<'a>(call: &'a Call, name: &str) -> Option<&'a str> {
    let fields = call.header("x-amzn-trace-id")?.split(';');
    let mut fields = fields.filter_map(|field| field.trim().split_once('='));
    let value = fields.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)?;
    (value.len() <= 64 && !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_graphic())).then_some(value)
}
