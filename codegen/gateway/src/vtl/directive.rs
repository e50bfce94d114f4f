//! The directives that are not part of Velocity's grammar: loops, macros, blocks and what ends them.

use super::SyntaxError;
use super::expression::{Value, value};
use super::parse::block;
use super::parser::Parser;
use super::syntax::{Call, Definition, Expression, Foreach, Macro, Node};
use super::token::Kind;
use std::sync::Arc;

/// How often a `#define` may be inside of itself.
const DEFINITIONS: usize = 2;

/// How deep macros may call each other.
pub(super) const CALLS: usize = 20;

/// Whether Velocity has a directive of this name, besides `#if`, `#set` and what belongs to them.
pub(super) fn is_directive(word: &str) -> bool {
    matches!(word, "foreach" | "include" | "parse" | "macro" | "literal" | "evaluate" | "break" | "define" | "stop")
}

/// `#word` or `#word(…)`; nothing where it only has an effect on what is parsed.
pub(super) fn directive(cx: &mut Parser) -> Result<Option<Node>, SyntaxError> {
    let first = cx.at;
    let token = cx.token(first);
    let name: String = match token.kind {
        Kind::BracedWord => {
            let inner: Vec<char> = token.image.chars().skip(2).collect();
            inner[..inner.len().saturating_sub(1)].iter().collect()
        }
        _ => token.image.chars().skip(1).collect(),
    };
    cx.at += 1;
    cx.scanner.arguments();
    let mut cx = Directive { cx, first, name, arguments: Vec::new(), block: None };
    if !cx.cx.scanner.parenthesis_follows() {
        if cx.name == "macro" {
            return Err(cx.error("`#macro` needs `(name …)`"));
        }
        cx.cx.scanner.leave();
        return cx.node();
    }
    cx.cx.skip_white();
    cx.cx.expect(Kind::Open, "`(`")?;
    cx.arguments()?;
    let blocks = matches!(&*cx.name, "foreach" | "macro" | "literal" | "define") || cx.name.starts_with('@');
    if blocks {
        let start = cx.cx.at;
        let body = block(cx.cx)?;
        let end = cx.cx.at - 1;
        cx.cx.end(&format!("#{}", cx.name))?;
        cx.block = Some((start, end, body));
    }
    cx.node()
}

struct Directive<'a> {
    cx: &'a mut Parser,
    /// The token of the word.
    first: usize,
    name: String,
    arguments: Vec<Value>,
    /// From which to which token, and what it is.
    block: Option<(usize, usize, super::syntax::Block)>,
}

impl Directive<'_> {
    fn error(&mut self, message: impl Into<String>) -> SyntaxError {
        let first = self.first;
        self.cx.error_at(first, message)
    }

    fn arguments(&mut self) -> Result<(), SyntaxError> {
        loop {
            let start = self.cx.at;
            self.cx.skip_white();
            let comma = self.cx.eat(Kind::Comma);
            if comma {
                self.cx.skip_white();
            }
            let kind = self.cx.peek(0);
            if !kind.starts_value() && kind != Kind::Word {
                self.cx.at = start;
                break;
            }
            let argument = if kind == Kind::Word {
                let at = self.cx.at;
                let word = self.cx.token(at).image.as_str().into();
                self.cx.at += 1;
                Value { expression: Expression::Word(word), first: at, last: at }
            } else {
                value(self.cx)?
            };
            self.check(&argument)?;
            self.arguments.push(argument);
        }
        self.cx.skip_white();
        self.cx.expect(Kind::Close, &format!("`)` behind the arguments of `#{}`", self.name))
    }

    /// A bare word is the name of a macro, and the `in` of a loop; what is not known yet may take any.
    fn check(&mut self, argument: &Value) -> Result<(), SyntaxError> {
        let position = self.arguments.len();
        let word = matches!(argument.expression, Expression::Word(_));
        let name = self.name.clone();
        if name == "macro" && position == 0 {
            if word {
                return Ok(());
            }
            return Err(self.error("the first argument of `#macro` is the macro's name, without quotes"));
        }
        let refused = self.cx.knows_macro(&name) || (is_directive(&name) && !(name == "foreach" && position == 1));
        if word && refused {
            let Expression::Word(found) = &argument.expression else { return Ok(()) };
            return Err(self.cx.error_at(argument.first, format!("`{found}` is no argument of `#{name}`")));
        }
        Ok(())
    }

    /// The image of an argument's first token, as far as it names something.
    fn named(&mut self, argument: usize) -> String {
        let first = self.arguments[argument].first;
        self.cx.token(first).image.clone()
    }

    fn expressions(&mut self) -> Vec<Expression> {
        self.arguments.drain(..).map(|argument| argument.expression).collect()
    }

    fn node(mut self) -> Result<Option<Node>, SyntaxError> {
        match &*self.name.clone() {
            "foreach" => self.foreach(),
            "macro" => self.define_macro(),
            "define" => self.define(),
            "literal" => self.literal(),
            "evaluate" => {
                let text = matches!(
                    &*self.expressions_kinds(),
                    [Expression::Text(_)
                        | Expression::Path(..)
                        | Expression::Interpolated(_)
                        | Expression::Reference(_)]
                );
                match self.expressions().pop() {
                    Some(argument) if text => Ok(Some(Node::Evaluate(argument))),
                    _ => Err(self.error("`#evaluate` needs one argument, a string or a reference")),
                }
            }
            "break" | "stop" => {
                if self.arguments.len() > 1 {
                    let message = format!("`#{}` takes one argument at most", self.name);
                    return Err(self.error(message));
                }
                let argument = self.expressions().pop();
                Ok(Some(if self.name == "break" { Node::Break(argument) } else { Node::Stop(argument) }))
            }
            "parse" => {
                let mut arguments = self.expressions();
                arguments.truncate(1);
                Ok(Some(Node::Parse(arguments.pop())))
            }
            "include" => Ok(Some(Node::Include(self.expressions()))),
            _ => Ok(Some(self.call())),
        }
    }

    fn expressions_kinds(&self) -> Vec<&Expression> {
        self.arguments.iter().map(|argument| &argument.expression).collect()
    }

    fn foreach(mut self) -> Result<Option<Node>, SyntaxError> {
        let Some((_, _, body)) = self.block.take() else {
            return Err(self.error("`#foreach` needs `($item in $list)`"));
        };
        let variable: Arc<str> = match self.arguments.first() {
            None => "".into(),
            Some(Value { expression: Expression::Reference(reference), .. }) => reference.name.clone(),
            Some(_) => self.named(0).chars().skip(1).collect::<String>().into(),
        };
        Ok(Some(Node::Foreach(Foreach { variable, arguments: self.expressions(), body })))
    }

    fn define(mut self) -> Result<Option<Node>, SyntaxError> {
        let block = self.block.take();
        let (Some((_, _, body)), 1) = (block, self.arguments.len()) else {
            return Err(self.error("`#define` needs `($name)` and nothing more"));
        };
        let name = self.named(0).chars().skip(1).collect::<String>().into();
        Ok(Some(Node::Define(Arc::new(Definition { name, body, depth: DEFINITIONS }))))
    }

    fn define_macro(mut self) -> Result<Option<Node>, SyntaxError> {
        let (Some((_, _, body)), false) = (self.block.take(), self.arguments.is_empty()) else {
            return Err(self.error("the first argument of `#macro` is the macro's name"));
        };
        let mut names = Vec::new();
        for argument in 0..self.arguments.len() {
            let image = self.named(argument);
            let name = if argument == 0 { &*image } else { image.strip_prefix('$').unwrap_or(&image) };
            names.push(Arc::from(name));
        }
        let name: Arc<str> = names.remove(0);
        self.cx.named.insert(name.to_string());
        let defined = Macro { parameters: names, body };
        // Of two with one name the first stays.
        self.cx.shared.macros.borrow_mut().entry(name).or_insert_with(|| Arc::new(defined));
        Ok(None)
    }

    fn literal(mut self) -> Result<Option<Node>, SyntaxError> {
        let span = match (self.arguments.first(), &self.block) {
            (Some(argument), _) => Some((argument.first, argument.last)),
            (None, Some((start, end, _))) => Some((*start, *end)),
            (None, None) => None,
        };
        match span {
            Some((first, last)) if first <= last => Ok(Some(Node::Text(self.cx.literal(first, last)))),
            _ => Err(self.error("`#literal()` needs something before its `#end`: Velocity fails without")),
        }
    }

    fn call(mut self) -> Node {
        let last = self.cx.at - 1;
        let literal: Arc<str> =
            self.cx.tokens[self.first..=last].iter().map(|token| token.image.as_str()).collect::<String>().into();
        let wrong = self.arguments.iter().find_map(|argument| match &argument.expression {
            Expression::Word(word) => Some(word.clone()),
            _ => None,
        });
        let body = self
            .block
            .take()
            .map(|(_, _, body)| Arc::new(Definition { name: "bodyContent".into(), body, depth: CALLS }));
        let spans: Vec<_> = self.arguments.iter().map(|argument| (argument.first, argument.last)).collect();
        let literals = spans.into_iter().map(|(first, last)| self.cx.literal(first, last)).collect();
        let mut arguments = self.expressions();
        let mut name = &*self.name;
        if body.is_some() {
            // The block is an argument as well, one that is nothing.
            arguments.push(Expression::Nothing);
            name = name.strip_prefix('@').unwrap_or(name);
        } else if name.starts_with('@') {
            return Node::Text(format!("#{name}").into());
        }
        Node::Call(Call { name: name.into(), arguments: arguments.into(), literals, body, literal, wrong })
    }
}
