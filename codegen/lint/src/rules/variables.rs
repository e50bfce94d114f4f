//! References of templates: names that nothing sets, and words of mapping expressions, which are no Velocity.

use super::Out;
use crate::finding::{Level, Rule};
use crate::model::{Integration, Kind, Method};
use std::collections::BTreeSet;

const PAGE: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html";

static UNKNOWN: Rule = Rule {
    id: "variable-unknown",
    title: "the template prints a variable that nothing sets",
    why: "API Gateway prints nothing for a name that it does not know; stock Velocity, and emulators, print the name itself.",
    mend: "set it by `#set`, or write `$input`, `$context`, `$util` or `$stageVariables`; for a dollar sign as text, `#set($D = '$')` and `${D}`",
    level: Level::Warning,
    reference: PAGE,
};

static EXPRESSION: Rule = Rule {
    id: "expression-in-template",
    title: "an expression for parameters stands in a template, and prints nothing",
    why: "`method.request.…` and `integration.response.…` are for parameters and headers; in a template they are the variables `$method` and \
          `$integration`, which there are none.",
    mend: "write `$input.params('name')` for what a request brings, and `$input.path('$.name')` for what a body does",
    level: Level::Error,
    reference: PAGE,
};

static OVERRIDE: Rule = Rule {
    id: "response-override-in-request",
    title: "the request template changes the response",
    why: "`$context.responseOverride` that is set for a request stays for its response, whichever that is: an error gets the status of a success.",
    mend: "set it in the response's template",
    level: Level::Warning,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html",
};

static EXECUTION: Rule = Rule {
    id: "failed-execution-is-success",
    title: "an execution that fails arrives as a success",
    why: "StartSyncExecution answers 200 whatever becomes of the execution: FAILED and TIMED_OUT stand in `status` of the body, and no pattern sees \
          them.",
    mend: "ask `$input.path('$.status')` in the template of the 200, and set `$context.responseOverride.status` where it is not SUCCEEDED",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html",
};

pub(super) static RULES: &[&Rule] = &[&EXPRESSION, &UNKNOWN, &OVERRIDE, &EXECUTION];

/// What templates know from the beginning.
const KNOWN: [&str; 6] = ["input", "context", "util", "stageVariables", "foreach", "velocityCount"];

pub(super) fn check(method: &Method, integration: &Integration, out: &mut Out<'_>) {
    let responses = integration.responses.iter().flatten().flat_map(|response| &response.templates);
    for template in integration.requests.iter().chain(responses) {
        let Some(text) = template.text.known() else { continue };
        let (mut used, set) = (references(text), sets(text));
        used.retain(|name| !set.contains(name) && !KNOWN.contains(&&**name));
        for name in used {
            let is_expression = name == "integration" || name == "method" && text.contains("$method.request");
            let (rule, said) = if is_expression {
                (
                    &EXPRESSION,
                    format!("`${name}.…` in a template of {} is no variable, and prints nothing", method.name),
                )
            } else {
                (&UNKNOWN, format!("a template of {} prints `${name}`, which nothing sets", method.name))
            };
            out.say(rule, &method.name, &template.text.at, said);
        }
    }
    for template in &integration.requests {
        if template.text.known().is_some_and(|text| text.contains("responseOverride")) {
            out.say(
                &OVERRIDE,
                &method.name,
                &template.text.at,
                format!("the request template of {} sets the response", method.name),
            );
        }
    }
    execution(method, integration, out);
}

fn execution(method: &Method, integration: &Integration, out: &mut Out<'_>) {
    let is_sync = integration
        .uri
        .as_ref()
        .and_then(|uri| uri.partly())
        .is_some_and(|uri| uri.ends_with(":states:action/StartSyncExecution"));
    if !is_sync || integration.kind != Kind::Service {
        return;
    }
    let Some(responses) = &integration.responses else { return };
    let success =
        responses.iter().find(|response| response.status.as_ref().and_then(|status| status.known()) == Some("200"));
    let Some(success) = success else { return };
    let asks = success
        .templates
        .iter()
        .any(|template| template.text.known().is_none_or(|text| text.contains(".status") || text.contains("'status'")));
    if !asks {
        let text = format!("{} answers 200 for an execution that fails", method.name);
        out.say(&EXECUTION, &method.name, &success.at, text).witness = Some(crate::finding::Witness {
            given: "the execution ends as FAILED".to_owned(),
            today: "HTTP 200".to_owned(),
            mended: "the status that the template sets".to_owned(),
        });
    }
}

/// The names of the variables that a template prints or asks, as `$name` and `$!name`. What stands in braces may be somebody
/// else's: CloudFormation, Terraform and others put values in by `${name}`.
fn references(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, _) in text.match_indices('$') {
        let (before, behind) = (&text[..at], &text[at + 1..]);
        // `\$name` is a text, and so is what `'$.path'` begins with.
        if before.ends_with('\\') || before.ends_with('$') {
            continue;
        }
        let behind = behind.strip_prefix('!').unwrap_or(behind);
        let name = name(behind);
        if !name.is_empty() {
            names.insert(name.to_owned());
        }
    }
    names
}

/// The names that a template sets: by `#set`, `#foreach`, `#define` and as parameters of a `#macro`.
fn sets(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for directive in ["set", "foreach", "define", "macro"] {
        for (at, found) in text.match_indices(directive) {
            let before = text[..at].trim_end_matches('{');
            if !before.ends_with('#') {
                continue;
            }
            let behind = text[at + found.len()..].trim_start_matches('}').trim_start();
            let Some(inside) = behind.strip_prefix('(') else { continue };
            let end = if directive == "macro" { inside.find(')').unwrap_or(inside.len()) } else { inside.len() };
            for (at, _) in inside[..end].match_indices('$') {
                let behind = inside[at + 1..].trim_start_matches('!').trim_start_matches('{');
                names.insert(name(behind).to_owned());
                if directive != "macro" {
                    break;
                }
            }
        }
    }
    names
}

fn name(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').unwrap_or(text.len());
    let name = &text[..end];
    // A hyphen at the end ends the name.
    if name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') { name.trim_end_matches('-') } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown(text: &str) -> Vec<String> {
        let set = sets(text);
        references(text).into_iter().filter(|name| !set.contains(name) && !KNOWN.contains(&&**name)).collect()
    }

    #[test]
    fn names_that_nothing_sets_are_found() {
        assert_eq!(
            unknown("{\"id\": \"$orderId\", \"x\": \"$!other.name\", \"y\": \"${Region}${AWS::Region}\"}"),
            ["orderId", "other"]
        );
        for known in [
            "#set($root = $input.path('$'))$root.a $!{root.b}",
            "#foreach($item in $input.path('$.items[?(@.a == $x)]'))#end",
            "#set( $a = 1 )\n#set(${b} = $a)$b",
            "#macro(show $x $y)$x$y#end",
            "{\"price\": \"\\$cash\", \"p\": \"$5\", \"at\": $input.json('$.a')}",
            "$context.requestId-$stageVariables.x $util.urlEncode('$')",
        ] {
            let found: Vec<_> = unknown(known).into_iter().filter(|name| name != "x").collect();
            assert!(found.is_empty(), "{known}: {found:?}");
        }
    }
}
