//! A REST API with a proxy integration, and an HTTP API of payload 1.0 (API Gateway developer guide, "Input format of a
//! Lambda function for proxy integration"; recorded: a path comes as it was sent, a query decoded).

use super::{Call, Map, aligned, body, either};
use crate::lambda::request::{Caller, Request, Texts};
use crate::lambda::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    /// Of an HTTP API alone.
    #[serde(default)]
    version: Option<String>,
    http_method: String,
    resource: String,
    path: String,
    #[serde(default)]
    path_parameters: Map,
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
    request_context: Context,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Context {
    #[serde(default)]
    stage: Option<String>,
    #[serde(default)]
    request_id: Option<String>,
    #[serde(default)]
    identity: Option<Texts>,
    #[serde(default)]
    authorizer: Option<BTreeMap<String, Value>>,
}

pub(super) fn read(text: &str) -> Option<Call> {
    let event: Event = serde_json::from_str(text).ok()?;
    let parameters = event.path_parameters.unwrap_or_default();
    let Context { stage, request_id, identity, authorizer } = event.request_context;
    let mut authorizer = authorizer.unwrap_or_default();
    // Of a Cognito user pool or of a JWT authorizer.
    let claims = authorizer.remove("claims");
    let claims = claims.or_else(|| Some(authorizer.remove("jwt")?.get_mut("claims")?.take()));
    let identity = identity.unwrap_or_default().without("apiKey");
    let query = either(event.multi_value_query_string_parameters, event.query_string_parameters);
    let headers = either(event.multi_value_headers, event.headers).into_iter().collect();
    let caller = Caller::new(identity, claims.map(Texts::of).unwrap_or_default(), Texts::of_all(authorizer));
    Some(Call {
        method: event.http_method,
        segments: aligned(&event.path, &event.resource, &parameters),
        encoded: event.version.is_none(),
        query,
        body: body(event.body, event.is_base64_encoded)?,
        request: Request::new(headers, request_id.unwrap_or_default(), stage.unwrap_or_default(), caller),
    })
}

/// What every API of a proxy integration takes: REST APIs refuse any other member.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer<'a> {
    status_code: u16,
    headers: BTreeMap<&'a str, &'a str>,
    body: &'a str,
    is_base64_encoded: bool,
}

impl<'a> Answer<'a> {
    pub(super) fn of(response: &'a Response) -> Self {
        Self {
            status_code: response.status,
            headers: response.headers().collect(),
            body: &response.body,
            is_base64_encoded: false,
        }
    }
}

pub(super) fn write(response: &Response) -> Box<RawValue> {
    // Texts and numbers always serialize.
    to_raw_value(&Answer::of(response)).unwrap_or_default()
}
