//! Texts and values drawn over all of Unicode, with weight on what some part of the way takes for its own.

use fastrand::Rng;
use serde_json::{Map, Number, Value};

/// Characters that a parser, a template, a pattern or a header treats apart.
const AWKWARD: &str = "\0\u{1}\u{8}\t\n\u{b}\u{c}\r\u{1b}\u{1f} \"'`$#\\/!{}[]():,;.*+?|^<>&%@=~-_\u{7f}\u{80}\u{85}\u{9f}\
    \u{a0}\u{ad}é\u{301}\u{200b}\u{200d}\u{200e}\u{2028}\u{2029}\u{202a}\u{202e}\u{2066}\u{2069}\u{d7ff}\u{e000}\u{feff}\
    \u{fffd}\u{fffe}\u{ffff}😀👩\u{10000}\u{10ffff}٣Kſ";

/// What would end, start or forge something if it were read once too often.
const FRAGMENTS: [&str; 58] = [
    "##",
    "#end",
    "#else",
    "#if(true)",
    "#stop",
    "#set($c='x')",
    "#set($context.responseOverride.status=200)",
    "#[[",
    "]]#",
    "#*",
    "*#",
    "${",
    "$!{",
    "$m",
    "$!m",
    "$p",
    "${c}",
    "$input.body",
    "$context.requestId",
    "$util.escapeJavaScript($m)",
    "$1",
    "\\$",
    "\\#end",
    "\\",
    "\\\\",
    "\\u0041",
    "\\ud800",
    "\\'",
    "'",
    "\"",
    "]",
    "[",
    "] ",
    "]  ",
    "[Code] ",
    "[InternalError] ",
    "[A] {\"code\":\"A\"}",
    "{\"code\":\"",
    "{\"code\":\"Forged\",\"status\":200}",
    "\",\"status\":200,\"code\":\"Other",
    "\"status\":404,",
    "\"status\":599}",
    "\"retryAfter\":1",
    "}",
    "{}",
    "\r\n",
    "\n\n",
    "\n",
    "\r\nSet-Cookie: a=b\r\n\r\n",
    "errorMessage",
    "{\"errorMessage\":\"[A] {}\"}",
    "Task timed out after 3.00 seconds",
    "Task timed out after 3 seconds",
    "Task timed out after 12.",
    "<script>",
    "&quot;",
    "null",
    "%00",
];

/// A text of any kind, mostly short.
pub(super) fn text(rng: &mut Rng) -> String {
    let pieces = match rng.u32(..100) {
        0..8 => 0,
        8..30 => rng.usize(1..4),
        30..96 => rng.usize(1..40),
        _ => rng.usize(40..2_500),
    };
    let mut out = String::new();
    for _ in 0..pieces {
        piece(rng, &mut out);
    }
    out
}

/// A text of a megabyte, made of one piece of text.
pub(super) fn long(rng: &mut Rng) -> String {
    let mut piece = text(rng);
    piece.push(*rng.choice(&['x', '\u{7f}', 'é', '😀', ']', '\\', '\n']).unwrap_or(&'x'));
    piece.repeat(1 + 1_048_576 / piece.len())
}

fn piece(rng: &mut Rng, out: &mut String) {
    match rng.u32(..100) {
        0..35 => out.extend(rng.choice(AWKWARD.chars().collect::<Vec<_>>())),
        35..47 => out.push(char::from(rng.u8(0..=0x9f))),
        47..62 => out.push_str(rng.choice(&FRAGMENTS).copied().unwrap_or_default()),
        62..82 => out.push(char::from(rng.u8(b' '..=b'~'))),
        82..92 => out.push(rng.char('\u{80}'..='\u{ffff}')),
        _ => out.push(rng.char('\0'..=char::MAX)),
    }
}

/// A value of any kind, nested as deep as `depth`.
pub(super) fn json(rng: &mut Rng, depth: usize) -> Value {
    match rng.u32(..if depth == 0 { 60 } else { 100 }) {
        0..5 => Value::Null,
        5..10 => rng.bool().into(),
        10..25 => number(rng),
        25..60 => text(rng).into(),
        60..80 => (0..rng.usize(..4)).map(|_| json(rng, depth - 1)).collect(),
        _ => (0..rng.usize(..4)).map(|_| (text(rng), json(rng, depth - 1))).collect::<Map<_, _>>().into(),
    }
}

/// A value nested around as deep as the encoder lets through.
pub(super) fn deep(rng: &mut Rng) -> Value {
    let mut value = json(rng, 1);
    for _ in 0..rng.usize(90..125) {
        value = if rng.bool() { vec![value].into() } else { Map::from_iter([(text(rng), value)]).into() };
    }
    value
}

/// A number, often at the end of its type.
pub(super) fn number(rng: &mut Rng) -> Value {
    match rng.u32(..8) {
        0 => rng.u64(..).into(),
        1 => rng.i64(..).into(),
        2 => rng.i32(-3..1_000).into(),
        3 => (*rng
            .choice(&[u64::MAX, 1 << 53, (1 << 53) + 1, 999_999_999_999_999_999, 1_000_000_000_000_000_000, 0])
            .unwrap_or(&0))
        .into(),
        4 => {
            (*rng.choice(&[i64::MIN, i64::MAX, -1, i64::from(i32::MIN), i64::from(i32::MAX) + 1]).unwrap_or(&0)).into()
        }
        5 => float(f64::from(rng.i32(-100_000..100_000)) / 100.0),
        6 => float(f64::from_bits(rng.u64(..))),
        _ => float(*rng.choice(&[0.0, -0.0, 0.1, 1e7, 1e-3, 9.999e-4, 1e21, 1e22, f64::MAX, 5e-324]).unwrap_or(&0.0)),
    }
}

fn float(float: f64) -> Value {
    Number::from_f64(float).map_or(Value::Null, Value::Number)
}

/// A value that a header can carry.
pub(super) fn scalar(rng: &mut Rng) -> Value {
    match rng.u32(..10) {
        0 => Value::Null,
        1 => rng.bool().into(),
        2..5 => number(rng),
        5..8 => visible(rng).into(),
        _ => text(rng).into(),
    }
}

/// A text of ASCII, sometimes as long as a header may be or a little longer, sometimes with blanks at its ends.
fn visible(rng: &mut Rng) -> String {
    let length = if rng.u32(..8) == 0 { rng.usize(505..520) } else { rng.usize(..30) };
    (0..length).map(|_| char::from(rng.u8(b' '..=b'~'))).collect()
}
