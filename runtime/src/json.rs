//! JSON text that every parser on the way gives back whole.
//!
//! API Gateway's own parser drops U+007F from a string that holds an escape; others stumble over the C1 controls, the
//! Unicode line separators, a byte-order mark and the noncharacters at the end of the plane. All of them leave as
//! `\u` escapes, as do the controls that JSON demands (RFC 8259 section 7).

use serde_json::Value;
use serde_json::ser::Formatter;
use std::cell::Cell;
use std::fmt;
use std::io::{self, Write};

/// Values nested deeper are refused: serde_json and other clients stop reading at 128.
pub(crate) const MAX_DEPTH: u8 = 100;

/// serde_json's compact form with a bound on depth. It refuses what some reader on the way could not read.
pub(crate) struct Compact<'a> {
    depth: u8,
    /// Whether a `null` was written: of nothing, or of a float that is no number.
    null: &'a Cell<bool>,
}

impl Formatter for Compact<'_> {
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

    fn write_null<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.null.set(true);
        writer.write_all(b"null")
    }

    /// A number that serde_json keeps as text, where its feature `arbitrary_precision` is on.
    fn write_number_str<W: ?Sized + Write>(&mut self, writer: &mut W, value: &str) -> io::Result<()> {
        if !value.parse::<f64>().is_ok_and(f64::is_finite) {
            return Err(io::Error::other("a number that no float holds"));
        }
        writer.write_all(value.as_bytes())
    }

    /// A `RawValue` is as somebody else wrote it: others have to be able to read it, as deep as it stands, and no line
    /// may break between its tokens.
    fn write_raw_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        // It reads every number and every escape, as a caller does.
        let value: Value = serde_json::from_str(fragment)?;
        if !is_readable(&value, MAX_DEPTH - self.depth) {
            return Err(io::Error::other("a raw value that callers could not read"));
        }
        fragment.split(['\n', '\r', '\t']).try_for_each(|part| writer.write_all(part.as_bytes()))
    }
}

impl<'a> Compact<'a> {
    pub(crate) fn new(null: &'a Cell<bool>) -> Self {
        Self { depth: 0, null }
    }

    fn deeper(&mut self) -> io::Result<()> {
        if self.depth == MAX_DEPTH {
            return Err(io::Error::other("nested too deep"));
        }
        self.depth += 1;
        Ok(())
    }
}

/// Whether a value nests no deeper than `left` and holds no number beyond those of a float.
fn is_readable(value: &Value, left: u8) -> bool {
    match value {
        Value::Number(number) => number.as_f64().is_some_and(f64::is_finite),
        Value::Array(values) => left > 0 && values.iter().all(|value| is_readable(value, left - 1)),
        Value::Object(members) => left > 0 && members.values().all(|value| is_readable(value, left - 1)),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

/// What some parser on the way drops or refuses, beyond what JSON itself escapes.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a byte is, or may start, a character that [`is_dropped`].
const fn may_be_dropped(byte: u8) -> bool {
    matches!(byte, 0x7f | 0xc2 | 0xe2 | 0xef)
}

/// Appends `text` as the inside of a JSON string.
pub(crate) fn escape(out: &mut Vec<u8>, text: &str) {
    escape_where(out, text, |byte| MAY_BE_ESCAPED[usize::from(byte)]);
}

/// [`may_be_dropped`], and what JSON itself escapes: most texts are short, so one look at each byte counts.
const MAY_BE_ESCAPED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < u8::MAX {
        table[byte as usize] = byte < 0x20 || matches!(byte, b'"' | b'\\') || may_be_dropped(byte);
        byte += 1;
    }
    table
};

/// Escapes what [`is_dropped`] of the JSON text from `start` on: JSON is ASCII outside of strings, so it stands in one.
pub(crate) fn escape_dropped(out: &mut Vec<u8>, start: usize) {
    // No way out of the loop, so that the compiler can use vector instructions.
    if out[start..].iter().fold(false, |found, byte| found | may_be_dropped(*byte)) {
        let written = out.split_off(start);
        // serde_json writes whole strings, so this never replaces anything.
        escape_where(out, &String::from_utf8_lossy(&written), may_be_dropped);
    }
}

/// Appends `text`; `is_special` finds the bytes that may need an escape, none of which continues a character.
fn escape_where(out: &mut Vec<u8>, text: &str, is_special: impl Fn(u8) -> bool) {
    let bytes = text.as_bytes();
    let mut start = 0;
    while let Some(found) = bytes[start..].iter().position(|byte| is_special(*byte)) {
        let at = start + found;
        out.extend_from_slice(&bytes[start..at]);
        let c = text[at..].chars().next().unwrap_or_default();
        start = at + c.len_utf8();
        match c {
            '"' => out.extend_from_slice(b"\\\""),
            '\\' => out.extend_from_slice(b"\\\\"),
            '\n' => out.extend_from_slice(b"\\n"),
            '\r' => out.extend_from_slice(b"\\r"),
            '\t' => out.extend_from_slice(b"\\t"),
            '\u{8}' => out.extend_from_slice(b"\\b"),
            '\u{c}' => out.extend_from_slice(b"\\f"),
            c if c < ' ' || is_dropped(c) => {
                // Writing to a Vec never fails.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            _ => out.extend_from_slice(&bytes[at..start]),
        }
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
    fn escapes_agree_with_serde_json_and_with_a_parser() {
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
            let mut formatted = serde_json::to_vec(text).unwrap();
            escape_dropped(&mut formatted, 0);
            let ours = format!("\"{}\"", String::from_utf8(ours).unwrap());
            assert_eq!(ours, String::from_utf8(formatted).unwrap());
            assert_eq!(serde_json::from_str::<String>(&ours).unwrap(), text);
            assert!(!ours.chars().any(|c| c.is_control() || is_dropped(c)));
        }
    }
}
