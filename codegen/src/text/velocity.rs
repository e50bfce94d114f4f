//! Velocity: texts in API Gateway's mapping templates.

use std::borrow::Cow;

/// A string literal, for an argument or behind `#set`. In single quotes nothing is evaluated, and a quote is doubled.
///
/// API Gateway's own restrictions on names keep quotes out of every literal that is written today; `LocalStack`'s
/// Velocity does not know the doubled one.
pub fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A text that is printed, in two parts: what is set before, and what stands in the text's place.
///
/// Characters that Velocity reads outside of a directive can't be escaped there in a way that holds whatever stands
/// beside them; a text that has one is put into the variable first, and printed from it.
pub fn printed<'a>(text: &'a str, variable: &str) -> (String, Cow<'a, str>) {
    if text.contains(['$', '#', '\\']) {
        (format!("#set(${variable}={})", literal(text)), format!("${{{variable}}}").into())
    } else {
        (String::new(), text.into())
    }
}

/// The inside of a JSON string that is printed, in the same two parts.
pub fn json(text: &str, variable: &str) -> (String, String) {
    let mut escaped = String::with_capacity(text.len());
    throwback_syntax::escape(&mut escaped, text);
    let (set, printed) = printed(&escaped, variable);
    (set, printed.into_owned())
}
