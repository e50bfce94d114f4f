//! Filters: `[?(@.price < 10 && @.name)]`.

use super::compile::Path;
use fancy_regex::Regex;

/// Conditions with what joins them.
#[derive(Debug)]
pub(super) enum Filter {
    One(Criterion),
    All(Vec<Self>),
    Either(Box<Self>, Box<Self>),
}

#[derive(Debug)]
pub(super) enum Criterion {
    /// Whether there is something at a path, or nothing.
    Exists {
        path: Path,
        wanted: bool,
    },
    Compare {
        left: Operand,
        operator: Operator,
        right: Operand,
    },
}

#[derive(Debug)]
pub(super) enum Operand {
    Path(Path),
    /// A text; one without quotes may stand for something else, which the other side decides.
    Text(String),
    Pattern(Box<Pattern>),
}

#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) source: String,
    pub(super) regex: Regex,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    GreaterOrEqual,
    LessOrEqual,
    NotEqual,
    Less,
    Greater,
    Matches,
}

/// The operators in the order in which they are looked for, wherever they stand.
const OPERATORS: [(&str, Operator); 7] = [
    ("==", Operator::Equal),
    (">=", Operator::GreaterOrEqual),
    ("<=", Operator::LessOrEqual),
    ("!=", Operator::NotEqual),
    ("<", Operator::Less),
    (">", Operator::Greater),
    ("=~", Operator::Matches),
];

/// So many conditions one filter may have: they are joined from the last to the first.
const CONDITIONS: usize = 100;

fn trim(text: &str) -> &str {
    text.trim_matches(|c| c <= ' ')
}

impl Filter {
    pub(super) fn read(text: &[char]) -> Option<Self> {
        let text: String = text.iter().collect();
        let inner = trim(trim(&text).strip_prefix('[')?.strip_suffix(']')?);
        let inner = trim(inner.strip_prefix('?')?);
        let inner = trim(inner.strip_prefix('(')?.strip_suffix(')')?);
        let (mut operators, mut criteria) = (Vec::new(), Vec::new());
        for part in split(inner) {
            let part = trim(part);
            match part {
                "&&" | "||" => operators.push(part == "&&"),
                part => criteria.push(Criterion::read(clean(part)?)?),
            }
        }
        if criteria.len() > CONDITIONS {
            return None;
        }
        let mut root = Self::One(criteria.pop()?);
        while let Some(and) = operators.pop() {
            let other = Self::One(criteria.pop()?);
            root = if and { root.and(other) } else { Self::Either(Box::new(root), Box::new(other)) };
        }
        criteria.is_empty().then_some(root)
    }

    fn and(self, other: Self) -> Self {
        match self {
            Self::All(mut all) => {
                all.push(other);
                Self::All(all)
            }
            Self::Either(left, right) => Self::Either(left, Box::new(Self::All(vec![*right, other]))),
            one @ Self::One(_) => Self::All(vec![one, other]),
        }
    }
}

/// The conditions and what stands between them.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in text.char_indices().skip(1) {
        let (before, after) = text.split_at(at);
        if ["&&", "||"].iter().any(|operator| before.ends_with(operator) || after.starts_with(operator)) {
            parts.push(&text[start..at]);
            start = at;
        }
    }
    parts.push(&text[start..]);
    while parts.last().is_some_and(|last| last.is_empty()) && parts.len() > 1 {
        parts.pop();
    }
    parts
}

/// Without the brackets around a condition.
fn clean(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(['[', '?', '(', ' ']);
    let text = text.trim_end_matches([')', ' ']);
    (!text.is_empty()).then_some(text)
}

impl Criterion {
    fn read(text: &str) -> Option<Self> {
        let found = OPERATORS.iter().find_map(|(spelling, operator)| {
            text.split_once(spelling).map(|(left, right)| (trim(left), *operator, trim(right)))
        });
        let Some((left, operator, right)) = found else {
            let text = trim(text);
            let (path, wanted) = match text.strip_prefix('!') {
                Some(path) if path.starts_with('@') => (path, false),
                _ if text.starts_with(['$', '@']) => (text, true),
                _ => return None,
            };
            return Some(Self::Exists { path: definite(path)?, wanted });
        };
        // The negation of a path that is compared is passed over.
        let left = if left.starts_with("!@") { &left[1..] } else { left };
        if right.starts_with("!@") {
            return None;
        }
        Some(Self::Compare { left: Operand::read(left)?, operator, right: Operand::read(right)? })
    }
}

fn definite(path: &str) -> Option<Path> {
    Path::compile(path).ok().filter(Path::is_definite)
}

impl Operand {
    fn read(text: &str) -> Option<Self> {
        if text.starts_with(['$', '@']) {
            return definite(text).map(Self::Path);
        }
        if text.starts_with('\'') && text.ends_with('\'') {
            return text.get(1..text.len() - 1).map(|text| Self::Text(text.to_owned()));
        }
        if text.starts_with('/') && (text.ends_with('/') || text.ends_with("/i")) {
            let last = text.rfind('/')?;
            let source = super::super::super::dialect::translate(text.get(1..last)?).ok()?;
            let flags = if text.ends_with('i') { "(?i)" } else { "" };
            let regex = fancy_regex::RegexBuilder::new(&format!("{flags}\\A(?:{source})\\z"))
                .backtrack_limit(20_000)
                .build()
                .ok()?;
            return Some(Self::Pattern(Box::new(Pattern { source: text[1..last].to_owned(), regex })));
        }
        Some(Self::Text(text.to_owned()))
    }
}
