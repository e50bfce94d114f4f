//! The documents that the AWS command line takes by `--cli-input-json`, one for each call that makes the API, the order of
//! the calls, and the script that makes them. The ids of the API and of the resource are given on the command line beside
//! them.

mod script;
#[cfg(test)]
mod tests;

use super::openapi::{Customised, customised};
use super::{Cx, File, Form, Output, Wanted, json};
use crate::contract::Front;
use crate::options::{Address, AuthorizerKind};
use crate::rest::{self, Gatekeeper, Method, Model, Response, Set};
use indexmap::IndexMap;
use serde::Serialize;

/// The output `integration-responses`.
pub(super) struct Documents;

impl Output for Documents {
    fn key(&self) -> &'static str {
        "integration-responses"
    }

    fn help(&self) -> &'static str {
        "Write the AWS command line's JSON documents to this folder"
    }

    fn form(&self) -> Form {
        Form::Folder
    }

    fn in_program(&self, front: Front) -> Option<&'static str> {
        (front == Front::Rest).then_some("generated/integration-responses")
    }

    fn files(&self, cx: &Cx<'_>, _: &Wanted) -> Result<Vec<File>, String> {
        Ok(documents(cx))
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PutMethod<'a> {
    http_method: &'a str,
    /// Whoever may call is for the author to say: where he does not, nothing here opens a method.
    #[serde(skip_serializing_if = "Option::is_none")]
    authorization_type: Option<&'static str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    authorization_scopes: &'a [String],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    api_key_required: bool,
    operation_name: &'a str,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    request_parameters: IndexMap<String, bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CreateAuthorizer<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    kind: AuthorizerKind,
    #[serde(rename = "providerARNs", skip_serializing_if = "<[_]>::is_empty")]
    user_pools: &'a [String],
    /// Not where CloudFormation would have to put it in: nobody does here.
    #[serde(skip_serializing_if = "Option::is_none")]
    authorizer_uri: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorizer_credentials: Option<&'a str>,
    identity_source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    identity_validation_expression: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorizer_result_ttl_in_seconds: Option<u32>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PutIntegration<'a> {
    http_method: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    integration_http_method: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<&'a str>,
    passthrough_behavior: &'static str,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    request_templates: IndexMap<&'static str, &'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PutIntegrationResponse<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    http_method: Option<&'a str>,
    status_code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    selection_pattern: Option<&'a str>,
    response_parameters: IndexMap<String, String>,
    response_templates: IndexMap<&'static str, &'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PutMethodResponse<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    http_method: Option<&'a str>,
    status_code: String,
    response_parameters: IndexMap<String, bool>,
    response_models: IndexMap<&'static str, &'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CreateModel<'a> {
    name: &'a str,
    content_type: &'static str,
    description: String,
    schema: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PutGatewayResponse<'a> {
    response_type: &'static str,
    #[serde(flatten)]
    customised: Customised<'a>,
}

/// What has to be called.
#[derive(Serialize)]
struct Index<'a> {
    /// By whom, and for which API.
    generated: String,
    /// The hash of the contract that they are made from.
    contract: &'a str,
    /// In the order in which API Gateway takes them.
    calls: &'a [Call<'a>],
    /// For each set of errors that no operation names: the calls for a method that is there already, whose resource and
    /// method are given on the command line.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    sets: IndexMap<&'a str, Vec<Call<'a>>>,
}

/// One call.
#[derive(Serialize)]
struct Call<'a> {
    /// The command, behind `aws apigateway`.
    command: &'static str,
    /// The resource whose id is given, by its path.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    /// The authorizer whose id is given, by its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    authorizer: Option<&'a str>,
    /// What is given as `--cli-input-json`.
    document: String,
}

/// The calls so far, and their documents.
#[derive(Default)]
struct Calls<'a> {
    calls: Vec<Call<'a>>,
    files: Vec<File>,
}

impl<'a> Calls<'a> {
    fn add(&mut self, command: &'static str, path: Option<&'a str>, document: String, input: &impl Serialize) {
        self.files.push(File { path: document.clone().into(), text: json(input) });
        self.calls.push(Call { command, path, authorizer: None, document });
    }
}

/// Every document, and `index.json`, which says in what order they are put, and where.
fn documents(cx: &Cx<'_>) -> Vec<File> {
    let mut calls = Calls::default();
    for (model, schema) in cx.rest.problem_models() {
        let document = format!("models/{}.model.json", model.name);
        calls.add("create-model", None, document, &create_model(cx, model, schema));
    }
    for gatekeeper in &cx.rest.gatekeepers {
        let document = format!("authorizers/{}.authorizer.json", gatekeeper.name);
        calls.add("create-authorizer", None, document, &create_authorizer(gatekeeper));
    }
    for resource in &cx.rest.resources {
        for method in &resource.methods {
            of_method(cx, &mut calls, resource.path, method);
        }
    }
    for response in &cx.rest.gateway_responses {
        let document = format!("gateway-responses/{}.gateway-response.json", response.kind);
        let input = PutGatewayResponse { response_type: response.kind, customised: customised(response) };
        calls.add("put-gateway-response", None, document, &input);
    }
    let mut sets = IndexMap::new();
    for set in &cx.rest.sets {
        let of_set = of_set(set);
        sets.insert(set.def.name.as_str(), of_set.calls);
        calls.files.extend(of_set.files);
    }
    let index = Index { generated: cx.origin(), contract: &cx.hash, calls: &calls.calls, sets };
    calls.files.push(File { path: "index.json".into(), text: json(&index) });
    calls.files.push(File { path: "apply.sh".into(), text: script::script(cx) });
    calls.files
}

/// The method responses before the integration responses of their statuses.
fn of_set<'a>(set: &Set<'_>) -> Calls<'a> {
    let (mut calls, name) = (Calls::default(), &set.def.name);
    for response in &set.responses {
        let document = format!("sets/{name}/{}.method-response.json", response.status);
        calls.add("put-method-response", None, document, &put_method_response(None, response));
    }
    for response in &set.responses {
        let document = format!("sets/{name}/{}.integration-response.json", response.status);
        calls.add("put-integration-response", None, document, &put_integration_response(None, response));
    }
    calls
}

/// The method before what belongs to it, and the method responses before the integration responses of their statuses.
fn of_method<'a>(cx: &Cx<'_>, calls: &mut Calls<'a>, path: &'a str, method: &Method<'a>) {
    let (name, path) = (&method.name, Some(path));
    calls.add("put-method", path, format!("{name}/{}.method.json", method.verb), &put_method(method));
    if let Some(call) = calls.calls.last_mut() {
        call.authorizer = method.access.authorizer();
    }
    for response in &method.responses {
        let document = format!("{name}/{}.method-response.json", response.status);
        calls.add("put-method-response", path, document, &put_method_response(Some(method.verb), response));
    }
    calls.add(
        "put-integration",
        path,
        format!("{name}/{}.integration.json", method.verb),
        &put_integration(cx, method),
    );
    for response in &method.responses {
        let document = format!("{name}/{}.integration-response.json", response.status);
        calls.add("put-integration-response", path, document, &put_integration_response(Some(method.verb), response));
    }
}

fn create_model<'a>(cx: &Cx<'_>, model: &'a Model<'_>, schema: String) -> CreateModel<'a> {
    CreateModel { name: &model.name, content_type: model.media_type(), description: cx.origin(), schema }
}

fn put_method<'a>(method: &'a Method<'_>) -> PutMethod<'a> {
    let parameters = method.parameters.iter().map(|parameter| (parameter.location(), parameter.required));
    PutMethod {
        http_method: method.verb,
        authorization_type: method.access.kind(),
        authorization_scopes: method.access.scopes,
        api_key_required: method.access.api_key,
        operation_name: &method.name,
        request_parameters: parameters.collect(),
    }
}

fn create_authorizer<'a>(gatekeeper: &'a Gatekeeper<'_>) -> CreateAuthorizer<'a> {
    let def = gatekeeper.def;
    CreateAuthorizer {
        name: gatekeeper.name,
        kind: gatekeeper.kind,
        user_pools: &def.user_pools,
        authorizer_uri: gatekeeper.address.as_ref().and_then(plain),
        authorizer_credentials: def.role.as_deref(),
        identity_source: def.identity_source(),
        identity_validation_expression: def.pattern.as_deref(),
        authorizer_result_ttl_in_seconds: def.ttl,
    }
}

/// An address that CloudFormation need not complete.
fn plain(address: &Address) -> Option<&str> {
    match address {
        Address::Text(text) => Some(text),
        Address::Sub(_) => None,
    }
}

fn put_integration<'a>(cx: &Cx<'_>, method: &'a Method<'_>) -> PutIntegration<'a> {
    let uri = method.integration.uri();
    PutIntegration {
        http_method: method.verb,
        kind: method.integration.kind(),
        integration_http_method: uri.map(|_| rest::INVOKED_BY),
        // That of a function which exists nowhere would be put without a word.
        uri: uri.filter(|_| cx.options.function.is_some()).and_then(plain),
        passthrough_behavior: method.integration.passthrough(),
        request_templates: method.integration.template.iter().map(|text| ("application/json", text.as_str())).collect(),
    }
}

fn put_integration_response<'a>(verb: Option<&'a str>, response: &'a Response<'_>) -> PutIntegrationResponse<'a> {
    PutIntegrationResponse {
        http_method: verb,
        status_code: response.status.to_string(),
        selection_pattern: response.pattern.as_deref(),
        response_parameters: response.parameters().collect(),
        response_templates: response.template.iter().map(|template| ("application/json", template.as_str())).collect(),
    }
}

fn put_method_response<'a>(verb: Option<&'a str>, response: &'a Response<'_>) -> PutMethodResponse<'a> {
    PutMethodResponse {
        http_method: verb,
        status_code: response.status.to_string(),
        response_parameters: response.declared_headers().collect(),
        response_models: response.model().into_iter().collect(),
    }
}
