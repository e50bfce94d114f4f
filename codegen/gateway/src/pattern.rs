//! Regular expressions as `java.util.regex` reads them, which is the dialect of selection patterns and of templates.

use super::dialect::translate;
use super::repetition;
use fancy_regex::{Captures, Regex, RegexBuilder, RuntimeError};
use std::sync::OnceLock;

/// How far a pattern may backtrack on a text of up to so many bytes, for each step may look at all of the text; Java
/// itself would overflow its stack or run on for minutes.
const BACKTRACKING: [(usize, usize); 4] =
    [(4 * 1024, 200_000), (64 * 1024, 20_000), (256 * 1024, 8_000), (usize::MAX, 500)];

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    source: String,
    search: Engine,
    whole: Anchored,
}

impl Pattern {
    pub(crate) fn compile(source: &str) -> Result<Self, String> {
        let translated = translate(source)?;
        // The pattern by itself as well: `a)(b` must not become valid by being wrapped.
        repetition::check(&translated)?;
        let search = Engine::compile(translated.clone())?;
        let whole = Anchored::compile(&translated, true)?;
        Ok(Self { source: source.to_owned(), search, whole })
    }

    /// Whether it may backtrack, and so take more than one look at a text.
    pub(crate) fn is_costly(&self) -> bool {
        let quantified = ["*+", "++", "?+", "}+", "(?=", "(?!", "(?<", "(?>", "\\b", "\\B", "\\G"];
        quantified.iter().any(|part| self.source.contains(part)) || refers_back(&self.source)
    }

    pub(crate) fn source(&self) -> &str {
        &self.source
    }

    pub(crate) fn whole(&self) -> &Anchored {
        &self.whole
    }

    /// Java's `matches`: of the whole text, not of a part of it.
    pub(crate) fn matches(&self, text: &str) -> Result<bool, String> {
        self.whole.is_match(text).map_err(|why| format!("pattern `{}`: {why}", self.source))
    }

    /// Java's `replaceAll` and `replaceFirst`: `$1` is a group, and a backslash takes the next character as it is.
    pub(crate) fn replace(&self, text: &str, by: &str, times: usize, limit: usize) -> Result<String, String> {
        let mut out = String::with_capacity(text.len());
        let mut end = 0;
        for found in self.search.on(text)?.captures_iter(text).take(times) {
            let found = found.map_err(|error| error.to_string())?;
            let Some(whole) = found.get(0) else { continue };
            out.push_str(text.get(end..whole.start()).unwrap_or_default());
            expand(&mut out, by, &found, limit)?;
            end = whole.end();
        }
        out.push_str(text.get(end..).unwrap_or_default());
        Ok(out)
    }

    /// Java's `split` into `most` parts at most, where that is above zero. Where it is zero, empty strings at the end are
    /// left out, and always one at the start that an empty match would make.
    pub(crate) fn split<'a>(&self, text: &'a str, most: i32) -> Result<Vec<&'a str>, String> {
        let mut parts = Vec::new();
        let mut start = 0;
        let limit = usize::try_from(most).ok().filter(|most| *most > 0);
        for found in self.search.on(text)?.find_iter(text) {
            let found = found.map_err(|error| error.to_string())?;
            if found.end() == 0 {
                continue;
            }
            if limit.is_some_and(|limit| parts.len() + 1 >= limit) {
                break;
            }
            parts.push(text.get(start..found.start()).unwrap_or_default());
            start = found.end();
        }
        if parts.is_empty() {
            return Ok(vec![text]);
        }
        parts.push(text.get(start..).unwrap_or_default());
        while most == 0 && parts.last().is_some_and(|last| last.is_empty()) {
            parts.pop();
        }
        Ok(parts)
    }
}

/// A translated pattern, compiled for texts of each length when one comes.
#[derive(Clone, Debug)]
struct Engine {
    pattern: String,
    by_length: [OnceLock<Regex>; BACKTRACKING.len()],
}

impl Engine {
    fn compile(pattern: String) -> Result<Self, String> {
        let engine = Self { pattern, by_length: Default::default() };
        engine.on("").map(drop)?;
        Ok(engine)
    }

    /// The expression for a text of this length.
    fn on(&self, text: &str) -> Result<&Regex, String> {
        let fits = self.by_length.iter().zip(BACKTRACKING).find(|(_, (length, _))| text.len() <= *length);
        let (slot, (_, limit)) = fits.ok_or("a text that is too long")?;
        if let Some(regex) = slot.get() {
            return Ok(regex);
        }
        let built = RegexBuilder::new(&self.pattern).backtrack_limit(limit).build();
        let regex = built.map_err(|error| error.to_string())?;
        Ok(slot.get_or_init(|| regex))
    }
}

/// A pattern that matches from the text's beginning, taken apart into its branches.
#[derive(Clone, Debug)]
pub(crate) struct Anchored {
    branches: Vec<Branch>,
}

/// One of them, with the lookaheads that it begins with taken apart from it: what is left then mostly needs no
/// backtracking, and takes megabytes in linear time.
#[derive(Clone, Debug)]
struct Branch {
    /// Whether each must match or must not.
    guards: Vec<(bool, Anchored)>,
    rest: Engine,
}

/// How each branch begins.
const START: &str = r"\A(?:";

/// A pattern of more branches is left as it is.
const MOST_BRANCHES: usize = 100;

impl Anchored {
    fn compile(pattern: &str, whole: bool) -> Result<Self, String> {
        let mut branches = Vec::new();
        // What refers to another part of the pattern, or sets flags for it, can't be taken apart from it.
        let apart = !refers_back(pattern);
        if !apart || sets_flags(pattern) || !take_apart(pattern.to_owned(), &mut branches) {
            branches = vec![pattern.to_owned()];
        }
        let branches = branches.iter().map(|branch| Branch::compile(branch, whole, apart));
        Ok(Self { branches: branches.collect::<Result<_, _>>()? })
    }

    /// Of each branch its lookaheads, and what is left.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&[(bool, Self)], &str)> {
        self.branches.iter().map(|branch| (branch.guards.as_slice(), branch.rest()))
    }

    fn is_match(&self, text: &str) -> Result<bool, String> {
        for branch in &self.branches {
            if branch.is_match(text)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Adds the branches of a pattern, also those of a group with lookaheads that it begins with. `false` where they are too many.
fn take_apart(pattern: String, branches: &mut Vec<String>) -> bool {
    let bars: Vec<_> = top_level(&pattern).filter(|&(_, c)| c == '|').map(|(at, _)| at).collect();
    if !bars.is_empty() {
        let starts = std::iter::once(0).chain(bars.iter().map(|at| at + 1));
        let ends = bars.iter().copied().chain(std::iter::once(pattern.len()));
        return starts.zip(ends).all(|(start, end)| take_apart(pattern[start..end].to_owned(), branches));
    }
    let anchored = pattern.strip_prefix('^').unwrap_or(&pattern);
    let group = anchored.strip_prefix("(?:").and_then(|_| top_level(anchored).find(|&(_, c)| c == ')'));
    if let Some((close, _)) = group {
        let (inner, rest) = (&anchored[3..close], &anchored[close + 1..]);
        if (inner.contains("(?!") || inner.contains("(?=")) && !rest.starts_with(['*', '+', '?', '{']) {
            let mut inside = Vec::new();
            return branches.len() < MOST_BRANCHES
                && take_apart(inner.to_owned(), &mut inside)
                && inside.into_iter().all(|branch| take_apart(branch + rest, branches));
        }
    }
    branches.push(pattern);
    branches.len() <= MOST_BRANCHES
}

impl Branch {
    fn compile(pattern: &str, whole: bool, apart: bool) -> Result<Self, String> {
        let mut guards = Vec::new();
        let mut rest = pattern;
        let apart = apart && !top_level(pattern).any(|(_, c)| c == '|');
        loop {
            let anchored = rest.strip_prefix('^').unwrap_or(rest);
            let wanted = match anchored.get(..3) {
                Some("(?=") if apart => true,
                Some("(?!") if apart => false,
                _ => break,
            };
            let Some((close, _)) = top_level(anchored).find(|&(_, c)| c == ')') else { break };
            guards.push((wanted, Anchored::compile(&anchored[3..close], false)?));
            rest = &anchored[close + 1..];
            if rest.starts_with(['*', '+', '?', '{']) {
                return Err("a lookahead with a quantifier".to_owned());
            }
        }
        let end = if whole { r"\z" } else { "" };
        Ok(Self { guards, rest: Engine::compile(format!(r"{START}{rest}){end}"))? })
    }

    fn rest(&self) -> &str {
        let rest = self.rest.pattern.strip_prefix(START).unwrap_or_default();
        let rest = rest.strip_suffix(r"\z").unwrap_or(rest);
        rest.strip_suffix(')').unwrap_or(rest)
    }

    fn is_match(&self, text: &str) -> Result<bool, String> {
        for (wanted, guard) in &self.guards {
            if guard.is_match(text)? != *wanted {
                return Ok(false);
            }
        }
        self.rest.on(text)?.is_match(text).map_err(|error| match error {
            fancy_regex::Error::RuntimeError(RuntimeError::BacktrackLimitExceeded | RuntimeError::StackOverflow) => {
                format!("it backtracks too much on {} bytes", text.len())
            }
            other => other.to_string(),
        })
    }
}

/// The characters of a translated pattern that stand in no group and no class, with the brackets that close one.
fn top_level(pattern: &str) -> impl Iterator<Item = (usize, char)> {
    let (mut groups, mut classes, mut escaped) = (0_usize, 0_usize, false);
    pattern.char_indices().filter(move |&(_, c)| {
        if std::mem::take(&mut escaped) {
            return false;
        }
        match c {
            '\\' => escaped = true,
            '[' => classes += 1,
            ']' => classes = classes.saturating_sub(1),
            '(' if classes == 0 => groups += 1,
            ')' if classes == 0 => groups = groups.saturating_sub(1),
            _ => {}
        }
        groups == 0 && classes == 0 && !escaped
    })
}

/// Whether it has a group like `(?i)`, which holds for what follows, branches included.
fn sets_flags(pattern: &str) -> bool {
    pattern
        .match_indices("(?")
        .any(|(at, _)| pattern[at + 2..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '-'))
}

fn refers_back(pattern: &str) -> bool {
    pattern.as_bytes().windows(2).any(|pair| pair[0] == b'\\' && (pair[1] == b'k' || pair[1].is_ascii_digit()))
}

/// Writes what replaces a match; one replacement may hold the match thousands of times.
fn expand(out: &mut String, by: &str, found: &Captures<'_, str>, limit: usize) -> Result<(), String> {
    let mut chars = by.chars().peekable();
    while let Some(c) = chars.next() {
        if out.len() > limit {
            return Err("a replacement that makes more than 10 MB".to_owned());
        }
        match c {
            '\\' => out.push(chars.next().ok_or("a replacement that ends in a backslash")?),
            '$' => {
                if chars.next_if_eq(&'{').is_some() {
                    let name: String = std::iter::from_fn(|| chars.next_if(|&c| c != '}')).collect();
                    chars.next();
                    let group = found.name(&name).ok_or_else(|| format!("no group `{name}`"))?;
                    out.push_str(group.as_str());
                    continue;
                }
                let digit = |c: &char| c.is_ascii_digit();
                let first = chars.next_if(digit).and_then(|c| c.to_digit(10));
                let mut group = first.ok_or("a `$` in a replacement needs a group's number; write `\\$`")? as usize;
                if group >= found.len() {
                    return Err(format!("no group {group}"));
                }
                // Further digits belong to the number as long as such a group exists.
                while let Some(next) = chars.peek().and_then(|c| c.to_digit(10)) {
                    let longer = group.saturating_mul(10).saturating_add(next as usize);
                    if longer >= found.len() {
                        break;
                    }
                    group = longer;
                    chars.next();
                }
                out.push_str(found.get(group).map_or("", |group| group.as_str()));
            }
            _ => out.push(c),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        Pattern::compile(pattern).unwrap().matches(text).unwrap()
    }

    #[test]
    fn a_match_is_of_the_whole_text() {
        assert!(!matches("Invalid*", "Invalid input"));
        assert!(!matches("404", "foo 404"));
        assert!(matches("A|B", "B"));
        assert!(matches(r"^\[(?:A|B)\] [\s\S]*", "[B] {\"x\":\n1}\n"));
        assert!(!matches(r"^\[(?:A|B)\] [\s\S]*", "x[B] {}"));
        assert!(!matches("^[BadRequest].*", "[BadRequest] x"));
        assert!(matches(".*", ""));
        assert!(!matches(".+", ""));
        assert!(matches("", ""));
    }

    #[test]
    fn dots_and_ends_are_those_of_java() {
        for terminator in ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"] {
            assert!(!matches(".*", terminator), "{terminator:?}");
            assert!(matches("(?s).*", terminator));
            assert!(matches("(?s:.)*", terminator));
            assert!(matches(r"[\s\S]*", terminator));
            assert!(!matches("X.*$", &format!("X{terminator}")));
        }
        assert!(!matches("(\\n|.)*", "a\rb"));
        assert!(matches("(?s)a(?-s:.)c.", "abc\n"));
        assert!(!matches("(?s)a(?-s:.)c.", "a\nc\n"));
    }

    #[test]
    fn the_dialect_is_that_of_java() {
        assert!(!matches(r"\d", "٣"));
        assert!(matches(r"[\d\w]+", "a1"));
        assert!(!matches(r"\w", "é"));
        assert!(matches(r"\Q[a.b]\E.*", "[a.b]x"));
        assert!(matches(r#"\"\/\-\<\ "#, "\"/-< "));
        assert!(matches(r"[a--]+", "a--"));
        assert!(matches(r"(a)\1", "aa"));
        assert!(matches(r"[a-z&&[^b]]", "a"));
        assert!(!matches(r"[a-z&&[^b]]", "b"));
        for wrong in ["(", "[a", "a)(b", r"\y", "*", "a**b(", "\\"] {
            assert!(Pattern::compile(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn six_megabytes_pass_the_patterns_that_are_generated() {
        let long = format!("[A] {}", "x".repeat(6_000_000));
        assert!(matches(r"^\[(?:A|B)\] [\s\S]*", &long));
        let late = r"^(?!\[)[\s\S]*Task timed out after \d+\.\d+ seconds[\s\S]*";
        assert!(!matches(late, &long));
        assert!(!matches(late, &long[1..]));
        let rest = r"^(?!\[(?:A|B)\] )(?!(?!\[)[\s\S]*Task timed out after \d+\.\d+ seconds)[\s\S]+";
        assert!(!matches(rest, &long));
        assert!(matches(rest, &long[1..]));
        let before = r"^(?:\[(?:A)\] |(?![\s\S]*Task timed out after \d+\.\d+ seconds|no [\s\S]*left)(?!\[)[\s\S]* of [\s\S]*x)[\s\S]*";
        assert!(matches(before, &long));
        assert!(!matches(before, &long[1..]));
        assert!(matches(before, &format!("{} of x", &long[1..])));
        let rest = r"^(?!\[A\] )(?!(?!no )(?!\[)[\s\S]* of [\s\S]*left|(?!\[)[\s\S]*not found)[\s\S]+";
        assert!(matches(rest, &long[1..]));
        assert!(!matches(rest, &format!("{} not found", &long[1..])));
    }

    #[test]
    fn branches_taken_apart_are_the_same_pattern() {
        for (pattern, takes, leaves) in [
            (r"a|(?:(?!b)[a-z]|\[x\])c|d", &["a", "ac", "[x]c", "d"][..], &["bc", "c", "[x]"][..]),
            (r"(?:(?!b).|c)*", &["", "aac"], &["ab"]),
            (r"(?i)a|b", &["A", "B"], &["c"]),
            (r"(?:(?i)(?!b)a|c)d", &["Ad", "Cd", "cd"], &["bd", "cD"]),
            (r"(?:(?=a)[ab|]|\|)", &["a", "|"], &["b"]),
        ] {
            assert!(takes.iter().all(|text| matches(pattern, text)), "{pattern}");
            assert!(!leaves.iter().any(|text| matches(pattern, text)), "{pattern}");
        }
    }

    #[test]
    fn backtracking_ends_on_texts_of_any_length() {
        let costly = |source: &str, length: usize| {
            let why = Pattern::compile(source).unwrap().matches(&"a".repeat(length)).unwrap_err();
            assert!(why.contains("backtracks too much"), "{why}");
        };
        for length in [30_000, 100_000, 3_000_000] {
            costly("(a|a)*(?=b)c", length);
        }
        // Each step looks at all of the text.
        costly(r"(?:a(?=[\s\S]*b)|a)*c", 20_001);
    }

    #[test]
    fn replacements_and_splits_are_those_of_java() {
        let pattern = |source| Pattern::compile(source).unwrap();
        assert_eq!(pattern("(i)t").replace("it it", "$1z", usize::MAX, 100).unwrap(), "iz iz");
        assert_eq!(pattern("i").replace("it it", "\\$", 1, 100).unwrap(), "$t it");
        assert_eq!(pattern("(i)").replace("i", "$11", 1, 100).unwrap(), "i1");
        assert!(pattern("i").replace("i", "$", 1, 100).is_err());
        assert!(pattern("i").replace("i", "$1", 1, 100).is_err());
        assert!(pattern("i").replace("i", "\\", 1, 100).is_err());
        // One replacement may hold a long match many times: it ends where the limit is, not behind a gigabyte.
        assert!(pattern("i+").replace(&"i".repeat(1_000_000), &"$0".repeat(1000), 1, 100).is_err());
        assert_eq!(pattern(",").split("a,b,,", 0).unwrap(), ["a", "b"]);
        assert_eq!(pattern(",").split(",a", 0).unwrap(), ["", "a"]);
        assert_eq!(pattern("").split("abc", 0).unwrap(), ["a", "b", "c"]);
        assert_eq!(pattern("x").split("", 0).unwrap(), [""]);
    }
}
