//! Response headers that an error's field may fill.

use std::fmt;

/// The name of a response header that API Gateway sends as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HeaderName(String);

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

impl HeaderName {
    /// Takes a header's name, or says why API Gateway would not send it.
    pub fn new(name: &str) -> Result<Self, String> {
        let lower = name.to_ascii_lowercase();
        if name.is_empty()
            || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'$' | b'-'))
        {
            return Err(format!(
                "`{name}` can't be a header: API Gateway takes letters, digits, `.`, `_`, `$` and `-` of ASCII"
            ));
        }
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
        {
            return Err(format!("the header `{name}` belongs to the mapping: take a name of your own, such as `X-…`"));
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
