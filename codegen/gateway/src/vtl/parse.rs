//! Text into nodes: what of a template is text, a comment, a directive or a reference, as Velocity 1.7 sees it.

use super::SyntaxError;
use super::parser::{Parser, Shared};
use super::syntax::{Block, Node};
use super::token::Kind;
use super::{directive, expression, reference};

/// Parses a whole template, or the text of a double-quoted string.
pub(super) fn template(text: &str, shared: Shared) -> Result<Block, SyntaxError> {
    let mut cx = Parser::new(text, shared);
    let block = block(&mut cx)?;
    match cx.peek(0) {
        Kind::EndOfText => Ok(block),
        Kind::End | Kind::Else | Kind::ElseIf => {
            let image = cx.token(cx.at).image.trim_end().to_owned();
            Err(cx.error(format!("`{image}` without an `#if`, `#foreach` or another block")))
        }
        Kind::Unknown => Err(cx.unexpected("what Velocity takes for text, a reference or a directive")),
        _ => Err(cx.unexpected("text, a reference or a directive")),
    }
}

/// Statements, up to what is none.
pub(super) fn block(cx: &mut Parser) -> Result<Block, SyntaxError> {
    let mut nodes = Nodes::default();
    while cx.peek(0).starts_statement() {
        statement(cx, &mut nodes)?;
    }
    nodes.flush();
    Ok(nodes.done)
}

/// Nodes, and the text that has gathered behind the last one.
#[derive(Default)]
struct Nodes {
    done: Block,
    text: String,
}

impl Nodes {
    fn push(&mut self, node: Node) {
        self.flush();
        self.done.push(node);
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.done.push(Node::Text(std::mem::take(&mut self.text).into()));
        }
    }
}

fn statement(cx: &mut Parser, nodes: &mut Nodes) -> Result<(), SyntaxError> {
    match cx.peek(0) {
        Kind::If => nodes.push(cx.nested(conditional)?),
        Kind::Identifier => nodes.push(Node::Print(reference::reference(cx)?)),
        Kind::BraceOpen if cx.peek(1) == Kind::Identifier => nodes.push(Node::Print(reference::reference(cx)?)),
        Kind::LineCommentStart => {
            comment(cx, nodes);
            cx.eat(Kind::LineCommentEnd);
        }
        Kind::CommentEnd | Kind::FormalCommentEnd => comment(cx, nodes),
        Kind::BlockEnd => {
            let image: Vec<char> = cx.token(cx.at).image.chars().collect();
            let Some(text) = image.get(3..image.len() - 3) else {
                return Err(cx.error("a `]]#` too early: Velocity fails on it"));
            };
            nodes.text.extend(text);
            cx.at += 1;
        }
        Kind::Set => nodes.push(set(cx)?),
        Kind::EscapedDirective => escaped_directive(cx, nodes),
        Kind::DoubleEscape => escapes(cx, nodes),
        Kind::Word | Kind::BracedWord => {
            if let Some(node) = cx.nested(directive::directive)? {
                nodes.push(node);
            }
        }
        _ => {
            let text = cx.token(cx.at).literal();
            nodes.text.push_str(&text);
            cx.at += 1;
        }
    }
    Ok(())
}

/// A comment prints what its token holds before it, such as a lone `$`.
fn comment(cx: &mut Parser, nodes: &mut Nodes) {
    let image = &cx.token(cx.at).image;
    let end = image.find("##").or_else(|| image.find("#*")).unwrap_or(0);
    let before = image[..end].to_owned();
    nodes.text.push_str(&before);
    cx.at += 1;
}

fn escaped_directive(cx: &mut Parser, nodes: &mut Nodes) {
    let image = cx.token(cx.at).image.clone();
    cx.at += 1;
    let last = image.rfind('\\').unwrap_or(0);
    let directive = &image[last + 1..];
    let word = directive.trim_start_matches('#');
    let word = word.strip_prefix('{').and_then(|word| word.strip_suffix('}')).unwrap_or(word);
    let control = matches!(word, "if" | "end" | "set" | "else" | "elseif");
    let literal = if control || directive::is_directive(word) || cx.named.contains(word) || cx.knows_macro(word) {
        format!("{}{directive}", &image[..last / 2])
    } else {
        image
    };
    // It is what the token says from now on.
    let token = &mut cx.tokens[cx.at - 1];
    token.image.clone_from(&literal);
    nodes.text.push_str(&literal);
}

/// Backslashes in pairs: before a directive each is one.
fn escapes(cx: &mut Parser, nodes: &mut Nodes) {
    let mut count = 0;
    while cx.eat(Kind::DoubleEscape) {
        count += 1;
    }
    let control = matches!(cx.peek(0), Kind::If | Kind::Else | Kind::ElseIf | Kind::End);
    let word: String = cx.token(cx.at).image.chars().skip(1).collect();
    let control = control || directive::is_directive(&word) || cx.named.contains(&word) || cx.knows_macro(&word);
    nodes.text.push_str(&if control { "\\" } else { "\\\\" }.repeat(count));
}

fn set(cx: &mut Parser) -> Result<Node, SyntaxError> {
    cx.at += 1;
    cx.skip_white();
    if !matches!(cx.peek(0), Kind::Identifier | Kind::BraceOpen) {
        return Err(cx.unexpected("a reference first in `#set`"));
    }
    let target = cx.nested(reference::reference)?;
    cx.skip_white();
    cx.expect(Kind::Assign, "`=` in `#set`")?;
    let value = expression::expression(cx)?;
    cx.expect(Kind::Close, "`)` at the end of `#set`")?;
    cx.scanner.end_of_set();
    Ok(Node::Set(target, value))
}

fn conditional(cx: &mut Parser) -> Result<Node, SyntaxError> {
    let mut arms = Vec::new();
    let mut otherwise = Block::new();
    let mut open = "#if";
    loop {
        cx.at += 1;
        cx.skip_white();
        cx.expect(Kind::Open, &format!("`(` before the condition of `{open}`"))?;
        let condition = expression::expression(cx)?;
        cx.expect(Kind::Close, "`)` behind the condition")?;
        arms.push((condition, block(cx)?));
        if cx.peek(0) != Kind::ElseIf {
            break;
        }
        open = "#elseif";
    }
    if cx.eat(Kind::Else) {
        open = "#else";
        otherwise = block(cx)?;
    }
    cx.end(open)?;
    Ok(Node::If { arms, otherwise })
}
