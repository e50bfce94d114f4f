//! HCL: texts in Terraform's JSON, where each is a template.

use std::borrow::Cow;
use std::fmt::Write as _;

/// A string of a `.tf.json` file, the key of an object among them, that is evaluated to the text: `${` and `%{` begin a
/// template unless their sign is doubled (HCL, "JSON Expression Mapping" and "Template Literals").
pub fn template(text: &str) -> Cow<'_, str> {
    if text.contains("${") || text.contains("%{") {
        text.replace("${", "$${").replace("%{", "%%{").into()
    } else {
        text.into()
    }
}

/// A quoted literal inside an expression (HCL, "Template Literals").
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in template(text).chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                // Writing to a String never fails.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
