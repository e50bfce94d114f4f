//! Response headers: which names API Gateway keeps, renames or refuses.

/// A response's headers while they are gathered; a later value takes the place of an earlier one.
#[derive(Debug, Default)]
pub(crate) struct Headers(Vec<(String, String)>);

/// Recorded on API Gateway: these leave it as `x-amzn-Remapped-…`.
const REMAPPED: [&str; 14] = [
    "authorization",
    "connection",
    "content-length",
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

/// Recorded on API Gateway: this one does not leave it.
const KEPT: &str = "transfer-encoding";

/// API Gateway's limit for all header values together, in bytes.
const TOTAL: usize = 10_240;

impl Headers {
    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        match self.0.iter_mut().find(|(key, _)| key.eq_ignore_ascii_case(name)) {
            Some(entry) => entry.1 = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// Sets a header that a mapping, a template or a backend asks for; the answer is a warning.
    pub(crate) fn map(&mut self, name: &str, value: &str) -> Option<String> {
        if !is_name(name) {
            return Some(format!("header name `{name}` is not valid; the header is not sent"));
        }
        if name.eq_ignore_ascii_case(KEPT) {
            return Some(format!("API Gateway does not send header `{name}`"));
        }
        if value.bytes().any(|byte| byte < b' ' && byte != b'\t' || byte == 0x7f) {
            return Some(format!("the value of header `{name}` holds a control character; the header is not sent"));
        }
        if REMAPPED.iter().any(|remapped| remapped.eq_ignore_ascii_case(name)) {
            return Some(self.rename(name, value));
        }
        self.set(name, value);
        (self.0.iter().map(|(_, value)| value.len()).sum::<usize>() > TOTAL)
            .then(|| format!("the headers' values are over {TOTAL} bytes, API Gateway's limit"))
    }

    /// Sets a header under the name that API Gateway gives to those whose own it wants for itself.
    pub(crate) fn rename(&mut self, name: &str, value: &str) -> String {
        let renamed = format!("x-amzn-Remapped-{name}");
        self.set(&renamed, value);
        format!("header `{name}` leaves API Gateway as `{renamed}`")
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
