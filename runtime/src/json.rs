//! JSON text that every parser on the way gives back whole.
//!
//! API Gateway's own parser drops U+007F from a string that holds an escape; others stumble over the C1 controls, the
//! Unicode line separators, a byte-order mark and the noncharacters at the end of the plane. All of them leave as
//! `\u` escapes, as do the controls that JSON demands (RFC 8259 section 7).

use serde_json::ser::Formatter;
use std::fmt;
use std::io::{self, Write};

/// Values nested deeper are refused: serde_json and other clients stop reading at 128.
pub(crate) const MAX_DEPTH: u8 = 100;

/// serde_json's compact form, with the escapes of this module and a bound on depth.
#[derive(Default)]
pub(crate) struct Compact {
    depth: u8,
}

impl Formatter for Compact {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        if is_plain(fragment.as_bytes()) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut start = 0;
        for (at, c) in fragment.char_indices().filter(|(_, c)| is_dropped(*c)) {
            writer.write_all(&fragment.as_bytes()[start..at])?;
            write!(writer, "\\u{:04x}", u32::from(c))?;
            start = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[start..])
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.deeper()?;
        writer.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        writer.write_all(b"]")
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.deeper()?;
        writer.write_all(b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        writer.write_all(b"}")
    }
}

impl Compact {
    fn deeper(&mut self) -> io::Result<()> {
        if self.depth == MAX_DEPTH {
            return Err(io::Error::other("nested too deep"));
        }
        self.depth += 1;
        Ok(())
    }
}

/// Whether no byte starts anything that [`is_dropped`]: all ASCII but U+007F.
fn is_plain(bytes: &[u8]) -> bool {
    // A maximum instead of `all`, so that the compiler can use vector instructions.
    bytes.iter().fold(0, |max, byte| byte.max(&max).to_owned()) < 0x7f
}

/// What some parser on the way drops or refuses, beyond what JSON itself escapes.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Appends `text` as the inside of a JSON string.
pub(crate) fn escape(out: &mut Vec<u8>, text: &str) {
    let mut start = 0;
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        if (0x20..0x7f).contains(&byte) && byte != b'"' && byte != b'\\' {
            continue;
        }
        // Continuation bytes never start a character, so `at` is a boundary wherever this finds one.
        let (escaped, len): (&[u8], usize) = match byte {
            b'"' => (b"\\\"", 1),
            b'\\' => (b"\\\\", 1),
            b'\n' => (b"\\n", 1),
            b'\r' => (b"\\r", 1),
            b'\t' => (b"\\t", 1),
            0x08 => (b"\\b", 1),
            0x0c => (b"\\f", 1),
            0x00..=0x1f | 0x7f => (b"", 1),
            0xc2 | 0xe2 | 0xef => match text[at..].chars().next() {
                Some(c) if is_dropped(c) => (b"", c.len_utf8()),
                _ => continue,
            },
            _ => continue,
        };
        out.extend_from_slice(&bytes[start..at]);
        if escaped.is_empty() {
            let c = text[at..].chars().next().map_or(0, u32::from);
            // Writing to a Vec never fails.
            let _ = write!(out, "\\u{c:04x}");
        } else {
            out.extend_from_slice(escaped);
        }
        start = at + len;
    }
    out.extend_from_slice(&bytes[start..]);
}

/// Writes a `Display` text as the inside of a JSON string, at most `left` bytes of it, cut on a character boundary.
pub(crate) struct Text<'a> {
    pub(crate) out: &'a mut Vec<u8>,
    pub(crate) left: usize,
}

impl fmt::Write for Text<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if text.len() <= self.left {
            escape(self.out, text);
            self.left -= text.len();
            return Ok(());
        }
        let mut end = self.left;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        escape(self.out, &text[..end]);
        self.left = 0;
        // Ends the formatting: nothing more can be shown.
        Err(fmt::Error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_agree_with_the_formatter_and_with_a_parser() {
        for text in [
            "",
            "plain",
            "a\"b\\c\n\r\t\u{8}\u{c}\0\u{1f}",
            "\u{7f}\u{80}\u{9f}\u{a0}é",
            "\u{2028}\u{2029}\u{202a}–",
            "\u{feff}\u{fffd}\u{fffe}\u{ffff}😀",
        ] {
            let mut ours = Vec::new();
            escape(&mut ours, text);
            let mut formatted = Vec::new();
            let mut serializer = serde_json::Serializer::with_formatter(&mut formatted, Compact::default());
            serde::Serialize::serialize(text, &mut serializer).unwrap();
            let ours = format!("\"{}\"", String::from_utf8(ours).unwrap());
            assert_eq!(ours, String::from_utf8(formatted).unwrap());
            assert_eq!(serde_json::from_str::<String>(&ours).unwrap(), text);
            assert!(!ours.chars().any(|c| c.is_control() || is_dropped(c)));
        }
    }
}
