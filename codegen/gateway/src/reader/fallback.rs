//! Reads `x-amazon-apigateway-gateway-responses`.

use super::super::fallback::{Custom, Fallbacks};
use super::super::headers;
use super::super::kind::ResponseType;
use super::super::parameters::Source;
use super::{At, Reader};

pub(super) fn read<'a>(cx: &mut Reader<'a>, root: &At<'a>) -> Fallbacks {
    let mut fallbacks = Fallbacks::default();
    for (name, at) in cx.members_of(root, "x-amazon-apigateway-gateway-responses") {
        let custom = custom(cx, &at);
        match name {
            "DEFAULT_4XX" | "DEFAULT_5XX" => {
                if custom.status.is_some() {
                    cx.warn(&at, "a status here flattens all types of its class to one status");
                }
                let class = if name == "DEFAULT_4XX" { &mut fallbacks.default_4xx } else { &mut fallbacks.default_5xx };
                *class = Some(custom);
            }
            "REQUEST_TOO_LARGE" => cx.warn(&at, "API Gateway does not let this type be customised"),
            _ => match ResponseType::ALL.iter().find(|kind| kind.name() == name) {
                Some(kind) => {
                    fallbacks.types.insert(*kind, custom);
                }
                None => cx.error(&at, format!("`{name}` is no type of gateway response")),
            },
        }
    }
    fallbacks
}

fn custom<'a>(cx: &mut Reader<'a>, at: &At<'a>) -> Custom {
    let mut custom = Custom::default();
    cx.members(at);
    if let Some(at) = at.get("statusCode") {
        custom.status = cx.status(&at);
        if custom.status.is_some_and(|status| status < 200) {
            cx.error(&at, "a response cannot have a status below 200");
        }
    }
    for (key, at) in cx.members_of(at, "responseParameters") {
        let Some(name) = key.strip_prefix("gatewayresponse.header.").filter(|name| headers::is_name(name)) else {
            cx.error(
                &at,
                format!("`{key}` is no target: `gatewayresponse.header.NAME` is, its name of `A-Z a-z 0-9 . _ $ -`"),
            );
            continue;
        };
        let Some(expression) = cx.text(&at) else { continue };
        match Source::of_gateway(expression) {
            Ok(source) => {
                custom.headers.insert(name.to_owned(), source);
            }
            Err(message) => cx.error(&at, message),
        }
    }
    for (media, at) in cx.members_of(at, "responseTemplates") {
        if media.bytes().any(|byte| byte < b' ' || byte == 0x7f) || !media.contains('/') {
            cx.error(&at, format!("invalid content type specified: `{}` is no media type", media.escape_debug()));
        }
        let Some(text) = cx.text(&at) else { continue };
        if text.contains("#set") || text.contains("#if") || text.contains("$util.") || text.contains("$input.") {
            cx.warn(&at, "this template is not VTL: only `$context.…` and `$stageVariables.…` are put in");
        }
        custom.templates.insert(media.to_owned(), text.to_owned());
    }
    custom
}
