//! How deep source may nest. The parser calls itself for each level, and a stack that overflows ends the process without a
//! word; so tokens are weighed before they are parsed.

use proc_macro2::{Delimiter, Spacing, Span, TokenStream, TokenTree};

/// The stack on which source is read, in bytes. Only what is used of it costs memory.
pub(crate) const STACK: usize = 128 * 1024 * 1024;

/// The most that may stand inside of each other. A group weighs as much as the parser needs for one, and so do all tokens
/// that can stand before another level: 500 brackets or 250 generic types, many times what anybody nests.
const LIMIT: u32 = 64 * 1000;

/// A bracket, or a token behind which the parser may call itself through all its rules.
const LEVEL: u32 = 64;

/// Other operators: a chain of these is a deep tree, but each needs little.
const OPERATOR: u32 = 8;

/// The first place where source nests too deep.
pub(super) fn too_deep(tokens: &TokenStream) -> Option<Span> {
    group(tokens.clone(), 0, false).err()
}

/// Weighs the tokens between two brackets, which stand `outer` deep. Those of a macro are not parsed.
fn group(tokens: TokenStream, outer: u32, inert: bool) -> Result<(), Span> {
    // What has come since the last token at which a level surely ends, and of it what `<` has opened.
    let (mut run, mut open) = (0, 0);
    let mut before: [Option<TokenTree>; 2] = [None, None];
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let weight = match &token {
            TokenTree::Group(_) if inert => OPERATOR,
            _ if inert => 0,
            TokenTree::Group(_) => LEVEL,
            TokenTree::Punct(punct) => match punct.as_char() {
                ';' | ',' => 0,
                '<' | '>' | '&' => LEVEL,
                '.' | '?' | '+' => 1,
                _ => OPERATOR,
            },
            TokenTree::Ident(ident) => match ident.to_string().as_str() {
                // A chain of these is read in a loop.
                "if" if matches!(&before[1], Some(TokenTree::Ident(word)) if word == "else") => 1,
                "if" | "match" | "while" | "return" | "break" => LEVEL,
                _ => 1,
            },
            TokenTree::Literal(_) => 1,
        };
        if outer + run + weight > LIMIT {
            return Err(token.span());
        }
        match &token {
            TokenTree::Group(inner) => {
                group(inner.stream(), outer + run + weight, inert || is_macro(&before))?;
                let goes_on = match tokens.peek() {
                    Some(TokenTree::Ident(word)) => word == "else",
                    Some(TokenTree::Punct(punct)) => punct.as_char() != '#',
                    _ => false,
                };
                run = if inner.delimiter() == Delimiter::Brace && !goes_on { open } else { run + u32::from(!inert) };
            }
            TokenTree::Punct(punct) => match (punct.as_char(), punct.spacing()) {
                (';', _) => (run, open) = (0, 0),
                (',', _) => run = open,
                ('<', Spacing::Alone) if !is_joint(before[1].as_ref()) => (run, open) = (run + weight, open + weight),
                // Behind `-` and `=` it is an arrow's.
                ('>', _) if !is_joint(before[1].as_ref()) => (run, open) = (run + weight, open.saturating_sub(weight)),
                _ => run += weight,
            },
            TokenTree::Ident(_) | TokenTree::Literal(_) => run += weight,
        }
        before = [before[1].take(), Some(token)];
    }
    Ok(())
}

/// Whether a token is the first of two that are one operator, `>>` aside.
fn is_joint(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.spacing() == Spacing::Joint && punct.as_char() != '>')
}

/// Whether a group behind these tokens is a macro's: `name!(…)` or `macro_rules! name {…}`.
fn is_macro(before: &[Option<TokenTree>; 2]) -> bool {
    let bang = |token: &Option<TokenTree>| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == '!');
    // `return !(…)` is none: no keyword can name a macro.
    let name = |token: &Option<TokenTree>| match token {
        Some(token @ TokenTree::Ident(_)) => syn::parse2::<syn::Ident>(token.clone().into()).is_ok(),
        _ => false,
    };
    (bang(&before[1]) && name(&before[0])) || (bang(&before[0]) && name(&before[1]))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn is_too_deep(source: &str) -> bool {
        let weigh = || too_deep(&source.parse().unwrap()).is_some();
        let thread = std::thread::Builder::new().stack_size(STACK);
        std::thread::scope(|scope| thread.spawn_scoped(scope, weigh).unwrap().join().unwrap())
    }

    #[test]
    fn what_people_write_is_not_too_deep() {
        let many = |piece: &str| piece.repeat(5000);
        for source in [
            many("fn f() { if a { b(); } else { c(); } } "),
            many("#[a] struct S<T: A<B>> { a: Vec<&'static T>, b: [u8; 1 << 3] } "),
            format!("fn f() {{ a{}; }}", many(".b(|c| &c)?")),
            format!("fn f() {{ match a {{ {} }} }}", many("A | B if !c => { 1 } D => 2,")),
            format!("const A: &[u8] = &[{}];", many("1 << 2, -3,")),
            format!("a! {{ {} }}", many("< & !")),
            format!("fn f() {{ if a {{}} {} }}", many("else if a {}")),
        ] {
            assert!(!is_too_deep(&source), "{}", &source[..80]);
        }
    }

    #[test]
    fn what_overflows_a_parser_is_too_deep() {
        let many = |piece: &str| piece.repeat(10_000);
        for (open, close) in [("(", ")"), ("a!{", "}"), ("mod a {", "}"), ("f(a, [", "])")] {
            // A macro's own brackets cost the parser nothing.
            let source = open.repeat(1100) + &close.repeat(1100);
            assert_eq!(is_too_deep(&source), open != "a!{", "{open}");
        }
        for run in ["!", "&", "A<B, ", "<A as ", "|a|", "a = ", "return ", "if ", "!a(", "fn() -> "] {
            let run = many(run);
            let whole = run.clone() + &")".repeat(run.matches('(').count() - run.matches(')').count());
            assert!(is_too_deep(&whole), "{}", &run[..10]);
        }
    }
}
