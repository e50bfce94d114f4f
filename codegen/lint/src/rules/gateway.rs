//! What API Gateway answers itself.

use super::Out;
use crate::finding::{Level, Rule};
use crate::model::Api;

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

pub(super) static RULES: &[&Rule] = &[&VELOCITY, &QUOTES, &FLATTENED];

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
}
