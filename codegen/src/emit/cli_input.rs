//! The documents that `aws apigateway put-integration-response`, `put-method-response`, `put-gateway-response` and
//! `create-model` take by `--cli-input-json`. The ids of the API and the resource are given on the command line beside them.

use super::openapi::{Customised, codes, customised, parameters, status_model};
use super::schema::{Naming, Schema, reserved};
use super::{Cx, File, json};
use crate::fallback::gateway_responses;
use crate::mapping::{Mapping, Response};
use indexmap::IndexMap;
use serde::Serialize;
use std::path::PathBuf;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PutIntegrationResponse<'a> {
    http_method: &'a str,
    status_code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    selection_pattern: Option<&'a str>,
    response_parameters: IndexMap<String, String>,
    response_templates: IndexMap<&'static str, &'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PutMethodResponse<'a> {
    http_method: &'a str,
    status_code: String,
    response_parameters: IndexMap<String, bool>,
    response_models: IndexMap<&'static str, String>,
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
struct PutGatewayResponse {
    response_type: &'static str,
    #[serde(flatten)]
    customised: Customised,
}

/// Every document, by operation and status.
pub(super) fn documents(cx: &Cx<'_>) -> Vec<File> {
    let mut files = Vec::new();
    for mapping in &cx.mappings {
        for response in &mapping.responses {
            let folder = PathBuf::from(&mapping.operation.name);
            let document = integration_response(mapping, response);
            files.push(File {
                path: folder.join(format!("{}.integration-response.json", response.status)),
                text: document,
            });
            let document = method_response(mapping, response);
            files.push(File { path: folder.join(format!("{}.method-response.json", response.status)), text: document });
        }
    }
    let models = PathBuf::from("models");
    let mut model = |name: &str, schema: Schema| {
        let document = CreateModel {
            name,
            content_type: "application/problem+json",
            description: cx.origin(),
            schema: serde_json::to_string(&schema.alone()).unwrap_or_default(),
        };
        files.push(File { path: models.join(format!("{name}.model.json")), text: json(&document) });
    };
    for error in &cx.contract.errors {
        model(&error.code, Naming::Alone.error(error));
    }
    for code in throwback_syntax::RESERVED_CODES {
        model(code, reserved(code));
    }
    for mapping in &cx.mappings {
        for response in mapping.responses.iter().filter(|response| codes(response).count() > 1) {
            let one_of = response.errors.iter().map(|error| Naming::Alone.error(error));
            let one_of = one_of.chain(response.reserved.map(reserved));
            let schema = Schema::one_of(one_of.collect());
            model(&status_model(&mapping.operation.name, response.status), schema);
        }
    }
    for response in gateway_responses(cx.options.cors.as_deref()) {
        let path = PathBuf::from("gateway-responses").join(format!("{}.gateway-response.json", response.kind));
        let document = PutGatewayResponse { response_type: response.kind, customised: customised(&response) };
        files.push(File { path, text: json(&document) });
    }
    files
}

fn integration_response(mapping: &Mapping<'_>, response: &Response<'_>) -> String {
    json(&PutIntegrationResponse {
        http_method: &mapping.operation.method,
        status_code: response.status.to_string(),
        selection_pattern: response.pattern.as_deref(),
        response_parameters: parameters(response).collect(),
        response_templates: response.template.iter().map(|template| ("application/json", template.as_str())).collect(),
    })
}

fn method_response(mapping: &Mapping<'_>, response: &Response<'_>) -> String {
    let headers = response.constants.iter().map(|(name, _)| *name).chain(response.dynamic.iter().map(String::as_str));
    let codes: Vec<_> = codes(response).collect();
    let model = match codes.as_slice() {
        // API Gateway brings this model itself: any JSON.
        [] => ("application/json", "Empty".to_owned()),
        [only] => ("application/problem+json", (*only).to_owned()),
        _ => ("application/problem+json", status_model(&mapping.operation.name, response.status)),
    };
    json(&PutMethodResponse {
        http_method: &mapping.operation.method,
        status_code: response.status.to_string(),
        // Not required: a header that only some errors of a status carry.
        response_parameters: headers.map(|name| (format!("method.response.header.{name}"), false)).collect(),
        response_models: [model].into(),
    })
}
