//! What API Gateway needs to start an execution and to answer with its outcome, as members of a method in an `OpenAPI`
//! document.

use super::super::Cx;
use super::super::openapi::{IntegrationResponse, MethodResponse, integration_responses, method_response};
use crate::rest::Execution;
use indexmap::IndexMap;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Method<'a> {
    generated: String,
    responses: IndexMap<String, MethodResponse<'a>>,
    #[serde(rename = "x-amazon-apigateway-integration")]
    integration: Integration<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Integration<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    http_method: &'static str,
    uri: IndexMap<&'static str, &'static str>,
    credentials: IndexMap<&'static str, &'static str>,
    passthrough_behavior: &'static str,
    request_templates: IndexMap<&'static str, &'a str>,
    responses: IndexMap<&'a str, IntegrationResponse<'a>>,
}

/// Writes them down. The role and the region are put in by CloudFormation, the state machine is told by the stage.
pub(super) fn method<'a>(cx: &Cx<'_>, execution: &'a Execution) -> Method<'a> {
    let sub = |text| IndexMap::from([("Fn::Sub", text)]);
    let responses = std::slice::from_ref(&execution.response);
    Method {
        generated: cx.origin(),
        responses: responses.iter().map(method_response).collect(),
        integration: Integration {
            kind: "aws",
            http_method: "POST",
            uri: sub("arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartSyncExecution"),
            credentials: sub("${StartSyncExecutionRole.Arn}"),
            passthrough_behavior: "never",
            request_templates: [("application/json", &*execution.request)].into(),
            responses: integration_responses(responses),
        },
    }
}
