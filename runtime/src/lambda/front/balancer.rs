//! An application load balancer (Elastic Load Balancing user guide, "Use Lambda functions as targets of an Application Load
//! Balancer"): it decodes nothing, and has headers and query in one form of two, as its target group says.

use super::{Call, Map, body, either, segments};
use crate::input::query;
use crate::lambda::request::{Caller, Request, Texts};
use crate::lambda::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    http_method: String,
    path: String,
    #[serde(default)]
    headers: Map,
    #[serde(default)]
    multi_value_headers: Map<Vec<String>>,
    #[serde(default)]
    query_string_parameters: Map,
    #[serde(default)]
    multi_value_query_string_parameters: Map<Vec<String>>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
}

/// The call, and whether its headers have several values.
pub(super) fn read(text: &str) -> Option<(Call, bool)> {
    let event: Event = serde_json::from_str(text).ok()?;
    let multi_value = event.multi_value_headers.is_some();
    let headers: Texts = either(event.multi_value_headers, event.headers).into_iter().collect();
    let query = either(event.multi_value_query_string_parameters, event.query_string_parameters);
    let query = query.into_iter().map(|(name, value)| (query::decoded(&name), query::decoded(&value))).collect();
    // The balancer appends the address that it saw to what the caller wrote.
    let source_ip =
        headers.of_header("x-forwarded-for").and_then(|list| list.rsplit(',').next()).map(|ip| ip.trim().to_owned());
    let user_agent = headers.of_header("user-agent").map(str::to_owned);
    let identity = [("sourceIp", source_ip), ("userAgent", user_agent)];
    let identity = identity.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let caller = Caller::new(identity.collect(), Texts::default(), Texts::default());
    let call = Call {
        method: event.http_method,
        segments: segments(&event.path),
        encoded: true,
        query,
        body: body(event.body, event.is_base64_encoded)?,
        request: Request::new(headers, String::new(), String::new(), caller),
    };
    Some((call, multi_value))
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    status_code: u16,
    status_description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    headers: Option<BTreeMap<&'a str, &'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    multi_value_headers: Option<BTreeMap<&'a str, [&'a str; 1]>>,
    body: &'a str,
    is_base64_encoded: bool,
}

pub(super) fn write(response: &Response, multi_value: bool) -> Box<RawValue> {
    let answer = Answer {
        status_code: response.status,
        status_description: format!("{} {}", response.status, response.reason()),
        headers: (!multi_value).then(|| response.headers().collect()),
        multi_value_headers: multi_value.then(|| response.headers().map(|(name, value)| (name, [value])).collect()),
        body: &response.body,
        is_base64_encoded: false,
    };
    // Texts and numbers always serialize.
    to_raw_value(&answer).unwrap_or_default()
}
