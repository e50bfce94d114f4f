//! Compares what AWS was recorded doing with what this gateway does.

use super::case::{Answered, Sent};
use serde_json::{Value, json};
use throwback_gateway::{BackendRequest, Response};

impl Sent {
    pub(crate) fn differences(&self, found: &BackendRequest) -> Vec<String> {
        let mut differences = Vec::new();
        let texts = [
            ("method", &self.method, &found.method),
            ("uri", &self.uri, &found.uri),
            ("body", &self.body, &found.body),
        ];
        for (what, expected, found) in texts {
            if expected.as_ref().is_some_and(|expected| expected != found) {
                differences
                    .push(format!("sent {what}: {found:?} and not {:?}", expected.as_deref().unwrap_or_default()));
            }
        }
        if let Some(expected) = &self.json {
            compare("sent body", expected, &read(&found.body), &mut differences);
        }
        if let Some(expected) = &self.headers {
            let lower = |headers: &mut dyn Iterator<Item = (&str, &str)>| -> Value {
                headers.map(|(name, value)| (name.to_ascii_lowercase(), Value::from(value))).collect()
            };
            let expected = lower(&mut expected.iter().map(|(name, value)| (name.as_str(), value.as_str())));
            let found = lower(&mut found.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())));
            compare("sent headers", &expected, &found, &mut differences);
        }
        differences
    }
}

impl Answered {
    pub(crate) fn differences(&self, found: &Response) -> Vec<String> {
        let mut differences = Vec::new();
        if self.status.is_some_and(|status| status != found.status) {
            let status = self.status.unwrap_or_default();
            differences.push(format!("status {} and not {status}: {:?}", found.status, found.trace.warnings));
        }
        for (name, expected) in &self.headers {
            let expected = Value::from(expected.as_str());
            compare(&format!("header {name}"), &expected, &json!(found.header(name)), &mut differences);
        }
        for name in &self.without {
            if let Some(value) = found.header(name) {
                differences.push(format!("header {name} is {value:?} and was not there"));
            }
        }
        let text = String::from_utf8_lossy(&found.body);
        if self.body.as_ref().is_some_and(|body| *body != text) {
            differences.push(format!("body {text:?} and not {:?}", self.body.as_deref().unwrap_or_default()));
        }
        if let Some(expected) = &self.json {
            compare("body", expected, &read(&text), &mut differences);
        }
        if let Some(expected) = &self.base64 {
            use base64::Engine as _;
            let found = base64::engine::general_purpose::STANDARD.encode(&found.body);
            if *expected != found {
                differences.push(format!("body {found} and not {expected}, both in base64"));
            }
        }
        differences
    }
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::from(text))
}

/// Compares two values; `<…>` stands for any value but null, as the recordings have it where AWS made one up.
pub(crate) fn compare(at: &str, expected: &Value, found: &Value, differences: &mut Vec<String>) {
    match (expected, found) {
        (Value::String(any), found) if any.starts_with('<') && any.ends_with('>') => {
            if found.is_null() {
                differences.push(format!("{at} is not there"));
            }
        }
        (Value::Object(expected), Value::Object(found)) => {
            for (name, expected) in expected {
                match found.get(name) {
                    Some(found) => compare(&format!("{at}.{name}"), expected, found, differences),
                    None => differences.push(format!("{at}.{name} is not there")),
                }
            }
            for name in found.keys().filter(|name| !expected.contains_key(*name)) {
                differences.push(format!("{at}.{name} is {} and was not there", found[name]));
            }
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            for (n, (expected, found)) in expected.iter().zip(found).enumerate() {
                compare(&format!("{at}[{n}]"), expected, found, differences);
            }
        }
        (expected, found) if expected == found => {}
        (expected, found) => differences.push(format!("{at}: {found} and not {expected}")),
    }
}
