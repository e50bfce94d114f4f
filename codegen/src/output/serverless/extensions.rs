//! What is added to the methods that the framework makes of events: what an event has no words for.

use super::resources::GATEWAY_RESPONSES;
use super::{API, Reference, literals, model_id, names};
use crate::rest::{Api, Body, Method, Resource, Response};
use crate::text::serverless::literal;
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

/// What is added to a resource of the framework's: each property replaces its own whole.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Extension<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    depends_on: Vec<&'static str>,
    properties: Properties<'a>,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Properties<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    policy: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation_name: Option<&'a str>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    request_parameters: IndexMap<String, bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    integration: Option<Integration<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    method_responses: Vec<MethodResponse<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Integration<'a> {
    #[serde(rename = "Type")]
    kind: &'static str,
    passthrough_behavior: &'static str,
    request_templates: IndexMap<&'static str, String>,
    #[serde(rename = "IntegrationResponses")]
    responses: Vec<IntegrationResponse<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct IntegrationResponse<'a> {
    status_code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    selection_pattern: Option<&'a str>,
    response_parameters: IndexMap<String, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct MethodResponse<'a> {
    status_code: String,
    response_parameters: IndexMap<String, bool>,
    response_models: IndexMap<&'static str, ModelName<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum ModelName<'a> {
    /// One that every API has.
    Stock(&'a str),
    /// One of the stack, which then is there first.
    Own(Reference),
}

/// What operations answer, by the ids of their methods.
pub(super) fn answers<'a>(api: &'a Api<'_>) -> IndexMap<String, Extension<'a>> {
    let operations = methods(api).filter(|(_, method)| method.operation.is_some());
    let extensions = operations.map(|(resource, method)| {
        let properties = Properties { method_responses: method_responses(method), ..Properties::default() };
        // The deployment takes a picture of the API as soon as its methods are there.
        (names::method(resource.path, method.verb), Extension { depends_on: vec![GATEWAY_RESPONSES], properties })
    });
    extensions.collect()
}

/// What requests carry, what a browser is told that asks before, and the API's resource policy.
pub(super) fn requests<'a>(api: &'a Api<'_>) -> IndexMap<String, Extension<'a>> {
    let extension = |properties| Extension { depends_on: Vec::new(), properties };
    let policy = api.policy.map(|policy| Properties { policy: Some(literals(policy)), ..Properties::default() });
    let policy = policy.map(|properties| (API.to_owned(), extension(properties)));
    let methods = methods(api).filter(|(_, method)| method.operation.is_none() || !method.parameters.is_empty());
    let methods = methods.map(|(resource, method)| {
        let id = names::method(resource.path, method.verb);
        (id, extension(if method.operation.is_some() { asked(method) } else { preflight(method) }))
    });
    policy.into_iter().chain(methods).collect()
}

fn methods<'a, 'b>(api: &'a Api<'b>) -> impl Iterator<Item = (&'a Resource<'b>, &'a Method<'b>)> {
    api.resources.iter().flat_map(|resource| resource.methods.iter().map(move |method| (resource, method)))
}

/// An event that declares parameters has the framework pass them on to Lambda's own API as well, where `Qualifier` in the
/// query chooses another version of the function.
fn asked<'a>(method: &Method<'_>) -> Properties<'a> {
    let parameters = method.parameters.iter().map(|parameter| (parameter.location(), parameter.required));
    Properties { request_parameters: parameters.collect(), ..Properties::default() }
}

/// The framework's own has another status, and a request template that is no JSON.
fn preflight<'a>(method: &'a Method<'_>) -> Properties<'a> {
    Properties {
        operation_name: Some(&method.name),
        integration: Some(integration(method)),
        method_responses: method_responses(method),
        ..asked(method)
    }
}

fn integration<'a>(method: &'a Method<'_>) -> Integration<'a> {
    let responses = method.responses.iter().map(|response| IntegrationResponse {
        status_code: response.status.to_string(),
        selection_pattern: response.pattern.as_deref(),
        response_parameters: response.parameters().map(|(name, value)| (name, literal(&value))).collect(),
    });
    Integration {
        kind: method.integration.kind(),
        passthrough_behavior: method.integration.passthrough(),
        request_templates: method.integration.template.iter().map(|text| ("application/json", literal(text))).collect(),
        responses: responses.collect(),
    }
}

fn method_responses<'a>(method: &'a Method<'_>) -> Vec<MethodResponse<'a>> {
    method.responses.iter().map(method_response).collect()
}

fn method_response<'a>(response: &'a Response<'_>) -> MethodResponse<'a> {
    let model = response.model().map(|(media_type, name)| {
        let is_stock = !matches!(response.body, Body::Problem { .. });
        (media_type, if is_stock { ModelName::Stock(name) } else { ModelName::Own(Reference::to(model_id(name))) })
    });
    MethodResponse {
        status_code: response.status.to_string(),
        response_parameters: response.declared_headers().collect(),
        response_models: model.into_iter().collect(),
    }
}
