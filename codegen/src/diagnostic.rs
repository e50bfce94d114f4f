//! Diagnostics: mistakes with their file, line, column and source line, all of a run at once.

use crate::text::{line, visible};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use proc_macro2::Span;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use throwback_syntax::{Errors, Mistake};

/// A source file, kept for the lines that diagnostics show.
#[derive(Debug)]
pub(crate) struct SourceFile {
    /// Where it lies.
    pub(crate) real: PathBuf,
    /// Where it lies, as people name it.
    pub(crate) path: PathBuf,
    /// Its text.
    pub(crate) text: String,
}

impl SourceFile {
    /// The bytes of the lines in which these ranges stand: a diagnostic that took the whole file would make the time for
    /// all of them grow with the file as well.
    fn lines<'a>(&self, ranges: impl Iterator<Item = &'a Range<usize>> + Clone) -> Range<usize> {
        let text = self.text.as_bytes();
        let start = ranges.clone().map(|range| range.start).min().unwrap_or_default();
        let end = ranges.map(|range| range.end).max().unwrap_or_default();
        let start = text[..start].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let end = text[end..].iter().position(|byte| *byte == b'\n').map_or(text.len(), |at| end + at + 1);
        start..end
    }
}

/// The text of a file in which somebody else has found mistakes.
#[derive(Debug)]
pub struct Text(Arc<SourceFile>);

impl Text {
    /// A file's text, by the path that people know it by.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        let path = path.into();
        Self(Arc::new(SourceFile { real: path.clone(), path, text: text.into() }))
    }

    /// A mistake at the name or value that begins at a line and a column, the latter in characters, both from 1; or in the file
    /// as a whole.
    pub fn mistake(&self, message: impl Into<String>, place: Option<(usize, usize)>) -> Diagnostic {
        let text = &self.0.text;
        let start = place.and_then(|(line, column)| {
            let before: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
            let line = text.get(before..)?.lines().next()?;
            let at = line.char_indices().nth(column.checked_sub(1)?).map_or(line.len(), |(at, _)| at);
            Some((before + at, line.get(at..)?))
        });
        let Some((start, rest)) = start else { return Diagnostic::new(message).at(&self.0, 0..0, "") };
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let length = match quote {
            Some(quote) => rest[1..].find(quote).map_or(rest.len(), |end| end + 2),
            None => rest.find([' ', ',', ':', ']', '}', '\r']).unwrap_or(rest.len()).max(usize::from(!rest.is_empty())),
        };
        let length = rest.char_indices().map(|(at, c)| at + c.len_utf8()).find(|end| *end >= length).unwrap_or(0);
        Diagnostic::new(message).at(&self.0, start..start + length, "")
    }
}

/// One mistake and what to do about it.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    message: String,
    places: Vec<Place>,
    help: Option<String>,
}

/// A place in a source file; the first of a diagnostic is where the mistake is, others belong to it.
#[derive(Debug, Clone)]
struct Place {
    file: Arc<SourceFile>,
    range: Range<usize>,
    label: String,
}

impl Place {
    /// File, line and column, the latter two from 1.
    fn shown(&self) -> Option<(&Path, usize, usize)> {
        let before = self.file.text.get(..self.range.start)?;
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Some((&self.file.path, line, column))
    }
}

/// The longest line that is shown, in bytes: nobody reads a longer one, and each mistake in it would show all of it.
const LINE: usize = 4 * 1024;

impl Diagnostic {
    /// A mistake without a place.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), places: Vec::new(), help: None }
    }

    /// Adds a place by its bytes.
    #[must_use]
    pub(crate) fn at(mut self, file: &Arc<SourceFile>, range: Range<usize>, label: impl Into<String>) -> Self {
        let end = range.end.min(file.text.len());
        let range = range.start.min(end)..end;
        self.places.push(Place { file: Arc::clone(file), range, label: label.into() });
        self
    }

    /// Adds what to do about it, where the sentence does not say it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The sentence.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// File, line and column of the mistake, the latter two from 1.
    pub fn place(&self) -> Option<(&Path, usize, usize)> {
        self.places.first()?.shown()
    }

    /// Whether another says the same of the same places.
    fn says(&self, other: &Self) -> bool {
        let alike = |a: &Place, b: &Place| a.file.real == b.file.real && a.range == b.range;
        self.message == other.message
            && self.places.len() == other.places.len()
            && self.places.iter().zip(&other.places).all(|(a, b)| alike(a, b))
    }

    /// The diagnostic as rustc would show it, with colour if asked.
    pub fn render(&self, color: bool) -> String {
        let mut group = Group::with_title(Level::ERROR.primary_title(visible(&self.message)));
        let mut shown: Vec<&Arc<SourceFile>> = Vec::new();
        for (first, place) in self.places.iter().enumerate().map(|(i, place)| (i == 0, place)) {
            if shown.iter().any(|file| Arc::ptr_eq(file, &place.file)) {
                continue;
            }
            shown.push(&place.file);
            let path = line(&place.file.path.to_string_lossy()).into_owned();
            let here = || self.places.iter().filter(|other| Arc::ptr_eq(&other.file, &place.file));
            let lines = place.file.lines(here().map(|other| &other.range));
            let shown_lines = &place.file.text[lines.clone()];
            if shown_lines.lines().any(|line| line.len() > LINE)
                && let Some((_, line, column)) = place.shown()
            {
                let origin = Origin::path(path).line(line).char_column(column);
                group = group.element(origin);
                continue;
            }
            let start_line = place.file.text[..lines.start].matches('\n').count() + 1;
            // The renderer shows all controls of ASCII as pictures, and leaves the others: a dot has their length.
            let shown_lines = shown_lines.replace(|c| matches!(c, '\u{80}'..='\u{9f}'), "\u{b7}");
            let mut snippet = Snippet::source(shown_lines).path(path).line_start(start_line);
            for other in here() {
                let primary = first && std::ptr::eq(other, place);
                let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
                let annotation = kind.span(other.range.start - lines.start..other.range.end - lines.start);
                snippet = snippet.annotation(if other.label.is_empty() {
                    annotation
                } else {
                    annotation.label(visible(&other.label))
                });
            }
            group = group.element(snippet);
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(visible(help)));
        }
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

/// Every mistake found so far; a phase that added some stops the run at its end.
#[derive(Debug, Default)]
pub(crate) struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one, unless it was just said: an alias that names another twice leads to each mistake many times.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if !self.list.iter().rev().take(64).any(|said| said.says(&diagnostic)) {
            self.list.push(diagnostic);
        }
    }

    /// Adds what another phase found, but for what is said already: two outputs may read one file.
    pub(crate) fn join(&mut self, failed: &Failed) {
        for diagnostic in failed.diagnostics() {
            if !self.list.iter().any(|said| said.says(diagnostic)) {
                self.list.push(diagnostic.clone());
            }
        }
    }

    /// Adds a mistake on a token.
    pub(crate) fn span(&mut self, file: &Arc<SourceFile>, span: Span, message: impl Into<String>) {
        self.push(Diagnostic::new(message).at(file, span.byte_range(), ""));
    }

    /// Adds what the shared parser found in a file.
    pub(crate) fn take(&mut self, file: &Arc<SourceFile>, errors: Errors) {
        for Mistake { message, start, end, notes } in errors.into_vec() {
            let mut diagnostic = Diagnostic::new(message).at(file, start.byte_range().start..end.byte_range().end, "");
            for (span, note) in notes {
                diagnostic = diagnostic.at(file, span.byte_range(), note);
            }
            self.push(diagnostic);
        }
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Ends a phase: goes on with `value` if nothing went wrong.
    pub(crate) fn finish<T>(self, value: T) -> Result<T, Failed> {
        if self.list.is_empty() { Ok(value) } else { Err(Failed { mistakes: self.list, partly: false }) }
    }
}

/// A run that stopped, with every mistake that stopped it. Nothing was written, unless it says so.
#[derive(Debug)]
pub struct Failed {
    mistakes: Vec<Diagnostic>,
    partly: bool,
}

impl Failed {
    /// One mistake.
    pub fn one(diagnostic: Diagnostic) -> Self {
        Self { mistakes: vec![diagnostic], partly: false }
    }

    /// A run that could not undo what it had written; the mistakes say what.
    pub(crate) fn partly(mistakes: Vec<Diagnostic>) -> Self {
        Self { mistakes, partly: true }
    }

    /// The mistakes.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.mistakes
    }

    /// All of them as text, with colour if asked.
    pub fn render(&self, color: bool) -> String {
        let text: String = self.mistakes.iter().map(|diagnostic| diagnostic.render(color) + "\n\n").collect();
        let count = self.mistakes.len();
        let mistakes = if count == 1 { "1 mistake".to_owned() } else { format!("{count} mistakes") };
        text + &mistakes + if self.partly { "; not all is as it was" } else { "; nothing was written" }
    }
}

impl From<Diagnostic> for Failed {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::one(diagnostic)
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Failed {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_source_moves_no_cursor() {
        let hostile = "a\u{1b}[2J\u{202e}\r\u{7f}\u{85}b";
        let file = SourceFile { real: PathBuf::new(), path: hostile.into(), text: format!("{hostile}\n") };
        let file = Arc::new(file);
        let diagnostic = Diagnostic::new(hostile).at(&file, 0..1, hostile).at(&file, 2..3, hostile).help(hostile);
        for color in [false, true] {
            let shown = diagnostic.render(color);
            let plain = if color { shown.replace("\u{1b}[", "") } else { shown.clone() };
            let acts = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            assert!(!plain.contains(acts) && !shown.contains("\u{1b}[2J"), "{shown:?}");
        }
    }
}
