//! The names of headers: of the response, which an error's field may fill, and of the request, which carry an input's.

use std::fmt;

/// The name of a response header that API Gateway sends as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "String", into = "String")
)]
pub struct HeaderName(String);

/// What every checked name is beside its rules: a text to read, and one to serde.
macro_rules! text {
    ($name:ident) => {
        impl std::ops::Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(text: String) -> Result<Self, String> {
                Self::new(&text)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }
    };
}

text!(HeaderName);
text!(RequestHeader);

/// Sent by API Gateway as `x-amzn-Remapped-…`, whatever the mapping says.
const REMAPPED: [&str; 13] = [
    "authorization",
    "connection",
    "content-md5",
    "date",
    "expect",
    "host",
    "max-forwards",
    "proxy-authenticate",
    "server",
    "trailer",
    "upgrade",
    "user-agent",
    "www-authenticate",
];

/// Mapping one of these makes API Gateway answer 500.
const FORBIDDEN: [&str; 2] = ["content-length", "transfer-encoding"];

/// What frames a message or concerns one connection alone (RFC 9110 section 7.6.1), beside what is forbidden or renamed.
const OF_A_CONNECTION: [&str; 4] = ["keep-alive", "proxy-connection", "te", "http2-settings"];

/// What says how the body is to be read (RFC 9110 section 8 and 14): it is one JSON object, whole and as it is.
const OF_THE_BODY: [&str; 9] = [
    "accept-ranges",
    "content-digest",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-location",
    "content-range",
    "digest",
    "repr-digest",
];

/// What those on the way write of themselves.
const OF_THE_WAY: [&str; 6] = ["age", "alt-svc", "forwarded", "via", "x-cache", "x-request-id"];

/// What a browser obeys for the whole origin, whatever the request was.
const OF_THE_ORIGIN: [&str; 8] = [
    "clear-site-data",
    "content-security-policy",
    "content-security-policy-report-only",
    "nel",
    "origin-agent-cluster",
    "refresh",
    "set-cookie2",
    "strict-transport-security",
];

/// The name in small letters, by which the rules go, if API Gateway takes its letters.
fn lower(name: &str) -> Result<String, String> {
    let is_taken = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'$' | b'-');
    if name.is_empty() || !name.bytes().all(is_taken) {
        return Err(format!(
            "`{name}` can't be a header: API Gateway takes letters, digits, `.`, `_`, `$` and `-` of ASCII"
        ));
    }
    Ok(name.to_ascii_lowercase())
}

impl HeaderName {
    /// Takes a header's name, or says why API Gateway would not send it.
    pub fn new(name: &str) -> Result<Self, String> {
        let lower = lower(name)?;
        if REMAPPED.contains(&lower.as_str()) {
            return Err(format!(
                "API Gateway renames the header `{name}` to `x-amzn-Remapped-{name}`: take a name of your own, such as `X-…`"
            ));
        }
        if FORBIDDEN.contains(&lower.as_str()) {
            return Err(format!(
                "API Gateway answers 500 where `{name}` is mapped: take a name of your own, such as `X-…`"
            ));
        }
        if lower == "retry-after" {
            return Err(format!(
                "the header `{name}` is written from the field that says `retry_after`: say that instead"
            ));
        }
        if matches!(lower.as_str(), "content-type" | "x-error-code" | "set-cookie")
            || lower.starts_with("access-control-")
            || lower.starts_with("x-amz")
            || lower.starts_with("apigw-")
        {
            return Err(format!("the header `{name}` belongs to the mapping: take a name of your own, such as `X-…`"));
        }
        let owner = |of: &str, why: &str| {
            Err(format!("the header `{name}` belongs to {of}, {why}: take a name of your own, such as `X-…`"))
        };
        let is_one = |names: &[&str]| names.contains(&lower.as_str());
        if is_one(&OF_A_CONNECTION) || lower.starts_with("proxy-") {
            return owner("one connection", "which ends at the next hop");
        }
        if is_one(&OF_THE_BODY) {
            return owner("the body", "which is the problem as the function wrote it");
        }
        if is_one(&OF_THE_WAY) || lower.starts_with("x-forwarded-") || lower.starts_with("cdn-") {
            return owner("those on the way", "who write it themselves");
        }
        if is_one(&OF_THE_ORIGIN) || lower.starts_with("cross-origin-") || lower.starts_with("sec-") {
            return owner("the whole origin", "in which a browser obeys it");
        }
        if lower == "authentication-info" {
            return owner("authentication", "which the API's front does");
        }
        Ok(Self(name.to_owned()))
    }

    /// The name as the author wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for HeaderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The name of a request header that carries a field of an operation's input.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "String", into = "String")
)]
pub struct RequestHeader(String);

/// What every HTTP library and those on the way write by themselves.
const OF_THE_LIBRARY: [&str; 12] = [
    "accept",
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
];

impl RequestHeader {
    /// Checks a name: API Gateway takes some of HTTP's, and some are written by whoever sends a request.
    ///
    /// # Errors
    /// Why it can't be one.
    pub fn new(name: &str) -> Result<Self, String> {
        let lower = lower(name)?;
        let of_a_connection = OF_A_CONNECTION.contains(&lower.as_str()) || lower.starts_with("proxy-");
        let of_the_way =
            ["x-forwarded-", "x-amz", "sec-", "access-control-"].iter().any(|start| lower.starts_with(start));
        if OF_THE_LIBRARY.contains(&lower.as_str()) || of_a_connection || of_the_way {
            return Err(format!(
                "the header `{name}` is written by HTTP libraries, or on the way: an input can't travel in it; a handler reads it by an argument `Request`"
            ));
        }
        Ok(Self(name.to_owned()))
    }
}
