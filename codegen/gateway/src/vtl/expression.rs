//! Expressions. Arithmetic and comparison stand only in `#set`, `#if` and parentheses: inside a method's arguments
//! Velocity 1.7 takes single values.

use super::SyntaxError;
use super::literal;
use super::parser::Parser;
use super::reference;
use super::syntax::{Chain, Expression, Link, Operator};
use super::token::Kind;

/// An expression with the tokens that it is made of, as Velocity counts them.
pub(super) struct Value {
    pub(super) expression: Expression,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// A whole expression with operators.
pub(super) fn expression(cx: &mut Parser) -> Result<Expression, SyntaxError> {
    cx.nested(|cx| ranked(cx, 0)).map(|value| value.expression)
}

/// The operators by rank, loosest first.
const RANKS: [&[(Kind, Operator)]; 6] = [
    &[(Kind::Or, Operator::Or)],
    &[(Kind::And, Operator::And)],
    &[(Kind::Equal, Operator::Equal), (Kind::NotEqual, Operator::NotEqual)],
    &[
        (Kind::LessOrEqual, Operator::LessOrEqual),
        (Kind::GreaterOrEqual, Operator::GreaterOrEqual),
        (Kind::Less, Operator::Less),
        (Kind::Greater, Operator::Greater),
    ],
    &[(Kind::Plus, Operator::Add), (Kind::Minus, Operator::Subtract)],
    &[(Kind::Times, Operator::Multiply), (Kind::Divide, Operator::Divide), (Kind::Remainder, Operator::Remainder)],
];

fn ranked(cx: &mut Parser, rank: usize) -> Result<Value, SyntaxError> {
    let Some(operators) = RANKS.get(rank) else { return unary(cx) };
    let mut left = ranked(cx, rank + 1)?;
    let mut rest = Vec::new();
    let (mut first, mut last) = (left.first, left.last);
    loop {
        let kind = cx.peek(0);
        let Some(&(_, operator)) = operators.iter().find(|(known, _)| *known == kind) else { break };
        cx.at += 1;
        let start = cx.at;
        let right = ranked(cx, rank + 1)?;
        // Velocity sees an operation begin behind its operator.
        let literals =
            (operator == Operator::Add).then(|| (cx.literal(first, last), cx.literal(right.first, right.last)));
        (first, last) = (start, cx.at - 1);
        rest.push(Link { operator, right: right.expression, literals });
    }
    if !rest.is_empty() {
        left = Value { expression: Expression::Chain(Box::new(Chain { first: left.expression, rest })), first, last };
    }
    Ok(left)
}

fn unary(cx: &mut Parser) -> Result<Value, SyntaxError> {
    let blank = usize::from(cx.peek(0) == Kind::White);
    if cx.peek(blank) == Kind::Not {
        cx.at += blank + 1;
        let first = cx.at;
        let inner = cx.nested(unary)?;
        let expression = Expression::Not(Box::new(inner.expression));
        return Ok(Value { expression, first, last: cx.at - 1 });
    }
    cx.skip_white();
    let found = if cx.eat(Kind::Open) {
        let first = cx.at;
        let inner = expression(cx)?;
        let last = cx.at - 1;
        cx.expect(Kind::Close, "`)` behind the expression")?;
        Value { expression: Expression::Parenthesis(Box::new(inner)), first, last }
    } else {
        value(cx)?
    };
    cx.skip_white();
    Ok(found)
}

/// A single value with white space around it: an argument or an item.
pub(super) fn parameter(cx: &mut Parser) -> Result<Expression, SyntaxError> {
    cx.skip_white();
    let found = value(cx)?;
    cx.skip_white();
    Ok(found.expression)
}

/// A single value: a literal, a list, a map, a range or a reference.
pub(super) fn value(cx: &mut Parser) -> Result<Value, SyntaxError> {
    let first = cx.at;
    let expression = cx.nested(bare)?;
    Ok(Value { expression, first, last: cx.at - 1 })
}

fn bare(cx: &mut Parser) -> Result<Expression, SyntaxError> {
    let kind = cx.peek(0);
    Ok(match kind {
        Kind::String => literal::string(cx)?,
        Kind::Integer | Kind::Float => literal::number(cx)?,
        Kind::True | Kind::False => {
            cx.at += 1;
            Expression::Bool(kind == Kind::True)
        }
        Kind::Identifier | Kind::BraceOpen => Expression::Reference(Box::new(reference::reference(cx)?)),
        Kind::ListOpen if range_follows(cx) => range(cx)?,
        Kind::ListOpen => list(cx)?,
        Kind::MapOpen => map(cx)?,
        Kind::Word => return Err(cx.unexpected("a value or a reference; strings need quotes")),
        _ => return Err(cx.unexpected("a value")),
    })
}

/// Values up to what is none, with a comma between each two.
pub(super) fn parameters(cx: &mut Parser) -> Result<Vec<Expression>, SyntaxError> {
    let mut items = Vec::new();
    let kind = cx.peek(0);
    if kind.starts_value() || kind == Kind::White {
        items.push(parameter(cx)?);
        while cx.eat(Kind::Comma) {
            items.push(parameter(cx)?);
        }
    }
    Ok(items)
}

fn list(cx: &mut Parser) -> Result<Expression, SyntaxError> {
    cx.at += 1;
    let items = parameters(cx)?;
    cx.expect(Kind::ListClose, "`,` or `]` in the list")?;
    Ok(Expression::List(items))
}

fn map(cx: &mut Parser) -> Result<Expression, SyntaxError> {
    cx.at += 1;
    let mut entries = Vec::new();
    let blank = usize::from(cx.peek(0) == Kind::White);
    if cx.peek(blank).starts_value() {
        loop {
            let key = parameter(cx)?;
            cx.expect(Kind::Colon, "`:` behind the key")?;
            entries.push((key, parameter(cx)?));
            if !cx.eat(Kind::Comma) {
                break;
            }
        }
    } else {
        cx.skip_white();
    }
    if !cx.eat(Kind::BraceClose) {
        cx.expect(Kind::MapClose, "`,` or `}` in the map")?;
    }
    Ok(Expression::Map(entries))
}

fn range_follows(cx: &mut Parser) -> bool {
    let at = cx.at;
    if let Some(&known) = cx.ranges.get(&at) {
        return known;
    }
    let found = cx.ahead(|cx| {
        cx.at += 1;
        bound(cx)?;
        cx.expect(Kind::Range, "`..`")
    });
    cx.ranges.insert(at, found);
    found
}

/// One side of a range, with white space around it.
fn bound(cx: &mut Parser) -> Result<Expression, SyntaxError> {
    cx.skip_white();
    let found = match cx.peek(0) {
        Kind::Integer | Kind::Identifier | Kind::BraceOpen => value(cx)?,
        _ => return Err(cx.unexpected("an integer or a reference in the range")),
    };
    cx.skip_white();
    Ok(found.expression)
}

fn range(cx: &mut Parser) -> Result<Expression, SyntaxError> {
    cx.at += 1;
    let first = bound(cx)?;
    cx.expect(Kind::Range, "`..`")?;
    let last = bound(cx)?;
    cx.expect(Kind::ListClose, "`]` at the end of the range")?;
    Ok(Expression::Range(Box::new(first), Box::new(last)))
}
