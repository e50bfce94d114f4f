//! The module of the whole API.

use super::value::{Value, expr, map, text, text_or_null, word, words};
use super::{authorizers, permitted, requirements, response, variable};
use crate::options::{Address, Function};
use crate::output::Cx;
use crate::rest::{self, Api, Method};
use std::collections::BTreeMap;

pub(super) fn module<'a>(cx: &'a Cx<'_>, api: &'a Api<'_>) -> Value<'a> {
    let levels = levels(api);
    let routes =
        || api.resources.iter().flat_map(|resource| resource.methods.iter().map(move |of| (resource.path, of)));
    let preflights = routes().filter(|(_, method)| method.operation.is_none());
    let preflights = preflights.flat_map(|(path, method)| of_preflight(path, method));
    let operations =
        routes().filter_map(|(path, method)| Some((method.operation?.name.as_str(), text(route(path, method)))));
    let depth = levels.len();
    let ids = (1..=depth).map(|level| {
        format!(", {{ for path, resource in aws_api_gateway_resource.level_{level} : path => resource.id }}")
    });
    let ids = format!("merge({{ \"/\" = local.root_resource_id }}{})", ids.collect::<String>());
    let of_api = |member: &str| {
        expr(format!("var.rest_api != null ? var.rest_api.{member} : one(aws_api_gateway_rest_api.this[*].{member})"))
    };
    let locals = [
        ("rest_api_id", of_api("id")),
        ("root_resource_id", of_api("root_resource_id")),
        ("execution_arn", of_api("execution_arn")),
        ("resource_ids", expr(ids)),
        ("methods", map(routes().map(|(path, method)| (route(path, method), of_method(path, method))))),
        ("operations", map(operations)),
        ("preflights", map(preflights)),
    ];
    let mut resources: BTreeMap<&str, Vec<(String, Value<'a>)>> = BTreeMap::new();
    let of_levels = levels
        .into_iter()
        .enumerate()
        .map(|(n, level)| ("aws_api_gateway_resource", format!("level_{}", n + 1), level));
    let others = own(cx).into_iter().chain(authorizers::resources(api));
    for (ty, name, resource) in of_levels.chain(others.map(|(ty, name, resource)| (ty, name.to_owned(), resource))) {
        resources.entry(ty).or_default().push((name, resource));
    }
    map([
        ("//", word(cx.origin())),
        ("terraform", requirements()),
        ("variable", map(variables(cx))),
        ("locals", map(locals)),
        ("resource", map(resources.into_iter().map(|(ty, named)| (ty, map(named))))),
        ("module", map([("errors", errors())])),
        ("output", outputs()),
    ])
}

/// The key of a method: what API Gateway knows it by.
fn route(path: &str, method: &Method<'_>) -> String {
    format!("{} {path}", method.verb)
}

/// The parts of all paths, each below the one that it names: what is one level down needs the ids of those above, and no
/// instance of a resource may name another of the same.
fn levels<'a>(api: &Api<'a>) -> Vec<Value<'a>> {
    let mut levels: Vec<Vec<(&'a str, Value<'a>)>> = Vec::new();
    for resource in api.resources.iter().filter(|resource| resource.path != "/") {
        let path = resource.path;
        let ends = path.match_indices('/').map(|(at, _)| at).skip(1).chain([path.len()]);
        let (mut parent, mut above) = ("/", 0);
        for (level, end) in ends.enumerate() {
            let here = path.get(..end).unwrap_or(path);
            let part = path.get(above + 1..end).unwrap_or_default();
            if levels.len() <= level {
                levels.push(Vec::new());
            }
            if levels[level].iter().all(|(known, _)| *known != here) {
                levels[level].push((here, map([("parent", text(parent)), ("part", text(part))])));
            }
            (parent, above) = (here, end);
        }
    }
    let resources = levels.into_iter().enumerate().map(|(level, parts)| {
        let parent = match level {
            0 => "local.root_resource_id".to_owned(),
            _ => format!("aws_api_gateway_resource.level_{level}[each.value.parent].id"),
        };
        map([
            ("for_each", map(parts)),
            ("rest_api_id", expr("local.rest_api_id")),
            ("parent_id", expr(parent)),
            ("path_part", expr("each.value.part")),
        ])
    });
    resources.collect()
}

fn of_method<'a>(path: &'a str, method: &'a Method<'_>) -> Value<'a> {
    let parameters = method.parameters.iter().map(|parameter| (parameter.location(), Value::Bool(parameter.required)));
    let integration = &method.integration;
    let template = integration.template.as_deref().map(|template| ("application/json", text(template)));
    let uri = integration.uri().map(|uri| match uri {
        Address::Text(uri) => text(uri),
        Address::Sub(_) => expr("var.function.invoke_arn"),
    });
    let called = [
        ("path", text(path)),
        ("http_method", text(method.verb)),
        ("operation_name", text(method.name.as_ref())),
        ("request_parameters", map(parameters)),
        ("type", text(integration.kind())),
        ("integration_http_method", text_or_null(uri.as_ref().map(|_| rest::INVOKED_BY))),
        ("uri", uri.unwrap_or(Value::Null)),
        ("passthrough_behavior", text(integration.passthrough())),
        ("request_templates", map(template)),
    ];
    map(called.into_iter().chain(authorizers::of_method(&method.access)))
}

fn of_preflight<'a>(path: &str, method: &'a Method<'_>) -> impl Iterator<Item = (String, Value<'a>)> {
    let route = route(path, method);
    method.responses.iter().map(move |of_status| {
        let place = [("route", text(route.clone())), ("status_code", text(of_status.status.to_string()))];
        (format!("{route}/{}", of_status.status), map(place.into_iter().chain(response(of_status))))
    })
}

fn variables<'a>(cx: &'a Cx<'_>) -> Vec<(&'static str, Value<'a>)> {
    let mut variables = vec![
        ("name", variable("string", "The name of the API that is made.", Some(text(&cx.contract.name)))),
        (
            "rest_api",
            variable(
                "object({ id = string, root_resource_id = string, execution_arn = string })",
                "An API that is there already, aws_api_gateway_rest_api.of_it, to which the methods are added. It is deployed by \
                 whoever made it.",
                Some(Value::Null),
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
    ];
    if !matches!(cx.options.function, Some(Function::Arn(_))) {
        let description = "The function that answers: aws_lambda_function.of_it, or an alias of it.";
        variables.push(("function", variable("object({ arn = string, invoke_arn = string })", description, None)));
    }
    variables.extend(authorizers::variables(&cx.rest));
    variables
}

/// What there is beside resources and authorizers.
fn own<'a>(cx: &'a Cx<'_>) -> Vec<(&'static str, &'static str, Value<'a>)> {
    let each = |of: &'a str, keys: &[&str], more: Vec<(&'a str, Value<'a>)>| {
        let head = [("for_each".to_owned(), expr(of)), ("rest_api_id".to_owned(), expr("local.rest_api_id"))];
        let members = keys.iter().map(|key| ((*key).to_owned(), expr(format!("each.value.{key}"))));
        map(head.into_iter().chain(members).chain(more.into_iter().map(|(key, value)| (key.to_owned(), value))))
    };
    let made = "var.rest_api == null ? 1 : 0";
    let mut rest_api = vec![("count", expr(made)), ("name", expr("var.name"))];
    if let Some(policy) = cx.rest.policy {
        rest_api.push(("policy", text(policy.to_string())));
    }
    let method = [
        "http_method",
        "operation_name",
        "request_parameters",
        "authorization",
        "authorizer_id",
        "authorization_scopes",
        "api_key_required",
    ];
    let integration = ["type", "integration_http_method", "uri", "passthrough_behavior", "request_templates"];
    let of_method = vec![
        ("resource_id", expr("aws_api_gateway_method.this[each.key].resource_id")),
        ("http_method", expr("aws_api_gateway_method.this[each.key].http_method")),
    ];
    let mut all = vec![
        ("aws_api_gateway_rest_api", "this", map(rest_api)),
        (
            "aws_api_gateway_method",
            "this",
            each("local.methods", &method, vec![("resource_id", expr("local.resource_ids[each.value.path]"))]),
        ),
        ("aws_api_gateway_integration", "this", each("local.methods", &integration, of_method)),
        (
            "aws_api_gateway_deployment",
            "this",
            map([
                ("count", expr(made)),
                ("rest_api_id", expr("local.rest_api_id")),
                ("triggers", map([("redeployment", expr(HASH))])),
                // A stage keeps the old one until it has the new.
                ("lifecycle", map([("create_before_destroy", Value::Bool(true))])),
                ("depends_on", words(DEPLOYED)),
            ]),
        ),
    ];
    all.extend(preflights());
    let function = match &cx.options.function {
        Some(Function::Arn(arn)) => permitted(arn).map(text),
        _ => Some(expr("var.function.arn")),
    };
    if let Some(function) = function {
        let permission = [
            ("action", text("lambda:InvokeFunction")),
            ("function_name", function),
            ("principal", text("apigateway.amazonaws.com")),
            ("source_arn", expr("\"${local.execution_arn}/*\"")),
        ];
        all.push(("aws_lambda_permission", "this", map(permission)));
    }
    all
}

fn preflights<'a>() -> [(&'static str, &'static str, Value<'a>); 2] {
    let of_route = |key: &str| expr(format!("aws_api_gateway_integration.this[each.value.route].{key}"));
    let each = |more: &[(&'static str, &str)]| {
        let place = [
            ("for_each", expr("local.preflights")),
            ("rest_api_id", expr("local.rest_api_id")),
            ("resource_id", of_route("resource_id")),
            ("http_method", of_route("http_method")),
            ("status_code", expr("each.value.status_code")),
        ];
        let more = more.iter().map(|(key, value)| (*key, expr(format!("each.value.{value}"))));
        place.into_iter().chain(more).collect::<Vec<_>>()
    };
    let method_response = each(&[("response_models", "response_models"), ("response_parameters", "response_headers")]);
    let mut integration_response = each(&[
        ("selection_pattern", "selection_pattern"),
        ("response_parameters", "response_parameters"),
        ("response_templates", "response_templates"),
    ]);
    integration_response.push(("depends_on", words(["aws_api_gateway_method_response.preflight"])));
    [
        ("aws_api_gateway_method_response", "preflight", map(method_response)),
        ("aws_api_gateway_integration_response", "preflight", map(integration_response)),
    ]
}

/// What a deployment takes a snapshot of.
const DEPLOYED: [&str; 3] =
    ["module.errors", "aws_api_gateway_integration.this", "aws_api_gateway_integration_response.preflight"];

const HASH: &str = "sha1(jsonencode([local.methods, local.preflights, module.errors.redeployment]))";

fn errors<'a>() -> Value<'a> {
    map([
        ("source", text("../errors")),
        ("rest_api_id", expr("local.rest_api_id")),
        ("methods", expr("{ for name, route in local.operations : name => aws_api_gateway_integration.this[route] }")),
        ("success", Value::Bool(true)),
        ("gateway_responses", expr("var.gateway_responses")),
    ])
}

fn outputs<'a>() -> Value<'a> {
    let output =
        |description: &'a str, value: &'a str| vec![("description", text(description)), ("value", expr(value))];
    let mut redeployment =
        output("Changes with all that a deployment has to take up: for the triggers of one of your own.", HASH);
    redeployment.push(("depends_on", words(DEPLOYED)));
    let all = [
        ("rest_api_id", output("The API.", "local.rest_api_id")),
        ("execution_arn", output("The API, for permissions.", "local.execution_arn")),
        (
            "deployment_id",
            output(
                "What a stage deploys. There is none where the API was there already.",
                "one(aws_api_gateway_deployment.this[*].id)",
            ),
        ),
        ("redeployment", redeployment),
    ];
    map(all.map(|(name, output)| (name, map(output))))
}
