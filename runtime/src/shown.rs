//! Texts of others as they are shown: no control character of theirs reaches a terminal or a log.

use std::fmt;

/// A text whose control characters are written as Rust writes them in a literal: `\n`, `\u{1b}`.
///
/// Escaped is what moves a cursor, ends a line or turns the direction of what follows: the controls of C0 and C1, line
/// and paragraph separator, Unicode's bidirectional controls and the byte-order mark.
pub(crate) struct Shown<'a>(pub(crate) &'a str);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut plain = 0;
        for (at, c) in self.0.char_indices().filter(|(_, c)| is_control(*c)) {
            f.write_str(&self.0[plain..at])?;
            write!(f, "{}", c.escape_default())?;
            plain = at + c.len_utf8();
        }
        f.write_str(&self.0[plain..])
    }
}

/// The first 4096 characters of a text, [`Shown`], with `…` in place of more: as much as a function's own detail holds.
#[cfg(feature = "client")]
pub(crate) struct Start<'a>(pub(crate) &'a str);

#[cfg(feature = "client")]
impl fmt::Display for Start<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(4096) {
            None => Shown(self.0).fmt(f),
            Some((end, _)) => write!(f, "{}…", Shown(&self.0[..end])),
        }
    }
}

/// Whether a terminal, an editor or a reader of logs may obey the character in place of showing it.
fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_escaped_and_all_else_stays() {
        assert_eq!(Shown("a\u{1b}[2J\r\n\tb\0").to_string(), r"a\u{1b}[2J\r\n\tb\u{0}");
        assert_eq!(Shown("\u{7f}\u{85}\u{9b}1m").to_string(), r"\u{7f}\u{85}\u{9b}1m");
        for c in ['\u{61c}', '\u{200e}', '\u{200f}', '\u{2028}', '\u{2029}', '\u{202a}', '\u{202e}', '\u{2066}']
            .into_iter()
            .chain(['\u{2069}', '\u{feff}'])
        {
            assert_eq!(Shown(&format!("a{c}b")).to_string(), format!("a\\u{{{:x}}}b", u32::from(c)));
        }
        // A joiner belongs to the text of many scripts and to emoji.
        for plain in ["", "order 42 / ½? \"x\" \\n ' `", "Łódź 🫖 日本語 עברית", "👩\u{200d}🚀 می\u{200c}خواهم"]
        {
            assert_eq!(Shown(plain).to_string(), plain);
        }
    }

    #[test]
    fn no_control_of_all_unicode_is_left() {
        let all: String = ('\0'..=char::MAX).collect();
        let shown = Shown(&all).to_string();
        assert!(!shown.contains(is_control));
        assert!(shown.lines().count() == 1 && shown.ends_with(char::MAX));
    }

    #[cfg(feature = "client")]
    #[test]
    fn a_start_is_cut_between_characters_and_says_so() {
        let whole = "ü".repeat(4096);
        assert_eq!(Start(&whole).to_string(), whole);
        assert_eq!(Start(&format!("{whole}\u{1b}")).to_string(), format!("{whole}…"));
        assert_eq!(Start("a\u{1b}b").to_string(), r"a\u{1b}b");
        assert_eq!(Start(&"\u{202e}".repeat(1 << 20)).to_string().len(), 4096 * r"\u{202e}".len() + "…".len());
    }
}
