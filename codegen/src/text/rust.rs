//! Rust: literals and doc comments of generated code.

use super::{markdown, visible};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

/// A string literal.
pub fn string(text: &str) -> String {
    // Rust writes every character that does not show as an escape of its own.
    format!("{text:?}")
}

/// The lines of a doc comment, each as it stands behind `///`.
///
/// Docs of another crate hold code that is no test of this one, so each block of code is marked as text, however it is
/// written: fenced with backticks or tildes, in a list or a quote, or indented. Where that can't be done, the docs are
/// shown as they were typed, without any structure.
pub fn docs(text: &str) -> Vec<String> {
    // Blanks that end a line are not written, so that nothing may depend on them.
    let text = visible(text).lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    let text = dedented(&text);
    let quiet = quiet(&text).and_then(closed).unwrap_or_else(|| plain(&text).into());
    quiet.lines().map(|line| format!(" {line}").trim_end().to_owned()).collect()
}

/// Without the blanks that all lines begin with, which rustdoc takes away before it reads a comment.
fn dedented(text: &str) -> Cow<'_, str> {
    let blanks = |line: &str| line.chars().take_while(|c| matches!(c, ' ' | '\t')).count();
    let least = text.lines().filter(|line| !line.trim().is_empty()).map(blanks).min().unwrap_or_default();
    if least == 0 {
        return text.into();
    }
    // Blanks are one byte each.
    let lines: Vec<_> = text.lines().map(|line| line.get(least..).unwrap_or_default()).collect();
    lines.join("\n").into()
}

/// The text with every block of code marked as text; nothing where one can't be.
fn quiet(text: &str) -> Option<Cow<'_, str>> {
    if !["```", "~~~", "    ", "\t"].iter().any(|sign| text.contains(sign)) {
        return Some(text.into());
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut done = 0;
    for (fenced, block) in code(text) {
        let line = text[..block.start].rfind('\n').map_or(0, |at| at + 1);
        if fenced {
            // From the fence to its line's end stands the language.
            let rest = &text[block.start..];
            let indent = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            let fence = rest[indent..].chars().next()?;
            let length = rest[indent..].len() - rest[indent..].trim_start_matches(fence).len();
            let end = rest.find('\n').unwrap_or(rest.len());
            out.push_str(text.get(done..block.start + indent + length)?);
            out.push_str("text");
            done = block.start + end;
        } else {
            let lines: Option<Vec<_>> = text.get(line..block.end)?.trim_end().split('\n').map(unindented).collect();
            let lines = lines?.join("\n");
            let longest = lines.split(|c| c != '`').map(str::len).max().unwrap_or(0);
            let fence = "`".repeat(longest.max(2) + 1);
            out.push_str(text.get(done..line)?);
            // Writing to a String never fails.
            let _ = writeln!(out, "{fence}text\n{lines}\n{fence}");
            done = block.end;
        }
    }
    out.push_str(text.get(done..)?);
    // What was written is read as rustdoc will read it.
    all_marked(&out).then(|| out.into())
}

/// The text with its last block of code closed: it would take in what is written behind the text. Nothing where
/// something else does that, such as a comment of HTML.
fn closed(text: Cow<'_, str>) -> Option<Cow<'_, str>> {
    if !["```", "~~~", "<"].iter().any(|sign| text.contains(sign)) || ends(&text) {
        return Some(text);
    }
    let (_, block) = code(&text).last()?;
    let fence = text.get(block)?.trim_start().split("text").next()?.to_owned();
    let text = format!("{text}\n{fence}");
    (ends(&text) && all_marked(&text)).then(|| text.into())
}

/// Whether a paragraph behind the text is one.
fn ends(text: &str) -> bool {
    const NEXT: &str = "x";
    let whole = format!("{text}\n\n{NEXT}");
    let events: Vec<_> = Parser::new_ext(&whole, extensions()).collect();
    matches!(events.as_slice(), [.., Event::Start(Tag::Paragraph), Event::Text(text), Event::End(_)] if &**text == NEXT)
}

/// A line of an indented block that stands in nothing else.
fn unindented(line: &str) -> Option<&str> {
    if line.trim().is_empty() { Some("") } else { line.strip_prefix("    ").or_else(|| line.strip_prefix('\t')) }
}

/// Whether rustdoc finds no block of code that it would run.
fn all_marked(text: &str) -> bool {
    let mut parser = Parser::new_ext(text, extensions());
    parser.all(|event| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => &*language == "text",
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => false,
        _ => true,
    })
}

/// Every block of code with its place, and whether it is fenced.
fn code(text: &str) -> impl Iterator<Item = (bool, Range<usize>)> {
    Parser::new_ext(text, extensions()).into_offset_iter().filter_map(|(event, range)| match event {
        Event::Start(Tag::CodeBlock(kind)) => Some((matches!(kind, CodeBlockKind::Fenced(_)), range)),
        _ => None,
    })
}

/// What rustdoc reads beside `CommonMark`.
fn extensions() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
}

/// Lines in which nothing can begin a block of code.
fn plain(text: &str) -> String {
    text.lines().map(markdown::inline).collect::<Vec<_>>().join("\n")
}
