//! The construct that gives a REST API of the project's own its mapping: models, gateway responses, and for each method
//! the responses of its integration and its own.

use super::literal::{Literal, WIDTH};
use crate::output::Cx;
use crate::rest::{self, Backend, Response};
use crate::text::typescript::{docs, string};
use askama::Template;
use indexmap::IndexMap;
use serde::Serialize;

#[derive(Template)]
#[template(path = "cdk/errors.ts.askama", escape = "none")]
struct Errors<'a> {
    origin: String,
    class: &'a str,
    docs: Vec<String>,
    constructor: String,
    /// What can be asked for, and the answers.
    methods: String,
    method_data: String,
    integrations: Option<String>,
    integration_data: Option<String>,
    requests: Option<String>,
    request_data: Option<String>,
    models: String,
    model_data: String,
    gateway_responses: String,
    gateway_data: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Method<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    operation_name: Option<&'a str>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    request_parameters: IndexMap<String, bool>,
    #[serde(rename = "methodResponses")]
    responses: Vec<MethodResponse<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    passthrough_behavior: &'static str,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    request_templates: IndexMap<&'static str, &'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct IntegrationResponse<'a> {
    status_code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    selection_pattern: Option<&'a str>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    response_templates: IndexMap<&'static str, &'a str>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    response_parameters: IndexMap<String, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MethodResponse<'a> {
    status_code: String,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    response_parameters: IndexMap<String, bool>,
    /// By their names: the construct makes them.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    models: IndexMap<&'static str, &'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Model {
    content_type: &'static str,
    /// As text: in CloudFormation's templates, an object with one member `Ref` is a reference.
    schema: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GatewayResponse<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    status_code: Option<String>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    response_headers: IndexMap<String, String>,
    templates: IndexMap<&'static str, &'a str>,
}

/// The file.
pub(super) fn text(cx: &Cx<'_>, class: &str) -> Result<String, String> {
    let api = &cx.rest;
    let all = || api.resources.iter().flat_map(|resource| &resource.methods);
    let mapped = || all().filter(|method| !matches!(method.integration.backend, Backend::Proxy { .. }));
    let sets = || api.sets.iter().map(|set| (set.def.name.as_str(), set));
    let mut methods: Table<'_, _> = all().map(|it| (&*it.name, method(Some(it), &it.responses))).collect();
    methods.extend(sets().map(|(name, set)| (name, method(None, &set.responses))));
    let mut integrations: Table<'_, _> = mapped().map(|it| (&*it.name, integration(&it.responses))).collect();
    integrations.extend(sets().map(|(name, set)| (name, integration(&set.responses))));
    let requests: Table<'_, _> = mapped().map(|it| (&*it.name, request(it))).collect();
    let models: Table<'_, _> = api
        .problem_models()
        .map(|(model, schema)| (&*model.name, Model { content_type: model.media_type(), schema }))
        .collect();
    let gateway: Table<'_, _> = api.gateway_responses.iter().map(|it| (it.kind, gateway_response(it))).collect();
    let file = Errors {
        origin: cx.origin(),
        class,
        docs: docs(&about(cx, class)),
        constructor: constructor(class),
        methods: union("MethodName", &methods),
        method_data: literal(&methods)?,
        integrations: (!integrations.is_empty()).then(|| union("IntegrationName", &integrations)),
        integration_data: (!integrations.is_empty()).then(|| literal(&integrations)).transpose()?,
        requests: (!requests.is_empty()).then(|| union("RequestName", &requests)),
        request_data: (!requests.is_empty()).then(|| literal(&requests)).transpose()?,
        models: union("ModelName", &models),
        model_data: literal(&models)?,
        gateway_responses: union("GatewayResponseType", &gateway),
        gateway_data: literal(&gateway)?,
    };
    file.render().map_err(|error| error.to_string())
}

/// What is asked for, by its name.
type Table<'a, T> = IndexMap<&'a str, T>;

fn literal(table: &impl Serialize) -> Result<String, String> {
    Ok(Literal::of(table)?.print(0, 0))
}

/// The union of a table's names, each on a line of its own where one is not enough.
fn union<T>(name: &str, table: &Table<'_, T>) -> String {
    let names: Vec<_> = table.keys().map(|name| string(name)).collect();
    let line =
        format!("export type {name} = {};", if names.is_empty() { "never".to_owned() } else { names.join(" | ") });
    if line.chars().count() <= WIDTH {
        return line;
    }
    match names.as_slice() {
        [only] => format!("export type {name} =\n  {only};"),
        _ => format!("export type {name} =\n  | {};", names.join("\n  | ")),
    }
}

/// What the class is, and how it is used.
fn about(cx: &Cx<'_>, class: &str) -> String {
    let contract = cx.contract;
    let about = if contract.docs.is_empty() { String::new() } else { format!("\n\n{}", contract.docs) };
    let mut example = format!("const errors = new {class}(this, \"Errors\", {{ restApi }});\n");
    if let Some((_, method)) = cx.rest.operations().next().filter(|_| cx.rest.has_patterns) {
        let (name, verb) = (string(&method.name), method.verb);
        let lines = [
            "const integration = new apigateway.LambdaIntegration(handler, {".to_owned(),
            format!("  ...errors.request({name}),"),
            format!("  ...errors.integration({name}),"),
            "});".to_owned(),
            format!("resource.addMethod(\"{verb}\", integration, errors.method({name}));\n"),
        ];
        example += &lines.join("\n");
    }
    format!("The errors of `{}` on a REST API.\n\n```ts\n{example}```{about}", contract.name)
}

fn constructor(class: &str) -> String {
    let parameters = ["scope: Construct".to_owned(), "id: string".to_owned(), format!("props: {class}Props")];
    let line = format!("constructor({})", parameters.join(", "));
    // Behind the indentation, and before the brace.
    if line.len() + 4 <= WIDTH { line } else { format!("constructor(\n    {},\n  )", parameters.join(",\n    ")) }
}

/// The method of an operation or a preflight, or of none.
fn method<'a>(method: Option<&'a rest::Method<'_>>, responses: &'a [Response<'_>]) -> Method<'a> {
    let parameters = method.into_iter().flat_map(|method| &method.parameters);
    let responses = responses.iter().map(|response| MethodResponse {
        status_code: response.status.to_string(),
        response_parameters: response.declared_headers().collect(),
        models: response.model().into_iter().collect(),
    });
    Method {
        operation_name: method.map(|method| &*method.name),
        request_parameters: parameters.map(|parameter| (parameter.location(), parameter.required)).collect(),
        responses: responses.collect(),
    }
}

fn request<'a>(method: &'a rest::Method<'_>) -> Request<'a> {
    let templates = method.integration.template.iter().map(|text| ("application/json", text.as_str()));
    Request { passthrough_behavior: method.integration.passthrough(), request_templates: templates.collect() }
}

fn integration<'a>(responses: &'a [Response<'_>]) -> Vec<IntegrationResponse<'a>> {
    let responses = responses.iter().map(|response| IntegrationResponse {
        status_code: response.status.to_string(),
        selection_pattern: response.pattern.as_deref(),
        response_templates: response.template.iter().map(|text| ("application/json", text.as_str())).collect(),
        response_parameters: response.parameters().collect(),
    });
    responses.collect()
}

fn gateway_response(response: &rest::GatewayResponse) -> GatewayResponse<'_> {
    // The library's construct writes the place before each name.
    let named = |(name, value): (String, String)| {
        (name.strip_prefix("gatewayresponse.header.").unwrap_or(&name).to_owned(), value)
    };
    GatewayResponse {
        status_code: response.status.map(|status| status.to_string()),
        response_headers: response.parameters().map(named).collect(),
        templates: [("application/json", response.template.as_str())].into(),
    }
}
