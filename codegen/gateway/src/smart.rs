//! JSON as json-smart reads it in its permissive mode, which is how a gateway reads a payload and `$util.parseJson` a
//! text: next to nothing is refused, and some characters are lost.

use super::json::Json;
use indexmap::IndexMap;

/// How deep a value may nest, so that recursion over it is bounded.
const DEPTH: usize = 128;

/// Noncharacters of one UTF-16 unit: one stands for half a surrogate pair, which no text here can hold.
const HALVES: std::ops::RangeInclusive<char> = '\u{fdd0}'..='\u{fdef}';

/// A text made from this payload, as Java writes it: half a surrogate pair leaves as `?`.
pub(super) fn written(text: String, payload: &str) -> String {
    if !text.contains(|c| HALVES.contains(&c)) {
        return text;
    }
    match half(payload) {
        Some(half) => text.replace(half, "?"),
        None => text,
    }
}

/// What stands for half a pair in the texts of a payload: a character that is not in it, escaped or not.
fn half(payload: &str) -> Option<char> {
    if !payload.contains("\\ud") && !payload.contains("\\uD") {
        return None;
    }
    let lower = payload.to_ascii_lowercase();
    HALVES.into_iter().find(|c| !lower.contains(*c) && !lower.contains(&format!("\\u{:x}", u32::from(*c))))
}

/// What stands at the end of the text; json-smart takes the character itself for the end as well.
const END: u8 = 0x1a;

/// Reads a text; the message says where it stops to make sense.
pub(super) fn read(text: &str) -> Result<Json, String> {
    if text.is_empty() {
        return Err("it is empty".to_owned());
    }
    let mut parser = Parser { text, at: 0, depth: 0, half: half(text).unwrap_or('?') };
    // What stands behind the value is passed over.
    parser.value(b"")
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// Stands for half a surrogate pair.
    half: char,
}

impl Parser<'_> {
    fn here(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(END)
    }

    fn unexpected<T>(&self) -> Result<T, String> {
        if self.here() == END {
            return Err("it ends too early".to_owned());
        }
        let rest = self.text.get(self.at..).and_then(|rest| rest.chars().next());
        Err(format!("unexpected {:?} at byte {}", rest.unwrap_or(char::REPLACEMENT_CHARACTER), self.at))
    }

    fn skip(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.here() != END && wanted(self.here()) {
            self.at += 1;
        }
    }

    /// A value; one without quotes ends before one of `stops`.
    fn value(&mut self, stops: &[u8]) -> Result<Json, String> {
        self.skip(|c| matches!(c, b' ' | b'\r' | b'\n' | b'\t'));
        Ok(match self.here() {
            b':' | b'}' | b']' => return self.unexpected(),
            b'{' => self.nested(Self::object)?,
            b'[' => self.nested(Self::array)?,
            quote @ (b'"' | b'\'') => Json::Text(self.string(quote)?),
            b'0'..=b'9' | b'-' => self.number(stops)?,
            // Where a value belongs, the end of the text is an empty one; whoever asked for it finds the end.
            _ => match self.bare(stops) {
                "null" => Json::Null,
                "true" => Json::Bool(true),
                "false" => Json::Bool(false),
                "NaN" => Json::Float(f64::NAN),
                text => Json::Text(text.to_owned()),
            },
        })
    }

    fn nested(&mut self, read: impl Fn(&mut Self) -> Result<Json, String>) -> Result<Json, String> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(format!("it nests deeper than {DEPTH} levels"));
        }
        self.at += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    /// What stands behind a `[`; commas may be missing or too many.
    fn array(&mut self) -> Result<Json, String> {
        let mut items = Vec::new();
        loop {
            match self.here() {
                b' ' | b'\r' | b'\n' | b'\t' | b',' => self.at += 1,
                b']' => {
                    self.at += 1;
                    return Ok(Json::List(items));
                }
                b':' | b'}' | END => return self.unexpected(),
                _ => items.push(self.value(b",]")?),
            }
        }
    }

    /// What stands behind a `{`; a name needs no quotes, and of two with one name the second stays.
    fn object(&mut self) -> Result<Json, String> {
        let mut members = IndexMap::new();
        loop {
            let name = match self.here() {
                b' ' | b'\r' | b'\n' | b'\t' | b',' => {
                    self.at += 1;
                    continue;
                }
                b'}' => {
                    self.at += 1;
                    return Ok(Json::Map(members));
                }
                b':' | b']' | b'[' | b'{' => return self.unexpected(),
                quote @ (b'"' | b'\'') => self.string(quote)?,
                _ => self.bare(b":").to_owned(),
            };
            self.skip(|c| c <= b' ');
            if self.here() != b':' {
                return self.unexpected();
            }
            self.at += 1;
            if self.at >= self.text.len() {
                return self.unexpected();
            }
            let value = self.value(b",}")?;
            members.insert(name, value);
            self.skip(|c| c <= b' ');
            match self.here() {
                b'}' | b',' => {}
                _ => return self.unexpected(),
            }
        }
    }

    /// A text without quotes, without the blanks around it.
    fn bare(&mut self, stops: &[u8]) -> &str {
        let start = self.at;
        self.bare_from(start, stops)
    }

    fn bare_from(&mut self, start: usize, stops: &[u8]) -> &str {
        self.skip(|c| !stops.contains(&c));
        trimmed(self.text, start, self.at)
    }

    /// A number; with anything else behind it, it is a text without quotes.
    fn number(&mut self, stops: &[u8]) -> Result<Json, String> {
        let start = self.at;
        self.at += 1;
        self.skip(|c| c.is_ascii_digit());
        let whole = !matches!(self.here(), b'.' | b'E' | b'e');
        if self.here() == b'.' {
            self.at += 1;
            self.skip(|c| c.is_ascii_digit());
        }
        if matches!(self.here(), b'E' | b'e') {
            self.at += 1;
            if !matches!(self.here(), b'+' | b'-' | b'0'..=b'9') {
                return Ok(Json::Text(self.bare_from(start, stops).to_owned()));
            }
            self.at += 1;
            self.skip(|c| c.is_ascii_digit());
        }
        self.skip(|c| c <= b' ');
        // Characters from `~` on end a number too; whoever asked for it refuses them.
        if self.here() != END && self.here() < b'~' && !stops.contains(&self.here()) {
            return Ok(Json::Text(self.bare_from(start, stops).to_owned()));
        }
        let text = trimmed(self.text, start, self.at);
        if whole { Ok(integer(text)) } else { float(text) }
    }

    /// A text in quotes. Where it holds a backslash, its raw controls are lost; so is an escape that nobody knows.
    fn string(&mut self, quote: u8) -> Result<String, String> {
        self.at += 1;
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some((plain, _)) = rest.split_once(char::from(quote)) else {
            return Err("a text without an end".to_owned());
        };
        if !plain.contains('\\') {
            self.at += plain.len() + 1;
            return Ok(plain.to_owned());
        }
        let mut out = Units { text: String::new(), first: None, half: self.half };
        let mut chars = rest.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '\u{1a}' => break,
                '\0'..='\u{1f}' | '\u{7f}' => {}
                '\\' => match chars.next().map(|(_, c)| c) {
                    Some('t') => out.push('\t'),
                    Some('n') => out.push('\n'),
                    Some('r') => out.push('\r'),
                    Some('f') => out.push('\u{c}'),
                    Some('b') => out.push('\u{8}'),
                    Some(c @ ('\\' | '/' | '\'' | '"')) => out.push(c),
                    Some(c @ ('u' | 'x')) => out.unit(hexadecimal(&mut chars, if c == 'u' { 4 } else { 2 })?),
                    _ => {}
                },
                _ if c == char::from(quote) => {
                    self.at += at + 1;
                    return Ok(out.end());
                }
                _ => out.push(c),
            }
        }
        Err("a text without an end".to_owned())
    }
}

/// Java's `trim`.
fn trimmed(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default().trim_matches(|c| c <= ' ')
}

fn hexadecimal(chars: &mut std::str::CharIndices<'_>, digits: usize) -> Result<u16, String> {
    let mut unit = 0;
    for _ in 0..digits {
        let digit = chars.next().and_then(|(_, c)| c.to_digit(16)).and_then(|digit| u16::try_from(digit).ok());
        unit = unit * 16 + digit.ok_or("an escape that is not hexadecimal")?;
    }
    Ok(unit)
}

/// A text that grows by UTF-16 units.
struct Units {
    text: String,
    /// The first half of a pair, if that came last.
    first: Option<u16>,
    /// Stands for half a pair.
    half: char,
}

impl Units {
    fn push(&mut self, c: char) {
        self.half_alone();
        self.text.push(c);
    }

    fn unit(&mut self, unit: u16) {
        if let Some(first) = self.first
            && let Some(Ok(c)) = char::decode_utf16([first, unit]).next()
        {
            self.first = None;
            self.text.push(c);
        } else if (0xd800..0xdc00).contains(&unit) {
            self.half_alone();
            self.first = Some(unit);
        } else {
            self.push(char::from_u32(unit.into()).unwrap_or(self.half));
        }
    }

    fn half_alone(&mut self) {
        if self.first.take().is_some() {
            self.text.push(self.half);
        }
    }

    fn end(mut self) -> String {
        self.half_alone();
        self.text
    }
}

/// A whole number. Zeros may lead it, and a `-` alone is zero.
fn integer(text: &str) -> Json {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let digits = digits.trim_start_matches('0');
    match (digits, format!("{sign}{digits}").parse()) {
        ("", _) => Json::Int(0),
        (_, Ok(number)) => Json::Int(number),
        (_, Err(_)) => Json::Number(format!("{sign}{digits}")),
    }
}

/// A number with a point or an exponent: a double, or a decimal of any length where it is longer than 18 characters.
fn float(text: &str) -> Result<Json, String> {
    let wrong = || format!("`{text}` is no number");
    if text.len() > 18 {
        return decimal(text).map(Json::Number).ok_or_else(wrong);
    }
    text.parse().map(Json::Float).map_err(|_| wrong())
}

/// A decimal number as Java's `BigDecimal` prints it.
fn decimal(text: &str) -> Option<String> {
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (sign, number) = number.strip_prefix('-').map_or(("", number), |number| ("-", number));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = format!("{whole}{fraction}");
    if digits.is_empty() {
        return None;
    }
    let digits = digits.trim_start_matches('0');
    let (sign, digits) = if digits.is_empty() { ("", "0") } else { (sign, digits) };
    let scale = i64::try_from(fraction.len()).ok()? - i64::from(exponent);
    let adjusted = i64::try_from(digits.len()).ok()? - 1 - scale;
    if scale == 0 {
        return Some(format!("{sign}{digits}"));
    }
    if scale > 0 && adjusted >= -6 {
        let scale = usize::try_from(scale).ok()?;
        let padded = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = padded.split_at(padded.len() - scale);
        return Some(format!("{sign}{whole}.{fraction}"));
    }
    let (first, rest) = digits.split_at(1);
    let point = if rest.is_empty() { "" } else { "." };
    let exponent = if adjusted == 0 { String::new() } else { format!("E{adjusted:+}") };
    Some(format!("{sign}{first}{point}{rest}{exponent}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn text(json: &str) -> String {
        match read(json).unwrap() {
            Json::Text(text) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn half_a_pair_becomes_a_question_mark() {
        let written = |json: &str| super::written(text(json), json);
        assert_eq!(written(r#""\ud800""#), "?");
        assert_eq!(written(r#""a\ude00b\ud83d\ude00\ud83d\ud83d\ude00\ud83d""#), "a?b😀?😀?");
        assert_eq!(written("\"\u{fdd0}\""), "\u{fdd0}");
        assert_eq!(written(r#""\ufdd0\ud800\uFDD1""#), "\u{fdd0}?\u{fdd1}");
        // What is dropped does not stand between the halves.
        assert_eq!(text("\"\\ud83d\u{7f}\\ude00\""), "😀");
    }

    #[test]
    fn raw_controls_go_only_beside_a_backslash() {
        assert_eq!(text("\"x\u{7f}\\n\""), "x\n");
        assert_eq!(text("\"x\u{7f}\u{1}\""), "x\u{7f}\u{1}");
        assert_eq!(text("\"\\u007f\\q\\x41\""), "\u{7f}A");
    }

    #[test]
    fn next_to_nothing_is_refused() {
        let map = read("{'a':[1,,2 3,x y],b:tru,,\"b\":{} , c : -}}x").unwrap();
        let list = [Json::Int(1), Json::Text("2 3".into()), Json::Text("x y".into())];
        assert_eq!(map.get("a"), Some(&Json::List(list.into())));
        assert_eq!(map.get("b"), Some(&Json::Map(IndexMap::new())));
        assert_eq!(map.get("c"), Some(&Json::Int(0)));
        for wrong in ["{\"a\"}", "{", "[", "\"", "{\"a\":1", "{\"a\":\"b\"c}", "]", "{\"a\":}", "{\"a\":", "-.", "1e+"]
        {
            assert!(read(wrong).is_err(), "{wrong}");
        }
        assert!(read(&"[".repeat(200_000)).is_err());
    }

    #[test]
    fn numbers_print_as_in_java() {
        let number = |text: &str| match read(text).unwrap() {
            Json::Number(text) => text,
            Json::Int(number) => number.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(number("340282366920938463463374607431768211455"), "340282366920938463463374607431768211455");
        assert_eq!(number("-007"), "-7");
        assert_eq!(number("1.2345678901234567e25"), "1.2345678901234567E+25");
        assert_eq!(number("1.2345678901234567e-7"), "1.2345678901234567E-7");
        assert_eq!(number("0.000000000000000000"), "0E-18");
        assert_eq!(number("-12345678901234.56789"), "-12345678901234.56789");
        assert_eq!(number("123456789012345678e1"), "1.23456789012345678E+18");
    }
}
