//! What the text of a template is made of: tokens, each with the text that it stands for.

use super::SyntaxError;

/// The kinds of tokens, of which the earlier one is taken where two are of one length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    IndexOpen,
    IndexClose,
    ListOpen,
    ListClose,
    Comma,
    Range,
    Colon,
    MapOpen,
    MapClose,
    Open,
    Close,
    /// The `)` of a method's arguments.
    ArgumentsClose,
    EscapedDirective,
    Set,
    /// `$`, with its backslashes, as far as more of it follows.
    Dollar,
    DollarBang,
    BlockStart,
    FormalStart,
    CommentStart,
    Hash,
    LineCommentStart,
    DoubleEscape,
    Escape,
    Text,
    LineCommentEnd,
    FormalCommentEnd,
    CommentEnd,
    BlockEnd,
    /// A character of a comment.
    Ignored,
    /// A character of `#[[ … ]]#`.
    Literal,
    White,
    String,
    True,
    False,
    Minus,
    Plus,
    Times,
    Divide,
    Remainder,
    And,
    Or,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    Not,
    Assign,
    End,
    If,
    ElseIf,
    Else,
    Integer,
    Float,
    Word,
    BracedWord,
    Identifier,
    Dot,
    BraceOpen,
    BraceClose,
    /// What ends a reference without being part of it.
    ReferenceEnd,
    DirectiveEnd,
    /// `$[` or `$.`, which is no reference.
    EmptyIndex,
    EndOfText,
    /// What no rule knows.
    Unknown,
}

impl Kind {
    /// Whether it is only the beginning of a token.
    pub(super) fn is_more(self) -> bool {
        matches!(
            self,
            Self::Dollar
                | Self::DollarBang
                | Self::BlockStart
                | Self::FormalStart
                | Self::CommentStart
                | Self::Hash
                | Self::Literal
        )
    }

    /// Whether a statement begins with it.
    pub(super) fn starts_statement(self) -> bool {
        matches!(
            self,
            Self::Open
                | Self::Close
                | Self::EscapedDirective
                | Self::Set
                | Self::LineCommentStart
                | Self::DoubleEscape
                | Self::Escape
                | Self::Text
                | Self::FormalCommentEnd
                | Self::CommentEnd
                | Self::BlockEnd
                | Self::String
                | Self::If
                | Self::Integer
                | Self::Float
                | Self::Word
                | Self::BracedWord
                | Self::Identifier
                | Self::Dot
                | Self::BraceOpen
                | Self::BraceClose
                | Self::EmptyIndex
        )
    }

    /// Whether a value begins with it, as a method's argument or an item is one.
    pub(super) fn starts_value(self) -> bool {
        matches!(
            self,
            Self::ListOpen
                | Self::MapOpen
                | Self::String
                | Self::True
                | Self::False
                | Self::Integer
                | Self::Float
                | Self::Identifier
                | Self::BraceOpen
        )
    }
}

#[derive(Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) image: String,
    /// Text that went before it and belongs to no token, such as a lone `$`.
    special: Option<String>,
    /// Where it begins, counted in characters.
    pub(super) at: usize,
}

impl Token {
    /// A token behind the given special texts.
    pub(super) fn new(kind: Kind, image: String, specials: &[String], at: usize) -> Self {
        let lost = specials.last().is_none_or(|last| last.starts_with("##"));
        let special = (!lost).then(|| specials.iter().map(|special| kept(special)).collect());
        Self { kind, image, special, at }
    }

    /// Its text with what went before.
    pub(super) fn literal(&self) -> String {
        if self.kind == Kind::CommentEnd {
            return String::new();
        }
        format!("{}{}", self.special.as_deref().unwrap_or_default(), self.image)
    }
}

/// What of a special text is printed: `#`, `$` and the backslashes of the latter.
fn kept(special: &str) -> String {
    let chars: Vec<char> = special.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if c == '#' || c == '$' {
            out.push(c);
        } else if c == '\\' {
            let end = at + chars[at..].iter().take_while(|&&c| c == '\\').count();
            if chars.get(end) == Some(&'$') {
                out.extend(&chars[at..=end]);
                // The character behind is passed over as well.
                at = end + 1;
            }
        }
        at += 1;
    }
    out
}

/// A place in a template's text, counted from 1.
pub(super) fn error_at(text: &[char], at: usize, message: impl Into<String>) -> SyntaxError {
    let before = text.get(..at).unwrap_or(text);
    let line = before.iter().filter(|&&c| c == '\n').count() + 1;
    let column = before.iter().rev().take_while(|&&c| c != '\n').count() + 1;
    SyntaxError { message: message.into(), line, column }
}
