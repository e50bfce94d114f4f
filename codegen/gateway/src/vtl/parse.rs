//! Text into nodes: what of a template is text, a comment, a directive or a reference, with Velocity 1.7's rules for
//! white space and backslashes.

use super::SyntaxError;
use super::cursor::{Cursor, starts_name};
use super::expression;
use super::syntax::{Block, Expression, Node};

/// Directives of Velocity that would run text as a template or need a file; API Gateway offers none of them.
const REFUSED: [&str; 6] = ["define", "evaluate", "include", "literal", "macro", "parse"];

/// Parses a whole template, or the text of a double-quoted string.
pub(super) fn template(cx: &mut Cursor) -> Result<Block, SyntaxError> {
    let (block, end) = block(cx)?;
    match end {
        End::Text => Ok(block),
        End::Directive(word) => Err(cx.error(format!("`#{word}` without an `#if` or `#foreach`"))),
    }
}

/// What a block ended with: the text, or `#end`, `#else`, `#elseif`, already read.
enum End {
    Text,
    Directive(&'static str),
}

/// Nodes, and the text that has gathered behind the last one.
#[derive(Default)]
struct Nodes {
    done: Block,
    text: String,
    /// The text began behind the last directive, reference or comment, not behind a line's end or other text.
    fresh: bool,
}

impl Nodes {
    fn push(&mut self, node: Node) {
        self.flush();
        self.done.push(node);
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.done.push(Node::Text(std::mem::take(&mut self.text)));
        }
        self.fresh = true;
    }

    fn text(&mut self, text: &str) {
        self.text.push_str(text);
        self.fresh = false;
    }
}

fn block(cx: &mut Cursor) -> Result<(Block, End), SyntaxError> {
    let mut nodes = Nodes { fresh: true, ..Nodes::default() };
    while let Some(c) = cx.peek() {
        match c {
            '\\' => backslashes(cx, &mut nodes),
            '$' => reference(cx, &mut nodes)?,
            '#' => {
                if let Some(end) = hash(cx, &mut nodes)? {
                    nodes.flush();
                    return Ok((nodes.done, End::Directive(end)));
                }
            }
            ' ' | '\t' if nodes.fresh => {
                // Blanks before `#set` vanish, but not where a line begins and not behind other text.
                let start = cx.at();
                cx.skip_blanks();
                if !set_follows(cx) {
                    nodes.text(&cx.since(start));
                }
            }
            _ => {
                cx.next();
                nodes.text.push(c);
                nodes.fresh = false;
            }
        }
    }
    nodes.flush();
    Ok((nodes.done, End::Text))
}

fn set_follows(cx: &mut Cursor) -> bool {
    let start = cx.at();
    let found = matches!(directive_word(cx).as_deref(), Some("set")) && {
        cx.skip_blanks();
        cx.peek() == Some('(')
    };
    cx.seek(start);
    found
}

/// Backslashes before a reference or a directive come in pairs, and an odd one makes it text; others are text.
fn backslashes(cx: &mut Cursor, nodes: &mut Nodes) {
    let start = cx.at();
    while cx.peek() == Some('\\') {
        cx.next();
    }
    let written = cx.since(start);
    let escaping = match cx.peek() {
        Some('$') => {
            let mark = cx.at();
            let found = expression::reference(cx).is_ok_and(|found| found.is_some());
            let end = cx.at();
            cx.seek(mark);
            found.then_some(end)
        }
        Some('#') if cx.ahead(1) != Some('#') && cx.ahead(1) != Some('*') => {
            let mark = cx.at();
            let found = directive_word(cx).is_some_and(|word| is_directive(&word));
            let end = cx.at();
            cx.seek(mark);
            found.then_some(end)
        }
        _ => None,
    };
    let Some(end) = escaping else {
        nodes.text(&written);
        nodes.fresh = true;
        return;
    };
    nodes.text(&"\\".repeat(written.len() / 2));
    if written.len() % 2 == 1 {
        let mark = cx.at();
        cx.seek(end);
        let literal = cx.since(mark);
        nodes.text(&literal);
    }
}

fn reference(cx: &mut Cursor, nodes: &mut Nodes) -> Result<(), SyntaxError> {
    if let Some(found) = expression::reference(cx)? {
        nodes.push(Node::Print(found));
        return Ok(());
    }
    let start = cx.at();
    cx.next();
    cx.eat("!");
    // Of several in a row only the last can begin a reference, and what follows decides on all of them.
    while cx.peek() == Some('$') && cx.ahead(1) == Some('$') {
        cx.next();
    }
    if cx.peek().is_none() && !cx.quoted {
        return Err(cx.error("a `$` at the very end of a template is an error in Velocity"));
    }
    let text = cx.since(start);
    lone(cx, nodes, &text);
    Ok(())
}

/// A `$` or `#` that begins nothing is text, but directly before a directive it vanishes.
fn lone(cx: &mut Cursor, nodes: &mut Nodes, text: &str) {
    let start = cx.at();
    while cx.eat("$") {}
    let vanishes = directive_word(cx).is_some_and(|word| is_directive(&word));
    cx.seek(start);
    if !vanishes {
        nodes.text(text);
    }
}

/// The word of `#word` or `#{word}`, with the cursor behind it; nothing and no move if there is none.
fn directive_word(cx: &mut Cursor) -> Option<String> {
    let start = cx.at();
    if cx.eat("#") {
        let braced = cx.eat("{");
        if let Some(word) = cx.word()
            && (!braced || cx.eat("}"))
        {
            return Some(word);
        }
    }
    cx.seek(start);
    None
}

fn is_directive(word: &str) -> bool {
    matches!(word, "set" | "if" | "elseif" | "else" | "end" | "foreach" | "break" | "stop") || REFUSED.contains(&word)
}

/// What begins with `#`: a comment, a directive, or text. Returns the word that ends this block.
fn hash(cx: &mut Cursor, nodes: &mut Nodes) -> Result<Option<&'static str>, SyntaxError> {
    if comment(cx, nodes) {
        return Ok(None);
    }
    let start = cx.at();
    let Some(word) = directive_word(cx) else {
        cx.next();
        if cx.peek().is_none() && !cx.quoted {
            return Err(cx.error("a `#` at the very end of a template is an error in Velocity"));
        }
        lone(cx, nodes, "#");
        return Ok(None);
    };
    match word.as_str() {
        "set" | "if" | "foreach" if !parenthesis(cx) => {
            let text = cx.since(start);
            nodes.text(&text);
        }
        "set" => {
            let node = set(cx)?;
            nodes.push(node);
        }
        "if" => {
            let node = cx.nested(conditional)?;
            nodes.push(node);
        }
        "foreach" => {
            let node = cx.nested(foreach)?;
            nodes.push(node);
        }
        "break" => nodes.push(Node::Break),
        "stop" => {
            if cx.eat("(") {
                cx.skip_white();
                cx.expect(")", "behind `#stop(`")?;
            }
            nodes.push(Node::Stop);
        }
        "end" => {
            cx.skip_rest_of_line();
            return Ok(Some("end"));
        }
        "else" => {
            cx.skip_rest_of_line();
            return Ok(Some("else"));
        }
        "elseif" => return Ok(Some("elseif")),
        refused if REFUSED.contains(&refused) => {
            return Err(cx.error(format!("`#{refused}` is not offered by API Gateway")));
        }
        _ => {
            let text = cx.since(start);
            nodes.text(&text);
            nodes.fresh = true;
        }
    }
    Ok(None)
}

fn parenthesis(cx: &mut Cursor) -> bool {
    let start = cx.at();
    cx.skip_blanks();
    let found = cx.peek() == Some('(');
    if !found {
        cx.seek(start);
    }
    found
}

fn comment(cx: &mut Cursor, nodes: &mut Nodes) -> bool {
    // Directly behind `$x.name` Velocity does not see the beginning of a comment in `##`.
    let hidden = nodes.text.is_empty() && matches!(nodes.done.last(), Some(Node::Print(found)) if found.ends_in_name());
    if !hidden && cx.eat("##") {
        while cx.peek().is_some() && !cx.skip_newline() {
            cx.next();
        }
    } else if cx.eat("#*") {
        // One that never ends takes the rest with it, silently.
        while cx.peek().is_some() && !cx.eat("*#") {
            cx.next();
        }
    } else if cx.eat("#[[") {
        let start = cx.at();
        while cx.peek().is_some() && !cx.looking_at("]]#") {
            cx.next();
        }
        let text = cx.since(start);
        cx.eat("]]#");
        nodes.flush();
        nodes.text(&text);
    } else {
        return false;
    }
    nodes.flush();
    true
}

fn set(cx: &mut Cursor) -> Result<Node, SyntaxError> {
    cx.expect("(", "behind `#set`")?;
    cx.skip_white();
    let Some(target) = expression::reference(cx)? else {
        return Err(cx.error(format!("`#set` needs a reference first, found {}", cx.found())));
    };
    cx.skip_white();
    cx.expect("=", "in `#set`")?;
    let value = expression::expression(cx)?;
    cx.skip_white();
    cx.expect(")", "at the end of `#set`")?;
    cx.skip_rest_of_line();
    Ok(Node::Set(target, value))
}

fn condition(cx: &mut Cursor) -> Result<Expression, SyntaxError> {
    cx.skip_blanks();
    cx.expect("(", "before the condition")?;
    let condition = expression::expression(cx)?;
    cx.skip_white();
    cx.expect(")", "behind the condition")?;
    cx.skip_rest_of_line();
    Ok(condition)
}

fn conditional(cx: &mut Cursor) -> Result<Node, SyntaxError> {
    let mut arms = Vec::new();
    loop {
        let condition = condition(cx)?;
        let (body, end) = block(cx)?;
        arms.push((condition, body));
        match end {
            End::Directive("elseif") => {}
            End::Directive("else") => {
                return match block(cx)? {
                    (otherwise, End::Directive("end")) => Ok(Node::If { arms, otherwise }),
                    (_, End::Directive(word)) => Err(cx.error(format!("`#{word}` behind `#else`"))),
                    (_, End::Text) => Err(cx.error("`#else` without `#end`")),
                };
            }
            End::Directive(_) => return Ok(Node::If { arms, otherwise: Block::new() }),
            End::Text => return Err(cx.error("`#if` without `#end`")),
        }
    }
}

fn foreach(cx: &mut Cursor) -> Result<Node, SyntaxError> {
    cx.expect("(", "behind `#foreach`")?;
    cx.skip_white();
    let variable = match expression::reference(cx)? {
        Some(reference) if reference.steps.is_empty() => reference.name,
        _ => return Err(cx.error("`#foreach` needs a plain `$name` first")),
    };
    cx.skip_white();
    if !cx.eat("in") || cx.peek().is_some_and(starts_name) {
        return Err(cx.error("expected `in` behind the name in `#foreach`"));
    }
    let list = expression::argument(cx)?;
    cx.skip_white();
    cx.expect(")", "at the end of `#foreach`")?;
    cx.skip_rest_of_line();
    match block(cx)? {
        (body, End::Directive("end")) => Ok(Node::Foreach { variable, list, body }),
        (_, End::Directive(word)) => Err(cx.error(format!("`#{word}` in a `#foreach`"))),
        (_, End::Text) => Err(cx.error("`#foreach` without `#end`")),
    }
}
