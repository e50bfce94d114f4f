//! A configuration beside the contract of a crate: what would become of each error that the function declares.

use crate::evaluate::Evaluators;
use crate::finding::{Finding, Level, Rule, Witness};
use crate::model::{Api, Method, Place};
use crate::pattern::Patterns;
use crate::rules::{Mapping, Out};
use serde_json::{Value, json};
use throwback_codegen::contract::{Contract, ErrorDef, Operation};

const DESIGN: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html";

static NOT_MAPPED: Rule = Rule {
    id: "code-not-mapped",
    title: "an error that the function declares has another status in this configuration",
    why: "The configuration is older than the function, or was written by hand: the tag of this error selects no response of its status.",
    mend: "deploy the mapping that `throwback generate` writes",
    level: Level::Error,
    reference: DESIGN,
};

static BODY_LOST: Rule = Rule {
    id: "code-body-lost",
    title: "an error has its status, and a body that no generated client knows",
    why: "Clients find the error by the header `x-error-code` or the member `code` of the body, and its members in the body: the template prints \
          something else.",
    mend: "print the message behind its tag as it is, as the templates of `throwback generate` do",
    level: Level::Error,
    reference: DESIGN,
};

static STALE: Rule = Rule {
    id: "code-stale",
    title: "a pattern waits for a tag that the function does not have",
    why: "No error of the contract has this code: it was renamed or taken away, and the pattern takes nothing any more.",
    mend: "leave it out, or deploy the mapping that `throwback generate` writes",
    level: Level::Warning,
    reference: DESIGN,
};

static MISSING: Rule = Rule {
    id: "operation-not-configured",
    title: "an operation of the contract has no method here",
    why: "The function answers it, and nobody can call it by this API.",
    mend: "add the method, or deploy what `throwback generate` writes",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-method-settings.html",
};

/// The rules about a configuration and a contract.
pub(crate) static RULES: &[&Rule] = &[&NOT_MAPPED, &BODY_LOST, &STALE, &MISSING];

/// Compares an API with a contract. `is_only` says that there is no other, so that what it lacks is missing.
pub(crate) fn check(
    api: &Api,
    is_only: bool,
    contract: &Contract,
    patterns: &Patterns,
    evaluators: &Evaluators,
) -> Vec<Finding> {
    let index = contract.index();
    let mut out = Out::new(api.file, patterns, evaluators);
    for operation in &contract.operations {
        let Some(method) = api.methods.iter().find(|method| is_one(method, operation)) else {
            if is_only && api.is_whole {
                let route = format!("{} {}", operation.method.as_str(), operation.path);
                let text = format!("`{route}` of the contract, the operation `{}`, is no method here", operation.name);
                let at: Place = api.methods.first().map_or(0..0, |method| method.at.clone());
                out.say(&MISSING, &operation.name, &at, text);
            }
            continue;
        };
        if let Some(mapping) = Mapping::new(method, patterns, evaluators) {
            for error in index.errors_of(operation) {
                one(&mapping, error, &mut out);
            }
            stale(&mapping, contract, &mut out);
        }
    }
    out.into_findings()
}

/// Whether a method is an operation: by its id, or by method and path, whatever the parameters are called.
fn is_one(method: &Method, operation: &Operation) -> bool {
    if method.id.as_deref() == Some(operation.name.as_str()) {
        return true;
    }
    let Some(route) = &method.route else { return false };
    let Some((verb, path)) = route.split_once(' ') else { return false };
    let plain = |path: &str| -> Vec<String> {
        path.split('/').map(|part| if part.starts_with('{') { "{}".to_owned() } else { part.to_owned() }).collect()
    };
    verb == operation.method.as_str() && plain(path) == plain(&operation.path)
}

/// The message of an error, with what each has.
fn message(error: &ErrorDef) -> (String, Value) {
    let problem = json!({ "code": error.code.as_str(), "title": error.title, "status": error.status.get() });
    (format!("[{}] {problem}", error.code.as_str()), problem)
}

fn one(mapping: &Mapping<'_>, error: &ErrorDef, out: &mut Out<'_>) {
    let (message, problem) = message(error);
    let Some(answer) = mapping.answer(&message) else { return };
    let (code, status, name) = (error.code.as_str(), error.status.get(), &mapping.method.name);
    let witness = |mended: String| Witness {
        given: format!("the function throws {message:?}"),
        today: mapping.today(&message),
        mended,
    };
    let taking = mapping.taking(&message);
    let at = taking.first().map_or(&mapping.integration.at, |selecting| &selecting.said.at);
    if answer.status != status {
        let text = format!("`{code}` of {name} is a {status} by the contract, and a {} here", answer.status);
        out.say(&NOT_MAPPED, name, at, text).witness = Some(witness(format!("HTTP {status}")));
        return;
    }
    let Some(body) = &answer.body else { return };
    let is_whole = serde_json::from_str::<Value>(body).is_ok_and(|body| body["code"] == problem["code"]);
    if !is_whole {
        let text = format!("the body of `{code}` of {name} has no `code`");
        out.say(&BODY_LOST, name, at, text).witness = Some(witness(format!("HTTP {status} {problem}")));
    }
}

/// Tags that patterns name and the contract does not.
fn stale(mapping: &Mapping<'_>, contract: &Contract, out: &mut Out<'_>) {
    const RESERVED: [&str; 3] = ["InternalError", "FunctionTimeout", "InvalidPayload"];
    let known =
        |code: &str| RESERVED.contains(&code) || contract.errors.iter().any(|error| error.code.as_str() == code);
    for selecting in &mapping.selecting {
        for code in tags(&selecting.pattern.source) {
            // It names the tag if it takes a message that begins with it.
            if !known(&code) && selecting.pattern.takes(&format!("[{code}] x")) && !selecting.pattern.takes("[x] x") {
                let text =
                    format!("{} waits for `[{code}]`, and the function has no such error", selecting.response.shown());
                out.say(&STALE, &mapping.method.name, &selecting.said.at, text);
            }
        }
    }
}

/// The words that stand in escaped brackets, alone or as alternatives.
pub(crate) fn tags(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in source.split(r"\[").skip(1) {
        let Some((inside, _)) = part.split_once(r"\]") else { continue };
        let inside = inside.trim_start_matches("(?:").trim_start_matches('(').trim_end_matches(')');
        for word in inside.split('|') {
            let is_code = word.starts_with(|c: char| c.is_ascii_alphabetic())
                && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
            if is_code && word.len() <= 64 {
                found.push(word.to_owned());
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_a_pattern_are_its_words_in_brackets() {
        assert_eq!(tags(r"^\[(?:A|B_1)\] [\s\S]*"), ["A", "B_1"]);
        assert_eq!(tags(r".*\[NotFound\].*|\[Gone\].*"), ["Gone", "NotFound"]);
        assert!(tags(r"[NotFound].*\[\d+\]").is_empty());
    }
}
