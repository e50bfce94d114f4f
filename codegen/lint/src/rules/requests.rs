//! What a request becomes on its way to a function.

use super::{Mapping, Out};
use crate::finding::{Level, Rule, Witness};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

const PAGE: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html";

static INJECTION: Rule = Rule {
    id: "request-text-into-event",
    title: "what a caller sends can add members to the event",
    why: "`\"$input.params('id')\"` puts a text of the caller's between quotes as it is: one quote in it ends the text, and what follows is the event's own.",
    mend: "write `$util.escapeJavaScript($input.params('id')).replaceAll(\"\\\\'\",\"'\")` between the quotes; of the body `$input.json('$.id')` without quotes",
    level: Level::Warning,
    reference: PAGE,
};

static MOCK: Rule = Rule {
    id: "mock-template-on-function",
    title: "the function gets `{\"statusCode\": …}` as its event, whatever is sent",
    why: "Such a request template is for a mock integration, which reads a status of it. A function gets it in the place of the request.",
    mend: "pass the request on: `$input.json('$')`",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html",
};

static PARAMETER: Rule = Rule {
    id: "request-parameter-on-function",
    title: "the parameter changes the call of Lambda, and is not in the event",
    why: "Behind a custom integration of a function, `integration.request.…` are headers and parameters of the Invoke call itself.",
    mend: "put the value into the request template",
    level: Level::Warning,
    reference: "https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html",
};

static EVENT: Rule = Rule {
    id: "event-has-no-error",
    title: "an invocation of the kind Event has no error to map",
    why: "Lambda answers 202 with an empty body before the function runs: no message ever selects a response.",
    mend: "leave the patterns out, and let clients ask for the result; or leave the header out",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-integration-async.html",
};

pub(super) static RULES: &[&Rule] = &[&INJECTION, &MOCK, &PARAMETER, &EVENT];

/// What of the Invoke call may be meant (Lambda API reference, "Invoke").
const OF_INVOKE: [&str; 5] =
    ["x-amz-invocation-type", "x-amz-client-context", "x-amz-log-type", "x-amz-source-arn", "x-amz-source-account"];

pub(super) fn check(mapping: &Mapping<'_>, out: &mut Out<'_>) {
    parameters(mapping, out);
    templates(mapping, out);
}

fn parameters(mapping: &Mapping<'_>, out: &mut Out<'_>) {
    for (target, value) in &mapping.integration.request_parameters {
        let Some(name) = target.known().and_then(|target| target.strip_prefix("integration.request.")) else {
            continue;
        };
        let header = name.strip_prefix("header.").unwrap_or_default();
        if header.eq_ignore_ascii_case("x-amz-invocation-type") {
            if value.known() == Some("'Event'") && !mapping.selecting.is_empty() {
                let text = format!("{} calls its function as an Event, and has patterns", mapping.method.name);
                out.say(&EVENT, &mapping.method.name, &target.at, text);
            }
        } else if !OF_INVOKE.iter().any(|known| known.eq_ignore_ascii_case(header)) {
            let text = format!("`{name}` of {} is part of the Invoke call, and not of the event", mapping.method.name);
            out.say(&PARAMETER, &mapping.method.name, &target.at, text);
        }
    }
}

/// What a caller may send to have more in the event than the template says.
const ATTACK: &str = "a\",\"role\":\"admin";

fn templates(mapping: &Mapping<'_>, out: &mut Out<'_>) {
    let [template] = &mapping.integration.requests[..] else { return };
    let Some(text) = template.text.known() else { return };
    let Some(evaluator) = &mapping.evaluator else { return };
    if let Some(event) = evaluator.event(|call| "{\"id\":7}".clone_into(&mut call.body))
        && let Ok(Value::Object(members)) = serde_json::from_str(&event)
        && members.len() == 1
        && members.get("statusCode").is_some_and(Value::is_number)
    {
        let text = format!("the function of {} gets {} for every request", mapping.method.name, event.trim());
        out.say(&MOCK, &mapping.method.name, &template.text.at, text);
        return;
    }
    let parameters = named(text, "$input.params(");
    let members = named(text, "$input.path(");
    let event = |value: &str| {
        evaluator.event(|call| {
            for name in &parameters {
                call.query.insert(name.clone(), value.to_owned());
            }
            let mut body = Map::new();
            for path in &members {
                put(&mut body, path.trim_start_matches("$."), value);
            }
            call.body = Value::Object(body).to_string();
        })
    };
    let Some(Ok(before)) = event("a").map(|event| serde_json::from_str::<Value>(&event)) else { return };
    let Some(attacked) = event(ATTACK) else { return };
    let is_taken = match serde_json::from_str::<Value>(&attacked) {
        Ok(event) => holds_role(&event) && !holds_role(&before),
        Err(_) => true,
    };
    if is_taken {
        let text = format!("a caller of {} can add members to the event", mapping.method.name);
        let sent = parameters.iter().chain(&members).next().map_or("x", |name| name.trim_start_matches("$."));
        out.say(&INJECTION, &mapping.method.name, &template.text.at, text).witness = Some(Witness {
            given: format!("a caller sends {ATTACK:?} as `{sent}`"),
            today: format!("the function gets {}", super::cut(attacked.trim())),
            mended: "the text stays a text".to_owned(),
        });
    }
}

fn holds_role(value: &Value) -> bool {
    match value {
        Value::Object(members) => {
            members.iter().any(|(name, value)| (name == "role" && value == "admin") || holds_role(value))
        }
        Value::Array(items) => items.iter().any(holds_role),
        _ => false,
    }
}

/// What a template asks for by a constant name.
fn named(template: &str, call: &str) -> BTreeSet<String> {
    let names = template.split(call).skip(1).filter_map(|rest| {
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|quote| matches!(quote, '\'' | '"'))?;
        let name = rest[1..].split(quote).next()?;
        (!name.is_empty() && name != "$").then(|| name.to_owned())
    });
    names.collect()
}

/// Puts a text under a path of names with dots between; what is no such path is left out.
fn put(body: &mut Map<String, Value>, path: &str, value: &str) {
    if path.contains(['[', '*', '?', '(']) {
        return;
    }
    match path.split_once('.') {
        None => drop(body.entry(path).or_insert_with(|| value.into())),
        Some((first, rest)) => {
            if let Value::Object(inner) = body.entry(first).or_insert_with(|| Value::Object(Map::new())) {
                put(inner, rest, value);
            }
        }
    }
}
