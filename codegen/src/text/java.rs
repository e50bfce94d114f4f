//! Java: literals and doc comments of generated code.

use super::visible;
use std::fmt::Write as _;

/// How wide a line is.
const WIDTH: usize = 100;

/// A string literal. A `\u` that Java would read before anything else is written for none but what does not show.
pub fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Java makes a line end of an escaped one before it looks at literals.
            c if c.is_ascii_control() => {
                // Writing to a String never fails.
                let _ = write!(out, "\\{:03o}", u32::from(c));
            }
            c if super::visible::acts(c) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A text as HTML of one paragraph, on one line: nothing in it ends the comment, is a tag, or begins an escape of Java's.
/// What stands between two backticks is shown as code.
pub fn html(text: &str) -> String {
    let text = visible(text);
    let words: Vec<_> = text.split_whitespace().collect();
    let text = words.join(" ");
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = &*text;
    while let Some((before, behind)) = rest.split_once('`') {
        let code = behind.split_once('`').filter(|(code, _)| is_code(code));
        escaped(&mut out, before);
        rest = if let Some((code, behind)) = code {
            let _ = write!(out, "{{@code {code}}}");
            behind
        } else {
            out.push('`');
            behind
        };
    }
    escaped(&mut out, rest);
    out
}

/// Whether a text can stand in `{@code …}` as it is.
fn is_code(text: &str) -> bool {
    let mut open = 0_usize;
    let balanced = text.chars().all(|c| match c {
        '{' => {
            open += 1;
            true
        }
        '}' => match open.checked_sub(1) {
            Some(left) => {
                open = left;
                true
            }
            None => false,
        },
        _ => true,
    });
    let plain = !text.contains(['\\', '@', '*', '<', '>', '&']);
    balanced && open == 0 && plain && !text.is_empty() && text.trim() == text
}

fn escaped(out: &mut String, text: &str) {
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' | '{' | '}' | '\\' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            '/' if before == '*' => out.push_str("&#47;"),
            c => out.push(c),
        }
        before = c;
    }
}

/// The paragraphs of a text, each as HTML.
pub fn paragraphs(text: &str) -> Vec<String> {
    let text = visible(text);
    let mut found = Vec::new();
    let mut paragraph = String::new();
    for line in text.lines().chain([""]) {
        if line.trim().is_empty() {
            if !paragraph.is_empty() {
                found.push(html(&std::mem::take(&mut paragraph)));
            }
        } else {
            paragraph.push(' ');
            paragraph.push_str(line);
        }
    }
    found
}

/// A doc comment of paragraphs of HTML and of tags, as google-java-format fills it, with a line end.
pub fn comment(paragraphs: &[String], tags: &[String], indent: usize) -> String {
    let blanks = " ".repeat(indent);
    if let ([only], []) = (paragraphs, tags)
        && indent + "/**  */".len() + only.chars().count() <= WIDTH
    {
        return format!("{blanks}/** {only} */\n");
    }
    let mut lines = Vec::new();
    for (at, paragraph) in paragraphs.iter().enumerate() {
        if at > 0 {
            lines.push(String::new());
            fill(&format!("<p>{paragraph}"), "", indent, &mut lines);
        } else {
            fill(paragraph, "", indent, &mut lines);
        }
    }
    for (at, tag) in tags.iter().enumerate() {
        if at == 0 && !lines.is_empty() {
            lines.push(String::new());
        }
        fill(tag, "    ", indent, &mut lines);
    }
    let mut out = format!("{blanks}/**\n");
    for line in lines {
        out.push_str(format!("{blanks} * {line}").trim_end());
        out.push('\n');
    }
    out.push_str(&blanks);
    out.push_str(" */\n");
    out
}

/// Fills lines with the words of a text; those behind the first one have something before them.
fn fill(text: &str, behind: &str, indent: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut width = 0;
    for word in text.split_whitespace() {
        let letters = word.chars().count();
        if width > 0 && indent + 3 + width + 1 + letters > WIDTH {
            lines.push(std::mem::replace(&mut line, behind.to_owned()));
            width = behind.len();
        } else if width > 0 {
            line.push(' ');
            width += 1;
        }
        line.push_str(word);
        width += letters;
    }
    lines.push(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_literal_or_comment() {
        assert_eq!(string("a\"\\u000a\n\u{0}\u{202e}é"), "\"a\\\"\\\\u000a\\n\\000\\u202eé\"");
        assert_eq!(
            html("a */ \\u0041 @b {c} <d> `e {f}` `\\`"),
            "a *&#47; &#92;u0041 &#64;b &#123;c&#125; &lt;d&gt; {@code e {f}} `&#92;`"
        );
        assert_eq!(comment(&paragraphs("a\nb\n\nc"), &[], 2), "  /**\n   * a b\n   *\n   * <p>c\n   */\n");
        assert_eq!(comment(&paragraphs("a"), &[], 0), "/** a */\n");
    }
}
