//! Response headers: which names API Gateway keeps, renames or refuses.

/// A response's headers while they are gathered; a later value takes the place of an earlier one.
#[derive(Debug, Default)]
pub(crate) struct Headers(Vec<(String, String)>);

/// Recorded on API Gateway: these leave it as `x-amzn-Remapped-…`.
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

/// Recorded on API Gateway: mapping one of these turns the response into a 500.
const REFUSED: [&str; 2] = ["content-length", "transfer-encoding"];

/// API Gateway's limit for all header values together, in bytes.
const TOTAL: usize = 10_240;

/// What is wrong with a header that was to be set.
pub(crate) enum Unsuited {
    /// The whole response fails.
    Refused,
    /// This header is not sent.
    Dropped(String),
}

impl Headers {
    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        match self.0.iter_mut().find(|(key, _)| key.eq_ignore_ascii_case(name)) {
            Some(entry) => entry.1 = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// Sets a header that a mapping or a template asks for; the message is a warning.
    pub(crate) fn map(&mut self, name: &str, value: &str) -> Result<Option<String>, Unsuited> {
        if !is_name(name) {
            return Err(Unsuited::Dropped(format!("header name `{name}` is not valid; the header is not sent")));
        }
        let lower = name.to_ascii_lowercase();
        if REFUSED.contains(&lower.as_str()) {
            return Err(Unsuited::Refused);
        }
        if value.bytes().any(|byte| byte < b' ' && byte != b'\t' || byte == 0x7f) {
            return Err(Unsuited::Dropped(format!(
                "the value of header `{name}` holds a control character; the header is not sent"
            )));
        }
        if REMAPPED.contains(&lower.as_str()) {
            let renamed = format!("x-amzn-Remapped-{name}");
            self.set(&renamed, value);
            return Ok(Some(format!("header `{name}` leaves API Gateway as `{renamed}`")));
        }
        self.set(name, value);
        if self.0.iter().map(|(_, value)| value.len()).sum::<usize>() > TOTAL {
            return Ok(Some(format!("the headers' values are over {TOTAL} bytes, API Gateway's limit")));
        }
        Ok(None)
    }

    pub(crate) fn set_missing(&mut self, name: &str, value: &str) {
        if !self.0.iter().any(|(key, _)| key.eq_ignore_ascii_case(name)) {
            self.set(name, value);
        }
    }

    pub(crate) fn rewrite(&mut self, by: impl Fn(String) -> String) {
        for (_, value) in &mut self.0 {
            *value = by(std::mem::take(value));
        }
    }

    pub(crate) fn into_vec(self) -> Vec<(String, String)> {
        self.0
    }
}

/// The names that a mapping can have: `[A-Za-z0-9._$-]+`.
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._$-".contains(&byte))
}
