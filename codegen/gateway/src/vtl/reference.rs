//! References: `$x`, `$!x`, `${x}` and `$!{x}` with their steps, and what the backslashes before them mean.

use super::SyntaxError;
use super::expression;
use super::parser::Parser;
use super::refused;
use super::syntax::{Expression, Reference, ReferenceKind, Step};
use super::token::Kind;
use std::sync::Arc;

/// Reads a reference; the next token begins one.
pub(super) fn reference(cx: &mut Parser) -> Result<Reference, SyntaxError> {
    let first = cx.at;
    let braced = cx.eat(Kind::BraceOpen);
    cx.expect(Kind::Identifier, "a name behind `${`")?;
    let steps = steps(cx)?;
    if braced {
        cx.expect(Kind::BraceClose, "`}` at the end of the reference")?;
    }
    let last = cx.at - 1;
    let mut reference = named(cx, first, last, steps);
    refused::path(cx, first, &mut reference)?;
    Ok(reference)
}

fn steps(cx: &mut Parser) -> Result<Vec<Step>, SyntaxError> {
    let mut steps = Vec::new();
    indices(cx, &mut steps)?;
    while cx.peek(0) == Kind::Dot && cx.peek(1) == Kind::Identifier {
        cx.at += 2;
        let name: Arc<str> = cx.token(cx.at - 1).image.as_str().into();
        let method = cx.peek(0) == Kind::Open && {
            let kind = cx.peek(1);
            kind.starts_value() || matches!(kind, Kind::White | Kind::ArgumentsClose)
        };
        if method {
            refused::method(cx, &name)?;
            cx.at += 1;
            let arguments = cx.nested(arguments)?;
            steps.push(Step::Method(name, arguments));
        } else {
            refused::property(cx, &name)?;
            steps.push(Step::Property(name));
        }
        indices(cx, &mut steps)?;
    }
    Ok(steps)
}

fn arguments(cx: &mut Parser) -> Result<Vec<Expression>, SyntaxError> {
    let arguments = expression::parameters(cx)?;
    cx.expect(
        Kind::ArgumentsClose,
        "`,` or `)` behind the argument (Velocity has arithmetic only in `#set` and `#if`)",
    )?;
    Ok(arguments)
}

fn indices(cx: &mut Parser, steps: &mut Vec<Step>) -> Result<(), SyntaxError> {
    while cx.eat(Kind::IndexOpen) {
        cx.skip_white();
        let kind = cx.peek(0);
        let index = match kind {
            Kind::String | Kind::Integer | Kind::True | Kind::False | Kind::Identifier | Kind::BraceOpen => {
                expression::value(cx)?
            }
            _ => return Err(cx.unexpected("a string, an integer or a reference as the index")),
        };
        cx.skip_white();
        cx.expect(Kind::IndexClose, "`]` behind the index")?;
        steps.push(Step::Index(index.expression));
    }
    Ok(())
}

/// Takes the first token apart: backslashes, `$`s that are text, and the name.
fn named(cx: &mut Parser, first: usize, last: usize, steps: Vec<Step>) -> Reference {
    let image = cx.token(first).image.clone();
    if let Some(slash) = image.find("\\!") {
        return slash_bang(cx, first, last, &image, slash, steps);
    }
    let bare = image.trim_start_matches('\\');
    let escapes = image.len() - bare.len();
    let start = bare.rfind('$').unwrap_or(0);
    let (more, name) = bare.split_at(start);
    if !cx.looking {
        // What is cut off is no part of the token any more, wherever it is shown as text.
        name.clone_into(&mut cx.tokens[first].image);
    }
    let literal = cx.literal(first, last);
    let half = "\\".repeat(escapes / 2);
    let (root, kind) = if let Some(name) = name.strip_prefix("$!") {
        (name, ReferenceKind::Plain)
    } else if let Some(name) = name.strip_prefix('$') {
        (name, ReferenceKind::Plain)
    } else {
        (name, ReferenceKind::Runt)
    };
    let braced = root == "{" && kind == ReferenceKind::Plain;
    let root: Arc<str> = if braced { cx.token(first + 1).image.as_str().into() } else { root.into() };
    Reference {
        name: root,
        steps,
        kind,
        quiet: name.starts_with("$!"),
        target: name.chars().skip(1).collect::<String>().into(),
        slashes: half.into(),
        dollars: more.into(),
        escaped: escapes % 2 == 1,
        literal,
    }
}

/// `$\!x`: no value, and its name is what is left with one backslash less.
fn slash_bang(cx: &mut Parser, first: usize, last: usize, image: &str, slash: usize, steps: Vec<Step>) -> Reference {
    let dollar = image.find('$').unwrap_or(slash);
    let start = dollar + image[dollar..].find('\\').unwrap_or(0);
    let count = image[start..].bytes().take_while(|&b| b == b'\\').count();
    let name: Arc<str> = format!("{}{}", &image[..start + count - 1], &image[start + count..]).into();
    Reference {
        name,
        steps,
        kind: ReferenceKind::SlashBang,
        quiet: false,
        target: image.chars().skip(1).collect::<String>().into(),
        slashes: "".into(),
        dollars: "".into(),
        escaped: false,
        literal: cx.literal(first, last),
    }
}
