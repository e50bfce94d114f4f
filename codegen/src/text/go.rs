//! Go: literals and doc comments of generated code.

use super::visible;
use std::fmt::Write as _;

/// A string literal.
pub fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            ' '..='~' => out.push(c),
            c if c.is_alphanumeric() => out.push(c),
            c => {
                // Writing to a String never fails.
                let _ = write!(out, "\\U{:08x}", u32::from(c));
            }
        }
    }
    out.push('"');
    out
}

/// How wide the lines of a doc comment are.
const WIDTH: usize = 110;

/// The lines of a doc comment, each as it stands behind `//`: paragraphs, filled, so that gofmt finds nothing to change, and
/// nothing in them that it would take for a list, a heading, code, a link or a directive.
pub fn docs(text: &str) -> Vec<String> {
    let text = visible(text);
    let mut lines = Vec::new();
    let mut paragraph = Vec::new();
    for line in text.lines().chain([""]) {
        if line.trim().is_empty() {
            if !paragraph.is_empty() {
                if !lines.is_empty() {
                    lines.push(String::new());
                }
                fill(&paragraph.join(" "), &mut lines);
                paragraph.clear();
            }
        } else {
            paragraph.push(line.trim());
        }
    }
    lines
}

fn fill(text: &str, lines: &mut Vec<String>) {
    let mut text = text.to_owned();
    // gofmt makes other quotes of two.
    for pair in ["``", "''"] {
        while text.contains(pair) {
            text = text.replace(pair, &format!("{} {}", &pair[..1], &pair[1..]));
        }
    }
    let mut line = String::new();
    for word in text.split_whitespace() {
        let plain = word.starts_with(|c: char| c.is_alphabetic() || c == '`') && !word.ends_with(':');
        if !line.is_empty() && plain && line.chars().count() + word.chars().count() > WIDTH {
            lines.push(std::mem::take(&mut line));
        }
        if line.is_empty() {
            line.push_str(if word.starts_with(|c: char| c.is_alphabetic() || c == '`') { " " } else { " · " });
        } else {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_gofmt_would_take_for_more_is_text() {
        assert_eq!(docs("A.\n\n- b\n- c\n\n# D"), [" A.", "", " · - b - c", "", " · # D"]);
        assert_eq!(docs("*/ ``x`` ${y}\u{202e}"), [" · */ ` `x` ` ${y}\\u{202e}"]);
        assert_eq!(string("a\"\\\n\u{202e}é"), "\"a\\\"\\\\\\n\\U0000202eé\"");
    }
}
