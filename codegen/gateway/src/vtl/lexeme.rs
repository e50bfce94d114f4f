//! The longest piece of text that is a token, by the state that the scanner is in.

use super::token::Kind;

/// What the scanner is inside of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Text,
    Reference,
    /// Behind the dot of a reference.
    Modifier,
    Index,
    Arguments,
    /// Behind a `#`.
    Word,
    Directive,
    TextBlock,
    Comment,
    FormalComment,
    LineComment,
}

/// The kind and the length of the token that the text begins with; so many backslashes come first.
pub(super) fn longest(state: State, text: &[char], escapes: usize) -> Option<(Kind, usize)> {
    let mut best: Option<(Kind, usize)> = None;
    let mut offer = |kind: Kind, length: usize| {
        let better = match best {
            None => true,
            Some((known, longest)) => length > longest || (length == longest && kind < known),
        };
        if length > 0 && better {
            best = Some((kind, length));
        }
    };
    anywhere(text, escapes, &mut offer);
    match state {
        State::Text => {
            line_comment(text, &mut offer);
            plain(text, escapes, &mut offer);
            set(text, &mut offer);
        }
        State::Reference | State::Modifier => {
            set(text, &mut offer);
            literal(text, "[", Kind::IndexOpen, &mut offer);
            words(text, &mut offer);
            name(text, &mut offer);
            literal(text, "{", Kind::BraceOpen, &mut offer);
            literal(text, "}", Kind::BraceClose, &mut offer);
            if state == State::Modifier {
                literal(text, "(", Kind::Open, &mut offer);
            } else {
                empty_index(text, &mut offer);
                line_comment(text, &mut offer);
            }
            offer(Kind::ReferenceEnd, 1.min(text.len()));
        }
        State::Index => {
            literal(text, "]", Kind::IndexClose, &mut offer);
            white(text, &mut offer);
            quoted(text, &mut offer);
            words(text, &mut offer);
            numbers(text, &mut offer);
        }
        State::Arguments => {
            set(text, &mut offer);
            punctuation(text, &mut offer);
            literal(text, ")", Kind::ArgumentsClose, &mut offer);
            white(text, &mut offer);
            quoted(text, &mut offer);
            words(text, &mut offer);
            numbers(text, &mut offer);
            name(text, &mut offer);
        }
        State::Word => {
            line_comment(text, &mut offer);
            directive_words(text, &mut offer);
            numbers(text, &mut offer);
            word(text, &mut offer);
            offer(Kind::DirectiveEnd, 1.min(text.len()));
        }
        State::Directive => {
            line_comment(text, &mut offer);
            punctuation(text, &mut offer);
            literal(text, "(", Kind::Open, &mut offer);
            if text.first() == Some(&')') {
                offer(Kind::Close, 1 + line_end(&text[1..]));
            }
            white(text, &mut offer);
            quoted(text, &mut offer);
            words(text, &mut offer);
            operators(text, &mut offer);
            numbers(text, &mut offer);
            word(text, &mut offer);
        }
        State::TextBlock => {
            literal(text, "]]#", Kind::BlockEnd, &mut offer);
            offer(Kind::Literal, 1.min(text.len()));
        }
        State::Comment | State::FormalComment | State::LineComment => {
            match state {
                State::Comment => literal(text, "*#", Kind::CommentEnd, &mut offer),
                State::FormalComment => literal(text, "*#", Kind::FormalCommentEnd, &mut offer),
                _ => offer(Kind::LineCommentEnd, newline(text)),
            }
            offer(Kind::Ignored, 1.min(text.len()));
        }
    }
    best
}

type Offer<'a> = &'a mut dyn FnMut(Kind, usize);

fn starts(text: &[char], literal: &str) -> bool {
    let mut chars = text.iter();
    literal.chars().all(|c| chars.next() == Some(&c))
}

fn literal(text: &[char], literal: &str, kind: Kind, offer: Offer<'_>) {
    if starts(text, literal) {
        offer(kind, literal.len());
    }
}

fn run(text: &[char], wanted: impl Fn(char) -> bool) -> usize {
    text.iter().take_while(|&&c| wanted(c)).count()
}

fn newline(text: &[char]) -> usize {
    match text {
        ['\r', '\n', ..] => 2,
        ['\r' | '\n', ..] => 1,
        _ => 0,
    }
}

/// Blanks up to and with a line's end, or nothing at all.
fn line_end(text: &[char]) -> usize {
    let blanks = run(text, |c| c == ' ' || c == '\t');
    match newline(&text[blanks..]) {
        0 => 0,
        end => blanks + end,
    }
}

/// What begins something wherever it stands.
fn anywhere(text: &[char], escapes: usize, offer: Offer<'_>) {
    if text.get(escapes) == Some(&'$') {
        offer(Kind::Dollar, escapes + 1);
        let more = run(&text[escapes + 1..], |c| c == '\\');
        if text.get(escapes + 1 + more) == Some(&'!') {
            offer(Kind::DollarBang, escapes + more + 2);
        }
    }
    if text.first() != Some(&'#') {
        return;
    }
    offer(Kind::Hash, 1);
    literal(text, "#[[", Kind::BlockStart, offer);
    literal(text, "#*", Kind::CommentStart, offer);
    if starts(text, "#**") && text.get(3).is_some_and(|&c| c != '#') {
        offer(Kind::FormalStart, 4);
    }
}

/// The beginning of a comment, which is none behind `$x.name` and inside of arguments.
fn line_comment(text: &[char], offer: Offer<'_>) {
    literal(text, "##", Kind::LineCommentStart, offer);
}

fn plain(text: &[char], escapes: usize, offer: Offer<'_>) {
    if escapes == 0 {
        offer(Kind::Text, run(text, |c| !matches!(c, '$' | '#' | '\\')));
        empty_index(text, offer);
        return;
    }
    offer(Kind::Escape, 1);
    if escapes >= 2 {
        offer(Kind::DoubleEscape, 2);
    }
    if escapes % 2 == 1 && text.get(escapes) == Some(&'#') {
        let word = word_length(&text[escapes + 1..]);
        if word > 0 {
            offer(Kind::EscapedDirective, escapes + 1 + word);
        }
    }
}

fn empty_index(text: &[char], offer: Offer<'_>) {
    for beginning in ["$[", "$![", "$\\![", "$."] {
        literal(text, beginning, Kind::EmptyIndex, offer);
    }
}

fn set(text: &[char], offer: Offer<'_>) {
    let before = run(text, |c| c == ' ' || c == '\t');
    let rest = &text[before..];
    let length = if starts(rest, "#set") {
        4
    } else if starts(rest, "#{set}") {
        6
    } else {
        return;
    };
    let behind = run(&rest[length..], |c| c == ' ');
    if rest.get(length + behind) == Some(&'(') {
        offer(Kind::Set, before + length + behind + 1);
    }
}

fn name(text: &[char], offer: Offer<'_>) {
    if text.first().is_some_and(|c| c.is_ascii_alphabetic() || *c == '_') {
        offer(Kind::Identifier, run(text, |c| c.is_ascii_alphanumeric() || c == '-' || c == '_'));
    }
    if text.first() == Some(&'.') && text.get(1).is_some_and(char::is_ascii_alphabetic) {
        offer(Kind::Dot, 2);
    }
}

fn white(text: &[char], offer: Offer<'_>) {
    offer(Kind::White, run(text, |c| matches!(c, ' ' | '\t' | '\n' | '\r')));
}

fn words(text: &[char], offer: Offer<'_>) {
    literal(text, "true", Kind::True, offer);
    literal(text, "false", Kind::False, offer);
}

fn punctuation(text: &[char], offer: Offer<'_>) {
    for (spelling, kind) in [
        ("[", Kind::ListOpen),
        ("]", Kind::ListClose),
        (",", Kind::Comma),
        ("..", Kind::Range),
        (":", Kind::Colon),
        ("{", Kind::MapOpen),
        ("}", Kind::MapClose),
    ] {
        literal(text, spelling, kind, offer);
    }
}

const OPERATORS: [(&str, Kind); 24] = [
    ("-", Kind::Minus),
    ("+", Kind::Plus),
    ("*", Kind::Times),
    ("/", Kind::Divide),
    ("%", Kind::Remainder),
    ("&&", Kind::And),
    ("and", Kind::And),
    ("||", Kind::Or),
    ("or", Kind::Or),
    ("<", Kind::Less),
    ("lt", Kind::Less),
    ("<=", Kind::LessOrEqual),
    ("le", Kind::LessOrEqual),
    (">", Kind::Greater),
    ("gt", Kind::Greater),
    (">=", Kind::GreaterOrEqual),
    ("ge", Kind::GreaterOrEqual),
    ("==", Kind::Equal),
    ("eq", Kind::Equal),
    ("!=", Kind::NotEqual),
    ("ne", Kind::NotEqual),
    ("!", Kind::Not),
    ("not", Kind::Not),
    ("=", Kind::Assign),
];

fn operators(text: &[char], offer: Offer<'_>) {
    for (spelling, kind) in OPERATORS {
        literal(text, spelling, kind, offer);
    }
}

/// `"…"` and `'…'`, in which the quote is written twice. Of several places where one could end it is the last.
fn quoted(text: &[char], offer: Offer<'_>) {
    let Some(&quote @ ('"' | '\'')) = text.first() else { return };
    let mut at = 1;
    while let Some(&c) = text.get(at) {
        if c == quote {
            offer(Kind::String, at + 1);
            if text.get(at + 1) != Some(&quote) {
                return;
            }
            at += 1;
        }
        at += 1;
    }
}

fn numbers(text: &[char], offer: Offer<'_>) {
    let sign = usize::from(text.first() == Some(&'-'));
    let digits = run(&text[sign..], |c| c.is_ascii_digit());
    let whole = sign + digits;
    let exponent = |at: usize| {
        let rest = &text[at..];
        let Some('e' | 'E') = rest.first() else { return 0 };
        let sign = usize::from(matches!(rest.get(1), Some('+' | '-')));
        match run(&rest[1 + sign..], |c| c.is_ascii_digit()) {
            0 => 0,
            digits => 1 + sign + digits,
        }
    };
    if digits > 0 {
        let range = if starts(&text[whole..], "..") { 2 } else { 0 };
        offer(Kind::Integer, whole + range);
        if exponent(whole) > 0 {
            offer(Kind::Float, whole + exponent(whole));
        }
    }
    if text.get(whole) == Some(&'.') {
        let fraction = run(&text[whole + 1..], |c| c.is_ascii_digit());
        if digits > 0 || fraction > 0 {
            let end = whole + 1 + fraction;
            offer(Kind::Float, end + exponent(end));
        }
    }
}

fn directive_words(text: &[char], offer: Offer<'_>) {
    for (spelling, kind, line) in [
        ("end", Kind::End, true),
        ("{end}", Kind::End, true),
        ("if", Kind::If, false),
        ("{if}", Kind::If, false),
        ("elseif", Kind::ElseIf, false),
        ("{elseif}", Kind::ElseIf, false),
        ("else", Kind::Else, true),
        ("{else}", Kind::Else, true),
    ] {
        if starts(text, spelling) {
            let rest = if line { line_end(&text[spelling.len()..]) } else { 0 };
            offer(kind, spelling.len() + rest);
        }
    }
}

fn word(text: &[char], offer: Offer<'_>) {
    let braced = text.first() == Some(&'{');
    offer(if braced { Kind::BracedWord } else { Kind::Word }, word_length(text));
}

/// The length of `word` or `{word}`.
fn word_length(text: &[char]) -> usize {
    let starts_word = |c: &char| c.is_ascii_alphabetic() || matches!(c, '_' | '@');
    let in_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '@');
    match text {
        ['{', c, rest @ ..] if *c != '@' && starts_word(c) => {
            let length = run(rest, in_word);
            if rest.get(length) == Some(&'}') { length + 3 } else { 0 }
        }
        [c, rest @ ..] if starts_word(c) => 1 + run(rest, in_word),
        _ => 0,
    }
}
