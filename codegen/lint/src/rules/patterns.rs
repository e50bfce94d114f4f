//! Patterns by themselves: what each takes and leaves.

use super::{Mapping, Out, PLATFORM, Selecting};
use crate::evaluate::status;
use crate::finding::{Level, Rule};
use crate::model::{Integration, Kind, Method, Response, Said};
use crate::pattern::Facts;
use std::collections::BTreeSet;

const PAGE: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html";

static INVALID: Rule = Rule {
    id: "pattern-invalid",
    title: "the pattern is no regular expression of Java's",
    why: "API Gateway reads patterns as `java.util.regex` does; what does not compile is refused, or never selects.",
    mend: "write it in the part that Java, JavaScript and Python read alike: `^`, `(?:…)`, `|`, `[\\s\\S]`, `\\d` and escaped literals",
    level: Level::Error,
    reference: PAGE,
};

static NOTHING: Rule = Rule {
    id: "pattern-takes-nothing",
    title: "no message can match the pattern",
    why: "The pattern has to match the whole of a message, and there is none that it matches.",
    mend: "write a pattern that the messages of this error match from their beginning to their end",
    level: Level::Error,
    reference: PAGE,
};

static BRACKETS: Rule = Rule {
    id: "brackets-not-escaped",
    title: "the brackets are a class of characters, and not the text in them",
    why: "`[NotFound]` is one character of those letters, so that nearly any message matches `.*[NotFound].*`.",
    mend: "escape the brackets: `\\[NotFound\\]`; in a string of JSON, YAML with double quotes, HCL or JavaScript each backslash is written twice",
    level: Level::Error,
    reference: PAGE,
};

static STATUS: Rule = Rule {
    id: "pattern-of-status",
    title: "the pattern takes statuses alone, and a function's message is none",
    why: "Behind a function the pattern is compared with errorMessage; that it is compared with a status holds for HTTP and for other services.",
    mend: "write the text with which the function's message begins, `^\\[NotFound\\] [\\s\\S]*`",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_IntegrationResponse.html",
};

static TEXT: Rule = Rule {
    id: "pattern-of-text-on-service",
    title: "the pattern takes no status, and statuses are what it is compared with",
    why: "Behind a service that is no function, and behind HTTP, the pattern is compared with the status of the response.",
    mend: "write a pattern of statuses, `4\\d{2}`; what the body says, a template reads",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_IntegrationResponse.html",
};

static EMPTY: Rule = Rule {
    id: "pattern-takes-success",
    title: "the pattern takes the empty text, and so every success",
    why: "A success is compared as the empty text: a catch-all like `.*` makes an error of it.",
    mend: "ask for one character at least: `[\\s\\S]+`",
    level: Level::Error,
    reference: PAGE,
};

static LINE_END: Rule = Rule {
    id: "pattern-stops-at-line-end",
    title: "a message with a line end does not match",
    why: "`.` takes no line end: neither \\n nor \\r, U+0085, U+2028 and U+2029. Messages hold them: JSON with indentation, texts of several lines, \
          and what lambda_runtime appends to a failed deserialization.",
    mend: "write `[\\s\\S]` for `.`",
    level: Level::Warning,
    reference: "https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/regex/Pattern.html",
};

static ALTERNATION: Rule = Rule {
    id: "line-ends-by-alternation",
    title: "`(\\n|.)` takes not every line end, and overflows the stack",
    why: "It leaves out \\r, U+0085, U+2028 and U+2029; and Java tries such an alternative once more for each character, which ends in a stack \
          overflow on messages of a few thousand.",
    mend: "write `[\\s\\S]`",
    level: Level::Warning,
    reference: "https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/regex/Pattern.html",
};

static EXACT: Rule = Rule {
    id: "pattern-ends-early",
    title: "the message has to end where the pattern does",
    why: "A pattern has to match the whole of a message. Emulators that search, or match a beginning, pass it.",
    mend: "let anything follow: `[\\s\\S]*`",
    level: Level::Warning,
    reference: PAGE,
};

static GLOB: Rule = Rule {
    id: "star-of-a-glob",
    title: "`*` repeats the letter before it, and stands for no text",
    why: "`Invalid*` is \"Invali\" and any number of \"d\". A page of AWS's own has such a pattern.",
    mend: "write `[\\s\\S]*`",
    level: Level::Error,
    reference: PAGE,
};

static UNANCHORED: Rule = Rule {
    id: "pattern-not-anchored",
    title: "the text may stand anywhere in a message",
    why: "A message that quotes what a caller sent, or that of another error, selects this response as well: callers can choose their status.",
    mend: "begin with `^` and a tag that the function writes first: `^\\[NotFound\\] [\\s\\S]*`",
    level: Level::Warning,
    reference: PAGE,
};

static KEYS: Rule = Rule {
    id: "pattern-of-members",
    title: "the pattern asks for a member of the error object",
    why: "Only the value of errorMessage is compared, and neither `errorMessage` nor `errorType` or `stackTrace` stand in it.",
    mend: "write what the message itself holds",
    level: Level::Error,
    reference: PAGE,
};

static QUOTED: Rule = Rule {
    id: "pattern-in-quotes",
    title: "the pattern holds the quotes or slashes that were to stand around it",
    why: "They are characters of the pattern: `\"\"` takes a message of two quotes, and is no empty pattern.",
    mend: "leave them out",
    level: Level::Error,
    reference: PAGE,
};

static DASH: Rule = Rule {
    id: "pattern-dash",
    title: "`-` is a pattern, and not the default",
    why: "Some tools write it for the default response; API Gateway takes it for the text `-`.",
    mend: "leave the pattern out",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_IntegrationResponse.html",
};

pub(super) static RULES: &[&Rule] = &[
    &BRACKETS,
    &STATUS,
    &EMPTY,
    &LINE_END,
    &UNANCHORED,
    &GLOB,
    &EXACT,
    &TEXT,
    &KEYS,
    &QUOTED,
    &ALTERNATION,
    &INVALID,
    &NOTHING,
    &DASH,
];

pub(super) fn check(mapping: &Mapping<'_>, out: &mut Out<'_>) {
    for response in mapping.responses {
        if let Some(said) = &response.pattern {
            invalid(&mapping.method.name, said, out);
        }
    }
    for selecting in &mapping.selecting {
        if selecting.pattern.source == "-" {
            out.say(
                &DASH,
                &mapping.method.name,
                &selecting.said.at,
                format!("{} selects the one message \"-\"", selecting.response.shown()),
            );
            continue;
        }
        let is_word = spelled(mapping, selecting, out);
        if let Some(facts) = &selecting.pattern.facts {
            whole(mapping, selecting, facts, is_word, out);
        }
    }
}

fn invalid(method: &str, said: &Said, out: &mut Out<'_>) {
    if let Some(Err(why)) = said.known().map(|source| out.patterns.read(source)) {
        out.say(&INVALID, method, &said.at, format!("the pattern is no regular expression: {why}"));
    }
}

/// The patterns of what is no function.
pub(super) fn check_others(method: &Method, integration: &Integration, out: &mut Out<'_>) {
    if !matches!(integration.kind, Kind::Service | Kind::Http) {
        return;
    }
    for response in integration.responses.iter().flatten() {
        let Some(said) = &response.pattern else { continue };
        invalid(&method.name, said, out);
        let Some(Ok(pattern)) = said.known().map(|source| out.patterns.read(source)) else { continue };
        if let Some(Facts { status: None, shortest: Some(shortest), .. }) = &pattern.facts
            && !shortest.is_empty()
        {
            let text = format!("{} of {} is compared with a status, and takes none", response.shown(), method.name);
            out.say(&TEXT, &method.name, &said.at, text);
        }
    }
}

/// What is known of a pattern by the way it is written: that it says something else than was meant. Whether a class was meant as a
/// word.
fn spelled(mapping: &Mapping<'_>, selecting: &Selecting<'_>, out: &mut Out<'_>) -> bool {
    let (source, name) = (&*selecting.pattern.source, &mapping.method.name);
    let mut is_word = false;
    if let Some(word) = class_of_a_word(source) {
        // It is a mistake where a message without the word is taken.
        let shortest = selecting.pattern.facts.as_ref().and_then(|facts| facts.shortest_error.as_deref());
        let mut messages = ["database down", "connection refused", "x"].into_iter().chain(shortest);
        if let Some(message) = messages.find(|message| !message.contains(&*word) && selecting.pattern.takes(message)) {
            let text = format!("`[{word}]` in {} is any one of these letters", selecting.response.shown());
            let witness = mapping.witness(message, "another response");
            out.say(&BRACKETS, name, &selecting.said.at, text).witness = Some(witness);
            is_word = true;
        }
    }
    let alternations =
        ["(\\n|.)", "(.|\\n)", "(?:\\n|.)", "(?:.|\\n)", "(\n|.)", "(.|\n)", "(\\r|\\n|.)", "(.|\\r|\\n)"];
    if alternations.iter().any(|part| source.contains(part)) {
        let text = format!("{} takes line ends by an alternative", selecting.response.shown());
        let finding = out.say(&ALTERNATION, name, &selecting.said.at, text);
        if let Some(message) = selecting.pattern.facts.as_ref().and_then(|facts| facts.cut_by_line_end.as_deref()) {
            finding.witness = Some(mapping.witness(message, "this response"));
        }
    }
    is_word
}

/// The word that stands in brackets without being escaped, if it is meant as one.
fn class_of_a_word(source: &str) -> Option<String> {
    let mut rest = source.char_indices().peekable();
    let mut is_escaped = false;
    while let Some((at, c)) = rest.next() {
        if std::mem::take(&mut is_escaped) {
            continue;
        }
        match c {
            '\\' => is_escaped = true,
            '[' => {
                let inner: String = source[at + 1..].chars().take_while(|c| *c != ']').collect();
                let is_word = inner.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | ' ' | ':'));
                let is_repeated =
                    inner.len() >= 3 && inner.chars().collect::<BTreeSet<_>>().len() < inner.chars().count();
                let letters: BTreeSet<_> = inner.chars().filter(char::is_ascii_alphabetic).collect();
                let is_mixed = inner.contains(|c: char| c.is_ascii_uppercase())
                    && inner.contains(|c: char| c.is_ascii_lowercase());
                // Vowels, hexadecimal digits and the like are classes that are meant; nobody names a letter twice in one.
                if is_word
                    && (is_repeated
                        || letters.len() >= 4
                            && (is_mixed || inner.len() >= 8 && !inner.contains(|c: char| c.is_ascii_digit())))
                {
                    return Some(inner);
                }
                while rest.next_if(|(_, c)| *c != ']').is_some() {}
            }
            _ => {}
        }
    }
    None
}

/// What the automaton knows.
fn whole(mapping: &Mapping<'_>, selecting: &Selecting<'_>, facts: &Facts, is_word: bool, out: &mut Out<'_>) {
    let (name, at, shown) = (&mapping.method.name, &selecting.said.at, selecting.response.shown());
    let Some(shortest) = &facts.shortest else {
        out.say(&NOTHING, name, at, format!("no message matches {shown}"));
        return;
    };
    if facts.beyond_status.is_none() {
        let text = format!("{shown} takes statuses alone, and a function throws texts");
        out.say(&STATUS, name, at, text).witness =
            Some(mapping.witness("not found", "this response, once a tag selects it"));
        return;
    }
    if facts.is_of_keys {
        out.say(&KEYS, name, at, format!("{shown} asks for a member of the error object"));
        return;
    }
    if facts.is_quoted {
        out.say(&QUOTED, name, at, format!("{shown} asks for quotes or slashes around the message"));
        return;
    }
    let Some(message) = &facts.shortest_error else {
        // `^$` for the success, and the error as the default, is an old way that works.
        let is_success = status(selecting.response).is_some_and(|status| status < 400);
        if !is_success {
            out.say(&EMPTY, name, at, format!("{shown} takes successes, and nothing else"));
        }
        return;
    };
    if shortest.is_empty() && status(selecting.response).is_none_or(|status| status >= 400) {
        let finding = out.say(&EMPTY, name, at, format!("{shown} takes successes as well"));
        finding.witness = Some(crate::finding::Witness {
            given: "the function succeeds".to_owned(),
            today: shown.clone(),
            mended: mapping.default.map_or_else(|| "the default response".to_owned(), Response::shown),
        });
    }
    line_ends(mapping, selecting, facts, out);
    let takes = |text: &str| selecting.pattern.takes(text);
    let is_wide = facts.refused.is_none() || takes("a") || takes("1");
    if !takes(&format!("{message} x")) && !takes(&format!("{message}: x")) {
        let source = selecting.pattern.source.trim_end_matches('$');
        let is_glob = source.strip_suffix('*').is_some_and(|source| {
            source.ends_with(|c: char| c.is_ascii_alphabetic()) && !source[..source.len() - 1].ends_with('\\')
        });
        let rule = if is_glob { &GLOB } else { &EXACT };
        let text = format!("{shown} takes {message:?}, and not that text with more behind it");
        let witness = mapping.witness(&format!("{message}: 7"), "this response");
        out.say(rule, name, at, text).witness = Some(witness);
    }
    let quoted = format!("no user \"{message}\"");
    // Lambda's own texts begin with an id of the request.
    let is_of_platform = PLATFORM.iter().any(|message| takes(message));
    if !is_wide && !is_word && !is_of_platform && (takes(&quoted) || takes(&format!("no user {message}"))) {
        let text = format!("{shown} takes its text anywhere in a message");
        let message = if takes(&quoted) { quoted } else { format!("no user {message}") };
        let witness = mapping.witness(&message, "the response of that other error");
        out.say(&UNANCHORED, name, at, text).witness = Some(witness);
    }
}

fn line_ends(mapping: &Mapping<'_>, selecting: &Selecting<'_>, facts: &Facts, out: &mut Out<'_>) {
    let Some(cut) = &facts.cut_by_line_end else { return };
    // The text that people know with a line end behind it says more than the shortest one.
    let shortest = facts.shortest_error.as_deref().unwrap_or_default();
    let longer = format!("{shortest}{}a\nb", if shortest.ends_with(char::is_whitespace) { "" } else { " " });
    let message = if shortest.is_empty() || selecting.pattern.takes(&longer) { cut.clone() } else { longer };
    let others = mapping.taking(&message);
    let answered = mapping.answer(&message).map(|answer| answer.status);
    let is_success =
        others.is_empty() && answered.or_else(|| mapping.default.and_then(status)).is_some_and(|status| status < 400);
    let text = format!("{} does not take a message with a line end", selecting.response.shown());
    let witness = mapping.witness(&message, "this response");
    let finding = out.say(&LINE_END, &mapping.method.name, &selecting.said.at, text);
    finding.level = if is_success { Level::Error } else { Level::Warning };
    finding.witness = Some(witness);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_that_are_meant_are_no_words() {
        for (source, word) in [
            (".*[NotFound].*", Some("NotFound")),
            ("^[BadRequest] .*", Some("BadRequest")),
            (r"\[NotFound\].*", None),
            ("[Ee]rror.*", None),
            (r"[45]\d{2}", None),
            (r"[\s\S]*", None),
            ("[^\"]*", None),
            ("[a-zA-Z]+", None),
            ("[aeiou].*", None),
            (r"[ERROR].*", Some("ERROR")),
            (".*[404].*", Some("404")),
            (".*[Timeout].*", Some("Timeout")),
            ("[0123456789abcdef]+", None),
            (".*[FORBIDDEN].*", Some("FORBIDDEN")),
        ] {
            assert_eq!(class_of_a_word(source).as_deref(), word, "{source}");
        }
    }
}
