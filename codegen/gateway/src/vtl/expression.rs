//! References and expressions. Arithmetic and comparison stand only in `#set`, `#if` and parentheses: inside a
//! method's arguments Velocity 1.7 takes single values.

use super::SyntaxError;
use super::cursor::{Cursor, starts_name};
use super::parse;
use super::syntax::{Expression, Operator, Reference, Step};

/// `$x`, `$!x`, `${x}`, `$!{x}` with its steps; nothing, and no move, if the text here is no reference.
pub(super) fn reference(cx: &mut Cursor) -> Result<Option<Reference>, SyntaxError> {
    let start = cx.at();
    if !cx.eat("$") {
        return Ok(None);
    }
    let quiet = cx.eat("!");
    let braced = cx.eat("{");
    let Some(name) = cx.name() else {
        cx.seek(start);
        return Ok(None);
    };
    let mut steps = Vec::new();
    loop {
        match cx.peek() {
            Some('.') if cx.ahead(1).is_some_and(|c| c.is_ascii_alphabetic()) => {
                cx.next();
                let name = cx.name().unwrap_or_default();
                if cx.peek() == Some('(') {
                    let arguments = cx.nested(arguments)?;
                    steps.push(Step::Method(name, arguments));
                } else {
                    steps.push(Step::Property(name));
                }
            }
            Some('[') => {
                cx.next();
                let index = argument(cx)?;
                cx.skip_white();
                cx.expect("]", "behind the index")?;
                steps.push(Step::Index(index));
            }
            _ => break,
        }
    }
    if braced {
        cx.expect("}", "at the end of the reference")?;
    }
    Ok(Some(Reference { name, steps, formal: quiet || braced, source: cx.since(start) }))
}

fn arguments(cx: &mut Cursor) -> Result<Vec<Expression>, SyntaxError> {
    cx.next();
    sequence(cx, ")", "argument")
}

/// Arguments or items up to `close`.
fn sequence(cx: &mut Cursor, close: &str, what: &str) -> Result<Vec<Expression>, SyntaxError> {
    cx.skip_white();
    if cx.eat(close) {
        return Ok(Vec::new());
    }
    let mut items = Vec::new();
    loop {
        items.push(argument(cx)?);
        cx.skip_white();
        if cx.eat(close) {
            return Ok(items);
        }
        if !cx.eat(",") {
            return Err(cx.error(format!(
                "expected `,` or `{close}` behind the {what}, found {}: Velocity has arithmetic only in `#set` and `#if`",
                cx.found()
            )));
        }
    }
}

/// A single value: a literal, a list, a map, a range or a reference.
pub(super) fn argument(cx: &mut Cursor) -> Result<Expression, SyntaxError> {
    cx.nested(value)
}

/// A whole expression with operators.
pub(super) fn expression(cx: &mut Cursor) -> Result<Expression, SyntaxError> {
    cx.nested(|cx| ranked(cx, 0))
}

/// The operators by rank, loosest first, longer spellings before the shorter ones they begin with.
const RANKS: [&[(&str, Operator)]; 6] = [
    &[("||", Operator::Or), ("or", Operator::Or)],
    &[("&&", Operator::And), ("and", Operator::And)],
    &[("==", Operator::Equal), ("eq", Operator::Equal), ("!=", Operator::NotEqual), ("ne", Operator::NotEqual)],
    &[
        ("<=", Operator::LessOrEqual),
        ("le", Operator::LessOrEqual),
        (">=", Operator::GreaterOrEqual),
        ("ge", Operator::GreaterOrEqual),
        ("<", Operator::Less),
        ("lt", Operator::Less),
        (">", Operator::Greater),
        ("gt", Operator::Greater),
    ],
    &[("+", Operator::Add), ("-", Operator::Subtract)],
    &[("*", Operator::Multiply), ("/", Operator::Divide), ("%", Operator::Remainder)],
];

fn ranked(cx: &mut Cursor, rank: usize) -> Result<Expression, SyntaxError> {
    let Some(operators) = RANKS.get(rank) else { return unary(cx) };
    let first = ranked(cx, rank + 1)?;
    let mut rest = Vec::new();
    while let Some(operator) = operator(cx, operators) {
        rest.push((operator, ranked(cx, rank + 1)?));
    }
    Ok(if rest.is_empty() { first } else { Expression::Chain(Box::new(first), rest) })
}

fn operator(cx: &mut Cursor, operators: &[(&str, Operator)]) -> Option<Operator> {
    let start = cx.at();
    cx.skip_white();
    for &(spelling, operator) in operators {
        // `-1` is one token to Velocity, so `$x -1` is an error and not a subtraction.
        let number = spelling == "-" && cx.ahead(1).is_some_and(|c| c.is_ascii_digit());
        let word = spelling.starts_with(|c: char| c.is_ascii_alphabetic());
        let longer = word && cx.ahead(spelling.len()).is_some_and(|c| starts_name(c) || c.is_ascii_digit());
        if !number && !longer && cx.eat(spelling) {
            return Some(operator);
        }
    }
    cx.seek(start);
    None
}

fn unary(cx: &mut Cursor) -> Result<Expression, SyntaxError> {
    cx.skip_white();
    let word = cx.looking_at("not") && !cx.ahead(3).is_some_and(|c| starts_name(c) || c.is_ascii_digit());
    if cx.eat("!") || (word && cx.eat("not")) {
        return Ok(Expression::Not(Box::new(cx.nested(unary)?)));
    }
    if cx.eat("(") {
        let inner = expression(cx)?;
        cx.skip_white();
        cx.expect(")", "behind the expression")?;
        return Ok(inner);
    }
    value(cx)
}

fn value(cx: &mut Cursor) -> Result<Expression, SyntaxError> {
    cx.skip_white();
    match cx.peek() {
        Some('$') => match reference(cx)? {
            Some(found) => Ok(Expression::Reference(found)),
            None => Err(cx.error("`$` needs a name")),
        },
        Some('\'') => Ok(Expression::Text(single_quoted(cx)?)),
        Some('"') => double_quoted(cx),
        Some('[') => {
            cx.next();
            list_or_range(cx)
        }
        Some('{') => {
            cx.next();
            map(cx)
        }
        Some('0'..='9' | '-' | '.') => number(cx),
        Some(c) if starts_name(c) => {
            let word = cx.name().unwrap_or_default();
            match word.as_str() {
                "true" => Ok(Expression::Bool(true)),
                "false" => Ok(Expression::Bool(false)),
                _ => Err(cx.error(format!("`{word}` is neither a value nor a reference; strings need quotes"))),
            }
        }
        _ => Err(cx.error(format!("expected a value, found {}", cx.found()))),
    }
}

fn number(cx: &mut Cursor) -> Result<Expression, SyntaxError> {
    let start = cx.at();
    cx.eat("-");
    let digits = |cx: &mut Cursor| {
        let from = cx.at();
        while cx.peek().is_some_and(|c| c.is_ascii_digit()) {
            cx.next();
        }
        cx.at() > from
    };
    let whole = digits(cx);
    // `1..3` is a range, `1.` and `.5` are numbers.
    let fraction = cx.peek() == Some('.') && cx.ahead(1) != Some('.') && cx.eat(".");
    let decimals = fraction && digits(cx);
    let mark = cx.at();
    let exponent = (cx.eat("e") || cx.eat("E")) && {
        let _ = cx.eat("-") || cx.eat("+");
        digits(cx)
    };
    if !exponent {
        cx.seek(mark);
    }
    let text = cx.since(start);
    let number = if !whole && !decimals {
        None
    } else if fraction || exponent {
        text.parse().ok().map(Expression::Float)
    } else {
        text.parse::<i64>().ok().map(|number| Expression::Int(number.into()))
    };
    number.ok_or_else(|| {
        cx.seek(start);
        cx.error("expected a number that fits 64 bits")
    })
}

/// `'…'`: nothing in it is interpreted but `''`, a quote.
fn single_quoted(cx: &mut Cursor) -> Result<String, SyntaxError> {
    let raw = quoted(cx, '\'')?;
    Ok(raw.replace("''", "'"))
}

/// `"…"`: `""` is a quote, `\uXXXX` a character, and the rest a template of its own.
fn double_quoted(cx: &mut Cursor) -> Result<Expression, SyntaxError> {
    let text = unicode_escapes(&quoted(cx, '"')?.replace("\"\"", "\""));
    if !text.contains(['$', '#']) {
        return Ok(Expression::Text(text));
    }
    let mut inner = cx.inner(&text);
    match inner.nested(parse::template) {
        Ok(block) => Ok(Expression::Interpolated(block)),
        Err(error) => Err(cx.error(format!("in the string before this: {}", error.message))),
    }
}

fn quoted(cx: &mut Cursor, quote: char) -> Result<String, SyntaxError> {
    let open = cx.at();
    cx.next();
    let start = cx.at();
    while let Some(c) = cx.peek() {
        if c == quote {
            if cx.ahead(1) != Some(quote) {
                let text = cx.since(start);
                cx.next();
                return Ok(text);
            }
            cx.next();
        }
        cx.next();
    }
    cx.seek(open);
    Err(cx.error("a string that never ends"))
}

fn unicode_escapes(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\u") {
        let code = rest.get(at + 2..at + 6).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
        let (written, taken) = match code.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32) {
            Some(c) => (Some(c), 6),
            None => (None, 2),
        };
        out.push_str(&rest[..if written.is_some() { at } else { at + 2 }]);
        out.extend(written);
        rest = &rest[at + taken..];
    }
    out.push_str(rest);
    out
}

fn list_or_range(cx: &mut Cursor) -> Result<Expression, SyntaxError> {
    cx.skip_white();
    if cx.eat("]") {
        return Ok(Expression::List(Vec::new()));
    }
    let first = argument(cx)?;
    cx.skip_white();
    if cx.eat("..") {
        let last = argument(cx)?;
        cx.skip_white();
        cx.expect("]", "at the end of the range")?;
        return Ok(Expression::Range(Box::new(first), Box::new(last)));
    }
    let mut items = vec![first];
    if !cx.eat("]") {
        cx.expect(",", "or `]` in the list")?;
        let rest = sequence(cx, "]", "item")?;
        if rest.is_empty() {
            return Err(cx.error("a list does not end in a comma"));
        }
        items.extend(rest);
    }
    Ok(Expression::List(items))
}

fn map(cx: &mut Cursor) -> Result<Expression, SyntaxError> {
    let mut entries = Vec::new();
    cx.skip_white();
    if cx.eat("}") {
        return Ok(Expression::Map(entries));
    }
    loop {
        let key = argument(cx)?;
        cx.skip_white();
        cx.expect(":", "behind the key")?;
        entries.push((key, argument(cx)?));
        cx.skip_white();
        if cx.eat("}") {
            return Ok(Expression::Map(entries));
        }
        cx.expect(",", "or `}` in the map")?;
    }
}
