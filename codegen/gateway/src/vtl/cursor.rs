//! The place in a template's text that the parser has come to.

use super::SyntaxError;

/// How deeply directives, expressions and strings may nest. Velocity has no such limit; it overflows its stack.
const NESTING: usize = 40;

pub(super) struct Cursor {
    chars: Vec<char>,
    at: usize,
    depth: usize,
    /// Inside a double-quoted string, where Velocity lets a final `$` stand.
    pub(super) quoted: bool,
}

impl Cursor {
    pub(super) fn new(text: &str) -> Self {
        Self { chars: text.chars().collect(), at: 0, depth: 0, quoted: false }
    }

    /// A cursor over the text of a string literal inside this one.
    pub(super) fn inner(&self, text: &str) -> Self {
        Self { chars: text.chars().collect(), at: 0, depth: self.depth, quoted: true }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn seek(&mut self, at: usize) {
        self.at = at;
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.ahead(0)
    }

    pub(super) fn ahead(&self, n: usize) -> Option<char> {
        self.chars.get(self.at + n).copied()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    pub(super) fn looking_at(&self, text: &str) -> bool {
        text.chars().enumerate().all(|(n, c)| self.ahead(n) == Some(c))
    }

    pub(super) fn eat(&mut self, text: &str) -> bool {
        let found = self.looking_at(text);
        if found {
            self.at += text.chars().count();
        }
        found
    }

    pub(super) fn expect(&mut self, text: &str, after: &str) -> Result<(), SyntaxError> {
        if self.eat(text) {
            return Ok(());
        }
        Err(self.error(format!("expected `{text}` {after}, found {}", self.found())))
    }

    /// What stands here, in a message.
    pub(super) fn found(&self) -> String {
        match self.peek() {
            Some(c) => format!("`{}`", c.escape_debug()),
            None => "the end of the template".to_owned(),
        }
    }

    pub(super) fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t')) {
            self.at += 1;
        }
    }

    pub(super) fn skip_white(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.at += 1;
        }
    }

    pub(super) fn skip_newline(&mut self) -> bool {
        self.eat("\r\n") || self.eat("\n") || self.eat("\r")
    }

    /// What a directive takes with it: blanks up to and with a line's end, or nothing at all.
    pub(super) fn skip_rest_of_line(&mut self) {
        let start = self.at;
        self.skip_blanks();
        if !self.skip_newline() {
            self.at = start;
        }
    }

    /// A name, or nothing: a letter or `_`, then letters, digits, `_` and `-`.
    pub(super) fn name(&mut self) -> Option<String> {
        if !self.peek().is_some_and(starts_name) {
            return None;
        }
        let start = self.at;
        while self.peek().is_some_and(|c| starts_name(c) || c.is_ascii_digit() || c == '-') {
            self.at += 1;
        }
        Some(self.since(start))
    }

    /// The word of a directive, or nothing: a letter or `_`, then letters, digits and `_`.
    pub(super) fn word(&mut self) -> Option<String> {
        if !self.peek().is_some_and(starts_name) {
            return None;
        }
        let start = self.at;
        while self.peek().is_some_and(|c| starts_name(c) || c.is_ascii_digit()) {
            self.at += 1;
        }
        Some(self.since(start))
    }

    pub(super) fn since(&self, start: usize) -> String {
        self.chars.get(start..self.at).unwrap_or_default().iter().collect()
    }

    /// Runs `parse` one level deeper.
    pub(super) fn nested<T>(
        &mut self,
        parse: impl FnOnce(&mut Self) -> Result<T, SyntaxError>,
    ) -> Result<T, SyntaxError> {
        if self.depth == NESTING {
            return Err(self.error(format!("nested deeper than {NESTING} levels")));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    pub(super) fn error(&self, message: impl Into<String>) -> SyntaxError {
        let before = self.chars.get(..self.at).unwrap_or(&self.chars);
        let line = before.iter().filter(|&&c| c == '\n').count() + 1;
        let column = before.iter().rev().take_while(|&&c| c != '\n').count() + 1;
        SyntaxError { message: message.into(), line, column }
    }
}

pub(super) fn starts_name(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_'
}
