//! Numbers and strings, as they are written in a template.

use super::SyntaxError;
use super::number::Number;
use super::parse;
use super::parser::Parser;
use super::syntax::{Expression, Interpolated};

pub(super) fn number(cx: &mut Parser) -> Result<Expression, SyntaxError> {
    let image = &cx.token(cx.at).image;
    let Some(number) = Number::literal(image) else { return Err(cx.error("a number that is too long")) };
    cx.at += 1;
    Ok(Expression::Number(number))
}

/// `'…'`, of which nothing is interpreted but `''`; in `"…"` `\uXXXX` is a character, and the rest a template of its own.
pub(super) fn string(cx: &mut Parser) -> Result<Expression, SyntaxError> {
    let image = cx.token(cx.at).image.clone();
    let inner = &image[1..image.len() - 1];
    let interpolated = image.starts_with('"');
    let text = if interpolated {
        unescaped(inner).ok_or_else(|| cx.error("`\\u` needs four hexadecimal digits"))?
    } else {
        inner.to_owned()
    };
    let quote = &image[..1];
    let text = text.replace(&quote.repeat(2), quote);
    if cx.looking || !interpolated || !image.contains(['$', '#']) {
        cx.at += 1;
        return Ok(Expression::Text(text.into()));
    }
    let padded = !text.contains("##");
    let source = if padded { format!("{text} ") } else { text };
    let shared = cx.shared.clone();
    let block = cx.nested(|cx| {
        let mut shared = shared;
        shared.depth = cx.shared.depth;
        parse::template(&source, shared).map_err(|error| cx.error(format!("in the string: {}", error.message)))
    })?;
    cx.at += 1;
    Ok(Expression::Interpolated(Interpolated { block, padded }))
}

/// `\uXXXX` as the character; nothing where the digits are missing, on which Velocity fails.
fn unescaped(text: &str) -> Option<String> {
    let mut units: Vec<u16> = Vec::new();
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\u") {
        if at > 0 {
            out.push_str(&String::from_utf16_lossy(&units));
            units.clear();
            out.push_str(&rest[..at]);
        }
        let digits = rest.get(at + 2..at + 6)?;
        // Java takes a sign for one of them, and cuts what it reads to 16 bits.
        let number = i32::from_str_radix(digits, 16).ok()?;
        units.push(u16::try_from(number.rem_euclid(0x1_0000)).ok()?);
        rest = &rest[at + 6..];
    }
    out.push_str(&String::from_utf16_lossy(&units));
    out.push_str(rest);
    Some(out)
}
