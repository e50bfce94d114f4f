//! The module that brings the error mapping to methods which are there already.

use super::value::{Value, expr, map, text, word, words};
use super::{requirements, response, variable};
use crate::output::Cx;
use crate::rest::{Body, Response};
use crate::text::hcl;

pub(super) fn module<'a>(cx: &'a Cx<'_>) -> Value<'a> {
    let api = &cx.rest;
    let gateway_responses = api.gateway_responses.iter().map(|response| {
        let customised = [
            ("status_code", response.status.map_or(Value::Null, |status| text(status.to_string()))),
            ("response_parameters", map(response.parameters().map(|(name, value)| (name, text(value))))),
            ("response_templates", map([("application/json", text(&response.template))])),
        ];
        (response.kind, map(customised))
    });
    let locals = map([
        ("responses", map(owners(cx).map(|(name, responses)| (name, by_status(responses))))),
        ("schemas", map(api.problem_models().map(|(model, schema)| (model.name.as_ref(), text(schema))))),
        ("gateway_responses", map(gateway_responses)),
        ("wanted", expr(WANTED)),
        ("models", expr(MODELS)),
    ]);
    map([
        ("//", word(cx.origin())),
        ("terraform", requirements()),
        ("variable", variables(cx)),
        ("locals", locals),
        ("resource", map(resources(api.has_patterns))),
        ("output", outputs(cx)),
    ])
}

/// The responses of each operation, and of each set of errors that no operation names.
fn owners<'c>(cx: &'c Cx<'_>) -> impl Iterator<Item = (&'c str, &'c [Response<'c>])> {
    let operations = cx.rest.operations().map(|(operation, method)| (operation.name.as_str(), &*method.responses));
    operations.chain(cx.rest.sets.iter().map(|set| (set.def.name.as_str(), &*set.responses)))
}

fn by_status<'a>(responses: &'a [Response<'_>]) -> Value<'a> {
    map(responses.iter().map(|of_status| {
        let success = ("success", Value::Bool(matches!(of_status.body, Body::Output(_))));
        (of_status.status.to_string(), map(std::iter::once(success).chain(response(of_status))))
    }))
}

/// Each response that is asked for, under `OPERATION/STATUS`: a status that changes is another instance, for in place the
/// response of the old one would stay behind.
const WANTED: &str = "merge([for name, method in var.methods : { for status, response in local.responses[name] : \
    \"${name}/${status}\" => merge(response, { status_code = status, resource_id = method.resource_id, \
    http_method = method.http_method }) if var.success || !response.success }]...)";

/// The models that those name.
const MODELS: &str = "{ for name, schema in local.schemas : name => schema \
    if contains(flatten([for response in local.wanted : values(response.response_models)]), name) }";

const HASH: &str = "sha1(jsonencode([{ for name, method in var.methods : name => local.responses[name] }, var.success, \
    local.models, var.gateway_responses ? jsonencode(local.gateway_responses) : \"\"]))";

fn variables<'a>(cx: &'a Cx<'_>) -> Value<'a> {
    let names: Vec<_> = owners(cx).map(|(name, _)| hcl::quoted(name)).collect();
    let names = names.join(", ");
    let unknown = format!("setsubtract(keys(var.methods), [{names}])");
    let strangers = map([
        ("condition", expr(format!("length({unknown}) == 0"))),
        (
            "error_message",
            expr(format!(
                "\"methods has ${{join(\", \", {unknown})}}, which is no operation and no set of errors of this API. There are: \
                 ${{join(\", \", [{names}])}}.\""
            )),
        ),
    ]);
    let (kind, why) = if cx.rest.has_patterns {
        (
            "AWS",
            "an AWS_PROXY integration ignores integration responses, and throwback.toml then says front = \\\"rest-proxy\\\"",
        )
    } else {
        ("AWS_PROXY", "throwback.toml says front = \\\"rest-proxy\\\", where the function writes its responses itself")
    };
    let misfits = format!("[for name, method in var.methods : name if method.type != \"{kind}\"]");
    let misfits = map([
        ("condition", expr(format!("length({misfits}) == 0"))),
        (
            "error_message",
            expr(format!("\"${{join(\", \", {misfits})}} in methods is not of the type {kind}: {why}.\"")),
        ),
    ]);
    let methods = "The methods that get their responses, by the names of their operations, or of sets of errors that no \
                   operation names. Give the integration itself, get_order = aws_api_gateway_integration.get_order, so that \
                   its responses are put after it.";
    let ty = match kind {
        "AWS" => "map(object({ resource_id = string, http_method = string, type = optional(string, \"AWS\") }))",
        _ => "map(object({ resource_id = string, http_method = string, type = optional(string, \"AWS_PROXY\") }))",
    };
    let mut of_methods = variable(ty, methods, None);
    if let Value::Map(members) = &mut of_methods {
        members.push(("validation".into(), Value::List(vec![strangers, misfits])));
    }
    map([
        ("rest_api_id", variable("string", "The API that has the methods.", None)),
        ("methods", of_methods),
        (
            "success",
            variable(
                "bool",
                "Whether the response of a success is written too. A method that is there already has one.",
                Some(Value::Bool(false)),
            ),
        ),
        (
            "gateway_responses",
            variable(
                "bool",
                "Whether what API Gateway answers for itself becomes a problem too. It is one setting for the whole API.",
                Some(Value::Bool(true)),
            ),
        ),
    ])
}

/// What each of the responses takes from its key and its value.
const PLACE: [(&str, &str); 4] = [
    ("rest_api_id", "var.rest_api_id"),
    ("resource_id", "each.value.resource_id"),
    ("http_method", "each.value.http_method"),
    ("status_code", "each.value.status_code"),
];

fn resources<'a>(has_patterns: bool) -> Vec<(&'static str, Value<'a>)> {
    let each = |of: &'a str, members: &[(&'a str, &'a str)]| {
        let members = std::iter::once(("for_each", of)).chain(members.iter().copied());
        members.map(|(key, value)| (key.into(), expr(value))).collect::<Vec<_>>()
    };
    let one = |name: &'static str, members| map([(name, Value::Map(members))]);
    let mut model =
        each("local.models", &[("rest_api_id", "var.rest_api_id"), ("name", "each.key"), ("schema", "each.value")]);
    model.push(("content_type".into(), text("application/problem+json")));
    // API Gateway removes no model that a method response still names.
    model.push(("lifecycle".into(), map([("create_before_destroy", Value::Bool(true))])));
    let mut method_response = each("local.wanted", &PLACE);
    method_response.push(("response_models".into(), expr("each.value.response_models")));
    method_response.push(("response_parameters".into(), expr("each.value.response_headers")));
    method_response.push(("depends_on".into(), words(["aws_api_gateway_model.problem"])));
    let gateway_response = each(
        "{ for type, response in local.gateway_responses : type => response if var.gateway_responses }",
        &[
            ("rest_api_id", "var.rest_api_id"),
            ("response_type", "each.key"),
            ("status_code", "each.value.status_code"),
            ("response_parameters", "each.value.response_parameters"),
            ("response_templates", "each.value.response_templates"),
        ],
    );
    let mut resources = vec![
        ("aws_api_gateway_model", one("problem", model)),
        ("aws_api_gateway_method_response", one("this", method_response)),
    ];
    if has_patterns {
        let mut integration_response = each("local.wanted", &PLACE);
        for key in ["selection_pattern", "response_parameters", "response_templates"] {
            integration_response.push((key.into(), expr(format!("each.value.{key}"))));
        }
        // Without its method response API Gateway refuses it.
        integration_response.push(("depends_on".into(), words(["aws_api_gateway_method_response.this"])));
        resources.push(("aws_api_gateway_integration_response", one("this", integration_response)));
    }
    resources.push(("aws_api_gateway_gateway_response", one("problem", gateway_response)));
    resources
}

fn outputs<'a>(cx: &'a Cx<'_>) -> Value<'a> {
    let all = [
        "aws_api_gateway_method_response.this",
        "aws_api_gateway_integration_response.this",
        "aws_api_gateway_gateway_response.problem",
    ];
    let all = all.into_iter().filter(|of| cx.rest.has_patterns || !of.contains("_integration_"));
    map([
        (
            "redeployment",
            map([
                ("description", text("Changes with all that a deployment has to take up: for its triggers.")),
                ("value", expr(HASH)),
                // A deployment is a snapshot: what reads this waits for what it stands for.
                ("depends_on", words(all)),
            ]),
        ),
        (
            "contract",
            map([("description", text("The hash of the contract that this is made from.")), ("value", text(&cx.hash))]),
        ),
    ])
}
