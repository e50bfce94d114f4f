//! From a path's text to its steps. What json-path makes of an odd text, it is made of here: `['it's']` is the name `it`.

use super::filter::Filter;

/// A path may be so long; each of its steps is a level that a value is gone through.
const LENGTH: usize = 10_000;

#[derive(Debug)]
pub(in super::super) struct Path {
    pub(super) tokens: Vec<Token>,
    /// Begins with `@`: only filters tell it from `$`.
    pub(super) relative: bool,
}

#[derive(Debug)]
pub(super) enum Token {
    Root,
    Properties(Vec<String>),
    Index(i32),
    Indices(Vec<i32>),
    From(i32),
    To(i32),
    Between(i32, i32),
    /// `[(@.length - 1)]`.
    FromEnd(i32),
    Wildcard,
    Scan,
    Filter(Filter),
    /// `[?]`, of so many filters that nobody gives.
    Placeholder,
}

impl Token {
    pub(super) fn is_definite(&self) -> bool {
        matches!(self, Self::Root | Self::Properties(_) | Self::Index(_) | Self::FromEnd(_))
    }
}

impl Path {
    /// Reads a path; the message says that json-path refuses it.
    pub(in super::super) fn compile(path: &str) -> Result<Self, String> {
        let compiled = if path.len() > LENGTH { None } else { compile(path) };
        compiled.ok_or_else(|| format!("JSONPath `{path}` is refused by API Gateway's json-path"))
    }

    pub(in super::super) fn is_definite(&self) -> bool {
        self.tokens.iter().all(Token::is_definite)
    }
}

fn compile(path: &str) -> Option<Path> {
    let path = path.trim_matches(|c| c <= ' ');
    if path.ends_with("..") {
        return None;
    }
    let first = path.chars().next()?;
    let relative = first == '@';
    let text: Vec<char> = match first {
        '$' => path.chars().collect(),
        '@' => std::iter::once('$').chain(path.chars().skip(1)).collect(),
        _ => "$.".chars().chain(path.chars()).collect(),
    };
    if text.get(1).is_some_and(|c| !matches!(c, '.' | '[')) {
        return None;
    }
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            ' ' => return None,
            '$' => {
                tokens.push(Token::Root);
                at += 1;
            }
            '[' => {
                let length = bracketed(&text[at..]);
                tokens.push(fragment(&text[at..at + length])?);
                at += length;
            }
            '*' => {
                tokens.push(Token::Wildcard);
                at += 1;
            }
            '.' if *text.get(at + 1)? == '.' => {
                tokens.push(Token::Scan);
                at += 2;
            }
            c => {
                at += usize::from(c == '.');
                let length = text[at..].iter().take_while(|c| !matches!(c, '.' | '[' | ' ')).count();
                match &text[at..at + length] {
                    [] if c == '.' => continue,
                    ['*'] if c == '.' => tokens.push(Token::Wildcard),
                    name => {
                        let quoted: Vec<char> = "['".chars().chain(name.iter().copied()).chain("']".chars()).collect();
                        tokens.push(fragment(&quoted)?);
                    }
                }
                at += length;
            }
        }
    }
    Some(Path { tokens, relative })
}

/// The length of `[…]`, with what is in brackets inside of it; to the end where it has none.
fn bracketed(text: &[char]) -> usize {
    let mut inside = 0;
    for (at, c) in text.iter().enumerate().skip(1) {
        match c {
            ']' if inside == 0 => return at + 1,
            '[' => inside += 1,
            ']' => inside -= 1,
            _ => {}
        }
    }
    text.len()
}

fn fragment(text: &[char]) -> Option<Token> {
    match text {
        ['[', '*', ']'] => return Some(Token::Wildcard),
        ['[', inner @ .., ']'] if is_placeholder(inner) => return Some(Token::Placeholder),
        _ => {}
    }
    let at = text.iter().position(|c| matches!(c, '?' | '\'' | ':' | '-' | '@') || c.is_ascii_digit())?;
    match text[at] {
        '?' => Filter::read(filter_text(text, at)?).map(Token::Filter),
        '\'' => properties(text, at).map(Token::Properties),
        '@' => from_end(&text[at..]),
        _ => indices(text, at),
    }
}

/// `?`, `?, ?` and so on, with white space around each.
fn is_placeholder(inner: &[char]) -> bool {
    let white = |c: &char| matches!(c, ' ' | '\t' | '\n' | '\u{b}' | '\u{c}' | '\r');
    inner.contains(&'?')
        && inner.iter().all(|c| white(c) || matches!(c, '?' | ',' | '*'))
        && inner.iter().find(|c| !white(c)) == Some(&'?')
}

/// The filter around a `?`: up to the bracket that closes it.
fn filter_text(text: &[char], at: usize) -> Option<&[char]> {
    let start = text[..at].iter().rposition(|&c| c == '[')?;
    let (mut quoted, mut brackets, mut parentheses) = (false, 0, 0);
    let mut before = ' ';
    for (at, &c) in text.iter().enumerate().skip(start) {
        match c {
            '(' if !quoted => parentheses += 1,
            ')' if !quoted => parentheses -= 1,
            '[' if !quoted => brackets += 1,
            ']' if !quoted => {
                brackets -= 1;
                if parentheses == 0 {
                    return (brackets == 0).then(|| &text[start..=at]);
                }
            }
            '\'' if before != '\\' => quoted = !quoted,
            _ => {}
        }
        before = c;
    }
    None
}

/// Names in single quotes, up to the first `]`, whether it stands in quotes or not.
fn properties(text: &[char], at: usize) -> Option<Vec<String>> {
    let mut names = Vec::new();
    let mut open: Option<String> = None;
    for &c in &text[at..] {
        match (c, &mut open) {
            (']', _) => return Some(names),
            ('\'', Some(name)) => {
                names.push(std::mem::take(name));
                open = None;
            }
            ('\'', None) => open = Some(String::new()),
            (c, Some(name)) => name.push(c),
            _ => {}
        }
    }
    None
}

/// `@.length-1)` or `@.size()-1)`.
fn from_end(text: &[char]) -> Option<Token> {
    let rest = text.get(2..)?;
    let minus = rest.iter().position(|&c| c == '-')?;
    let function: String = rest[..minus].iter().filter(|c| !matches!(c, ' ' | '(' | ')')).collect();
    if function != "size" && function != "length" {
        return None;
    }
    let end = minus + rest[minus..].iter().position(|&c| c == ')')?;
    let number: String = rest[minus..end].iter().filter(|&&c| c != ' ').collect();
    integer(&number).map(Token::FromEnd)
}

fn integer(text: &str) -> Option<i32> {
    text.parse().ok()
}

/// Reads `1`, `1,2`, `1:`, `:1` and `1:2`, with blanks anywhere.
fn indices(text: &[char], start: usize) -> Option<Token> {
    let mut at = start;
    let mut buffer = String::new();
    let mut numbers = Vec::new();
    let (mut to, mut from, mut between, mut several) = (false, false, false, false);
    while matches!(text.get(at)?, '0'..='9' | ',' | ' ' | ':' | '-') {
        match text[at] {
            ' ' => {}
            ':' => {
                let first = buffer.is_empty();
                if !first {
                    numbers.push(integer(&std::mem::take(&mut buffer))?);
                }
                at += 1;
                while matches!(text.get(at)?, '0'..='9' | ' ' | '-') {
                    if text[at] != ' ' {
                        buffer.push(text[at]);
                    }
                    at += 1;
                }
                if first {
                    to = true;
                } else if buffer.is_empty() {
                    from = true;
                } else {
                    between = true;
                }
                if first || between {
                    numbers.push(integer(&std::mem::take(&mut buffer))?);
                }
            }
            ',' => {
                numbers.push(integer(&std::mem::take(&mut buffer))?);
                several = true;
            }
            c => buffer.push(c),
        }
        if text[at] == ']' {
            break;
        }
        at += 1;
    }
    if !buffer.is_empty() {
        numbers.push(integer(&buffer)?);
    }
    let &first = numbers.first()?;
    Some(match numbers[..] {
        [only] if !to && !from => Token::Index(only),
        _ if several => Token::Indices(numbers),
        _ if from => Token::From(first),
        _ if to => Token::To(first),
        [first, second, ..] if between => Token::Between(first, second),
        _ => return None,
    })
}
