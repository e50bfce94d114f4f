//! Docstrings: a sentence on the first line, and what follows it behind an empty one.

use crate::text::python::docstring;

/// The lines of a docstring whose first paragraph is one line that ends as a sentence does, as Python's tools ask for.
pub(super) fn sentences(text: &str) -> Vec<String> {
    let text = text.trim();
    let (first, rest) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut first = first.split_whitespace().collect::<Vec<_>>().join(" ");
    if !first.ends_with(['.', '?', '!']) && !first.is_empty() {
        first.push('.');
    }
    docstring(&if rest.is_empty() { first } else { format!("{first}\n\n{rest}") })
}

/// Lines at an indentation, but for empty ones.
pub(super) fn indented(lines: &[String], indent: &str) -> String {
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!("{indent}{line}") });
    lines.collect::<Vec<_>>().join("\n")
}
