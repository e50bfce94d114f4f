//! What may have been meant by a word that is none.

use crate::{RULES, Rule};

/// The longest word that is compared.
const LONG: usize = 64;

/// How many letters may be wrong.
const FAR: usize = 3;

/// A rule by its name.
pub(crate) fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().flat_map(|rules| rules.iter()).copied().find(|rule| rule.id == id)
}

/// What is said of a name that no rule has.
pub fn no_rule(id: &str) -> String {
    let ids = RULES.iter().flat_map(|rules| rules.iter()).map(|rule| rule.id);
    let hint = match nearest(id, ids) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "`throwback lint --explain all` lists them".to_owned(),
    };
    format!("there is no rule `{}`; {hint}", crate::rules::cut(id))
}

/// The nearest of some words, if one is near.
pub(crate) fn nearest<'a>(word: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONG {
        return None;
    }
    // Of a word with few letters nothing is left where three of them are wrong.
    let near = FAR.min(word.chars().count() / 2);
    let distances = among.map(|known| {
        let is_cut = word.chars().count() >= FAR && known.starts_with(word);
        (if is_cut { 1 } else { strsim::damerau_levenshtein(known, word) }, known)
    });
    distances.min().filter(|(distance, _)| *distance <= near).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_is_named() {
        assert_eq!(
            no_rule("pattern-overlaps"),
            "there is no rule `pattern-overlaps`; did you mean `patterns-overlap`?"
        );
        assert!(no_rule("x").ends_with("lists them"));
        assert!(no_rule(&"pattern".repeat(100_000)).len() < 300);
        assert_eq!(nearest("warn", ["error", "warning"].into_iter()), Some("warning"));
        assert!(rule("patterns-overlap").is_some() && rule("").is_none());
    }
}
