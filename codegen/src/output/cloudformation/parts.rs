//! What a template has, in CloudFormation's words (CloudFormation template reference, "Amazon API Gateway resource type
//! reference").
#![expect(clippy::struct_field_names, reason = "properties have CloudFormation's names")]

use indexmap::IndexMap;
use serde::Serialize;

/// Resources by their logical ids.
pub(super) type Resources<'a> = IndexMap<String, Resource<'a>>;

/// A value: a text, or what CloudFormation puts in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::output) enum Put {
    Ref(String),
    #[serde(rename = "Fn::GetAtt")]
    Attribute([String; 2]),
    #[serde(rename = "Fn::Sub")]
    Sub(String),
    #[serde(untagged)]
    Text(String),
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::output) struct Resource<'a> {
    #[serde(flatten)]
    pub(super) kind: Kind<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) condition: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) depends_on: Vec<String>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub(super) kept: Option<Kept>,
}

impl<'a> From<Kind<'a>> for Resource<'a> {
    fn from(kind: Kind<'a>) -> Self {
        Self { kind, condition: None, depends_on: Vec::new(), kept: None }
    }
}

/// What becomes of a resource that a template names no more.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Kept {
    deletion_policy: &'static str,
    update_replace_policy: &'static str,
}

impl Kept {
    pub(super) const RETAINED: Self = Self { deletion_policy: "Retain", update_replace_policy: "Retain" };
}

#[derive(Debug, Serialize)]
#[serde(tag = "Type", content = "Properties")]
pub(super) enum Kind<'a> {
    #[serde(rename = "AWS::ApiGateway::RestApi")]
    RestApi(RestApi<'a>),
    #[serde(rename = "AWS::ApiGateway::Model")]
    Model(Model<'a>),
    #[serde(rename = "AWS::ApiGateway::Authorizer")]
    Authorizer(Authorizer<'a>),
    #[serde(rename = "AWS::ApiGateway::Resource")]
    Resource(PathPart<'a>),
    #[serde(rename = "AWS::ApiGateway::Method")]
    Method(Box<Method<'a>>),
    #[serde(rename = "AWS::ApiGateway::GatewayResponse")]
    GatewayResponse(GatewayResponse<'a>),
    #[serde(rename = "AWS::Lambda::Permission")]
    Permission(Permission),
    #[serde(rename = "AWS::ApiGateway::Deployment")]
    Deployment(Deployment),
    #[serde(rename = "AWS::ApiGateway::Stage")]
    Stage(Stage),
    #[serde(rename = "AWS::CloudFormation::WaitConditionHandle")]
    Handle,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RestApi<'a> {
    pub(super) name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) policy: Option<&'a serde_json::Value>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Model<'a> {
    pub(super) rest_api_id: Put,
    pub(super) name: &'a str,
    pub(super) content_type: &'static str,
    pub(super) description: String,
    /// As text: a member of the user's named `Ref` would be a word of CloudFormation's.
    pub(super) schema: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Authorizer<'a> {
    pub(super) rest_api_id: Put,
    pub(super) name: &'a str,
    #[serde(rename = "Type")]
    pub(super) kind: crate::options::AuthorizerKind,
    #[serde(rename = "ProviderARNs", skip_serializing_if = "<[_]>::is_empty")]
    pub(super) user_pools: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) authorizer_uri: Option<Put>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) authorizer_credentials: Option<&'a str>,
    pub(super) identity_source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) identity_validation_expression: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) authorizer_result_ttl_in_seconds: Option<u32>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PathPart<'a> {
    pub(super) rest_api_id: Put,
    pub(super) parent_id: Put,
    pub(super) path_part: &'a str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Method<'a> {
    pub(super) rest_api_id: Put,
    pub(super) resource_id: Put,
    pub(super) http_method: &'a str,
    pub(super) operation_name: &'a str,
    pub(super) authorization_type: Put,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) authorizer_id: Option<Put>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) authorization_scopes: &'a [String],
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) api_key_required: bool,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub(super) request_parameters: IndexMap<String, bool>,
    pub(super) integration: Integration<'a>,
    #[serde(flatten)]
    pub(super) responses: MethodResponses,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Integration<'a> {
    #[serde(rename = "Type")]
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) integration_http_method: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) uri: Option<Put>,
    pub(super) passthrough_behavior: &'static str,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub(super) request_templates: IndexMap<&'static str, &'a str>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub(super) responses: Option<IntegrationResponses<'a>>,
}

/// What is included in an `Integration`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct IntegrationResponses<'a> {
    pub(super) integration_responses: Vec<IntegrationResponse<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct IntegrationResponse<'a> {
    pub(super) status_code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) selection_pattern: Option<&'a str>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub(super) response_parameters: IndexMap<String, String>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub(super) response_templates: IndexMap<&'static str, &'a str>,
}

/// What is included in the `Properties` of a method.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct MethodResponses {
    pub(super) method_responses: Vec<MethodResponse>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct MethodResponse {
    pub(super) status_code: String,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub(super) response_parameters: IndexMap<String, bool>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub(super) response_models: IndexMap<&'static str, Put>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct GatewayResponse<'a> {
    pub(super) rest_api_id: Put,
    pub(super) response_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status_code: Option<String>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub(super) response_parameters: IndexMap<String, String>,
    pub(super) response_templates: IndexMap<&'static str, &'a str>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::output) struct Permission {
    pub(in crate::output) action: &'static str,
    pub(in crate::output) function_name: Put,
    pub(in crate::output) principal: &'static str,
    pub(in crate::output) source_arn: Put,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Deployment {
    pub(super) rest_api_id: Put,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Stage {
    pub(super) rest_api_id: Put,
    pub(super) deployment_id: Put,
    pub(super) stage_name: Put,
}
