//! `$context`: what API Gateway knows of a call besides its payload.

use super::call::{Call, Caller};
use super::headers::Headers;
use super::json::Json;
use super::received;
use indexmap::IndexMap;

/// The name that this gateway gives itself, where AWS has an id.
pub(crate) const API_ID: &str = "local";

/// What the identity in a proxy's event has, whoever calls. Whether a template can list what is not known is not documented: it
/// can't here.
pub(crate) const ANONYMOUS: [&str; 10] = [
    "accessKey",
    "accountId",
    "caller",
    "cognitoAuthenticationProvider",
    "cognitoAuthenticationType",
    "cognitoIdentityId",
    "cognitoIdentityPoolId",
    "principalOrgId",
    "user",
    "userArn",
];

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
    let host = call.header("host").unwrap_or("localhost");
    let authorizer = call.caller.as_ref().and_then(Caller::authorizer);
    let mut context = map([
        ("accountId", text("000000000000")),
        ("apiId", text(API_ID)),
        ("deploymentId", text(API_ID)),
        ("domainName", text(host)),
        ("domainPrefix", text(host.split(['.', ':']).next().unwrap_or_default())),
        ("extendedRequestId", text(&extended_id(call))),
        ("httpMethod", text(&call.method)),
        ("identity", Json::Map(identity)),
        ("path", text(&format!("/{}{}", call.stage, call.path))),
        ("protocol", text("HTTP/1.1")),
        ("requestId", text(&call.request_id)),
        ("requestTime", text(&request_time(call.epoch_millis))),
        ("requestTimeEpoch", Json::Int(call.epoch_millis.into())),
        ("resourceId", resource.map_or(Json::Null, |_| text(API_ID))),
        ("resourcePath", resource.map_or(Json::Null, text)),
        ("stage", text(&call.stage)),
        ("xrayTraceId", text(&received::trace_root(call))),
    ]);
    if let (Json::Map(context), Some(authorizer)) = (&mut context, authorizer) {
        context.insert("authorizer".to_owned(), authorizer.clone());
    }
    context
}

/// A time as `$context.requestTime` has it: `09/Apr/2015:12:34:56 +0000`.
pub(crate) fn request_time(epoch_millis: u64) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let seconds = epoch_millis / 1000;
    let (mut days, second) = (seconds / 86_400, seconds % 86_400);
    // Whole cycles of the calendar first, so that no year is counted one by one but those of the last cycle.
    let mut year = 1970 + 400 * (days / 146_097);
    days %= 146_097;
    let is_leap = |year: u64| year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let mut month = "";
    for (name, length) in MONTHS.iter().zip([31, 28 + u64::from(is_leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    {
        month = name;
        if days < length {
            break;
        }
        days -= length;
    }
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{:02}/{month}/{year}:{hour:02}:{minute:02}:{second:02} +0000", days + 1)
}

/// The value of `x-amz-apigw-id`.
pub(crate) fn extended_id(call: &Call) -> String {
    call.request_id.chars().filter(char::is_ascii_alphanumeric).take(15).chain("=".chars()).collect()
}

/// Sets the headers that tell one response from another.
pub(crate) fn identify(headers: &mut Headers, call: &Call) {
    headers.set("x-amzn-requestid", call.request_id.as_str());
    headers.set("x-amz-apigw-id", extended_id(call));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_as_in_an_access_log() {
        for (millis, written) in [
            (0, "01/Jan/1970:00:00:00 +0000"),
            (1_428_582_896_000, "09/Apr/2015:12:34:56 +0000"),
            (951_782_399_999, "28/Feb/2000:23:59:59 +0000"),
            (951_868_799_000, "29/Feb/2000:23:59:59 +0000"),
            (4_107_542_399_000, "28/Feb/2100:23:59:59 +0000"),
            (4_107_542_400_000, "01/Mar/2100:00:00:00 +0000"),
            (1_735_689_599_000, "31/Dec/2024:23:59:59 +0000"),
        ] {
            assert_eq!(request_time(millis), written);
        }
        assert!(request_time(u64::MAX).ends_with(" +0000"));
    }
}
