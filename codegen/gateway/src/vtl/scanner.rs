//! From a template's text to tokens, one after the other: what a character means depends on what it stands in.

use super::lexeme::{State, longest};
use super::token::{Kind, Token};

/// What to go back to behind a reference, a directive or a comment.
#[derive(Clone, Copy)]
struct Outer {
    state: State,
    open: usize,
    closed: usize,
}

pub(super) struct Scanner {
    pub(super) text: Vec<char>,
    at: usize,
    state: State,
    outer: Vec<Outer>,
    /// Parentheses that were opened in this state, and closed.
    open: usize,
    closed: usize,
    comment: bool,
    /// Where the backslashes end that were counted last: a long row of them is not counted again for each.
    escapes: usize,
    /// Inside of `#set`, where a number or a string ends nothing.
    set: bool,
}

impl Scanner {
    pub(super) fn new(text: &str) -> Self {
        Self {
            text: text.chars().collect(),
            at: 0,
            state: State::Text,
            outer: Vec::new(),
            open: 0,
            closed: 0,
            comment: false,
            escapes: 0,
            set: false,
        }
    }

    /// The next token; where the text makes no sense, one of unknown kind.
    pub(super) fn next(&mut self) -> Token {
        let mut specials = Vec::new();
        'token: loop {
            let begin = self.at;
            if begin == self.text.len() {
                return Token::new(Kind::EndOfText, String::new(), &specials, begin);
            }
            loop {
                if self.escapes <= self.at {
                    let escapes = self.text[self.at..].iter().take_while(|&&c| c == '\\').count();
                    self.escapes = self.at + escapes;
                }
                let escapes = self.escapes - self.at;
                let Some((kind, length)) = longest(self.state, &self.text[self.at..], escapes) else { break };
                self.at += length;
                if kind.is_more() {
                    self.more(kind);
                    if self.at == self.text.len() {
                        break;
                    }
                    continue;
                }
                let image: String = self.text[begin..self.at].iter().collect();
                match kind {
                    Kind::Ignored => {}
                    Kind::ReferenceEnd | Kind::DirectiveEnd => {
                        specials.push(image);
                        self.at -= 1;
                        self.leave();
                    }
                    _ => {
                        let image = self.act(kind, image);
                        return Token::new(kind, image, &specials, begin);
                    }
                }
                continue 'token;
            }
            let found = self.text[begin..].iter().take(20).collect();
            return Token::new(Kind::Unknown, found, &[], self.at);
        }
    }

    fn enter(&mut self, state: State) {
        self.outer.push(Outer { state: self.state, open: self.open, closed: self.closed });
        self.open = 0;
        self.state = state;
    }

    /// Goes back to what is around; `false` where nothing is.
    pub(super) fn leave(&mut self) -> bool {
        let Some(outer) = self.outer.pop() else {
            self.open = 0;
            self.state = State::Text;
            return false;
        };
        (self.state, self.open, self.closed) = (outer.state, outer.open, outer.closed);
        true
    }

    /// A directive's word was read, and arguments follow.
    pub(super) fn arguments(&mut self) {
        self.state = State::Directive;
    }

    pub(super) fn end_of_set(&mut self) {
        self.set = false;
    }

    /// Whether a `(` comes next, behind white space at most.
    pub(super) fn parenthesis_follows(&self) -> bool {
        let rest = self.text[self.at..].iter().find(|c| !matches!(c, ' ' | '\t' | '\n' | '\r'));
        rest == Some(&'(')
    }

    fn more(&mut self, kind: Kind) {
        if self.comment {
            return;
        }
        let state = match kind {
            Kind::Dollar | Kind::DollarBang => State::Reference,
            Kind::Hash => State::Word,
            Kind::BlockStart => State::TextBlock,
            Kind::FormalStart => State::FormalComment,
            Kind::CommentStart => State::Comment,
            _ => return,
        };
        match kind {
            Kind::FormalStart => self.at -= 1,
            Kind::Dollar | Kind::DollarBang if self.state == State::Reference => drop(self.leave()),
            Kind::Hash if matches!(self.state, State::Reference | State::Modifier) => drop(self.leave()),
            _ => {}
        }
        self.comment = matches!(state, State::TextBlock | State::FormalComment | State::Comment);
        self.enter(state);
    }

    /// What a token does to the state; gives its text as it is from now on.
    fn act(&mut self, kind: Kind, image: String) -> String {
        match kind {
            Kind::IndexOpen => self.enter(State::Index),
            Kind::IndexClose | Kind::BraceClose | Kind::End | Kind::Else => drop(self.leave()),
            Kind::Open => {
                self.open += usize::from(!self.comment);
                if self.state == State::Modifier {
                    self.state = State::Arguments;
                }
            }
            Kind::Close => self.close(),
            Kind::ArgumentsClose => self.state = State::Reference,
            Kind::Set => {
                self.set = true;
                self.enter(State::Directive);
                self.open = 1;
            }
            Kind::LineCommentStart if !self.comment => {
                if self.state == State::Reference {
                    self.leave();
                }
                self.comment = true;
                self.enter(State::LineComment);
            }
            Kind::LineCommentEnd | Kind::FormalCommentEnd | Kind::CommentEnd | Kind::BlockEnd => {
                self.comment = false;
                self.leave();
            }
            Kind::String if self.state == State::Directive && !self.set && self.open == 0 => drop(self.leave()),
            Kind::If | Kind::ElseIf => self.arguments(),
            Kind::Integer => {
                let number = image.strip_suffix("..").map(str::to_owned);
                if number.is_some() {
                    self.at -= 2;
                }
                if self.open == 0 && !self.set && !matches!(self.state, State::Arguments | State::Index) {
                    self.leave();
                }
                return number.unwrap_or(image);
            }
            Kind::Float if self.open == 0 && !self.set && self.state != State::Arguments => drop(self.leave()),
            Kind::Dot => {
                self.at -= 1;
                self.state = State::Modifier;
                // Whatever came before it is lost.
                return ".".to_owned();
            }
            _ => {}
        }
        image
    }

    /// A `)` closes the innermost state that has a parenthesis open.
    fn close(&mut self) {
        if self.comment {
            return;
        }
        loop {
            if self.open > 0 {
                if self.open == self.closed + 1 {
                    self.leave();
                } else {
                    self.closed += 1;
                }
                return;
            }
            if !self.leave() {
                return;
            }
        }
    }
}
