//! The tokens of a template while it is parsed, and what is known of its macros.

use super::SyntaxError;
use super::scanner::Scanner;
use super::syntax::Macro;
use super::token::{Kind, Token, error_at};
use indexmap::IndexMap;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

/// How deeply directives, expressions and strings may nest. Velocity has no such limit; it overflows its stack.
const NESTING: usize = 40;

/// How often one text may be read ahead; each level of nesting needs it once.
const AHEAD: usize = 2_000_000;

/// The macros, of which a name's first stays.
pub(super) type Macros = IndexMap<Arc<str>, Arc<Macro>>;

/// What texts that are parsed one inside the other have in common.
#[derive(Clone)]
pub(super) struct Shared {
    pub(super) macros: Rc<RefCell<Macros>>,
    pub(super) depth: usize,
    /// Made while a template runs: what is wrong with a path is found when it is reached.
    pub(super) late: bool,
}

impl Shared {
    pub(super) fn new(macros: Rc<RefCell<Macros>>, late: bool) -> Self {
        Self { macros, depth: 0, late }
    }
}

pub(super) struct Parser {
    pub(super) scanner: Scanner,
    pub(super) tokens: Vec<Token>,
    /// The next token.
    pub(super) at: usize,
    pub(super) shared: Shared,
    /// How many macros there were when this text began.
    known: usize,
    /// The names of macros that this text has defined.
    pub(super) named: HashSet<String>,
    /// Whether a range begins at a token, once somebody has looked.
    pub(super) ranges: HashMap<usize, bool>,
    ahead: usize,
    /// What is read now is read again.
    pub(super) looking: bool,
}

impl Parser {
    pub(super) fn new(text: &str, shared: Shared) -> Self {
        let known = shared.macros.borrow().len();
        Self {
            scanner: Scanner::new(text),
            tokens: Vec::new(),
            at: 0,
            shared,
            known,
            named: HashSet::new(),
            ranges: HashMap::new(),
            ahead: AHEAD,
            looking: false,
        }
    }

    /// The kind of the token so far ahead.
    pub(super) fn peek(&mut self, ahead: usize) -> Kind {
        self.token(self.at + ahead).kind
    }

    /// A token, scanned when it is asked for: what the parser does before decides on what it is.
    pub(super) fn token(&mut self, at: usize) -> &Token {
        while self.tokens.len() <= at {
            let stopped = matches!(self.tokens.last(), Some(Token { kind: Kind::Unknown | Kind::EndOfText, .. }));
            let token = match self.tokens.last() {
                Some(last) if stopped => Token::new(last.kind, String::new(), &[], last.at),
                _ => self.scanner.next(),
            };
            self.tokens.push(token);
        }
        &self.tokens[at]
    }

    pub(super) fn eat(&mut self, kind: Kind) -> bool {
        let found = self.peek(0) == kind;
        self.at += usize::from(found);
        found
    }

    pub(super) fn skip_white(&mut self) {
        self.eat(Kind::White);
    }

    /// Takes a token of this kind; `what` says what it is and why it is needed.
    pub(super) fn expect(&mut self, kind: Kind, what: &str) -> Result<(), SyntaxError> {
        if self.eat(kind) {
            return Ok(());
        }
        Err(self.unexpected(what))
    }

    pub(super) fn unexpected(&mut self, what: &str) -> SyntaxError {
        let found = self.found();
        self.error(format!("expected {what}, found {found}"))
    }

    /// The next token, in a message.
    pub(super) fn found(&mut self) -> String {
        let token = self.token(self.at);
        match (token.kind, &*token.image) {
            (Kind::EndOfText, _) => "the end of the template".to_owned(),
            (_, "") => "something that Velocity does not know".to_owned(),
            (_, image) => format!("`{}`", image.escape_debug()),
        }
    }

    /// Takes the `#end` of a directive.
    pub(super) fn end(&mut self, open: &str) -> Result<(), SyntaxError> {
        if self.eat(Kind::End) {
            return Ok(());
        }
        let found = self.found();
        Err(self.error(format!("`{open}` without `#end`, found {found}")))
    }

    /// An error at the next token.
    pub(super) fn error(&mut self, message: impl Into<String>) -> SyntaxError {
        self.error_at(self.at, message)
    }

    pub(super) fn error_at(&mut self, token: usize, message: impl Into<String>) -> SyntaxError {
        let at = self.token(token).at;
        error_at(&self.scanner.text, at, message)
    }

    /// Runs `parse` one level deeper.
    pub(super) fn nested<T>(
        &mut self,
        parse: impl FnOnce(&mut Self) -> Result<T, SyntaxError>,
    ) -> Result<T, SyntaxError> {
        if self.shared.depth == NESTING {
            return Err(self.error(format!("nested deeper than {NESTING} levels")));
        }
        self.shared.depth += 1;
        let parsed = parse(self);
        self.shared.depth -= 1;
        parsed
    }

    /// Whether `parse` works from here, without taking anything.
    pub(super) fn ahead(&mut self, parse: impl FnOnce(&mut Self) -> Result<(), SyntaxError>) -> bool {
        let (start, looking) = (self.at, self.looking);
        self.looking = true;
        let found = self.ahead > 0 && self.nested(parse).is_ok();
        self.looking = looking;
        self.ahead = self.ahead.saturating_sub(self.at - start);
        self.at = start;
        found
    }

    /// Whether there is such a macro, as far as this text can see.
    pub(super) fn knows_macro(&self, name: &str) -> bool {
        self.shared.macros.borrow().get_index_of(name).is_some_and(|at| at < self.known)
    }

    /// The text of tokens, from the first to the last.
    pub(super) fn literal(&self, first: usize, last: usize) -> Arc<str> {
        let tokens = self.tokens.get(first..=last).unwrap_or_default();
        tokens.iter().map(Token::literal).collect::<String>().into()
    }
}
