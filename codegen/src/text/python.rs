//! Python: literals and docstrings of generated code.

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
                let number = u32::from(c);
                // Writing to a String never fails.
                let _ = match number {
                    0..=0xff => write!(out, "\\x{number:02x}"),
                    0x100..=0xffff => write!(out, "\\u{number:04x}"),
                    _ => write!(out, "\\U{number:08x}"),
                };
            }
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

/// The lines of a docstring, in its quotes, as ruff leaves them: nothing in it ends it, and nothing in it escapes.
pub fn docstring(text: &str) -> Vec<String> {
    let text = visible(text);
    let mut lines: Vec<String> = text.trim().lines().map(|line| line.trim_end().to_owned()).collect();
    dedent(&mut lines);
    let mut prefix = "";
    let all = lines.join("\n");
    if all.contains("\"\"\"") || all.ends_with('\\') {
        for line in &mut lines {
            *line = line.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
        }
    } else if all.contains('\\') {
        prefix = "r";
    }
    let Some(first) = lines.first_mut() else { return Vec::new() };
    // A quote beside the quotes would be one of them.
    let blank = if first.starts_with('"') { " " } else { "" };
    *first = format!("{prefix}\"\"\"{blank}{first}");
    match &mut *lines {
        [only] => {
            let blank = if only.ends_with('"') { " " } else { "" };
            let _ = write!(only, "{blank}\"\"\"");
        }
        _ => lines.push("\"\"\"".to_owned()),
    }
    lines
}

/// Takes the indentation away that all lines behind the first have.
fn dedent(lines: &mut [String]) {
    let Some((_, rest)) = lines.split_first_mut() else { return };
    for line in rest.iter_mut() {
        let text = line.trim_start();
        let before: usize = line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum();
        *line = format!("{}{text}", " ".repeat(before));
    }
    let indents = rest.iter().filter(|line| !line.is_empty()).map(|line| line.len() - line.trim_start().len());
    let common = indents.min().unwrap_or_default();
    for line in rest.iter_mut() {
        line.drain(..common.min(line.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_literal_or_docstring() {
        assert_eq!(string("it's \"so\" \"x\"\n\u{202e}\0"), "'it\\'s \"so\" \"x\"\\n\\u202e\\x00'");
        assert_eq!(string("{x} 'y'\u{e0001}"), "\"{x} 'y'\\U000e0001\"");
        assert_eq!(docstring("A \"\"\" \\"), ["\"\"\"A \\\"\\\"\\\" \\\\\"\"\""]);
        assert_eq!(docstring("A \\d.\n\n  - b\n    c"), ["r\"\"\"A \\d.", "", "- b", "  c", "\"\"\""]);
        assert_eq!(docstring("\"A\""), ["\"\"\" \"A\" \"\"\""]);
        assert!(docstring(" ").is_empty());
    }
}
