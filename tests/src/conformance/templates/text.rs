//! What stands between the directives of a template: words, JSON, white space and junk.

use fastrand::Rng;

const PLAIN: [&str; 16] =
    ["a", "b ", "text", "{", "}", "\"k\": ", ", ", "[", "]", ":", " x ", "é", "😀", "(", ")", "1.5"];

const WHITE: [&str; 8] = [" ", "  ", "\n", "\t", "\r\n", " \n", "\n  ", "\r"];

/// Pieces that mean something to Velocity, or might.
const JUNK: [&str; 36] = [
    "$",
    "\\",
    "\\\\",
    "$$",
    "## c\n",
    "#* c *#",
    "#**c*#",
    "#[[ $a ]]#",
    "]]#",
    "$!",
    "$[",
    "$![",
    "$5",
    "#5",
    "#foo",
    "#foo()",
    "#@foo",
    "$-",
    ".",
    "..",
    ".a",
    "'",
    "\"",
    "''",
    "\\$",
    "\\#if",
    "\\#foo",
    "$\\!a",
    "$#",
    "!",
    "-",
    "@",
    "%",
    "$a.",
    "#bar",
    "$ ",
];

/// Pieces that most of the time break a template, or end it.
const BREAKING: [&str; 14] =
    ["#", "##", "#*", "#[[", "${", "$!{", "#{", "#end", "#else", "#{else}", "#{end}", "#if", "#set", "#$"];

/// White space as it stands inside of parentheses.
pub(super) fn white(rng: &mut Rng) -> &'static str {
    match rng.u8(0..8) {
        0..=3 => "",
        4 | 5 => " ",
        _ => WHITE[rng.usize(..WHITE.len())],
    }
}

/// A blank as it stands before a parenthesis; a tab is not one everywhere.
pub(super) fn blank(rng: &mut Rng) -> &'static str {
    match rng.u8(0..60) {
        0..=30 => "",
        31..=50 => " ",
        51..=58 => "  ",
        _ => "\t",
    }
}

pub(super) fn draw(rng: &mut Rng) -> String {
    match rng.u8(0..12) {
        0..=6 => PLAIN[rng.usize(..PLAIN.len())].to_owned(),
        7..=10 => WHITE[rng.usize(..WHITE.len())].to_owned(),
        _ if rng.u8(0..40) == 0 => BREAKING[rng.usize(..BREAKING.len())].to_owned(),
        _ if rng.u8(0..4) == 0 => escaped(rng),
        _ => JUNK[rng.usize(..JUNK.len())].to_owned(),
    }
}

/// A directive or a reference behind backslashes, which are an escape where their number is odd.
fn escaped(rng: &mut Rng) -> String {
    const WORDS: [&str; 12] =
        ["#if", "#else", "#{else}", "#end", "#set", "#stop", "#{stop}", "#foo", "#nope", "$a", "$!{s}", "${nope}"];
    format!("{}{}", "\\".repeat(rng.usize(1..6)), WORDS[rng.usize(..WORDS.len())])
}

/// A text with some characters too many, too few or elsewhere.
pub(super) fn damaged(rng: &mut Rng, text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..rng.usize(1..4) {
        let at = rng.usize(..=chars.len());
        match rng.u8(0..4) {
            0 if at < chars.len() => drop(chars.remove(at)),
            1 if at < chars.len() => chars.insert(at, chars[at]),
            2 => {
                let end = (at + rng.usize(..6)).min(chars.len());
                chars.drain(at..end);
            }
            _ => {
                let junk =
                    if rng.bool() { JUNK[rng.usize(..JUNK.len())] } else { BREAKING[rng.usize(..BREAKING.len())] };
                chars.splice(at..at, junk.chars());
            }
        }
    }
    chars.into_iter().collect()
}
