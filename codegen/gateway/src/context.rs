//! `$context`: what API Gateway knows of a call besides its payload.

use super::call::{Call, Caller};
use super::json::Json;
use indexmap::IndexMap;

/// The name that this gateway gives itself, where AWS has an id.
pub(crate) const API_ID: &str = "local";

/// The value of `$context`; `resource` is the route's path, unknown where no route was found.
pub(crate) fn context(call: &Call, resource: Option<&str>) -> Json {
    let text = |text: &str| Json::Text(text.to_owned());
    let mut identity = IndexMap::new();
    for (name, value) in call.caller.iter().flat_map(Caller::identity) {
        identity.insert(name.clone(), value.clone());
    }
    if let Some(key) = call.header("x-api-key").filter(|key| call.api_keys.iter().any(|known| known == key)) {
        identity.insert("apiKey".to_owned(), text(key));
        identity.insert("apiKeyId".to_owned(), text(API_ID));
    }
    identity.insert("sourceIp".to_owned(), text(&call.source_ip));
    identity.insert("userAgent".to_owned(), text(call.header("user-agent").unwrap_or("")));
    let authorizer = call.caller.as_ref().and_then(Caller::authorizer);
    let mut context = map([
        ("accountId", text("000000000000")),
        ("apiId", text(API_ID)),
        ("domainName", text(call.header("host").unwrap_or("localhost"))),
        ("extendedRequestId", text(&extended_id(call))),
        ("httpMethod", text(&call.method)),
        ("identity", Json::Map(identity)),
        ("path", text(&format!("/{}{}", call.stage, call.path))),
        ("protocol", text("HTTP/1.1")),
        ("requestId", text(&call.request_id)),
        ("requestTimeEpoch", Json::Int(call.epoch_millis.into())),
        ("resourcePath", resource.map_or(Json::Null, text)),
        ("stage", text(&call.stage)),
    ]);
    if let (Json::Map(context), Some(authorizer)) = (&mut context, authorizer) {
        context.insert("authorizer".to_owned(), authorizer.clone());
    }
    context
}

/// The value of `x-amz-apigw-id`.
pub(crate) fn extended_id(call: &Call) -> String {
    call.request_id.chars().filter(char::is_ascii_alphanumeric).take(15).chain("=".chars()).collect()
}

/// A scalar of `$context` by its dotted path, as mapping expressions and gateway responses name it.
pub(crate) fn look_up(context: &Json, path: &str) -> Option<String> {
    let mut at = context;
    for name in path.split('.') {
        at = at.get(name)?;
    }
    match at {
        Json::Text(text) => Some(text.clone()),
        Json::Int(number) => Some(number.to_string()),
        Json::Bool(bool) => Some(bool.to_string()),
        _ => None,
    }
}

fn map<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Map(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<IndexMap<_, _>>())
}
