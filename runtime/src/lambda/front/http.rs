//! An HTTP API of payload 2.0, and a function URL, which has the same (API Gateway developer guide, "Create AWS Lambda proxy
//! integrations for HTTP APIs"; Lambda developer guide, "Invoking Lambda function URLs").

use super::proxy::Answer;
use super::{Call, Map, aligned, body, pairs, segments};
use crate::input::query;
use crate::lambda::request::{Caller, Request, Texts};
use crate::lambda::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    #[serde(default)]
    route_key: Option<String>,
    raw_path: String,
    /// AWS writes an empty text where there is none, `cargo lambda watch` writes `null`.
    #[serde(default)]
    raw_query_string: Option<String>,
    #[serde(default)]
    path_parameters: Map,
    #[serde(default)]
    headers: Map,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
    request_context: Context,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Context {
    http: Http,
    #[serde(default)]
    domain_name: Option<String>,
    #[serde(default)]
    stage: Option<String>,
    #[serde(default)]
    request_id: Option<String>,
    #[serde(default)]
    authorizer: Option<Authorizer>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Http {
    method: String,
    #[serde(default)]
    source_ip: Option<String>,
    #[serde(default)]
    user_agent: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Authorizer {
    iam: Option<BTreeMap<String, Value>>,
    jwt: Option<Jwt>,
    lambda: Option<BTreeMap<String, Value>>,
}

#[derive(Deserialize)]
struct Jwt {
    #[serde(default)]
    claims: Option<BTreeMap<String, Value>>,
}

pub(super) fn read(text: &str) -> Option<Call> {
    let event: Event = serde_json::from_str(text).ok()?;
    let Context { http, domain_name, stage, request_id, authorizer } = event.request_context;
    let stage = stage.unwrap_or_default();
    let authorizer = authorizer.unwrap_or_default();
    let route = event.route_key.as_deref().and_then(|key| key.split_once(' ')).map(|(_, path)| path);
    let mut segments = segments(&event.raw_path);
    if let Some(path) = route {
        segments = aligned(&event.raw_path, path, &event.path_parameters.unwrap_or_default());
    } else if segments.first().is_some_and(|first| *first == stage) {
        // A stage other than `$default` stands before the path.
        segments.remove(0);
    }
    let jwt = authorizer.jwt.and_then(|jwt| jwt.claims).unwrap_or_default();
    let caller = Caller::new(
        identity(authorizer.iam.unwrap_or_default(), http.source_ip, http.user_agent),
        Texts::of_all(jwt),
        Texts::of_all(authorizer.lambda.unwrap_or_default()),
    );
    let headers = pairs(event.headers).collect();
    Some(Call {
        method: http.method,
        segments,
        // `ID.lambda-url.REGION.on.aws`, whatever stands before it.
        encoded: domain_name.is_some_and(|name| name.contains(".lambda-url.")),
        query: query::read(event.raw_query_string.as_deref().unwrap_or_default()),
        body: body(event.body, event.is_base64_encoded)?,
        request: Request::new(headers, request_id.unwrap_or_default(), stage, caller),
    })
}

/// The identity by the names that a REST API has for it.
fn identity(mut iam: BTreeMap<String, Value>, source_ip: Option<String>, user_agent: Option<String>) -> Texts {
    let cognito = iam.remove("cognitoIdentity");
    let cognito = |name: &str| Some(cognito.as_ref()?.get(name)?.clone());
    let found = [
        ("cognitoIdentityId", cognito("identityId")),
        ("cognitoIdentityPoolId", cognito("identityPoolId")),
        ("caller", iam.remove("callerId")),
        ("user", iam.remove("userId")),
        ("sourceIp", source_ip.map(Value::from)),
        ("userAgent", user_agent.map(Value::from)),
    ];
    let found = found.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Texts::of_all(iam.into_iter().chain(found))
}

/// What both of them take.
#[derive(Serialize)]
struct Reply<'a> {
    #[serde(flatten)]
    answer: Answer<'a>,
    /// There are none. `aws_lambda_events`, by which `cargo lambda watch` reads replies, does not take one without the member.
    cookies: [&'a str; 0],
}

/// With a `statusCode`, so that nothing is inferred.
pub(super) fn write(response: &Response) -> Box<RawValue> {
    // Texts and numbers always serialize.
    to_raw_value(&Reply { answer: Answer::of(response), cookies: [] }).unwrap_or_default()
}
