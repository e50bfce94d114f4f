//! TOML: the manifests of generated crates.

use ::toml::Value;
use std::fmt::Write as _;

/// A string, as the value of a key.
pub fn string(text: &str) -> String {
    // The library may choose a form over several lines where the text has some, which an inline table does not take.
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                // Writing to a String never fails.
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A key: bare where it can be.
pub fn key(text: &str) -> String {
    let bare = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    if bare { text.to_owned() } else { string(text) }
}

/// A value, on one line.
pub fn value(value: &Value) -> String {
    match value {
        Value::String(text) => string(text),
        Value::Array(values) => format!("[{}]", values.iter().map(self::value).collect::<Vec<_>>().join(", ")),
        Value::Table(table) => {
            let entries = table.iter().map(|(name, value)| format!("{} = {}", key(name), self::value(value)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
        // Numbers, truth values and times hold no text.
        other => other.to_string(),
    }
}
