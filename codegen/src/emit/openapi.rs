//! The OpenAPI document that API Gateway imports: OpenAPI 3.0.1 with its extensions, complete, and free of what the
//! import would warn of.

use super::schema::{Naming, Schema, model_name, reserved};
use super::{Cx, json};
use crate::contract::{Field, Input, Shape, Type};
use crate::fallback::{self, GatewayResponse};
use crate::mapping::{Mapping, Response};
use crate::template;
use crate::text::header;
use heck::ToUpperCamelCase;
use indexmap::IndexMap;
use serde::Serialize;

/// A function that exists nowhere, for a document that is to be deployed later.
const SAMPLE_FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:";

#[derive(Serialize)]
struct Document {
    openapi: &'static str,
    info: Info,
    #[serde(rename = "x-throwback")]
    origin: Origin,
    paths: IndexMap<String, IndexMap<String, Operation>>,
    components: Components,
    #[serde(rename = "x-amazon-apigateway-gateway-responses")]
    gateway_responses: IndexMap<&'static str, Customised>,
}

#[derive(Serialize)]
struct Info {
    title: String,
    version: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
}

#[derive(Serialize)]
struct Origin {
    generator: &'static str,
    contract: String,
}

#[derive(Serialize)]
struct Components {
    schemas: IndexMap<String, Schema>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Operation {
    #[serde(rename = "operationId")]
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parameters: Vec<Parameter>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_body: Option<RequestBody>,
    responses: IndexMap<String, MethodResponse>,
    #[serde(rename = "x-amazon-apigateway-integration")]
    integration: Integration,
}

#[derive(Serialize)]
struct Parameter {
    name: String,
    #[serde(rename = "in")]
    place: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    required: bool,
    schema: Schema,
}

#[derive(Serialize)]
struct RequestBody {
    required: bool,
    content: IndexMap<&'static str, Content>,
}

#[derive(Serialize)]
struct Content {
    schema: Schema,
}

#[derive(Serialize)]
struct MethodResponse {
    description: String,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    headers: IndexMap<String, Content>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    content: IndexMap<&'static str, Content>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Integration {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    http_method: Option<&'static str>,
    passthrough_behavior: &'static str,
    request_templates: IndexMap<&'static str, String>,
    responses: IndexMap<String, IntegrationResponse>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct IntegrationResponse {
    status_code: String,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    response_parameters: IndexMap<String, String>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    response_templates: IndexMap<&'static str, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Customised {
    #[serde(skip_serializing_if = "Option::is_none")]
    status_code: Option<String>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    response_parameters: IndexMap<String, String>,
    response_templates: IndexMap<&'static str, String>,
}

/// Writes the document.
pub(crate) fn document(cx: &Cx<'_>) -> String {
    let mut paths: IndexMap<String, IndexMap<String, Operation>> = IndexMap::new();
    for mapping in &cx.mappings {
        let operation = mapping.operation;
        paths.entry(operation.path.clone()).or_default().insert(operation.method.to_lowercase(), method(cx, mapping));
    }
    if let Some(origin) = &cx.options.cors {
        for (path, methods) in &mut paths {
            let name = format!("options_{}", path.replace(|c: char| !c.is_ascii_alphanumeric(), "_").trim_matches('_'));
            let allowed =
                methods.keys().map(|method| method.to_uppercase()).chain(["OPTIONS".to_owned()]).collect::<Vec<_>>();
            methods.insert("options".to_owned(), preflight(name, path, origin, &allowed.join(",")));
        }
    }
    let gateway_responses = fallback::gateway_responses(cx.options.cors.as_deref());
    json(&Document {
        openapi: "3.0.1",
        info: Info {
            title: cx.contract.name.clone(),
            version: cx.contract.version.clone(),
            description: text(&cx.contract.docs),
        },
        origin: Origin { generator: concat!("throwback ", env!("CARGO_PKG_VERSION")), contract: cx.hash.clone() },
        paths,
        components: Components { schemas: schemas(cx) },
        gateway_responses: gateway_responses.iter().map(|response| (response.kind, customised(response))).collect(),
    })
}

/// A gateway response as API Gateway takes it.
pub(super) fn customised(response: &GatewayResponse) -> Customised {
    let headers = response.headers.iter();
    Customised {
        status_code: response.status.map(|status| status.to_string()),
        response_parameters: headers
            .map(|(name, value)| (format!("gatewayresponse.header.{name}"), constant(value)))
            .collect(),
        response_templates: [("application/json", response.template.clone())].into(),
    }
}

fn method(cx: &Cx<'_>, mapping: &Mapping<'_>) -> Operation {
    let operation = mapping.operation;
    let request_body = operation.input.body.then(|| RequestBody {
        required: true,
        content: [("application/json", Content { schema: body(cx, &operation.input) })].into(),
    });
    let responses = mapping.responses.iter().map(|response| {
        let integration = IntegrationResponse {
            status_code: response.status.to_string(),
            response_parameters: parameters(response).collect(),
            response_templates: response
                .template
                .iter()
                .map(|template| ("application/json", template.clone()))
                .collect(),
        };
        (response.pattern.clone().unwrap_or_else(|| "default".to_owned()), integration)
    });
    Operation {
        id: operation.name.clone(),
        description: text(&operation.docs),
        parameters: template::parameters(operation).map(|(place, field)| parameter(place, field)).collect(),
        request_body,
        responses: mapping.responses.iter().map(|response| method_response(mapping, response)).collect(),
        integration: Integration {
            kind: "aws",
            uri: Some(uri(cx)),
            // Lambda's API takes invocations by POST, whatever the method of the request.
            http_method: Some("POST"),
            passthrough_behavior: "never",
            request_templates: [("application/json", template::request(&cx.index, operation))].into(),
            responses: responses.collect(),
        },
    }
}

/// What the body holds: the input, without what travels in path and query.
fn body(cx: &Cx<'_>, input: &Input) -> Schema {
    let shape = match &input.ty {
        Type::Named(name) => cx.index.type_def(name).map(|def| &def.shape),
        _ => None,
    };
    match shape {
        Some(Shape::Struct(fields)) if !(input.path.is_empty() && input.query.is_empty()) => {
            let travels = |field: &Field| input.path.iter().chain(&input.query).any(|other| other.name == field.name);
            let rest = fields.iter().filter(|field| !travels(field)).cloned().collect();
            Naming::Components.shape(cx, &Shape::Struct(rest), "")
        }
        _ => Naming::Components.ty(&input.ty),
    }
}

fn parameter(place: &'static str, field: &Field) -> Parameter {
    Parameter {
        name: field.name.clone(),
        place,
        description: text(&field.docs),
        required: place == "path" || !field.optional,
        schema: Naming::Components.ty(&field.ty),
    }
}

/// The name of the model for an operation's status.
pub(super) fn status_model(operation: &str, status: u16) -> String {
    format!("{}{status}", operation.to_upper_camel_case())
}

/// The names of a response's errors, declared and reserved.
pub(super) fn codes<'a>(response: &'a Response<'_>) -> impl Iterator<Item = &'a str> {
    response.errors.iter().map(|error| error.code.as_str()).chain(response.reserved)
}

fn method_response(mapping: &Mapping<'_>, response: &Response<'_>) -> (String, MethodResponse) {
    let names = response.constants.iter().map(|(name, _)| (*name).to_owned()).chain(response.dynamic.iter().cloned());
    let string = || Content { schema: Naming::Components.ty(&Type::STRING) };
    let headers = names.map(|name| (name, string())).collect();
    let (description, content) = if response.pattern.is_none() {
        let content = Content { schema: Naming::Components.ty(&mapping.operation.output) };
        ("Success".to_owned(), ("application/json", content))
    } else {
        let codes: Vec<_> = codes(response).collect();
        let model = match codes.as_slice() {
            [only] => (*only).to_owned(),
            _ => status_model(&mapping.operation.name, response.status),
        };
        (codes.join(", "), ("application/problem+json", Content { schema: Schema::reference(&model) }))
    };
    (response.status.to_string(), MethodResponse { description, headers, content: [content].into() })
}

/// The constant headers of a response, as expressions.
pub(super) fn parameters<'a>(response: &'a Response<'_>) -> impl Iterator<Item = (String, String)> + 'a {
    response.constants.iter().map(|(name, value)| (format!("method.response.header.{name}"), constant(value)))
}

/// A constant in an expression.
fn constant(text: &str) -> String {
    // An emitter's context holds no other value.
    header::constant(text).unwrap_or_default()
}

fn uri(cx: &Cx<'_>) -> String {
    let sample = format!("{SAMPLE_FUNCTION}{}", cx.contract.name);
    let function = cx.options.function.as_ref().unwrap_or(&sample);
    let region = function.split(':').nth(3).unwrap_or("us-east-1");
    format!("arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{function}/invocations")
}

/// The answer to a browser that asks before it calls.
fn preflight(name: String, path: &str, origin: &str, methods: &str) -> Operation {
    let headers = [
        ("Access-Control-Allow-Origin", origin),
        ("Access-Control-Allow-Methods", methods),
        ("Access-Control-Allow-Headers", "Content-Type,Authorization,X-Api-Key,X-Amz-Date,X-Amz-Security-Token"),
    ];
    let string = || Content { schema: Naming::Components.ty(&Type::STRING) };
    let parameters =
        path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).map(|name| Parameter {
            name: name.to_owned(),
            place: "path",
            description: None,
            required: true,
            schema: Naming::Components.ty(&Type::STRING),
        });
    let answer = MethodResponse {
        description: "May be called".to_owned(),
        headers: headers.iter().map(|(name, _)| ((*name).to_owned(), string())).collect(),
        content: IndexMap::new(),
    };
    let integration = IntegrationResponse {
        status_code: "204".to_owned(),
        response_parameters: headers
            .iter()
            .map(|(name, value)| (format!("method.response.header.{name}"), constant(value)))
            .collect(),
        response_templates: IndexMap::new(),
    };
    Operation {
        id: name,
        description: None,
        parameters: parameters.collect(),
        request_body: None,
        responses: [("204".to_owned(), answer)].into(),
        integration: Integration {
            kind: "mock",
            uri: None,
            http_method: None,
            passthrough_behavior: "when_no_match",
            request_templates: [("application/json", "{\"statusCode\":204}".to_owned())].into(),
            responses: [("default".to_owned(), integration)].into(),
        },
    }
}

/// Every model: types, errors, and the union of the errors under one status.
fn schemas(cx: &Cx<'_>) -> IndexMap<String, Schema> {
    let mut schemas = IndexMap::new();
    for def in &cx.contract.types {
        schemas.insert(model_name(&def.name), Naming::Components.shape(cx, &def.shape, &def.docs));
    }
    for error in &cx.contract.errors {
        schemas.insert(error.code.clone(), Naming::Components.error(error));
    }
    for code in throwback_syntax::RESERVED_CODES {
        schemas.insert(code.to_owned(), reserved(code));
    }
    for mapping in &cx.mappings {
        for response in &mapping.responses {
            let codes: Vec<_> = codes(response).collect();
            if codes.len() > 1 {
                let one_of = codes.iter().map(|code| Schema::reference(code)).collect();
                schemas.insert(status_model(&mapping.operation.name, response.status), Schema::one_of(one_of));
            }
        }
    }
    schemas
}

fn text(docs: &str) -> Option<String> {
    (!docs.is_empty()).then(|| docs.to_owned())
}
