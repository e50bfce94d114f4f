//! Characters that act instead of being seen.

use std::borrow::Cow;

/// A text whose line breaks are `\n`, and whose other characters that act instead of being seen are written out, as in
/// `\u{202e}`: controls, what turns the direction of text or joins invisibly, and line breaks that only some readers
/// know. rustc refuses some of them in comments, and an editor would show another text than the file holds.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(acts) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\r' => out.push('\n'),
            c if acts(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// A text on one line, for a terminal or a log: as [`visible`] shows it, with line breaks and tabs written out as well.
/// Nothing in it moves the cursor, changes the colour, or looks like a line of its own.
pub fn line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| acts(c) || matches!(c, '\n' | '\t')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.extend(c.escape_default()),
            c if acts(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

pub(super) fn acts(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c,
            // The soft hyphen, marks of direction, and what has no width.
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}
