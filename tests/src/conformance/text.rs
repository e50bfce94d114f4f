//! Names and texts in templates: Velocity itself prints what was to be printed.

use super::jvm::{Fields, Frame, Jvm};
use fastrand::Rng;
use std::io;
use throwback_codegen::text::velocity;

/// So many texts are tried.
pub(super) const TEXTS: usize = 20_000;

/// Pieces that mean something to Velocity, or might.
const PIECES: [&str; 24] = [
    "$",
    "#",
    "\\",
    "'",
    "''",
    "\"",
    "\\\n",
    "\\ \n",
    "\n",
    "\r\n",
    "##",
    "#*",
    "*#",
    "#[[",
    "]]#",
    "#set($k=1)",
    "#end",
    "$k",
    "${k}",
    "$!{k",
    "{",
    "}",
    "\\u0041",
    "\t",
];

/// Asks for each text three ways, and stops at the first that is printed as another.
pub(super) fn run(jvm: &mut Jvm, seed: u64) -> io::Result<()> {
    let mut rng = Rng::with_seed(seed);
    let texts: Vec<_> = (0..TEXTS).map(|_| text(&mut rng)).collect();
    let templates = texts.iter().map(|text| {
        let (printed, json) = (velocity::printed(text, "k"), velocity::json(text, "j"));
        let literal = velocity::literal(text);
        // A text ends where something else begins: a separator that no text holds.
        format!("{}{}[{}\u{1f}#set($v={literal})$v\u{1f}\"{}\"a", printed.0, json.0, printed.1, json.1)
    });
    for template in templates {
        jvm.send(Frame::new(b'T', 0).text(&template))?;
    }
    for text in texts {
        let frame = jvm.receive()?;
        let printed = Fields(&frame).text()?;
        let json = serde_json::to_string(&text).map_err(io::Error::other)?;
        let mut parts = printed.split('\u{1f}');
        let same = parts.next().and_then(|part| part.strip_prefix('[')) == Some(&*text)
            && parts.next() == Some(&*text)
            && parts
                .next()
                .and_then(|part| part.strip_suffix('a'))
                .is_some_and(|part| serde_json::from_str::<String>(part).ok() == serde_json::from_str(&json).ok());
        if !same {
            return Err(io::Error::other(format!("Velocity prints the text {text:?} as {printed:?}")));
        }
    }
    Ok(())
}

fn text(rng: &mut Rng) -> String {
    let mut text = String::new();
    for _ in 0..rng.usize(0..9) {
        match rng.u8(0..4) {
            0 | 1 => text.push_str(rng.choice(PIECES).unwrap_or_default()),
            2 => text.push(rng.alphanumeric()),
            _ => text.push(rng.char(..)),
        }
    }
    text.replace('\u{1f}', "")
}
