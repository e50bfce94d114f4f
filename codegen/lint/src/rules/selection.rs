//! Which response a message selects: what no response takes, what two take, and what a success does.

use super::{MESSAGES, Mapping, Out, is_error};
use crate::evaluate::status;
use crate::finding::{Level, Rule};
use crate::model::{Response, Said};
use std::collections::HashMap;

static UNMAPPED: Rule = Rule {
    id: "unmapped-error-is-success",
    title: "an error that no pattern takes arrives as a success",
    why: "API Gateway compares a failed function's errorMessage with each pattern; what none takes gets the default response, which is the \
          success. Timeouts, exits and panics have texts of their own, and are unmapped nearly always.",
    mend: "add a response for 500 whose pattern takes every other message that is not empty, as `^(?!\\[(?:A|B)\\] )[\\s\\S]+`, with a template \
           that shows none of it",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html",
};

static NO_DEFAULT: Rule = Rule {
    id: "default-missing",
    title: "no response takes a success",
    why: "A success is compared as the empty text. Where no response is the default and no pattern takes the empty text, every success is a 500.",
    mend: "add the response of the success, without a pattern; in OpenAPI its key is `default`",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_IntegrationResponse.html",
};

static TWO_DEFAULTS: Rule = Rule {
    id: "default-twice",
    title: "two responses have no pattern",
    why: "One of them is the default; the other is refused or replaced, and no message ever selects it.",
    mend: "give the one for errors a pattern",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_IntegrationResponse.html",
};

static DEFAULT_FAILS: Rule = Rule {
    id: "default-is-error",
    title: "the default response is no success, and no pattern takes a success",
    why: "A success is compared as the empty text, and what no pattern takes gets the default.",
    mend: "give the success the default, and the error a pattern",
    level: Level::Warning,
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_IntegrationResponse.html",
};

static STATUS_TWICE: Rule = Rule {
    id: "status-twice",
    title: "two responses have one status",
    why: "API Gateway keeps one integration response for each status; of two in an import or a template the last one stays.",
    mend: "join both patterns in one response, `^\\[(?:A|B)\\] [\\s\\S]*`; clients tell the errors apart by a header or the body",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegrationResponse.html",
};

static IGNORED_PATTERN: Rule = Rule {
    id: "selection-pattern-ignored",
    title: "`selectionPattern` stands where nothing reads it",
    why: "In OpenAPI the pattern is the key of a response; a member of this name is ignored, and the key is taken for the pattern.",
    mend: "make the pattern the key",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration-responses.html",
};

static UNKNOWN_MEMBER: Rule = Rule {
    id: "member-unknown",
    title: "a response has a member that nothing reads",
    why: "A name that a tool does not know is dropped without a word, and what it should say is missing.",
    mend: "write the name as the format has it",
    level: Level::Warning,
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_IntegrationResponse.html",
};

static OVERLAP: Rule = Rule {
    id: "patterns-overlap",
    title: "one message selects two responses",
    why: "The order in which API Gateway looks at patterns is not defined: which response answers is left to chance.",
    mend: "begin each pattern with `^` and a whole tag, and leave the tags out of the catch-all by `(?!…)`",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html",
};

pub(super) static RULES: &[&Rule] = &[
    &UNMAPPED,
    &OVERLAP,
    &NO_DEFAULT,
    &TWO_DEFAULTS,
    &DEFAULT_FAILS,
    &STATUS_TWICE,
    &IGNORED_PATTERN,
    &UNKNOWN_MEMBER,
];

pub(super) fn check(mapping: &Mapping<'_>, out: &mut Out<'_>) {
    unmapped(mapping, out);
    default(mapping, out);
    statuses(mapping, out);
    overlaps(mapping, out);
    members(mapping, out);
}

fn unmapped(mapping: &Mapping<'_>, out: &mut Out<'_>) {
    let Some(default) = mapping.default.filter(|_| mapping.is_known && !mapping.is_event()) else { return };
    let all: Vec<_> = mapping.selecting.iter().map(|selecting| selecting.pattern.clone()).collect();
    let plausible = MESSAGES.into_iter().find(|message| mapping.taking(message).is_empty()).map(str::to_owned);
    let Some(message) = plausible.or_else(|| out.patterns.none(&all)) else { return };
    let answer = mapping.answer(&message);
    // A template may give the error a status of its own.
    let Some(got) = answer.as_ref().map(|answer| answer.status).or_else(|| status(default)) else { return };
    if is_error(got) {
        return;
    }
    let text = if mapping.selecting.is_empty() {
        format!("no pattern takes an error of {}: each is a {got}", mapping.method.name)
    } else {
        format!("an error of {} that no pattern takes is a {got}", mapping.method.name)
    };
    let witness = mapping.witness(&message, "the response of the catch-all: HTTP 500");
    out.say(&UNMAPPED, &mapping.method.name, &default.at, text).witness = Some(witness);
}

fn default(mapping: &Mapping<'_>, out: &mut Out<'_>) {
    let name = &mapping.method.name;
    let defaults: Vec<_> = mapping.responses.iter().filter(|response| response.pattern.is_none()).collect();
    if let [first, second, ..] = defaults[..] {
        let text = format!("two responses of {name} have no pattern");
        let finding = out.say(&TWO_DEFAULTS, name, &second.at, text);
        finding.also.push((first.at.clone(), "and this one".to_owned()));
    }
    let takes_success = !mapping.taking("").is_empty();
    match mapping.default {
        None if mapping.is_known && !takes_success => {
            let at = mapping.responses.first().map_or(&mapping.integration.at, |response| &response.at);
            let finding = out.say(&NO_DEFAULT, name, at, format!("no response of {name} takes a success"));
            finding.witness = Some(crate::finding::Witness {
                given: "the function succeeds".to_owned(),
                today: "no response: HTTP 500 {\"message\": \"Internal server error\"}".to_owned(),
                mended: "the default response".to_owned(),
            });
        }
        Some(default) if mapping.is_known && !takes_success && status(default).is_some_and(|status| status >= 300) => {
            let status = status(default).unwrap_or_default();
            // A redirect is what some are for: it is one if all else is an error.
            let is_redirect = status < 400
                && default
                    .parameters
                    .iter()
                    .any(|(name, _)| name.partly().is_some_and(|name| name.ends_with("Location")));
            if !is_redirect {
                out.say(&DEFAULT_FAILS, name, &default.at, format!("a success of {name} is answered with `{status}`"));
            }
        }
        _ => {}
    }
}

fn statuses(mapping: &Mapping<'_>, out: &mut Out<'_>) {
    let mut seen: HashMap<&str, &Response> = HashMap::new();
    for response in mapping.responses {
        let Some(status) = response.status.as_ref().and_then(Said::known) else { continue };
        match seen.get(status) {
            // Two defaults are told as such.
            Some(first) if first.pattern.is_some() || response.pattern.is_some() => {
                let text = format!(
                    "two responses of {} have the status `{status}`, and one of them stays",
                    mapping.method.name
                );
                let finding = out.say(&STATUS_TWICE, &mapping.method.name, &response.at, text);
                finding.also.push((first.at.clone(), "the other".to_owned()));
            }
            Some(_) => {}
            None => drop(seen.insert(status, response)),
        }
    }
}

fn overlaps(mapping: &Mapping<'_>, out: &mut Out<'_>) {
    for (number, one) in mapping.selecting.iter().enumerate() {
        for other in &mapping.selecting[number + 1..] {
            if one.pattern.source == other.pattern.source && one.said.at == other.said.at {
                continue;
            }
            let Some(message) =
                plausible(mapping, one, other).or_else(|| out.patterns.both(&one.pattern, &other.pattern))
            else {
                continue;
            };
            let text = format!(
                "{} and {} of {} take one message",
                one.response.shown(),
                other.response.shown(),
                mapping.method.name
            );
            // Where neither takes all of the other, it needs a message that holds both texts.
            let is_within = |one: &super::Selecting<'_>, other: &super::Selecting<'_>| {
                let shortest = one.pattern.facts.as_ref().and_then(|facts| facts.shortest_error.as_deref());
                shortest.is_some_and(|shortest| other.pattern.takes(shortest))
            };
            let level = if is_within(one, other) || is_within(other, one) { Level::Error } else { Level::Warning };
            let witness = mapping.witness(&message, "one response, the same each time");
            let finding = out.say(&OVERLAP, &mapping.method.name, &other.said.at, text);
            finding.also.push((one.said.at.clone(), "the other pattern".to_owned()));
            finding.level = level;
            finding.witness = Some(witness);
        }
    }
}

/// A message of people's that both take.
fn plausible(mapping: &Mapping<'_>, one: &super::Selecting<'_>, other: &super::Selecting<'_>) -> Option<String> {
    let own = mapping.selecting.iter().filter_map(|selecting| selecting.pattern.facts.as_ref()?.shortest_error.clone());
    let mut all = MESSAGES.into_iter().map(str::to_owned).chain(own);
    all.find(|message| one.pattern.takes(message) && other.pattern.takes(message))
}

fn members(mapping: &Mapping<'_>, out: &mut Out<'_>) {
    for response in mapping.responses {
        for member in &response.unknown {
            let name = member.known().unwrap_or_default();
            if name == "selectionPattern" {
                let text = format!("`selectionPattern` of {} is ignored: the key is the pattern", mapping.method.name);
                out.say(&IGNORED_PATTERN, &mapping.method.name, &member.at, text);
            } else if !name.starts_with("x-") {
                let text =
                    format!("a response of {} has the member `{name}`, which nothing reads", mapping.method.name);
                out.say(&UNKNOWN_MEMBER, &mapping.method.name, &member.at, text);
            }
        }
    }
}
