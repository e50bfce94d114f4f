//! The OpenAPI document that API Gateway imports: OpenAPI 3.0.1 with its extensions, complete, and free of what the
//! import would warn of. Where nothing imports one, it is the plain document.

mod limits;
mod merge;
mod parts;

use super::{Cx, File, Form, Output, Setting, Wanted, plain};
use crate::contract::{Front, Type};
use crate::diagnostic::{Diagnostic, Failed};
use crate::options::{Address, AuthorizerKind};
use crate::rest::{
    self, Access, Backend, Body, By, Dialect, Gatekeeper, GatewayResponse, Method, Resource, Response, Schema,
};
use indexmap::IndexMap;
use serde::Serialize;
use std::borrow::Cow;
use std::path::Path;

pub(super) use merge::{Data, KEY, Members, Merge, base_of, notes};
pub(super) use parts::{Content, Info, MethodResponse, Parameter, RequestBody};

/// The output `openapi`.
pub(super) struct OpenApi;

/// What it is added to.
const BASE: Setting = Setting {
    key: KEY,
    flat: "openapi-base",
    value: "FILE",
    help: "The OpenAPI document of your own, JSON or YAML, that errors are added to",
};

impl Output for OpenApi {
    fn key(&self) -> &'static str {
        "openapi"
    }

    fn help(&self) -> &'static str {
        "Write the OpenAPI document, with API Gateway's extensions, to this JSON file"
    }

    fn form(&self) -> Form {
        Form::File
    }

    fn settings(&self) -> &'static [Setting] {
        &[BASE]
    }

    fn reads(&self) -> &'static [&'static str] {
        &[BASE.key]
    }

    fn in_build_script(&self) -> Option<&'static str> {
        Some("openapi.json")
    }

    fn in_program(&self, _front: Front) -> Option<&'static str> {
        Some("generated/openapi.json")
    }

    fn opens(&self) -> bool {
        true
    }

    fn files(&self, cx: &Cx<'_>, _: &Wanted) -> Result<Vec<File>, String> {
        // Where no gateway imports it, it is for people and for other generators.
        let is_imported = is_imported(cx);
        Ok(vec![File::whole(if is_imported { document(cx, &cx.rest) } else { plain::document(cx, Dialect::Plain31) })])
    }

    fn made(&self, cx: &Cx<'_>, wanted: &Wanted) -> Result<Vec<File>, Failed> {
        match base_of(wanted)? {
            Some(read) => Ok(vec![File::whole(Merge::new(cx, read)?.text(cx)?)]),
            None => self.files(cx, wanted).map_err(|message| Diagnostic::new(message).into()),
        }
    }

    fn notes(&self, cx: &Cx<'_>, path: &Path, files: &[File]) -> Vec<String> {
        let document = files.iter().find(|file| file.path == path);
        let limits = document.map(|document| limits::notes(cx, &document.text)).unwrap_or_default();
        limits.into_iter().chain(notes(cx, self)).collect()
    }
}

/// Whether API Gateway imports the document of an API.
pub(super) fn is_imported(cx: &Cx<'_>) -> bool {
    cx.contract.front.is_rest() || cx.contract.front.is_http_api()
}

#[derive(Serialize)]
struct Document<'a> {
    openapi: &'static str,
    info: Info<'a>,
    #[serde(rename = "x-throwback")]
    origin: Origin<'a>,
    paths: IndexMap<&'a str, IndexMap<String, Operation<'a>>>,
    components: Components<'a>,
    #[serde(rename = "x-amazon-apigateway-cors", skip_serializing_if = "Option::is_none")]
    cors: Option<Cors<'a>>,
    #[serde(rename = "x-amazon-apigateway-gateway-responses", skip_serializing_if = "IndexMap::is_empty")]
    gateway_responses: IndexMap<&'static str, Customised<'a>>,
    #[serde(rename = "x-amazon-apigateway-policy", skip_serializing_if = "Option::is_none")]
    policy: Option<&'a serde_json::Value>,
}

/// CORS of an HTTP API (API Gateway developer guide, "x-amazon-apigateway-cors object").
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Cors<'a> {
    allow_origins: [&'a str; 1],
    allow_methods: &'a [&'a str],
    allow_headers: &'a [String],
    expose_headers: &'a [String],
}

#[derive(Serialize)]
struct Origin<'a> {
    generator: &'static str,
    contract: &'a str,
    /// What to write into methods whose operations are not described here.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    sets: IndexMap<&'a str, Set<'a>>,
}

/// The responses of a set of errors: of a method, and of its integration.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Set<'a> {
    responses: IndexMap<String, MethodResponse<'a>>,
    integration_responses: IndexMap<&'a str, IntegrationResponse<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Components<'a> {
    schemas: IndexMap<&'a str, &'a Schema>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    security_schemes: IndexMap<&'a str, SecurityScheme<'a>>,
}

/// Who calls, in OpenAPI's words: for API Gateway it is always a header (API Gateway developer guide,
/// "x-amazon-apigateway-authtype property" and "x-amazon-apigateway-authorizer object").
#[derive(Serialize)]
struct SecurityScheme<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    place: Option<&'static str>,
    /// OpenAPI asks for them where the type is `oauth2`; API Gateway reads the authorizer.
    #[serde(skip_serializing_if = "Option::is_none")]
    flows: Option<IndexMap<&'static str, &'static str>>,
    #[serde(rename = "x-amazon-apigateway-authtype", skip_serializing_if = "Option::is_none")]
    authtype: Option<&'static str>,
    #[serde(rename = "x-amazon-apigateway-authorizer", skip_serializing_if = "Option::is_none")]
    authorizer: Option<Gate<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Gate<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "providerARNs", skip_serializing_if = "<[_]>::is_empty")]
    user_pools: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    authorizer_uri: Option<&'a Address>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorizer_credentials: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identity_source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identity_validation_expression: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorizer_result_ttl_in_seconds: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorizer_payload_format_version: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    jwt_configuration: Option<Jwt<'a>>,
}

#[derive(Serialize)]
struct Jwt<'a> {
    issuer: &'a str,
    audience: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Operation<'a> {
    #[serde(rename = "operationId")]
    id: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parameters: Vec<Parameter<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_body: Option<RequestBody<'a>>,
    responses: IndexMap<String, MethodResponse<'a>>,
    /// API Gateway asks for all of them, each in an entry of its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    security: Vec<IndexMap<&'a str, &'a [String]>>,
    #[serde(rename = "x-amazon-apigateway-integration", skip_serializing_if = "Option::is_none")]
    integration: Option<Integration<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Integration<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<&'a Address>,
    #[serde(skip_serializing_if = "Option::is_none")]
    http_method: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload_format_version: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passthrough_behavior: Option<String>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    request_templates: IndexMap<&'static str, &'a str>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    responses: IndexMap<&'a str, IntegrationResponse<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct IntegrationResponse<'a> {
    status_code: String,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    response_parameters: IndexMap<String, String>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    response_templates: IndexMap<&'static str, &'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Customised<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    status_code: Option<String>,
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    response_parameters: IndexMap<String, String>,
    response_templates: IndexMap<&'static str, &'a str>,
}

/// Writes the document of an API, that of the context or the same with another function.
pub(crate) fn document(cx: &Cx<'_>, api: &rest::Api<'_>) -> String {
    let contract = cx.contract;
    limits::within(&Document {
        openapi: "3.0.1",
        info: Info::of(contract),
        origin: Origin {
            generator: concat!("throwback ", env!("CARGO_PKG_VERSION")),
            contract: &cx.hash,
            sets: api.sets.iter().map(|set| (set.def.name.as_str(), self::set(&set.responses))).collect(),
        },
        paths: api.resources.iter().map(|resource| (resource.path, path(resource))).collect(),
        components: Components {
            schemas: api.models.iter().map(|model| (model.name.as_ref(), &model.schema)).collect(),
            security_schemes: security_schemes(api),
        },
        cors: api.cors.as_ref().map(|cors| Cors {
            allow_origins: [cors.origin],
            allow_methods: &cors.methods,
            allow_headers: &cors.headers,
            expose_headers: &cors.exposed,
        }),
        gateway_responses: api.gateway_responses.iter().map(|response| (response.kind, customised(response))).collect(),
        policy: api.policy,
    })
}

/// The names under which IAM and API keys are known; no authorizer can have them.
const SIGV4: &str = "sigv4";
const API_KEY: &str = "api_key";

/// What the methods ask for.
fn security_schemes<'a>(api: &'a rest::Api<'_>) -> IndexMap<&'a str, SecurityScheme<'a>> {
    let header = |name, authtype, authorizer| SecurityScheme {
        kind: "apiKey",
        name: Some(name),
        place: Some("header"),
        flows: None,
        authtype,
        authorizer,
    };
    let mut schemes = IndexMap::new();
    let methods = || api.resources.iter().flat_map(|resource| &resource.methods).map(|method| method.access);
    if methods().any(|access| access.by == By::Iam) {
        schemes.insert(SIGV4, header("Authorization", Some("awsSigv4"), None));
    }
    if methods().any(|access| access.api_key) {
        schemes.insert(API_KEY, header("x-api-key", None, None));
    }
    for gatekeeper in &api.gatekeepers {
        if !api.is_rest {
            let scheme = header("Authorization", None, Some(http_authorizer(gatekeeper)));
            schemes.insert(
                gatekeeper.name,
                match gatekeeper.kind {
                    AuthorizerKind::Jwt => SecurityScheme {
                        kind: "oauth2",
                        name: None,
                        place: None,
                        flows: Some(IndexMap::new()),
                        ..scheme
                    },
                    _ => scheme,
                },
            );
            continue;
        }
        let (name, authtype) = match gatekeeper.kind {
            AuthorizerKind::UserPools => (gatekeeper.def.header(), "cognito_user_pools"),
            AuthorizerKind::Token | AuthorizerKind::Jwt => (gatekeeper.def.header(), "custom"),
            // It may look at any part of the request.
            AuthorizerKind::Request => ("Unused", "custom"),
        };
        schemes.insert(gatekeeper.name, header(name, Some(authtype), Some(authorizer(gatekeeper))));
    }
    schemes
}

fn authorizer<'a>(gatekeeper: &'a Gatekeeper<'_>) -> Gate<'a> {
    let def = gatekeeper.def;
    Gate {
        kind: match gatekeeper.kind {
            AuthorizerKind::UserPools => "cognito_user_pools",
            AuthorizerKind::Token => "token",
            AuthorizerKind::Request => "request",
            AuthorizerKind::Jwt => "jwt",
        },
        user_pools: &def.user_pools,
        authorizer_uri: gatekeeper.address.as_ref(),
        authorizer_credentials: def.role.as_deref(),
        identity_source: (gatekeeper.kind == AuthorizerKind::Request).then(|| def.identity_source()),
        identity_validation_expression: def.pattern.as_deref(),
        authorizer_result_ttl_in_seconds: def.ttl,
        authorizer_payload_format_version: None,
        jwt_configuration: None,
    }
}

/// The same for an HTTP API (API Gateway developer guide, "x-amazon-apigateway-authorizer object").
fn http_authorizer<'a>(gatekeeper: &'a Gatekeeper<'_>) -> Gate<'a> {
    let def = gatekeeper.def;
    let is_jwt = gatekeeper.kind == AuthorizerKind::Jwt;
    Gate {
        kind: if is_jwt { "jwt" } else { "request" },
        user_pools: &[],
        identity_source: Some(def.http_identity_source()),
        identity_validation_expression: None,
        // The event of before: the same function serves a REST API.
        authorizer_payload_format_version: (!is_jwt).then_some("1.0"),
        jwt_configuration: def.issuer.as_deref().map(|issuer| Jwt { issuer, audience: &def.audience }),
        ..authorizer(gatekeeper)
    }
}

fn security<'a>(access: &Access<'a>) -> Vec<IndexMap<&'a str, &'a [String]>> {
    let by = match access.by {
        By::Unsaid | By::Anybody => None,
        By::Iam => Some((SIGV4, &[][..])),
        By::Authorizer(name, _) => Some((name, access.scopes)),
    };
    let key = access.api_key.then_some((API_KEY, &[][..]));
    by.into_iter().chain(key).map(|entry| IndexMap::from([entry])).collect()
}

/// A gateway response as API Gateway takes it.
pub(super) fn customised(response: &GatewayResponse) -> Customised<'_> {
    Customised {
        status_code: response.status.map(|status| status.to_string()),
        response_parameters: response.parameters().collect(),
        response_templates: [("application/json", response.template.as_str())].into(),
    }
}

fn path<'a>(resource: &'a Resource<'_>) -> IndexMap<String, Operation<'a>> {
    resource.methods.iter().map(|method| (method.verb.to_lowercase(), operation(method))).collect()
}

fn operation<'a>(method: &'a Method<'_>) -> Operation<'a> {
    Operation {
        id: &method.name,
        description: method.operation.map_or("", |operation| &operation.docs),
        parameters: method.parameters.iter().map(|parameter| Parameter::new(Dialect::Gateway, parameter)).collect(),
        request_body: method.body.as_ref().map(|schema| RequestBody::new(Cow::Borrowed(schema))),
        responses: method.responses.iter().map(method_response).collect(),
        security: security(&method.access),
        integration: integration(method),
    }
}

fn set<'a>(responses: &'a [Response<'_>]) -> Set<'a> {
    Set {
        responses: responses.iter().map(method_response).collect(),
        integration_responses: integration_responses(responses),
    }
}

pub(super) fn integration_responses<'a>(responses: &'a [Response<'_>]) -> IndexMap<&'a str, IntegrationResponse<'a>> {
    let responses = responses.iter().map(|response| {
        let integration = IntegrationResponse {
            status_code: response.status.to_string(),
            response_parameters: response.parameters().collect(),
            response_templates: response
                .template
                .iter()
                .map(|template| ("application/json", template.as_str()))
                .collect(),
        };
        (response.pattern.as_deref().unwrap_or("default"), integration)
    });
    responses.collect()
}

fn integration<'a>(method: &'a Method<'_>) -> Option<Integration<'a>> {
    let of = |kind, uri: Option<&'a Address>| Integration {
        kind,
        uri,
        http_method: uri.map(|_| rest::INVOKED_BY),
        payload_format_version: None,
        passthrough_behavior: None,
        request_templates: IndexMap::new(),
        responses: IndexMap::new(),
    };
    let (kind, uri) = match &method.integration.backend {
        Backend::Direct => return None,
        Backend::Proxy { uri, payload } => {
            return Some(Integration { payload_format_version: *payload, ..of("aws_proxy", Some(uri)) });
        }
        Backend::Function { uri } => ("aws", Some(uri)),
        Backend::Mock => ("mock", None),
    };
    let templates = method.integration.template.iter();
    Some(Integration {
        passthrough_behavior: Some(method.integration.passthrough().to_lowercase()),
        request_templates: templates.map(|text| ("application/json", text.as_str())).collect(),
        responses: integration_responses(&method.responses),
        ..of(kind, uri)
    })
}

pub(super) fn method_response<'a>(response: &'a Response<'_>) -> (String, MethodResponse<'a>) {
    let content = |schema| Content { schema: Cow::Owned(schema) };
    let headers = response.headers().map(|name| (name, content(Dialect::Gateway.ty(&Type::STRING))));
    let (description, body) = match &response.body {
        Body::None => ("May be called".to_owned(), None),
        Body::Output(ty) => ("Success".to_owned(), Some(("application/json", content(Dialect::Gateway.ty(ty))))),
        Body::Problem { model, codes } => {
            (codes.join(", "), Some(("application/problem+json", content(Schema::reference(model)))))
        }
    };
    let content = body.into_iter().collect();
    (response.status.to_string(), MethodResponse { description, headers: headers.collect(), content })
}
