//! Markdown: the READMEs of generated clients.

use super::visible;

/// A text inside a line, a cell of a table or a paragraph: shown as it is, its line breaks as blanks.
pub fn inline(text: &str) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len() + 8);
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        let mut before = None;
        let mut chars = word.chars().peekable();
        while let Some(c) = chars.next() {
            let acts = match c {
                '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' | '$' => true,
                // Between letters it is part of a word.
                '_' => {
                    !(before.is_some_and(char::is_alphanumeric) && chars.peek().is_some_and(|c| c.is_alphanumeric()))
                }
                '&' => chars.peek().is_some_and(|c| c.is_ascii_alphanumeric() || *c == '#'),
                _ => false,
            };
            if acts {
                out.push('\\');
            }
            out.push(c);
            before = Some(c);
        }
    }
    out
}

/// A text as code, in a cell of a table.
pub fn code(text: &str) -> String {
    // A bar ends a cell in code too. A code span is fenced by more backticks than any run inside of it.
    let text = visible(text).replace('\n', " ").replace('|', "\\|");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let blank = if longest > 0 || text.is_empty() { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}
