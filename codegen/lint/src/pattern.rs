//! Selection patterns: what texts one takes, decided by automata and never by how it is spelled.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use throwback_codegen::automata::{Alphabet, Language, Parts, Product, Visit};
use throwback_gateway::{Branch, SelectionPattern};

/// The longest pattern that is followed, in bytes.
const LONG: usize = 4_000;

/// How many classes of texts are looked at for one question.
const CLASSES: usize = 20_000;

/// How `$` comes out of Java's dialect: before a line terminator at the end, too.
const LINE_END: &str = r"(?=(?:\r\n|[\n\r\x{85}\x{2028}\x{2029}])?\z)";

/// Texts that are no UTF-8 are none of API Gateway's.
const ANYTHING: &str = r"(?s:.*)";

/// Texts that are not empty. It is walked through with the others, so that such a text is told from the empty one even where all
/// else takes both alike.
const SOMETHING: &str = r"(?s:.+)";

/// Texts without a line end of Java's.
const LINE: &str = r"[^\n\r\x{85}\x{2028}\x{2029}]*";

/// A pattern that was read.
#[derive(Debug)]
pub(crate) struct Pattern {
    pub(crate) source: String,
    compiled: SelectionPattern,
    /// What is known of it by itself; nothing where it can't be followed.
    pub(crate) facts: Option<Facts>,
}

/// What the automaton says of one pattern.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Facts {
    /// The shortest text that it takes; nothing where it takes none.
    pub(crate) shortest: Option<String>,
    /// The shortest text that is not empty.
    pub(crate) shortest_error: Option<String>,
    /// The shortest text that is not empty and that it does not take.
    pub(crate) refused: Option<String>,
    /// A text with a line end that it does not take, but would if `.` took line ends.
    pub(crate) cut_by_line_end: Option<String>,
    /// A text that it takes and that is no status.
    pub(crate) beyond_status: Option<String>,
    /// A text that it takes and that is a status.
    pub(crate) status: Option<String>,
    /// Whether all that it takes holds a name of the error object's members.
    pub(crate) is_of_keys: bool,
    /// Whether all that it takes stands in quotes or slashes.
    pub(crate) is_quoted: bool,
    /// Whether all that it takes holds a backslash.
    pub(crate) is_of_backslash: bool,
}

impl Pattern {
    /// Whether it takes a message; `false` where that would take too long.
    pub(crate) fn takes(&self, message: &str) -> bool {
        self.compiled.takes(message).unwrap_or(false)
    }

    /// Whether it takes every text that is not empty.
    pub(crate) fn takes_every_error(&self) -> bool {
        self.facts.as_ref().is_some_and(|facts| facts.refused.is_none())
    }
}

/// Every pattern of a run, each read once: an API has few, and says them many times.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    read: RefCell<HashMap<String, Result<Rc<Pattern>, String>>>,
    pairs: RefCell<HashMap<(String, String), Option<String>>>,
    holes: RefCell<HashMap<Vec<String>, Option<String>>>,
}

impl Patterns {
    /// A pattern by its source, or why it is none.
    pub(crate) fn read(&self, source: &str) -> Result<Rc<Pattern>, String> {
        if let Some(known) = self.read.borrow().get(source) {
            return known.clone();
        }
        let read = SelectionPattern::compile(source).map(|compiled| {
            let facts = facts(source, &compiled);
            Rc::new(Pattern { source: source.to_owned(), compiled, facts })
        });
        self.read.borrow_mut().insert(source.to_owned(), read.clone());
        read
    }

    /// The shortest text that is not empty and that both take, if it is found.
    pub(crate) fn both(&self, one: &Pattern, other: &Pattern) -> Option<String> {
        let key = (one.source.clone(), other.source.clone());
        if let Some(known) = self.pairs.borrow().get(&key) {
            return known.clone();
        }
        let found = shortest(ANYTHING, &[one, other], |taken| taken.iter().all(|taken| *taken)).unwrap_or_default();
        self.pairs.borrow_mut().insert(key, found.clone());
        found
    }

    /// The shortest text of one line that is not empty and that none takes, if it is found. What more lines do, each pattern says.
    pub(crate) fn none(&self, all: &[Rc<Pattern>]) -> Option<String> {
        let key: Vec<_> = all.iter().map(|pattern| pattern.source.clone()).collect();
        if let Some(known) = self.holes.borrow().get(&key) {
            return known.clone();
        }
        let all: Vec<_> = all.iter().map(Rc::as_ref).collect();
        let found = if all.iter().any(|pattern| pattern.takes_every_error()) {
            None
        } else {
            shortest(LINE, &all, |taken| !taken.iter().any(|taken| *taken)).unwrap_or_default()
        };
        self.holes.borrow_mut().insert(key, found.clone());
        found
    }
}

/// Whether the second takes what the first does, but for the empty text, and beyond that texts of several lines alone.
pub(crate) fn differs_by_lines_alone(old: &Pattern, new: &Pattern) -> bool {
    let lost = shortest(ANYTHING, &[old, new], |taken| taken[0] && !taken[1]);
    let more = shortest(LINE, &[old, new], |taken| !taken[0] && taken[1]);
    lost == Ok(None) && more == Ok(None)
}

/// Whether no text is taken by both new patterns that was not taken by both old ones.
pub(crate) fn is_no_new_overlap(old: &Pattern, new: &Pattern, other: &Pattern, later: &Pattern) -> bool {
    shortest(ANYTHING, &[old, new, other, later], |taken| taken[1] && taken[3] && !(taken[0] && taken[2])) == Ok(None)
}

/// The shortest of some texts that is not empty and that is wanted, by which patterns take it; an error where that can't be followed.
fn shortest(among: &str, patterns: &[&Pattern], wanted: impl Fn(&[bool]) -> bool) -> Result<Option<String>, ()> {
    let mut parts = Parts::default();
    let (anything, something) = (parts.part(among.to_owned()), parts.part(SOMETHING.to_owned()));
    let languages: Vec<_> =
        patterns.iter().map(|pattern| language(&mut parts, &pattern.compiled.branches(), false)).collect();
    let mut found = None;
    walk(&parts, |visit| {
        let taken: Vec<_> = languages.iter().map(|language| language.takes(visit.taken)).collect();
        if something.takes(visit.taken) && anything.takes(visit.taken) && wanted(&taken) {
            found = Some(visit.message());
        }
        found.is_some()
    })?;
    Ok(found)
}

/// Whether a quantifier gives nothing back: what such an expression takes is no regular language that can be read off it.
fn is_possessive(text: &str) -> bool {
    text.match_indices('+').any(|(at, _)| {
        let before = &text[..at];
        let is_escaped = before.len() >= 2 && before.as_bytes()[before.len() - 2] == b'\\';
        match before.chars().last() {
            Some('*' | '+' | '?') => !is_escaped,
            // A repetition, and not the end of `\x{5b}`.
            Some('}') => before.rfind('{').is_some_and(|open| !before[..open].ends_with(['x', 'p', 'P'])),
            _ => false,
        }
    })
}

/// Walks through all classes of texts, until enough is seen; an error where that can't be followed, or is too much.
fn walk(parts: &Parts, mut visit: impl FnMut(&Visit<'_>) -> bool) -> Result<(), ()> {
    if parts.texts().iter().map(String::len).sum::<usize>() > LONG * 8
        || parts.texts().iter().any(|text| is_possessive(text))
    {
        return Err(());
    }
    let product = Product::compile(parts.texts(), Alphabet::Characters).map_err(drop)?;
    if product.looks() {
        return Err(());
    }
    let (mut left, mut is_done) = (CLASSES, true);
    product.walk(|visited| {
        let enough = visit(visited);
        left -= 1;
        if left == 0 && !enough {
            is_done = false;
        }
        enough || left == 0
    });
    if is_done { Ok(()) } else { Err(()) }
}

/// The language of a pattern. `open` says that anything may follow: a lookahead asks for no end.
fn language(parts: &mut Parts, branches: &[Branch], open: bool) -> Language {
    let mut any = Vec::new();
    for branch in branches {
        let mut all = Vec::new();
        for (is_wanted, ahead) in &branch.ahead {
            let ahead = language(parts, ahead, true);
            all.push(if *is_wanted { ahead } else { Language::Not(Box::new(ahead)) });
        }
        let rest = branch.rest.replace(LINE_END, r"\z");
        all.push(parts.part(format!("(?:{rest}){}", if open { ANYTHING } else { "" })));
        any.push(Language::All(all));
    }
    Language::Any(any)
}

/// The pattern with a `.` that takes line ends.
fn through_lines(source: &str) -> Option<SelectionPattern> {
    SelectionPattern::compile(&format!("(?s){source}")).ok()
}

fn facts(source: &str, compiled: &SelectionPattern) -> Option<Facts> {
    if source.len() > LONG {
        return None;
    }
    let mut parts = Parts::default();
    let anything = parts.part(ANYTHING.to_owned());
    let something = parts.part(SOMETHING.to_owned());
    let status = parts.part("[1-5][0-9][0-9]".to_owned());
    let keys = parts.part(r"(?s:.*(?:errorMessage|errorType|stackTrace).*)".to_owned());
    let quoted = parts.part(r#"(?s:/.*/|".*")"#.to_owned());
    let backslash = parts.part(r"(?s:.*\\.*)".to_owned());
    let own = language(&mut parts, &compiled.branches(), false);
    let mut facts = Facts { is_of_keys: true, is_quoted: true, is_of_backslash: true, ..Facts::default() };
    walk(&parts, |visit| {
        if !anything.takes(visit.taken) {
            return false;
        }
        let is_empty = !something.takes(visit.taken);
        let text = |slot: &mut Option<String>| {
            slot.get_or_insert_with(|| visit.message());
        };
        if own.takes(visit.taken) {
            text(&mut facts.shortest);
            if !is_empty {
                text(&mut facts.shortest_error);
            }
            text(if status.takes(visit.taken) { &mut facts.status } else { &mut facts.beyond_status });
            facts.is_of_keys &= keys.takes(visit.taken);
            facts.is_quoted &= quoted.takes(visit.taken);
            facts.is_of_backslash &= backslash.takes(visit.taken);
        } else if !is_empty {
            text(&mut facts.refused);
        }
        false
    })
    .ok()?;
    facts.is_of_keys &= facts.shortest.is_some();
    facts.is_quoted &= facts.shortest.is_some();
    facts.is_of_backslash &= facts.shortest.is_some();
    facts.cut_by_line_end = through_lines(source).and_then(|through| {
        let mut parts = Parts::default();
        let (anything, something) = (parts.part(ANYTHING.to_owned()), parts.part(SOMETHING.to_owned()));
        let own = language(&mut parts, &compiled.branches(), false);
        let through = language(&mut parts, &through.branches(), false);
        let mut found = None;
        // Where this can't be followed, nothing is said of it.
        let _ = walk(&parts, |visit| {
            if something.takes(visit.taken)
                && anything.takes(visit.taken)
                && through.takes(visit.taken)
                && !own.takes(visit.taken)
            {
                found = Some(visit.message());
            }
            found.is_some()
        });
        found
    });
    Some(facts)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn of(source: &str) -> Facts {
        Patterns::default().read(source).unwrap().facts.clone().unwrap()
    }

    #[test]
    fn what_a_pattern_takes_is_decided_and_not_spelled() {
        assert_eq!(of(".*").shortest.as_deref(), Some(""));
        assert_eq!(of(r"[\s\S]+").refused, None);
        assert_eq!(of(r"(?s)^.+$").refused, None);
        assert_eq!(of("Invalid*").shortest.as_deref(), Some("Invali"));
        assert!(of(".*").refused.unwrap().chars().all(|c| "\n\r\u{85}\u{2028}\u{2029}".contains(c)));
        assert_eq!(of(r"[^\s\S]").shortest, None);
    }

    #[test]
    fn line_ends_cut_a_dot() {
        assert!(of(".*Bad.*").cut_by_line_end.unwrap().contains("Bad"));
        assert_eq!(of(r"\[Bad\][\s\S]*").cut_by_line_end, None);
        assert_eq!(of("Bad").cut_by_line_end, None);
    }

    #[test]
    fn statuses_and_names_of_members_are_languages() {
        for source in [r"4\d{2}", "400", r"^5\d\d$", "[4][0-9][0-9]", "400|404"] {
            assert_eq!(of(source).beyond_status, None, "{source}");
        }
        assert!(of(".*404.*").beyond_status.is_some());
        assert!(of(r#".*"errorMessage".*"#).is_of_keys);
        assert!(!of(".*Error.*").is_of_keys);
        assert!(of("/Not found.*/").is_quoted && of(r#""""#).is_quoted);
    }

    #[test]
    fn two_patterns_and_their_gaps() {
        let patterns = Patterns::default();
        let read = |source: &str| patterns.read(source).unwrap();
        let (found, gone, rest) =
            (read(r"^\[Found\] [\s\S]*"), read(r"^\[Gone\] [\s\S]*"), read(r"^(?!\[(?:Found|Gone)\] )[\s\S]+"));
        assert_eq!(patterns.both(&found, &gone), None);
        assert_eq!(patterns.both(&found, &rest), None);
        assert_eq!(patterns.none(&[found.clone(), gone.clone(), rest]), None);
        assert_eq!(patterns.none(&[found, gone]).unwrap().len(), 1);
        assert_eq!(patterns.both(&read(".*a.*"), &read(".*b.*")).unwrap().len(), 2);
        // The place of "b" is that of the empty text.
        assert_eq!(patterns.none(&[read(".*[a].*")]).as_deref(), Some("b"));
    }

    #[test]
    fn what_cannot_be_followed_is_unknown() {
        for source in [r"\bError\b.*", r"(a)\1", "(?:a*)*+b", &"a".repeat(5_000)] {
            assert_eq!(Patterns::default().read(source).unwrap().facts, None, "{source:.20}");
        }
        assert!(Patterns::default().read("(").is_err());
    }
}
