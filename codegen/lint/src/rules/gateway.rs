//! What API Gateway answers itself.

use super::Out;
use crate::finding::{Level, Rule};
use crate::model::{Api, Method, Said};

const PAGE: &str =
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html";

static VELOCITY: Rule = Rule {
    id: "gateway-response-velocity",
    title: "a template of a gateway response is no Velocity",
    why: "In gateway responses variables are put in, and nothing is evaluated: a directive is sent as it stands.",
    mend: "leave the directives out; only `$context.…`, `$stageVariables.…` and `$method.request.…` are put in",
    level: Level::Error,
    reference: PAGE,
};

static QUOTES: Rule = Rule {
    id: "gateway-response-quotes",
    title: "`$context.error.messageString` has its quotes already",
    why: "It is the message in quotes; with more around it the body is no JSON.",
    mend: "leave the quotes out, or write `$context.error.message`",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html",
};

static FLATTENED: Rule = Rule {
    id: "gateway-response-flattened",
    title: "one status for every gateway response of a class",
    why: "A status of DEFAULT_4XX or DEFAULT_5XX holds for each type without one of its own: THROTTLED is no 429 any more, and clients do not wait.",
    mend: "leave the status out, and set one for the type that is meant",
    level: Level::Warning,
    reference: PAGE,
};

static CORS: Rule = Rule {
    id: "cors-missing-on-gateway-response",
    title: "what API Gateway answers itself has no CORS header",
    why: "Throttled, forbidden, too large, timed out: such responses come from API Gateway, and a browser hides them without \
          `Access-Control-Allow-Origin`.",
    mend: "customise DEFAULT_4XX and DEFAULT_5XX with `gatewayresponse.header.Access-Control-Allow-Origin`",
    level: Level::Warning,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html",
};

pub(super) static RULES: &[&Rule] = &[&VELOCITY, &QUOTES, &FLATTENED, &CORS];

pub(super) fn check(api: &Api, out: &mut Out<'_>) {
    for response in &api.gateway_responses {
        let Some(kind) = response.kind.known() else { continue };
        let name = response.name();
        for template in &response.templates {
            let Some(text) = template.text.known() else { continue };
            let directives = ["#set", "#if", "#foreach", "$util.", "$input.", "#end"];
            if let Some(found) = directives.iter().find(|directive| text.contains(**directive)) {
                out.say(&VELOCITY, &name, &template.text.at, format!("`{found}` in {name} is sent as it stands"));
            }
            if text.contains("\"$context.error.messageString\"") {
                out.say(
                    &QUOTES,
                    &name,
                    &template.text.at,
                    format!("the body of {name} has two quotes around its message"),
                );
            }
        }
        if kind.starts_with("DEFAULT_")
            && let Some(status) = response.status.as_ref().filter(|status| status.number().is_some())
        {
            let number = status.known().unwrap_or_default();
            out.say(&FLATTENED, &name, &status.at, format!("{name} gives each type the status {number}"));
        }
    }
    cors(api, out);
}

/// Where the whole of an API is in sight, and its methods are for browsers.
fn cors(api: &Api, out: &mut Out<'_>) {
    const TARGET: &str = "method.response.header.access-control-allow-origin";
    let is_cors = |said: &Said| said.known().is_some_and(|name| name.eq_ignore_ascii_case(TARGET));
    let responses = |method: &'_ Method| {
        method
            .integration
            .iter()
            .flat_map(|integration| integration.responses.iter().flatten())
            .any(|response| response.parameters.iter().any(|(target, _)| is_cors(target)))
    };
    let Some(method) = api.methods.iter().find(|method| responses(method)).filter(|_| api.is_whole) else { return };
    for kind in ["DEFAULT_4XX", "DEFAULT_5XX"] {
        let found =
            api.gateway_responses.iter().find(|response| response.kind.known().is_none_or(|known| known == kind));
        let has = found.is_some_and(|response| {
            response.parameters.iter().any(|(target, _)| {
                target.known().is_none_or(|name| name.to_ascii_lowercase().ends_with("access-control-allow-origin"))
            })
        });
        if !has {
            let at = found.map_or(&method.at, |response| &response.at);
            out.say(&CORS, kind, at, format!("{kind} has no `Access-Control-Allow-Origin`, and {} has", method.name));
        }
    }
}
