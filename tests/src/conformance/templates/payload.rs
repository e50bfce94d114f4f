//! Payloads: JSON of a few names, as templates and paths ask for them, and now and then something else.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// The names that templates and paths know.
pub(super) const NAMES: [&str; 10] = ["a", "b", "c", "l", "m", "s", "n", "z", "x-y", "it's"];

const TEXTS: [&str; 18] = [
    "",
    " ",
    "a",
    "b",
    "abc",
    "a,b,,c",
    "1",
    "5",
    "true",
    "null",
    "it's \"q\" /\\",
    "é😀",
    "$a #set ${b}",
    "x\ny",
    "12.50",
    "2024-01-02",
    "[Tag] {\"a\":1}",
    "{\"a\":[1,2]}",
];

pub(super) fn text(rng: &mut Rng) -> String {
    TEXTS[rng.usize(..TEXTS.len())].to_owned()
}

/// A payload, most of the time JSON.
pub(super) fn draw(rng: &mut Rng) -> String {
    match rng.u8(0..30) {
        0 => String::new(),
        1 => ["not json", "{a:1,b:'x',}", "[1,,2", "{\"a\":1} x", "null", "5", "\"text\"", "{'a':NaN}"][rng.usize(..8)]
            .to_owned(),
        2 => format!("{{\"n\":{},\"l\":[{},{}]}}", number(rng), number(rng), number(rng)),
        _ => {
            let mut object = Map::new();
            for _ in 0..rng.usize(1..7) {
                let name = NAMES[rng.usize(..NAMES.len())];
                object.insert(name.to_owned(), typical(rng, name));
            }
            Value::Object(object).to_string()
        }
    }
}

/// A number as JSON may hold it, however long.
fn number(rng: &mut Rng) -> String {
    let numbers = [
        "0",
        "-0",
        "1",
        "-7",
        "2147483647",
        "2147483648",
        "-2147483649",
        "9223372036854775807",
        "9223372036854775808",
        "340282366920938463463374607431768211456",
        "1.5",
        "-0.25",
        "1e3",
        "12345678901234567890.5",
        "1E-7",
    ];
    numbers[rng.usize(..numbers.len())].to_owned()
}

/// Most of the time what the name stands for.
fn typical(rng: &mut Rng, name: &str) -> Value {
    match (name, rng.u8(0..6)) {
        (_, 0) => value(rng, 2),
        ("l", _) => Value::Array((0..rng.usize(..5)).map(|_| value(rng, 2)).collect()),
        ("m", _) => object(rng, 2),
        ("s", _) => json!(text(rng)),
        ("n", _) => json!(rng.i32(-3..12)),
        ("z", _) => Value::Null,
        _ => value(rng, 3),
    }
}

fn object(rng: &mut Rng, depth: usize) -> Value {
    let mut object = Map::new();
    for _ in 0..rng.usize(..4) {
        object.insert(NAMES[rng.usize(..NAMES.len())].to_owned(), value(rng, depth));
    }
    Value::Object(object)
}

fn value(rng: &mut Rng, depth: usize) -> Value {
    match rng.u8(0..if depth == 0 { 7 } else { 11 }) {
        0 => Value::Null,
        1 => json!(rng.bool()),
        2 => json!(rng.i32(-3..12)),
        3 => json!([i64::from(i32::MAX) + 1, -5, i64::MAX, 100][rng.usize(..4)]),
        4 => json!([0.5, -1.25, 3.0, 1e7][rng.usize(..4)]),
        5 | 6 => json!(text(rng)),
        7 | 8 => Value::Array((0..rng.usize(..4)).map(|_| value(rng, depth - 1)).collect()),
        _ => object(rng, depth - 1),
    }
}
