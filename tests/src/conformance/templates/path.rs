//! Paths into JSON: names, indices, slices, unions, scans, filters, and some that are none.

use super::payload::NAMES;
use fastrand::Rng;

fn pick<'a>(rng: &mut Rng, all: &[&'a str]) -> &'a str {
    all[rng.usize(..all.len())]
}

pub(super) fn draw(rng: &mut Rng) -> String {
    if rng.u8(0..80) == 0 {
        return pick(
            rng,
            &[
                "", " ", "$.", "$..", "$[", "$a", "$['a", "$.a b", "$[x]", "$[\"a\"]", "$[?]", "$.a[?(]", "$$", "@",
                "*", ".a",
            ],
        )
        .to_owned();
    }
    let mut path = pick(rng, &["$", "$", "$", "$", "$", "@", ""]).to_owned();
    let steps = rng.usize(0..4) + usize::from(path.is_empty());
    for at in 0..steps {
        if path.is_empty() && at == 0 {
            path.push_str(NAMES[rng.usize(..7)]);
        } else {
            path.push_str(&step(rng));
        }
    }
    path
}

fn step(rng: &mut Rng) -> String {
    let name = NAMES[rng.usize(..8)];
    match rng.u8(0..32) {
        0..=16 => format!(".{name}"),
        17 | 18 => format!("['{name}']"),
        19 => format!("[{}]", rng.i32(-2..4)),
        20 => ".*".to_owned(),
        21 => "[*]".to_owned(),
        22 => format!("..{name}"),
        23 => format!("['{name}','{}']", NAMES[rng.usize(..7)]),
        24 => format!("[{},{}]", rng.i32(-1..3), rng.i32(0..3)),
        25 => format!("[{}:]", rng.i32(-3..3)),
        26 => format!("[:{}]", rng.i32(-3..4)),
        27 => format!("[{}:{}]", rng.i32(-1..3), rng.i32(-1..4)),
        28 => pick(
            rng,
            &["..*", "..[0]", "..", "[(@.length-1)]", "[(@.size()-2)]", ".", "[ 0 ]", "[ 'a' ]", "[0, 1]", "['a'].b"],
        )
        .to_owned(),
        _ => format!("[?({})]", filter(rng)),
    }
}

fn filter(rng: &mut Rng) -> String {
    let mut filter = condition(rng);
    for _ in 0..rng.usize(..3).saturating_sub(1) {
        filter += pick(rng, &[" && ", " || ", "&&"]);
        filter += &condition(rng);
    }
    filter
}

fn condition(rng: &mut Rng) -> String {
    let left = operand(rng);
    match rng.u8(0..12) {
        0 | 1 => left,
        2 => format!("!{left}"),
        3 => format!("{left} =~ {}", pick(rng, &["/a.*/", "/A/i", "/[0-9]+/", "'a'"])),
        _ => format!("{left} {} {}", pick(rng, &["==", "!=", "<", "<=", ">", ">="]), literal(rng)),
    }
}

fn operand(rng: &mut Rng) -> String {
    let name = NAMES[rng.usize(..7)];
    match rng.u8(0..8) {
        0 => "@".to_owned(),
        1 => format!("$.{name}"),
        2 => format!("@['{name}']"),
        3 => format!("@.{name}.{}", NAMES[rng.usize(..5)]),
        4 => format!("@.{name}[0]"),
        _ => format!("@.{name}"),
    }
}

fn literal(rng: &mut Rng) -> String {
    match rng.u8(0..6) {
        0 => operand(rng),
        1 => pick(rng, &["true", "false", "null", "'null'", "'true'"]).to_owned(),
        2 => pick(rng, &["'a'", "'abc'", "''", "'5'", "'it\\'s'", "abc"]).to_owned(),
        3 => pick(rng, &["1.5", "-7", "1e3", "2147483648", ".5"]).to_owned(),
        _ => rng.i32(-3..12).to_string(),
    }
}
