//! TypeScript: literals and doc comments of generated code.

use super::visible;
use std::fmt::Write as _;

/// A string literal: in the quotes that ask for fewer escapes.
pub fn string(text: &str) -> String {
    let count = |quote: char| text.chars().filter(|c| *c == quote).count();
    let quote = if count('"') > count('\'') { '\'' } else { '"' };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if super::visible::acts(c) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    // Writing to a String never fails.
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

/// The name of a member in an object literal: bare where it can be.
pub fn key(name: &str) -> String {
    if name == "__proto__" {
        // Bare or in quotes, it would be the object's prototype.
        return format!("[{}]", string(name));
    }
    let is_bare = !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_$".contains(&byte));
    if is_bare { name.to_owned() } else { string(name) }
}

/// The lines of a doc comment: nothing in it ends the comment, and nothing is taken for a tag.
pub fn docs(text: &str) -> Vec<String> {
    let text = visible(text).replace("*/", "*\\/").replace('@', "\\@").replace("{\\@", "\\{\\@");
    let lines: Vec<_> = text.trim().lines().map(str::trim_end).collect();
    match &*lines {
        [] => Vec::new(),
        [only] => vec![format!("/** {only} */")],
        lines => {
            let mut out = vec!["/**".to_owned()];
            out.extend(lines.iter().map(|line| format!(" * {line}").trim_end().to_owned()));
            out.push(" */".to_owned());
            out
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_literal_or_comment() {
        assert_eq!(string("it's \"so\" \"x\"\n\u{202e}\0"), "'it\\'s \"so\" \"x\"\\n\\u202e\\u0000'");
        assert_eq!(string("${x} `y`"), "\"${x} `y`\"");
        assert_eq!(docs("a */ b\n\n@c \u{202e}"), ["/**", " * a *\\/ b", " *", " * \\@c \\u{202e}", " */"]);
        assert!(docs(" ").is_empty());
        let keys = ["$ref", "constructor", "404", "a-b", "", "__proto__", "é"].map(key);
        assert_eq!(keys, ["$ref", "constructor", "\"404\"", "\"a-b\"", "\"\"", "[\"__proto__\"]", "\"é\""]);
    }
}
