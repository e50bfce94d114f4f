//! What a function writes to its standard output and error.

use std::io::Write;
use throwback_codegen::text::line;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};

/// Where a function's standard output and error go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Output {
    /// To our standard error, each line behind the number of its process.
    #[default]
    Stderr,
    /// Nowhere.
    Discard,
}

/// The longest piece of a line that is shown at once, in bytes.
const LINE: u64 = 64 * 1024;

/// Copies lines until the pipe ends; a line that never ends is cut into pieces.
pub(super) async fn forward(pipe: impl AsyncRead + Unpin, prefix: String) {
    let mut reader = BufReader::new(pipe);
    let mut line = Vec::new();
    loop {
        line.clear();
        match (&mut reader).take(LINE).read_until(b'\n', &mut line).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let text = String::from_utf8_lossy(&line);
        // One call, so that lines of several processes do not mix; nobody to read it is no reason to stop.
        let shown = shown(text.trim_end_matches(['\r', '\n']));
        let _ = std::io::stderr().write_all(format!("{prefix}{shown}\n").as_bytes());
    }
}

/// A line as the function wrote it, with its colours and tabs. What else a terminal would act upon is written out: a
/// function logs what its callers sent, and nothing of that moves a cursor or wipes a line.
fn shown(mut text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    while let Some(first) = text.chars().next() {
        let length = color(text).unwrap_or(first.len_utf8());
        let (piece, rest) = text.split_at(length);
        if length > first.len_utf8() || first == '\t' {
            out.push_str(piece);
        } else {
            out.push_str(&line(piece));
        }
        text = rest;
    }
    out
}

/// The length of an escape sequence that sets colours (ECMA-48, "select graphic rendition"), if a text begins with one.
fn color(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("\x1b[")?;
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';' && c != ':')?;
    rest[end..].starts_with('m').then_some(2 + end + 1)
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn colors_stay_and_nothing_else_acts() {
        assert_eq!(shown("\x1b[1;32mINFO\x1b[0m\tfine é😀"), "\x1b[1;32mINFO\x1b[0m\tfine é😀");
        assert_eq!(
            shown("a\rb\x1b[2Jc\x1b]0;title\x07d\u{202e}e\x1b"),
            "a\\rb\\u{1b}[2Jc\\u{1b}]0;title\\u{7}d\\u{202e}e\\u{1b}"
        );
        assert_eq!(shown("\x1b[31"), "\\u{1b}[31");
        assert_eq!(shown(""), "");
    }
}
