//! The resources of an API, but for the API itself, its deployments and its stages.

use super::super::Cx;
use super::functions::Functions;
use super::ids::id;
use super::parts::{
    Authorizer, GatewayResponse, Integration, IntegrationResponse, IntegrationResponses, Kind, Method, MethodResponse,
    MethodResponses, Model, PathPart, Put, Resource, Resources,
};
use crate::contract::Front;
use crate::options::Address;
use crate::rest::{self, Backend, Response};
use heck::ToUpperCamelCase;

/// The parameter that says who may call, where the options do not.
pub(super) const AUTHORIZATION_TYPE: &str = "AuthorizationType";

/// An API whose own resource has this logical id.
pub(super) struct Api<'a> {
    pub(super) cx: &'a Cx<'a>,
    pub(super) rest: &'a rest::Api<'a>,
    pub(super) id: &'a str,
}

impl<'a> Api<'a> {
    fn reference(&self) -> Put {
        Put::Ref(self.id.to_owned())
    }

    /// What methods name.
    pub(super) fn models(&self) -> Resources<'a> {
        let models = self.rest.problem_models().map(|(model, schema)| {
            let properties = Model {
                rest_api_id: self.reference(),
                name: &model.name,
                content_type: model.media_type(),
                description: self.cx.origin(),
                schema: closed(&schema),
            };
            (model_id(&model.name), Kind::Model(properties).into())
        });
        models.collect()
    }

    pub(super) fn gateway_responses(&self) -> Resources<'a> {
        let responses = self.rest.gateway_responses.iter().map(|response| {
            let properties = GatewayResponse {
                rest_api_id: self.reference(),
                response_type: response.kind,
                status_code: response.status.map(|status| status.to_string()),
                response_parameters: response.parameters().collect(),
                response_templates: [("application/json", response.template.as_str())].into(),
            };
            (gateway_response_id(response.kind), Kind::GatewayResponse(properties).into())
        });
        responses.collect()
    }

    fn authorizers(&self) -> Resources<'a> {
        let authorizers = self.rest.gatekeepers.iter().map(|gatekeeper| {
            let def = gatekeeper.def;
            let properties = Authorizer {
                rest_api_id: self.reference(),
                name: gatekeeper.name,
                kind: gatekeeper.kind,
                user_pools: &def.user_pools,
                authorizer_uri: gatekeeper.address.as_ref().map(put),
                authorizer_credentials: def.role.as_deref(),
                identity_source: def.identity_source(),
                identity_validation_expression: def.pattern.as_deref(),
                authorizer_result_ttl_in_seconds: def.ttl,
            };
            (authorizer_id(gatekeeper.name), Kind::Authorizer(properties).into())
        });
        authorizers.collect()
    }

    /// Every part of a path, each below the one before it.
    fn path_parts(&self) -> Resources<'a> {
        let mut parts = Resources::new();
        for resource in &self.rest.resources {
            let mut parent = self.root();
            for (part, path) in prefixes(resource.path) {
                let id = resource_id(path);
                let properties = PathPart { rest_api_id: self.reference(), parent_id: parent, path_part: part };
                parts.entry(id.clone()).or_insert_with(|| Kind::Resource(properties).into());
                parent = Put::Ref(id);
            }
        }
        parts
    }

    fn root(&self) -> Put {
        Put::Attribute([self.id.to_owned(), "RootResourceId".to_owned()])
    }

    fn methods(&self) -> Resources<'a> {
        let all = self.rest.resources.iter().flat_map(|resource| {
            resource.methods.iter().map(|method| {
                // By the route: were it by the handler's name, a new name would put the method before the old one is gone.
                let id = id(resource.path, &title(method.verb));
                (id, Kind::Method(Box::new(self.method(resource.path, method))).into())
            })
        });
        all.collect()
    }

    fn method(&self, path: &str, method: &'a rest::Method<'a>) -> Method<'a> {
        let uri = method.integration.uri();
        let templates = method.integration.template.iter();
        let is_ours = !matches!(method.integration.backend, Backend::Proxy { .. });
        let last = prefixes(path).last();
        Method {
            rest_api_id: self.reference(),
            resource_id: last.map_or_else(|| self.root(), |(_, path)| Put::Ref(resource_id(path))),
            http_method: method.verb,
            operation_name: &method.name,
            authorization_type: match method.access.kind() {
                Some(kind) => Put::Text(kind.to_owned()),
                None => Put::Ref(AUTHORIZATION_TYPE.to_owned()),
            },
            authorizer_id: method.access.authorizer().map(|name| Put::Ref(authorizer_id(name))),
            authorization_scopes: method.access.scopes,
            api_key_required: method.access.api_key,
            request_parameters: method.parameters.iter().map(|of| (of.location(), of.required)).collect(),
            integration: Integration {
                kind: method.integration.kind(),
                integration_http_method: uri.map(|_| rest::INVOKED_BY),
                uri: uri.map(put),
                passthrough_behavior: method.integration.passthrough(),
                request_templates: templates.map(|text| ("application/json", text.as_str())).collect(),
                responses: is_ours.then(|| integration_responses(&method.responses)),
            },
            responses: method_responses(&method.responses),
        }
    }

    /// All of them, in the order in which they name each other.
    pub(super) fn all(&self, functions: &Functions) -> Resources<'a> {
        let mut all = self.models();
        all.extend(self.gateway_responses());
        all.extend(self.authorizers());
        all.extend(self.path_parts());
        all.extend(self.methods());
        all.extend(functions.permissions(self.id));
        all
    }

    /// Whether nobody has said who may call some of the operations.
    pub(super) fn is_unsaid(&self) -> bool {
        self.rest.operations().any(|(_, method)| method.access.kind().is_none())
    }

    /// Whether messages select responses, so that a method of somebody else's can take them.
    pub(super) fn has_patterns(&self) -> bool {
        self.cx.contract.front == Front::Rest
    }
}

/// What a deployment has to wait for: it is a snapshot.
pub(super) fn deployed(resources: &Resources<'_>) -> Vec<String> {
    let deployed = resources
        .iter()
        .filter(|(_, resource)| matches!(resource, Resource { kind: Kind::Method(_) | Kind::GatewayResponse(_), .. }));
    deployed.map(|(id, _)| id.clone()).collect()
}

pub(super) fn integration_responses<'a>(responses: &'a [Response<'_>]) -> IntegrationResponses<'a> {
    let responses = responses.iter().map(|response| IntegrationResponse {
        status_code: response.status.to_string(),
        selection_pattern: response.pattern.as_deref(),
        response_parameters: response.parameters().collect(),
        response_templates: response.template.iter().map(|text| ("application/json", text.as_str())).collect(),
    });
    IntegrationResponses { integration_responses: responses.collect() }
}

pub(super) fn method_responses(responses: &[Response<'_>]) -> MethodResponses {
    let responses = responses.iter().map(|response| MethodResponse {
        status_code: response.status.to_string(),
        response_parameters: response.declared_headers().collect(),
        response_models: response
            .model()
            .into_iter()
            .map(|(media, model)| (media, model_of(response, model)))
            .collect(),
    });
    MethodResponses { method_responses: responses.collect() }
}

/// A reference, so that the model is there before the method; API Gateway's own is always there.
fn model_of(response: &Response<'_>, model: &str) -> Put {
    match response.body {
        rest::Body::Problem { .. } => Put::Ref(model_id(model)),
        rest::Body::None | rest::Body::Output(_) => Put::Text(model.to_owned()),
    }
}

fn put(address: &Address) -> Put {
    match address {
        Address::Text(text) => Put::Text(text.clone()),
        Address::Sub(text) => Put::Sub(text.clone()),
    }
}

/// Each part of a path, with the path up to it.
fn prefixes(path: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut end = 0;
    path.split('/').skip(1).filter(|part| !part.is_empty()).map(move |part| {
        end += 1 + part.len();
        (part, path.get(..end).unwrap_or(path))
    })
}

/// A schema in which CloudFormation finds no reference to a secret to put in.
fn closed(schema: &str) -> String {
    schema.replace("{{resolve:", "{\\u007bresolve:")
}

/// `GET` in an id.
fn title(word: &str) -> String {
    let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
    format!("{first}{}", rest.to_lowercase())
}

fn resource_id(path: &str) -> String {
    id(path, "Resource")
}

fn authorizer_id(name: &str) -> String {
    id(name, "Authorizer")
}

/// Models have names of letters and digits, no two alike.
fn model_id(name: &str) -> String {
    format!("{name}Model")
}

fn gateway_response_id(kind: &str) -> String {
    format!("{}GatewayResponse", kind.to_upper_camel_case())
}
