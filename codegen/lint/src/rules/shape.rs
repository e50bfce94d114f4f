//! Patterns that fix what a writer may change: backslashes, alternatives, the form of JSON, the case of letters.

use super::{Mapping, Out, Selecting};
use crate::finding::{Level, Rule};

const PAGE: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html";

static ESCAPED: Rule = Rule {
    id: "pattern-escaped-twice",
    title: "the pattern asks for a backslash",
    why: "What reaches API Gateway has one backslash too many: `\\\\[` is a backslash and then a class. Each language that the pattern passes through \
          takes one level away, and YAML without quotes or with single ones takes none.",
    mend: "write one backslash less, and look at the pattern as `aws apigateway get-integration` shows it",
    level: Level::Error,
    reference: PAGE,
};

static LOST: Rule = Rule {
    id: "pattern-backslash-lost",
    title: "a class lost its backslashes on the way",
    why: "`'[\\s\\S]*'` in JavaScript is `[sS]*`, which takes the letter s alone: a string of the language takes the backslash away.",
    mend: "write the backslash twice there, or use a raw string",
    level: Level::Error,
    reference: PAGE,
};

static ALTERNATIVES: Rule = Rule {
    id: "alternatives-loose",
    title: "`|` parts the whole pattern, and not the words around it",
    why: "`.*Error|Exception.*` is `.*Error` or `Exception.*`: each half has to match the whole message, and has a wildcard on one side alone.",
    mend: "put the words in a group: `[\\s\\S]*(?:Error|Exception)[\\s\\S]*`",
    level: Level::Error,
    reference: PAGE,
};

static JSON: Rule = Rule {
    id: "pattern-fixes-json",
    title: "the pattern fixes how JSON is written",
    why: "Writers of JSON put blanks behind a colon or do not (Python does, JavaScript does not), and choose the order of members.",
    mend: "allow blanks, `\"status\"\\s*:\\s*404\\b`; a tag at the message's beginning is better",
    level: Level::Warning,
    reference: PAGE,
};

static CASE: Rule = Rule {
    id: "pattern-of-small-letters",
    title: "the text begins with a small letter, and messages seldom do",
    why: "Patterns tell capitals from small letters, and messages begin with a capital as a rule: `Not found`, `Error`.",
    mend: "begin with `(?i)` where both are meant",
    level: Level::Note,
    reference: "https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/regex/Pattern.html",
};

pub(super) static RULES: &[&Rule] = &[&ESCAPED, &LOST, &ALTERNATIVES, &JSON, &CASE];

pub(super) fn check(mapping: &Mapping<'_>, out: &mut Out<'_>) {
    for selecting in &mapping.selecting {
        one(mapping, selecting, out);
    }
}

fn one(mapping: &Mapping<'_>, selecting: &Selecting<'_>, out: &mut Out<'_>) {
    let (name, at, shown) = (&mapping.method.name, &selecting.said.at, selecting.response.shown());
    let source = &*selecting.pattern.source;
    let takes = |text: &str| selecting.pattern.takes(text);
    let Some(facts) = &selecting.pattern.facts else { return };
    let Some(shortest) = &facts.shortest_error else { return };
    if facts.is_of_backslash {
        let plain = shortest.replace('\\', "");
        let text = format!("{shown} takes messages with a backslash alone");
        out.say(&ESCAPED, name, at, text).witness =
            Some(mapping.witness(&format!("{plain}no order 7"), "this response"));
        return;
    }
    if let Some(class) = ["[sS]", "[dD]", "[wW]", "[Ss]"]
        .into_iter()
        .find(|class| source.contains(&format!("{class}*")) || source.contains(&format!("{class}+")))
    {
        out.say(&LOST, name, at, format!("`{class}` of {shown} takes these two letters alone"));
        return;
    }
    if let Some((left, right)) = loose(source) {
        // It is one where both words are in one message, and neither half takes it.
        let message =
            ["a "].iter().map(|before| format!("{before}{left}: {right} here")).find(|message| !takes(message));
        if let Some(message) = message {
            let text = format!("`|` parts all of {shown}");
            out.say(&ALTERNATIVES, name, at, text).witness = Some(mapping.witness(&message, "this response"));
        }
    }
    json(mapping, selecting, out);
    small(mapping, selecting, shortest, out);
}

/// The words beside a `|` that stands in no group, where one side has a wildcard at its outer end and the other has none there.
fn loose(source: &str) -> Option<(String, String)> {
    let source = source.trim_start_matches('^').trim_end_matches('$');
    let (mut depth, mut class, mut escaped) = (0_usize, false, false);
    let mut bar = None;
    for (at, c) in source.char_indices() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match c {
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '(' if !class => depth += 1,
            ')' if !class => depth = depth.saturating_sub(1),
            '|' if !class && depth == 0 => {
                bar = Some(at);
                break;
            }
            _ => {}
        }
    }
    let (left, right) = (&source[..bar?], &source[bar? + 1..]);
    let wild = [".*", "[\\s\\S]*", ".+", "[\\s\\S]+"];
    let begins = |text: &str| wild.iter().any(|wild| text.starts_with(wild));
    let ends = |text: &str| wild.iter().any(|wild| text.ends_with(wild));
    let is_loose = (begins(left) != begins(right)) || (ends(left) != ends(right));
    let word = |text: &str| {
        let plain: String = wild.iter().fold(text.to_owned(), |text, wild| text.replace(wild, ""));
        plain.chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ').collect::<String>()
    };
    let (left, right) = (word(left), word(right));
    (is_loose && !left.is_empty() && !right.is_empty()).then_some((left, right))
}

fn json(mapping: &Mapping<'_>, selecting: &Selecting<'_>, out: &mut Out<'_>) {
    let source = selecting.pattern.source.replace("\\\"", "\"");
    let (name, at) = (&mapping.method.name, &selecting.said.at);
    let Some(facts) = &selecting.pattern.facts else { return };
    let Some(shortest) = &facts.shortest_error else { return };
    // A member's name in quotes and a colon right behind it, or a blank: the other way of writing is not taken.
    let other = if shortest.contains("\": ") {
        shortest.replace("\": ", "\":")
    } else if shortest.contains("\":") {
        shortest.replace("\":", "\": ")
    } else {
        return;
    };
    if source.contains('"') && !selecting.pattern.takes(&other) {
        let text = format!(
            "{} takes JSON that is written {}",
            selecting.response.shown(),
            if shortest.contains("\": ") {
                "with a blank behind the colon"
            } else {
                "without a blank behind the colon"
            }
        );
        out.say(&JSON, name, at, text).witness = Some(mapping.witness(&other, "this response"));
    }
}

fn small(mapping: &Mapping<'_>, selecting: &Selecting<'_>, shortest: &str, out: &mut Out<'_>) {
    let (name, at) = (&mapping.method.name, &selecting.said.at);
    let is_word = shortest.len() >= 5
        && shortest.starts_with(|c: char| c.is_ascii_lowercase())
        && shortest.chars().all(|c| c.is_ascii_lowercase() || c == ' ');
    let mut chars = shortest.chars();
    let capital: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
    // A pattern that takes a single letter of it takes anything.
    if is_word && !selecting.pattern.takes(&capital) && !selecting.pattern.takes(&shortest[..1]) {
        let text = format!("{} takes {shortest:?} and not {capital:?}", selecting.response.shown());
        out.say(&CASE, name, at, text).witness = Some(mapping.witness(&capital, "this response"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alternative_of_the_whole_pattern_is_found() {
        let words = |source: &str| loose(source).map(|(left, right)| format!("{left} {right}"));
        assert_eq!(words(".*Error|Exception.*").as_deref(), Some("Error Exception"));
        assert_eq!(words(".*Error.*|Exception.*").as_deref(), Some("Error Exception"));
        assert_eq!(words(".*(Error|Exception).*"), None);
        assert_eq!(words(".*Error.*|.*Exception.*"), None);
        assert_eq!(words(r"\[A\][\s\S]*|\[B\][\s\S]*"), None);
        assert_eq!(words("a[|]b"), None);
    }
}
