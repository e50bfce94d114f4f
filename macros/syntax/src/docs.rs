//! Doc comments: where titles and descriptions come from.

use syn::{Attribute, Expr, Lit, Meta};

/// The text of a doc comment, without the margin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Docs {
    lines: Vec<String>,
}

impl Docs {
    /// Reads every `#[doc = "…"]`; others, such as `#[doc(hidden)]`, say nothing.
    pub fn parse(attrs: &[Attribute]) -> Self {
        let mut lines = Vec::new();
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("doc")) {
            if let Meta::NameValue(pair) = &attr.meta
                && let Expr::Lit(value) = &pair.value
                && let Lit::Str(text) = &value.lit
            {
                // `///` alone parts two paragraphs; nothing has no lines.
                let value = text.value();
                let value = if value.is_empty() { "\n" } else { &value };
                let starred = is_starred(value);
                lines.extend(value.lines().enumerate().map(|(at, line)| {
                    let line = if starred && at > 0 { line.trim_start().trim_start_matches('*') } else { line };
                    line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned()
                }));
            }
        }
        let start = lines.iter().take_while(|line| line.is_empty()).count();
        lines.drain(..start);
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        Self { lines }
    }

    /// The first paragraph in one line, without its full stop: what a title is made from. An item's summary is its first
    /// paragraph, however its lines are broken ([rustdoc]).
    ///
    /// [rustdoc]: https://doc.rust-lang.org/rustdoc/how-to-write-documentation.html
    pub fn title(&self) -> Option<String> {
        let lines = self.lines.iter().map(|line| line.trim()).take_while(|line| !line.is_empty());
        let paragraph = lines.collect::<Vec<_>>().join(" ");
        let paragraph = paragraph.strip_suffix('.').unwrap_or(&paragraph);
        (!paragraph.is_empty()).then(|| paragraph.to_owned())
    }

    /// Whole text, its lines joined.
    pub fn text(&self) -> String {
        self.lines.join("\n")
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

/// Whether a text is a block comment whose lines each begin with ` * `.
fn is_starred(text: &str) -> bool {
    let mut lines = text.lines().skip(1).filter(|line| !line.trim().is_empty()).peekable();
    lines.peek().is_some() && lines.all(|line| line.starts_with(' ') && line.trim_start().starts_with('*'))
}
