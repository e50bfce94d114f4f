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

/// A JSON text that is printed as it stands: every character of a string in it that any Velocity could read as its own is
/// written by its number.
pub fn document(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let number = |out: &mut String, c: char| out.extend(["\\u", &format!("{:04x}", u32::from(c))]);
    let mut chars = json.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('u') => out.push_str("\\u"),
                Some('b') => number(&mut out, '\u{8}'),
                Some('f') => number(&mut out, '\u{c}'),
                Some('n') => number(&mut out, '\n'),
                Some('r') => number(&mut out, '\r'),
                Some('t') => number(&mut out, '\t'),
                Some(itself) => number(&mut out, itself),
                None => {}
            },
            '$' | '#' | '\'' => number(&mut out, c),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn a_document_holds_nothing_of_velocitys_and_reads_back() {
        let text = "it's \"x\" \\ \\\\ \u{8}\u{c}\n\r\t\u{1} / é 🫖 $a ${b} $!c #if(1) ## #* #[[ \\u0024 #end";
        let value = json!({ text: [text, 7, null], "plain": { "a": 0.5 } });
        let written = document(&value.to_string());
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), value);
        assert!(
            !written.contains(['$', '#', '\'']) && !written.contains("\\\\") && !written.contains("\\\""),
            "{written}"
        );
    }
}
