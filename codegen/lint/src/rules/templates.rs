//! Response templates, judged by what they make of messages.

use super::{MESSAGES, Mapping, Out, Selecting, cut, is_error};
use crate::evaluate::{Answer, STACK, status};
use crate::finding::{Level, Rule};
use crate::model::{Integration, Method, Response, Said};
use serde_json::Value;

const PAGE: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html";

static MISSING: Rule = Rule {
    id: "error-without-template",
    title: "the error object of Lambda goes to the client",
    why: "Without a template the function's payload passes as it is: errorMessage, errorType and, of Node, Python and Java, the stack with its paths. \
          A client finds none of the members that the API documents.",
    mend: "add a template for `application/json` that prints what callers may see, and nothing else",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html",
};

static LEAKS: Rule = Rule {
    id: "template-shows-stack",
    title: "the template prints the stack",
    why: "`$input.body`, `$input.json('$')` and the like print the whole error object, stack and type names with it.",
    mend: "print single members: `$input.json('$.errorMessage')`",
    level: Level::Error,
    reference: PAGE,
};

static BREAKS: Rule = Rule {
    id: "template-breaks-on-text",
    title: "a message with a quote, a backslash or a line end makes the body no JSON",
    why: "`\"$input.path('$.errorMessage')\"` puts the text between quotes as it is; `$util.escapeJavaScript` writes `\\'`, which JSON does not have.",
    mend: "write `$input.json('$.errorMessage')` without quotes, or `$util.escapeJavaScript(…).replaceAll(\"\\\\'\",\"'\")` between them",
    level: Level::Error,
    reference: PAGE,
};

static NO_JSON: Rule = Rule {
    id: "body-is-no-json",
    title: "the body is no JSON, and is sent as application/json",
    why: "A template under `application/json` is sent with that media type, whatever it prints; clients that read JSON fail on it.",
    mend: "print JSON, `{\"message\": $input.json('$.errorMessage')}`, or map `Content-Type`",
    level: Level::Warning,
    reference: PAGE,
};

static NOTHING: Rule = Rule {
    id: "body-is-empty",
    title: "the template prints nothing of an error",
    why: "An error object has errorMessage, errorType and a stack, and nothing else: `$.body`, `$.message` and the like print nothing.",
    mend: "read `$input.json('$.errorMessage')`",
    level: Level::Error,
    reference: PAGE,
};

static FAILS: Rule = Rule {
    id: "template-fails",
    title: "the template fails on a message that selects it",
    why: "`$util.parseJson` of text that is no JSON, `substring` beyond the end and the like end the template, and API Gateway answers 500 in place of \
          the response's status.",
    mend: "look before, `#if($message.startsWith('{'))`, or ask for it in the pattern",
    level: Level::Error,
    reference: PAGE,
};

static INVALID: Rule = Rule {
    id: "template-invalid",
    title: "the template does not parse",
    why: "API Gateway takes such a template, and answers 500 when it is needed.",
    mend: "mend it where the message says",
    level: Level::Error,
    reference: PAGE,
};

static EMPTY: Rule = Rule {
    id: "template-empty",
    title: "an empty template is none",
    why: "API Gateway stores it as none at all: the payload passes as it is, and is not left out.",
    mend: "print what the body shall be: `{}`",
    level: Level::Error,
    reference: PAGE,
};

static SEVERAL: Rule = Rule {
    id: "templates-by-accept",
    title: "the request's `Accept` chooses the template",
    why: "Of several templates API Gateway takes that of the media type which the request accepts: one caller gets JSON, another text.",
    mend: "keep the one for `application/json`",
    level: Level::Warning,
    reference: PAGE,
};

static ECHO: Rule = Rule {
    id: "catch-all-shows-message",
    title: "the response for everything else shows the message",
    why: "What nobody has mapped holds anything: texts of a panic, of a database, of the platform.",
    mend: "print a constant body with `$context.requestId`",
    level: Level::Warning,
    reference: PAGE,
};

static QUOTED_STATUS: Rule = Rule {
    id: "override-is-text",
    title: "the status of an override is a text",
    why: "A status in quotes is not taken, and the response keeps its own.",
    mend: "write the number without quotes",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html",
};

pub(super) static RULES: &[&Rule] =
    &[&MISSING, &LEAKS, &BREAKS, &FAILS, &NOTHING, &NO_JSON, &ECHO, &INVALID, &EMPTY, &SEVERAL, &QUOTED_STATUS];

/// What each template says by itself, of any integration.
pub(super) fn parse(method: &Method, integration: &Integration, out: &mut Out<'_>) {
    let responses = integration.responses.iter().flatten().flat_map(|response| &response.templates);
    for template in integration.requests.iter().chain(responses) {
        let Some(text) = template.text.known() else { continue };
        if let Some(why) = out.evaluators.refusal(text) {
            let text = format!("a template of {}: {}", method.name, why.trim_start_matches("the template "));
            out.say(&INVALID, &method.name, &template.text.at, text);
        }
    }
}

pub(super) fn check(mapping: &Mapping<'_>, out: &mut Out<'_>) {
    for response in mapping.responses {
        let error = response.pattern.is_some() && status(response).is_none_or(is_error);
        for template in &response.templates {
            let Some(text) = template.text.known() else { continue };
            if text.is_empty() && error {
                let text = format!("the template of {} is empty, and so the payload passes as it is", response.shown());
                out.say(&EMPTY, &mapping.method.name, &template.text.at, text);
            }
            let compact: String = text.split_whitespace().collect();
            if compact.contains("responseOverride.status=\"") || compact.contains("responseOverride.status='") {
                out.say(
                    &QUOTED_STATUS,
                    &mapping.method.name,
                    &template.text.at,
                    format!("{} sets its status to a text", response.shown()),
                );
            }
        }
        if error && response.templates.len() > 1 {
            let media: Vec<_> = response.templates.iter().map(|template| format!("`{}`", template.media)).collect();
            let text = format!("{} has templates for {}", response.shown(), media.join(", "));
            out.say(&SEVERAL, &mapping.method.name, &response.at, text);
        }
    }
    for selecting in &mapping.selecting {
        if status(selecting.response).is_some_and(is_error) {
            evaluated(mapping, selecting, out);
        }
    }
}

/// The messages that select a response and no other, as people throw them.
fn messages<'a>(mapping: &'a Mapping<'_>, selecting: &'a Selecting<'_>) -> impl Iterator<Item = String> + use<'a> {
    let shortest = selecting.pattern.facts.as_ref().and_then(|facts| facts.shortest_error.clone());
    let longer = shortest.as_ref().map(|shortest| {
        format!("{shortest}{}no order 7", if shortest.ends_with(char::is_whitespace) { "" } else { " " })
    });
    let all = MESSAGES.into_iter().map(str::to_owned).chain(longer).chain(shortest);
    all.filter(|message| mapping.taking(message).len() == 1 && selecting.pattern.takes(message))
}

fn evaluated(mapping: &Mapping<'_>, selecting: &Selecting<'_>, out: &mut Out<'_>) {
    let (response, name) = (selecting.response, &mapping.method.name);
    let Some(base) = messages(mapping, selecting).next() else { return };
    let Some(Answer { status: got, body: Some(body) }) = mapping.answer(&base) else { return };
    let at = response.templates.first().map_or(&response.at, |template| &template.text.at);
    if response.templates.iter().all(|template| template.text.known() == Some("")) {
        if response.templates.is_empty() {
            let text = format!("{} of {name} has no template", response.shown());
            out.say(&MISSING, name, &response.at, text).witness =
                Some(mapping.witness(&base, "what the template prints"));
        }
        return;
    }
    if is_failure(response, got, &body) {
        let text = format!("the template of {} fails on {base:?}", response.shown());
        out.say(&FAILS, name, at, text).witness = Some(mapping.witness(&base, "this response"));
        return;
    }
    if body.contains(STACK) {
        let text = format!("the template of {} prints the stack", response.shown());
        out.say(&LEAKS, name, at, text).witness = Some(mapping.witness(&base, "the message without the stack"));
    }
    let is_wide =
        MESSAGES.iter().all(|message| selecting.pattern.takes(message)) || selecting.pattern.takes_every_error();
    let shown = MESSAGES.iter().find(|message| {
        let body = mapping.answer(message).and_then(|answer| answer.body);
        is_wide
            && mapping.taking(message).len() == 1
            && selecting.pattern.takes(message)
            && body.is_some_and(|body| body.contains(*message))
    });
    if let Some(message) = shown {
        let text = format!("{} takes what nobody has mapped, and shows it", response.shown());
        out.say(&ECHO, name, at, text).witness = Some(mapping.witness(message, "a constant body"));
    }
    if !is_json(response) {
        return;
    }
    if body.trim().is_empty() {
        let text = format!("the template of {} prints nothing", response.shown());
        out.say(&NOTHING, name, at, text).witness = Some(mapping.witness(&base, "a body with the message"));
        return;
    }
    if serde_json::from_str::<Value>(&body).is_err() {
        if carries_json(mapping, selecting) {
            return;
        }
        let text = format!("{} prints no JSON: {}", response.shown(), cut(&body));
        out.say(&NO_JSON, name, at, text).witness = Some(mapping.witness(&base, "a body of JSON"));
        return;
    }
    let awkward = ["\"x\"", "it's", "a\nb", "c:\\d", "\u{e9}"];
    for text in awkward {
        let message = format!("{base} {text}");
        if mapping.taking(&message).len() != 1 || !selecting.pattern.takes(&message) {
            continue;
        }
        let Some(Answer { status: got, body: Some(body) }) = mapping.answer(&message) else { continue };
        if is_failure(response, got, &body) || serde_json::from_str::<Value>(&body).is_err() {
            let text = format!("the template of {} makes no JSON of {message:?}", response.shown());
            out.say(&BREAKS, name, at, text).witness = Some(mapping.witness(&message, "a body of JSON with this text"));
            return;
        }
    }
}

/// Whether a message that carries JSON comes out as JSON: then it is the function that knows what it throws.
fn carries_json(mapping: &Mapping<'_>, selecting: &Selecting<'_>) -> bool {
    let shortest =
        selecting.pattern.facts.as_ref().and_then(|facts| facts.shortest_error.as_deref()).unwrap_or_default();
    let messages = [
        format!("{shortest}{{\"a\":1}}"),
        format!("{{{shortest}}}"),
        format!("{{\"a\":1,{}}}", shortest.trim_matches(',')),
    ];
    messages.iter().any(|message| {
        let body = mapping.answer(message).and_then(|answer| answer.body);
        selecting.pattern.takes(message)
            && body.is_some_and(|body| matches!(serde_json::from_str(&body), Ok(Value::Object(_))))
    })
}

/// Whether API Gateway answered for a template that did not end.
fn is_failure(response: &Response, got: u16, body: &str) -> bool {
    got == 500 && status(response) != Some(500) && body.replace(' ', "") == "{\"message\":\"Internalservererror\"}"
}

/// Whether a response is sent as JSON.
fn is_json(response: &Response) -> bool {
    let media = response.parameters.iter().find(|(target, _)| {
        target.known().is_some_and(|target| target.eq_ignore_ascii_case("method.response.header.content-type"))
    });
    let is_alone = response.templates.iter().all(|template| template.media.contains("json"));
    is_alone
        && media.is_none_or(|(_, value)| value.known().is_some_and(|value| value.contains("json")))
        && !sets_media(&response.templates.iter().map(|template| &template.text).collect::<Vec<_>>())
}

fn sets_media(templates: &[&Said]) -> bool {
    templates.iter().any(|text| {
        text.known()
            .is_some_and(|text| text.to_ascii_lowercase().contains("header['content-type']") && !text.contains("json"))
    })
}
