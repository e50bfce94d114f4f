//! What Java does with strings: positions in UTF-16 units, and commons-lang's `escapeJavaScript`.

use std::fmt::Write as _;

/// The length in UTF-16 units.
pub(super) fn length(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

/// The byte position of UTF-16 position `index`; inside a surrogate pair, the position before it and `true`.
fn position(text: &str, index: usize) -> Option<(usize, bool)> {
    if text.is_ascii() {
        return (index <= text.len()).then_some((index, false));
    }
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units == index {
            return Some((at, false));
        }
        units += c.len_utf16();
        if units > index {
            return Some((at, true));
        }
    }
    (units == index).then_some((text.len(), false))
}

/// `substring(start, end)`; `None` where Java throws. Half a surrogate pair becomes `?`, as Java encodes it.
pub(super) fn substring(text: &str, start: i128, end: Option<i128>) -> Option<String> {
    let (from, split_first) = position(text, usize::try_from(start).ok()?)?;
    let (to, split_last) = match end {
        Some(end) if end < start => return None,
        Some(end) => position(text, usize::try_from(end).ok()?)?,
        None => (text.len(), false),
    };
    let mut rest = text.get(from..to)?;
    if split_first {
        let mut chars = rest.chars();
        if chars.next().is_none() {
            return Some(if end == Some(start) { String::new() } else { "?".to_owned() });
        }
        rest = chars.as_str();
    }
    Some(format!("{}{rest}{}", if split_first { "?" } else { "" }, if split_last { "?" } else { "" }))
}

/// `charAt`.
pub(super) fn char_at(text: &str, index: i128) -> Option<String> {
    substring(text, index, Some(index.checked_add(1)?))
}

fn utf16_position(text: &str, byte: usize) -> i128 {
    let units = text.get(..byte).map_or(0, length);
    i128::try_from(units).unwrap_or(i128::MAX)
}

/// `indexOf(found, from)`, or -1.
pub(super) fn index_of(text: &str, found: &str, from: i128) -> i128 {
    let Ok(from) = usize::try_from(from.max(0)) else { return -1 };
    let Some((mut start, split)) = position(text, from) else {
        return if found.is_empty() { utf16_position(text, text.len()) } else { -1 };
    };
    if split {
        start += text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    match text.get(start..).and_then(|rest| rest.find(found)) {
        Some(at) => utf16_position(text, start + at),
        None => -1,
    }
}

/// `lastIndexOf(found, from)`, or -1.
pub(super) fn last_index_of(text: &str, found: &str, from: Option<i128>) -> i128 {
    let end = match from {
        None => text.len(),
        Some(from) => {
            let Ok(from) = usize::try_from(from) else { return -1 };
            let (at, _) = position(text, from).unwrap_or((text.len(), false));
            // The last place where a match may begin is `from` itself.
            (at + found.len()).min(text.len())
        }
    };
    let mut end = end;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    match text.get(..end).and_then(|head| head.rfind(found)) {
        Some(at) => utf16_position(text, at),
        None => -1,
    }
}

/// `trim`: Java's goes by `<= ' '`.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|c| c <= ' ')
}

/// What Java takes for white space, which the blanks that keep a line together are not.
pub(super) fn is_white(c: char) -> bool {
    match c {
        '\u{9}'..='\u{d}' | '\u{1c}'..='\u{20}' => true,
        '\u{85}' | '\u{a0}' | '\u{2007}' | '\u{202f}' => false,
        c => c.is_whitespace(),
    }
}

/// `compareTo`, of UTF-16 units: the first difference, or that of the lengths.
pub(super) fn compare(left: &str, right: &str, ignore_case: bool) -> i32 {
    let folded = |unit: u16| {
        let Some(c) = char::from_u32(unit.into()).filter(|_| ignore_case) else { return unit };
        let mut upper = c.to_uppercase();
        let c = if upper.len() == 1 { upper.next().unwrap_or(c) } else { c };
        let mut lower = c.to_lowercase();
        let c = if lower.len() == 1 { lower.next().unwrap_or(c) } else { c };
        u16::try_from(u32::from(c)).unwrap_or(unit)
    };
    let (mut first, mut second) = (left.encode_utf16(), right.encode_utf16());
    loop {
        match (first.next(), second.next()) {
            (Some(left), Some(right)) if folded(left) == folded(right) => {}
            (Some(left), Some(right)) => return i32::from(folded(left)) - i32::from(folded(right)),
            (Some(_), None) => return i32::try_from(1 + first.count()).unwrap_or(i32::MAX),
            (None, Some(_)) => return -i32::try_from(1 + second.count()).unwrap_or(i32::MAX),
            (None, None) => return 0,
        }
    }
}

/// `StringEscapeUtils.escapeJavaScript` of commons-lang 2.6.
pub(super) fn escape_java_script(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut units = [0; 2];
    for c in text.chars() {
        match c {
            '\'' | '"' | '\\' | '/' => {
                out.push('\\');
                out.push(c);
            }
            '\u{8}' => out.push_str("\\b"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            ' '..='\u{7f}' => out.push(c),
            _ => {
                for unit in c.encode_utf16(&mut units) {
                    // Writing to a String cannot fail.
                    let _ = write!(out, "\\u{unit:04X}");
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_utf16_units() {
        let text = "a😀é";
        assert_eq!(length(text), 4);
        assert_eq!(substring(text, 1, Some(3)).as_deref(), Some("😀"));
        assert_eq!(substring(text, 3, None).as_deref(), Some("é"));
        assert_eq!(substring(text, 4, None).as_deref(), Some(""));
        assert_eq!(substring(text, 2, None).as_deref(), Some("?é"));
        assert_eq!(substring(text, 0, Some(2)).as_deref(), Some("a?"));
        assert_eq!(substring(text, 2, Some(2)).as_deref(), Some(""));
        assert_eq!(substring(text, 5, None), None);
        assert_eq!(substring(text, -1, None), None);
        assert_eq!(substring(text, 2, Some(1)), None);
        assert_eq!(index_of(text, "é", 0), 3);
        assert_eq!(index_of("abab", "b", 2), 3);
        assert_eq!(index_of("abab", "b", 9), -1);
        assert_eq!(last_index_of("aXbXc", "X", Some(2)), 1);
        assert_eq!(last_index_of(text, "é", None), 3);
        assert_eq!(last_index_of(text, "é", Some(2)), -1);
    }

    #[test]
    fn escapes_as_commons_lang() {
        assert_eq!(
            escape_java_script("it's \"q\" /\\\n\u{1}\u{7f}\u{80}é😀"),
            "it\\'s \\\"q\\\" \\/\\\\\\n\\u0001\u{7f}\\u0080\\u00E9\\uD83D\\uDE00"
        );
    }
}
