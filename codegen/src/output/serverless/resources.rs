//! What stands beside the methods, as `resources` in `serverless.yml` takes it: models, gateway responses and authorizers.

use super::{API, Reference, authorizer_id, model_id};
use crate::options::{Address, AuthorizerKind, Function};
use crate::output::cloudformation::DYNAMIC;
use crate::rest::{self, Api, Gatekeeper};
use crate::text::serverless::literal;
use heck::ToUpperCamelCase;
use indexmap::IndexMap;
use serde::Serialize;

/// What stands for every gateway response, so that a method depends on one thing.
pub(super) const GATEWAY_RESPONSES: &str = "ThrowbackGatewayResponses";

#[derive(Serialize)]
pub(super) struct Entry<'a> {
    #[serde(flatten)]
    resource: Resource<'a>,
    #[serde(rename = "DependsOn", skip_serializing_if = "Vec::is_empty")]
    depends_on: Vec<String>,
}

#[derive(Serialize)]
#[serde(tag = "Type", content = "Properties")]
enum Resource<'a> {
    #[serde(rename = "AWS::ApiGateway::Model")]
    Model(Model<'a>),
    #[serde(rename = "AWS::ApiGateway::GatewayResponse")]
    GatewayResponse(GatewayResponse<'a>),
    #[serde(rename = "AWS::ApiGateway::Authorizer")]
    Authorizer(Box<Gate<'a>>),
    #[serde(rename = "AWS::Lambda::Permission")]
    Permission(Permission),
    #[serde(rename = "AWS::CloudFormation::WaitConditionHandle")]
    Nothing,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Model<'a> {
    rest_api_id: Reference,
    name: &'a str,
    content_type: &'static str,
    /// As text, so that nothing on the way takes its members for its own.
    schema: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct GatewayResponse<'a> {
    rest_api_id: Reference,
    response_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_code: Option<String>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    response_parameters: IndexMap<String, String>,
    response_templates: IndexMap<&'static str, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Gate<'a> {
    rest_api_id: Reference,
    name: &'a str,
    #[serde(rename = "Type")]
    kind: AuthorizerKind,
    #[serde(rename = "ProviderARNs", skip_serializing_if = "<[_]>::is_empty")]
    user_pools: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    authorizer_uri: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorizer_credentials: Option<&'a str>,
    identity_source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    identity_validation_expression: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorizer_result_ttl_in_seconds: Option<u32>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Permission {
    function_name: Text,
    action: &'static str,
    principal: &'static str,
    source_arn: Text,
}

/// A text, or one in which CloudFormation replaces references.
#[derive(Serialize)]
#[serde(untagged)]
enum Text {
    Plain(String),
    Sub {
        #[serde(rename = "Fn::Sub")]
        text: String,
    },
}

/// Models and gateway responses, by their ids.
pub(super) fn of_errors<'a>(api: &'a Api<'_>) -> IndexMap<String, Entry<'a>> {
    let models = api.problem_models().map(|(model, schema)| {
        let resource = Resource::Model(self::model(model, &schema));
        (model_id(&model.name), entry(resource))
    });
    let mut resources: IndexMap<_, _> = models.collect();
    let of_gateway = api.gateway_responses.iter().map(|response| {
        let id = format!("ThrowbackGateway{}", response.kind.to_upper_camel_case());
        (id, entry(Resource::GatewayResponse(gateway_response(response))))
    });
    let of_gateway: Vec<_> = of_gateway.collect();
    let depends_on = of_gateway.iter().map(|(id, _)| id.clone()).collect();
    resources.extend(of_gateway);
    resources.insert(GATEWAY_RESPONSES.to_owned(), Entry { resource: Resource::Nothing, depends_on });
    resources
}

/// Authorizers, and what lets API Gateway call them, by their ids.
pub(super) fn of_access<'a>(api: &'a Api<'_>) -> IndexMap<String, Entry<'a>> {
    let mut resources = IndexMap::new();
    for gatekeeper in &api.gatekeepers {
        let id = authorizer_id(gatekeeper.name);
        if let Some(permission) = permission(gatekeeper) {
            resources.insert(format!("{id}Permission"), entry(Resource::Permission(permission)));
        }
        resources.insert(id, entry(Resource::Authorizer(Box::new(gate(gatekeeper)))));
    }
    resources
}

fn entry(resource: Resource<'_>) -> Entry<'_> {
    Entry { resource, depends_on: Vec::new() }
}

fn model<'a>(model: &'a rest::Model<'_>, schema: &str) -> Model<'a> {
    Model {
        rest_api_id: Reference::to(API),
        name: &model.name,
        content_type: model.media_type(),
        // A reference to a secret is none in it.
        schema: literal(&schema.replace(DYNAMIC, "{\\u007bresolve:")),
    }
}

fn gateway_response(response: &rest::GatewayResponse) -> GatewayResponse<'_> {
    GatewayResponse {
        rest_api_id: Reference::to(API),
        response_type: response.kind,
        status_code: response.status.map(|status| status.to_string()),
        response_parameters: response.parameters().map(|(name, value)| (name, literal(&value))).collect(),
        response_templates: [("application/json", literal(&response.template))].into(),
    }
}

fn gate<'a>(gatekeeper: &'a Gatekeeper<'_>) -> Gate<'a> {
    let def = gatekeeper.def;
    Gate {
        rest_api_id: Reference::to(API),
        name: gatekeeper.name,
        kind: gatekeeper.kind,
        user_pools: &def.user_pools,
        authorizer_uri: gatekeeper.address.as_ref().map(|address| match address {
            Address::Text(text) => Text::Plain(literal(text)),
            Address::Sub(text) => Text::sub(text),
        }),
        authorizer_credentials: def.role.as_deref(),
        identity_source: def.identity_source(),
        identity_validation_expression: def.pattern.as_deref().map(literal),
        authorizer_result_ttl_in_seconds: def.ttl,
    }
}

/// What lets API Gateway call an authorizer of the stack. One that stands elsewhere is not the stack's to open, and for a role
/// there is nothing to say.
fn permission(gatekeeper: &Gatekeeper<'_>) -> Option<Permission> {
    let Some(Function::Sub(function)) = gatekeeper.def.function.as_ref().filter(|_| gatekeeper.def.role.is_none())
    else {
        return None;
    };
    let authorizers =
        format!("arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{{API}}}/authorizers/*");
    Some(Permission {
        function_name: Text::sub(function),
        action: "lambda:InvokeFunction",
        principal: "apigateway.amazonaws.com",
        source_arn: Text::sub(&authorizers),
    })
}

impl Text {
    fn sub(text: &str) -> Self {
        Self::Sub { text: literal(text) }
    }
}
