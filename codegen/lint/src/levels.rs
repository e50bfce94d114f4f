//! How bad a rule is to somebody: levels of one's own, from `throwback.toml` and from the command line.

use crate::file::Mistake;
use crate::finding::{Finding, Level};
use crate::near::{nearest, no_rule, rule};
use crate::rules::cut;
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

/// The table of `throwback.toml` that is read here.
const TABLE: &str = "lint";

/// Its one member.
const LEVELS: &str = "levels";

/// The words for levels; `off` is none.
const WORDS: [(&str, Option<Level>); 4] =
    [("error", Some(Level::Error)), ("warning", Some(Level::Warning)), ("note", Some(Level::Note)), ("off", None)];

/// Levels of one's own, by rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    said: BTreeMap<&'static str, Option<Level>>,
}

impl Levels {
    /// Takes what `throwback.toml` says of levels, and looks at nothing else in it.
    ///
    /// # Errors
    /// Each mistake with its place: a text that is no TOML, a key, a rule or a level that is none.
    pub fn read(text: &str) -> Result<Self, Vec<Mistake>> {
        let table = DeTable::parse(text).map_err(|error| {
            let message = error.message().lines().next().unwrap_or_default();
            vec![Mistake { message: format!("this is no configuration: {message}"), at: error.span().unwrap_or(0..0) }]
        })?;
        let (mut levels, mut mistakes) = (Self::default(), Vec::new());
        let mut wrong = |message: String, at| mistakes.push(Mistake { message, at });
        let Some(lint) = table.get_ref().iter().find(|(key, _)| key.get_ref() == TABLE).map(|(_, value)| value) else {
            return Ok(levels);
        };
        let DeValue::Table(members) = lint.get_ref() else {
            return Err(vec![Mistake {
                message: "`lint` is a table, as in `[lint]` and `levels = { pattern-not-anchored = \"off\" }`"
                    .to_owned(),
                at: lint.span(),
            }]);
        };
        for (key, value) in members {
            match (key.get_ref().as_ref(), value.get_ref()) {
                (LEVELS, DeValue::Table(rules)) => {
                    for (id, level) in rules {
                        let DeValue::String(word) = level.get_ref() else {
                            wrong(not_a_level(id.get_ref()), level.span());
                            continue;
                        };
                        if rule(id.get_ref()).is_none() {
                            wrong(no_rule(id.get_ref()), id.span());
                        } else if let Err(message) = levels.say(id.get_ref(), word) {
                            wrong(message, level.span());
                        }
                    }
                }
                (LEVELS, _) => {
                    wrong("`levels` is a table, as in `{ pattern-not-anchored = \"off\" }`".to_owned(), value.span());
                }
                (name, _) => {
                    let hint = match nearest(name, [LEVELS].into_iter()) {
                        Some(meant) => format!("did you mean `{meant}`?"),
                        None => format!("it has `{LEVELS}`"),
                    };
                    wrong(format!("`lint` has no `{}`; {hint}", cut(name)), key.span());
                }
            }
        }
        mistakes.sort_by_key(|mistake| mistake.at.start);
        if mistakes.is_empty() { Ok(levels) } else { Err(mistakes) }
    }

    /// Takes a level for a rule, as words; it goes before one that was said already.
    ///
    /// # Errors
    /// Which of both is none, and what may have been meant.
    pub fn say(&mut self, id: &str, word: &str) -> Result<(), String> {
        let rule = rule(id).ok_or_else(|| no_rule(id))?;
        let Some((_, level)) = WORDS.iter().find(|(known, _)| *known == word) else {
            let meant = nearest(word, WORDS.iter().map(|(known, _)| *known));
            let hint = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
            return Err(format!("`{}` is no level: {}{hint}", cut(word), words()));
        };
        self.said.insert(rule.id, *level);
        Ok(())
    }

    /// How bad a finding is: that of its rule, or what the rule itself made of it; nothing where it is off.
    pub(crate) fn of(&self, finding: &Finding) -> Option<Level> {
        self.said.get(finding.rule.id).copied().unwrap_or(Some(finding.level))
    }
}

fn words() -> String {
    let [first @ .., last] = WORDS.map(|(word, _)| format!("`{word}`"));
    format!("it is {} or {last}", first.join(", "))
}

fn not_a_level(id: &str) -> String {
    format!("the level of `{}` is a text: {}", cut(id), words())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn wrong(text: &str) -> Vec<(String, String)> {
        let said = |mistake: Mistake| (text.get(mistake.at).unwrap().to_owned(), mistake.message);
        Levels::read(text).unwrap_err().into_iter().map(said).collect()
    }

    #[test]
    fn levels_are_read_and_nothing_else_is() {
        let text = "name = 7\nno-such-key = true\n[lint]\nlevels = { patterns-overlap = \"off\", \"header-remapped\" = \"error\" }\n";
        let mut expected = Levels::default();
        expected.say("patterns-overlap", "off").unwrap();
        expected.say("header-remapped", "error").unwrap();
        assert_eq!(Levels::read(text).unwrap(), expected);
        assert_eq!(Levels::read("openapi = \"x\"\n").unwrap(), Levels::default());
    }

    #[test]
    fn mistakes_have_their_places_and_what_may_be_meant() {
        let text = "[lint]\nlevel = {}\n[lint.levels]\npattern-overlaps = \"off\"\npatterns-overlap = \"warn\"\nheader-remapped = 1\n";
        assert_eq!(
            wrong(text),
            [
                ("level", "`lint` has no `level`; did you mean `levels`?"),
                ("pattern-overlaps", "there is no rule `pattern-overlaps`; did you mean `patterns-overlap`?"),
                ("\"warn\"", "`warn` is no level: it is `error`, `warning`, `note` or `off`; did you mean `warning`?"),
                ("1", "the level of `header-remapped` is a text: it is `error`, `warning`, `note` or `off`"),
            ]
            .map(|(at, message)| (at.to_owned(), message.to_owned()))
        );
        assert_eq!(wrong("lint = 1").len(), 1);
        assert_eq!(wrong("[lint]\nlevels = 1").len(), 1);
        assert!(wrong("[lint")[0].1.starts_with("this is no configuration"));
    }

    #[test]
    fn what_is_said_last_goes_before() {
        let mut levels = Levels::read("lint.levels.patterns-overlap = \"off\"").unwrap();
        levels.say("patterns-overlap", "note").unwrap();
        assert_eq!(levels.said.get("patterns-overlap"), Some(&Some(Level::Note)));
        assert!(levels.say("patterns-overlap", "nope").unwrap_err().contains("did you mean `note`?"));
        assert!(levels.say("no", "note").unwrap_err().starts_with("there is no rule"));
    }
}
