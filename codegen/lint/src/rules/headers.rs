//! Method responses, and the headers that integration responses map.

use super::{Out, is_error};
use crate::evaluate::status;
use crate::finding::{Level, Rule, Witness};
use crate::model::{Integration, Kind, Method, MethodResponse, Response, Said};

static MISSING: Rule = Rule {
    id: "method-response-missing",
    title: "the method declares no response of this status",
    why: "API Gateway takes such an integration response where it maps no header, and answers 500 when a message selects it.",
    mend: "declare the status among the method's responses",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-response.html",
};

static UNDECLARED: Rule = Rule {
    id: "header-not-declared",
    title: "a header is mapped that the method's response does not declare",
    why: "API Gateway refuses it when the configuration is put or imported.",
    mend: "declare the header in the method's response of this status",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html",
};

static UNMAPPED: Rule = Rule {
    id: "header-not-mapped",
    title: "a header is declared, and nothing sets it",
    why: "Declaring a header sends none: the integration response has to map it, or the template to set it.",
    mend: "map it in `responseParameters`, or leave the declaration out",
    level: Level::Warning,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html",
};

static UNQUOTED: Rule = Rule {
    id: "header-value-without-quotes",
    title: "a constant value of a header stands without its single quotes",
    why: "Without them it is taken for an expression, `integration.response.header.…`, and refused.",
    mend: "put single quotes around the value, inside of the string: `\"'*'\"`",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html",
};

static QUOTED: Rule = Rule {
    id: "header-expression-in-quotes",
    title: "an expression stands in single quotes, and is sent as that text",
    why: "What stands in single quotes is a constant.",
    mend: "leave the single quotes out; what comes from the request a template sets by `$context.responseOverride.header`",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html",
};

static REMAPPED: Rule = Rule {
    id: "header-remapped",
    title: "API Gateway renames or drops this header",
    why: "Some names are API Gateway's own: it sends them as `x-amzn-Remapped-…`, or not at all.",
    mend: "send it under another name",
    level: Level::Warning,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html",
};

static CORS_MISSING: Rule = Rule {
    id: "cors-missing-on-error",
    title: "an error has no CORS header, and its success has",
    why: "A browser hides a response without `Access-Control-Allow-Origin` from the page: the client sees a network error, and neither status nor body.",
    mend: "map the header in each response, and in the gateway responses DEFAULT_4XX and DEFAULT_5XX",
    level: Level::Warning,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html",
};

static CORS_WILD: Rule = Rule {
    id: "cors-credentials-for-all",
    title: "any origin is allowed, and credentials with it",
    why: "Browsers refuse `*` where the request carries credentials (Fetch, \"CORS protocol and credentials\").",
    mend: "name one origin, or leave the credentials out",
    level: Level::Warning,
    reference: "https://fetch.spec.whatwg.org/#cors-protocol-and-credentials",
};

static IDLE: Rule = Rule {
    id: "method-response-idle",
    title: "no integration response has this status",
    why: "A response that is declared and that nothing selects stands in the clients that are generated, and never comes.",
    mend: "map it, or leave it out",
    level: Level::Note,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-response.html",
};

static PROXY: Rule = Rule {
    id: "proxy-ignores-responses",
    title: "a proxy integration has responses, and nothing reads them",
    why: "Behind a proxy integration the function writes the response itself: patterns and templates are stored, and never looked at. An error that it \
          throws is a 502.",
    mend: "make the integration a custom one, or write the response in the function",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html",
};

static VERB: Rule = Rule {
    id: "integration-method-not-post",
    title: "the function is not called by POST",
    why: "Lambda takes an invocation by POST alone; API Gateway answers 500 to every request.",
    mend: "write POST as the method of the integration, whatever the method of the API is",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html",
};

static BAD_NAME: Rule = Rule {
    id: "header-name-invalid",
    title: "the name of a header has characters that API Gateway does not take",
    why: "Names in mappings are of `A-Z a-z 0-9 . _ $ -`; another one is refused when the configuration is put or imported.",
    mend: "name the header with these",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html",
};

static FROM_MESSAGE: Rule = Rule {
    id: "header-from-message",
    title: "the message goes into a header",
    why: "A message holds what callers sent, line ends and other letters than ASCII among it; and all headers together have 10,240 bytes.",
    mend: "send a constant or a code by a header, and the message in the body",
    level: Level::Warning,
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html",
};

static OF_INVOKE: Rule = Rule {
    id: "response-header-of-invoke",
    title: "a header is taken from the response of Lambda, which has none such",
    why: "Behind a custom integration of a function, `integration.response.header.…` are those of the Invoke call: the function's own are in its payload.",
    mend: "take it from the body, `integration.response.body.…`, or set it in the template",
    level: Level::Warning,
    reference: "https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html",
};

static ORIGINS: Rule = Rule {
    id: "cors-several-origins",
    title: "`Access-Control-Allow-Origin` has several origins",
    why: "The header has one origin or `*`; browsers refuse a list (Fetch, \"HTTP responses\").",
    mend: "name one origin, or let a template choose it by the request's",
    level: Level::Warning,
    reference: "https://fetch.spec.whatwg.org/#http-responses",
};

static RANGE: Rule = Rule {
    id: "status-out-of-range",
    title: "the status is none that a response can have",
    why: "API Gateway takes statuses from 100 to 599; those below 200 end no response, and clients wait on.",
    mend: "write a status from 200 to 599",
    level: Level::Error,
    reference: "https://docs.aws.amazon.com/apigateway/latest/api/API_IntegrationResponse.html",
};

/// The headers that the response of Invoke has (Lambda API reference, "Invoke").
const INVOKE: [&str; 9] = [
    "content-type",
    "content-length",
    "date",
    "connection",
    "x-amzn-requestid",
    "x-amzn-trace-id",
    "x-amz-function-error",
    "x-amz-log-result",
    "x-amz-executed-version",
];

pub(super) static RULES: &[&Rule] = &[
    &PROXY,
    &MISSING,
    &UNDECLARED,
    &UNMAPPED,
    &UNQUOTED,
    &QUOTED,
    &REMAPPED,
    &CORS_MISSING,
    &CORS_WILD,
    &VERB,
    &IDLE,
    &BAD_NAME,
    &FROM_MESSAGE,
    &OF_INVOKE,
    &ORIGINS,
    &RANGE,
];

const TARGET: &str = "method.response.header.";
const ORIGIN: &str = "access-control-allow-origin";
const CREDENTIALS: &str = "access-control-allow-credentials";

/// The headers that API Gateway sends under another name or not at all (API Gateway developer guide, "Important notes for API
/// Gateway", and recordings).
const REMAPPED_NAMES: [&str; 9] = [
    "www-authenticate",
    "date",
    "server",
    "connection",
    "content-length",
    "transfer-encoding",
    "host",
    "via",
    "upgrade",
];

pub(super) fn check(method: &Method, integration: &Integration, out: &mut Out<'_>) {
    let responses = integration.responses.as_deref().unwrap_or_default();
    if matches!(integration.kind, Kind::Proxy | Kind::HttpProxy) {
        if let Some(response) = responses.iter().find(|response| response.pattern.is_some()) {
            let text = format!("{} is behind a proxy integration: its patterns select nothing", method.name);
            let finding = out.say(&PROXY, &method.name, &response.at, text);
            finding.witness = (integration.kind == Kind::Proxy).then(|| Witness {
                given: "the function throws \"database down\"".to_owned(),
                today: "HTTP 502 {\"message\": \"Internal server error\"}".to_owned(),
                mended: "the response that its pattern selects".to_owned(),
            });
        }
        return;
    }
    if let (Kind::Lambda, Some(said)) = (integration.kind, &integration.method)
        && let Some(verb) = said.known().filter(|verb| !verb.eq_ignore_ascii_case("post"))
    {
        out.say(&VERB, &method.name, &said.at, format!("the function of {} is called by {verb}", method.name));
    }
    for response in responses {
        parameters(method, integration.kind, response, out);
        if let Some(said) =
            response.status.as_ref().filter(|said| said.number().is_some_and(|status| !(200..600).contains(&status)))
        {
            let text = format!("`{}` of {} is no status of a response", said.known().unwrap_or_default(), method.name);
            out.say(&RANGE, &method.name, &said.at, text);
        }
        if let Some(declared) = &method.responses {
            declarations(method, response, declared, out);
        }
    }
    cors(method, responses, out);
    idle(method, responses, out);
}

fn header(target: &Said) -> Option<&str> {
    target.known()?.strip_prefix(TARGET)
}

fn parameters(method: &Method, kind: Kind, response: &Response, out: &mut Out<'_>) {
    for (target, value) in &response.parameters {
        let Some(header) = header(target) else { continue };
        if REMAPPED_NAMES.iter().any(|name| name.eq_ignore_ascii_case(header)) {
            out.say(
                &REMAPPED,
                &method.name,
                &target.at,
                format!("`{header}` of {} is a name that API Gateway keeps for itself", method.name),
            );
        }
        if header.is_empty() || !header.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._$-".contains(&byte)) {
            out.say(
                &BAD_NAME,
                &method.name,
                &target.at,
                format!("`{header}` of {} is no name of a header", method.name),
            );
        }
        let Some(text) = value.known() else { continue };
        if kind == Kind::Lambda {
            of_function(method, response, header, value, out);
        }
        let inner = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
        let is_expression = |text: &str| {
            ["integration.response.", "context.", "stageVariables."].iter().any(|start| text.starts_with(start))
        };
        match inner {
            Some(inner) if inner.starts_with("method.request.") || is_expression(inner) => {
                let text = format!("`{header}` of {} is sent as the text `{inner}`", method.name);
                out.say(&QUOTED, &method.name, &value.at, text);
            }
            None if !is_expression(text) && !text.starts_with("${") && !text.starts_with("$context.") => {
                let text = format!("the value `{text}` of `{header}` is taken for an expression, and is none");
                out.say(&UNQUOTED, &method.name, &value.at, text).mend = Some(format!("write \"'{text}'\""));
            }
            _ => {}
        }
    }
}

/// What a header of a function's response can be.
fn of_function(method: &Method, response: &Response, header: &str, value: &Said, out: &mut Out<'_>) {
    let text = value.known().unwrap_or_default();
    if text.starts_with("integration.response.body.errorMessage") {
        let said = format!("`{header}` of {} is the message", response.shown());
        out.say(&FROM_MESSAGE, &method.name, &value.at, said);
    }
    if let Some(name) = text.strip_prefix("integration.response.header.")
        && !INVOKE.iter().any(|known| known.eq_ignore_ascii_case(name))
    {
        out.say(&OF_INVOKE, &method.name, &value.at, format!("the response of Lambda has no header `{name}`"));
    }
    if header.eq_ignore_ascii_case(ORIGIN) && text.trim_matches('\'').contains(',') {
        out.say(
            &ORIGINS,
            &method.name,
            &value.at,
            format!("{} of {} allows a list of origins", response.shown(), method.name),
        );
    }
}

fn declarations(method: &Method, response: &Response, declared: &[MethodResponse], out: &mut Out<'_>) {
    let Some(status) = response.status.as_ref().and_then(Said::known) else { return };
    if declared.iter().any(|declared| declared.status.known().is_none()) {
        return;
    }
    let Some(found) = declared.iter().find(|declared| declared.status.known() == Some(status)) else {
        let text = format!("{} declares no response `{status}`, which {} has", method.name, response.shown());
        out.say(&MISSING, &method.name, &response.at, text).witness = Some(Witness {
            given: format!("a message selects {}", response.shown()),
            today: "HTTP 500 {\"message\": \"Internal server error\"}".to_owned(),
            mended: format!("HTTP {status}"),
        });
        return;
    };
    let mapped: Vec<_> = response.parameters.iter().filter_map(|(target, _)| Some((target, header(target)?))).collect();
    for (target, header) in &mapped {
        if !found.headers.iter().any(|declared| declared.known().is_none_or(|name| name == *header)) {
            let text =
                format!("`{header}` is mapped in {}, and {} does not declare it there", response.shown(), method.name);
            let finding = out.say(&UNDECLARED, &method.name, &target.at, text);
            finding.also.push((found.at.clone(), "the response that declares it not".to_owned()));
        }
    }
    let sets = |name: &str| {
        let quoted = [format!("header['{name}']"), format!("header[\"{name}\"]"), format!("header.{name}")];
        response.templates.iter().any(|template| {
            template
                .text
                .known()
                .is_none_or(|text| text.contains("header[$") || quoted.iter().any(|part| text.contains(part)))
        })
    };
    // A status that several responses produce may map it in another.
    for declared in &found.headers {
        // A template brings its media type with it.
        let Some(name) = declared.known().filter(|name| !name.eq_ignore_ascii_case("content-type")) else { continue };
        if !mapped.iter().any(|(_, header)| header.eq_ignore_ascii_case(name)) && !sets(name) {
            let text = format!("`{name}` is declared for `{status}` of {}, and nothing sets it", method.name);
            out.say(&UNMAPPED, &method.name, &declared.at, text);
        }
    }
}

fn cors(method: &Method, responses: &[Response], out: &mut Out<'_>) {
    let value = |response: &Response, name: &str| {
        let mut found = response
            .parameters
            .iter()
            .filter(|(target, _)| header(target).is_some_and(|header| header.eq_ignore_ascii_case(name)));
        found.next().map(|(_, value)| value.clone())
    };
    let sets = |response: &Response| {
        response
            .templates
            .iter()
            .any(|template| template.text.known().is_none_or(|text| text.to_ascii_lowercase().contains(ORIGIN)))
    };
    let is_success = |response: &&Response| status(response).is_some_and(|status| status < 300);
    let has = responses.iter().filter(is_success).any(|response| value(response, ORIGIN).is_some());
    for response in responses {
        if has && status(response).is_some_and(is_error) && value(response, ORIGIN).is_none() && !sets(response) {
            let text = format!("{} of {} has no `Access-Control-Allow-Origin`", response.shown(), method.name);
            out.say(&CORS_MISSING, &method.name, &response.at, text);
        }
        if let (Some(origin), Some(credentials)) = (value(response, ORIGIN), value(response, CREDENTIALS))
            && origin.known() == Some("'*'")
            && credentials.known() == Some("'true'")
        {
            let text = format!("{} of {} allows `*` and credentials", response.shown(), method.name);
            out.say(&CORS_WILD, &method.name, &origin.at, text);
        }
    }
}

fn idle(method: &Method, responses: &[Response], out: &mut Out<'_>) {
    let Some(declared) = method.responses.as_ref().filter(|_| !responses.is_empty()) else { return };
    // A template may give any status by an override.
    let overrides = responses.iter().flat_map(|response| &response.templates);
    let overrides = overrides
        .into_iter()
        .any(|template| template.text.known().is_none_or(|text| text.contains("responseOverride.status")));
    let known: Option<Vec<_>> = responses.iter().map(|response| response.status.as_ref()?.known()).collect();
    let Some(known) = known.filter(|_| !overrides) else { return };
    for declared in declared {
        let Some(status) = declared.status.known() else { continue };
        if !known.contains(&status) && status != "default" {
            out.say(
                &IDLE,
                &method.name,
                &declared.at,
                format!("`{status}` of {} is declared, and no integration response has it", method.name),
            );
        }
    }
}
