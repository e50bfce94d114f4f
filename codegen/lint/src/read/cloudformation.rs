//! Templates of CloudFormation and SAM: methods that are resources, and documents that stand inside of an API.

use super::allows;
use super::openapi::{self, kind, pairs, templates};
use super::values::{chosen, name, said};
use crate::allow::Reach;
use crate::model::{Api, GatewayResponse, Integration, Method, MethodResponse, Response};
use crate::tree::{Member, Node};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The members of an integration response (CloudFormation template reference, `AWS::ApiGateway::Method IntegrationResponse`).
const RESPONSE: [&str; 5] =
    ["StatusCode", "SelectionPattern", "ResponseParameters", "ResponseTemplates", "ContentHandling"];

/// Reads every API of a template: each document by itself, and all methods that are resources by their API.
pub(super) fn apis(file: usize, root: &Node) -> Vec<Api> {
    let resources = root.get("Resources").map_or(&[][..], |resources| resources.members());
    let mut apis = Vec::new();
    let mut by_api: BTreeMap<String, Api> = BTreeMap::new();
    let of = |properties: &Node| -> String {
        properties.get("RestApiId").and_then(|id| referenced(id)).unwrap_or_default().to_owned()
    };
    for resource in resources {
        let Some(properties) = resource.value.get("Properties") else { continue };
        match resource.value.text_at(&["Type"]).unwrap_or_default() {
            "AWS::ApiGateway::RestApi" => apis.extend(document(file, resource, properties.get("Body"))),
            "AWS::Serverless::Api" => apis.extend(document(file, resource, properties.get("DefinitionBody"))),
            // Gateway responses and methods may stand in other stacks.
            "AWS::ApiGateway::Method" => {
                let api = by_api.entry(of(properties)).or_insert_with(|| Api::part(file));
                let method = method(resources, resource, properties);
                let reach = Reach::Method(method.name.clone());
                allows::cloudformation(&resource.value, &reach, &method.name, &mut api.allows);
                api.methods.push(method);
            }
            "AWS::ApiGateway::GatewayResponse" => {
                let api = by_api.entry(of(properties)).or_insert_with(|| Api::part(file));
                if let Some(response) = gateway_response(resource, properties) {
                    let name = response.name();
                    allows::cloudformation(&resource.value, &Reach::Method(name.clone()), &name, &mut api.allows);
                    api.gateway_responses.push(response);
                }
            }
            _ => {}
        }
    }
    let is_customised = resources.iter().any(|resource| {
        let is_own = resource.value.text_at(&["Type"]) == Some("AWS::ApiGateway::GatewayResponse");
        is_own || resource.value.at_path(&["Properties", "GatewayResponses"]).is_some()
    });
    // A document's gateway responses may stand beside it.
    for api in &mut apis {
        api.is_whole &= !is_customised;
    }
    apis.extend(by_api.into_values());
    apis
}

fn document(file: usize, resource: &Member, body: Option<&Rc<Node>>) -> Option<Api> {
    let body = chosen(body?);
    let is_document = body.get("paths").is_some() || body.get("openapi").is_some();
    let mut api = is_document.then(|| openapi::api(file, body))?;
    allows::cloudformation(&resource.value, &Reach::Api, &resource.key, &mut api.allows);
    Some(api)
}

/// What a reference names.
fn referenced(node: &Node) -> Option<&str> {
    let reference = node.get("Ref").or_else(|| node.get("Fn::GetAtt"));
    match reference {
        Some(reference) => reference
            .text()
            .map(|text| text.split('.').next().unwrap_or(text))
            .or_else(|| reference.items().first()?.text()),
        None => node.text(),
    }
}

fn method(resources: &[Member], resource: &Member, properties: &Node) -> Method {
    let integration = properties.member("Integration").map(integration);
    let responses = properties.get("MethodResponses").map(|responses| {
        let items = responses.items().iter().filter(|item| item.get("StatusCode").is_some());
        items.map(method_response).collect()
    });
    let verb = properties.text_at(&["HttpMethod"]).unwrap_or("…");
    let construct = resource
        .value
        .text_at(&["Metadata", "aws:cdk:path"])
        .map(|path| path.strip_suffix("/Resource").unwrap_or(path));
    let route = properties.get("ResourceId").and_then(|id| path(resources, id, 0)).map(|path| format!("{verb} {path}"));
    let named = match (construct, &route) {
        (Some(construct), _) => format!("{construct} ({})", resource.key),
        (None, Some(route)) => route.clone(),
        (None, None) => resource.key.clone(),
    };
    // Where nothing is said of responses there are none.
    Method {
        name: named,
        route,
        id: properties.text_at(&["OperationName"]).map(ToOwned::to_owned),
        at: resource.at.clone(),
        integration,
        responses: Some(responses.unwrap_or_default()),
    }
}

/// How deep resources may lie in one another.
const DEPTH: usize = 30;

/// The path of a resource.
fn path(resources: &[Member], id: &Node, depth: usize) -> Option<String> {
    if let Some(attribute) = id.get("Fn::GetAtt") {
        let is_root = attribute.text().is_some_and(|text| text.ends_with(".RootResourceId"))
            || attribute.items().get(1).and_then(|item| item.text()) == Some("RootResourceId");
        return is_root.then(|| "/".to_owned());
    }
    let properties =
        resources.iter().find(|resource| Some(&*resource.key) == id.text_at(&["Ref"]))?.value.get("Properties")?;
    let part = properties.text_at(&["PathPart"])?;
    let parent = if depth < DEPTH { path(resources, properties.get("ParentId")?, depth + 1)? } else { return None };
    Some(format!("{}/{part}", parent.trim_end_matches('/')))
}

fn integration(member: &Member) -> Integration {
    let node = chosen(&member.value);
    let said = |name: &str| node.get(name).map(|value| said(chosen(value)));
    let responses = node
        .get("IntegrationResponses")
        .map(|list| chosen(list).items().iter().map(|item| response(chosen(item))).collect());
    Integration {
        at: member.at.clone(),
        kind: kind(said("Type").as_ref(), said("Uri").as_ref()),
        uri: said("Uri"),
        method: said("IntegrationHttpMethod"),
        requests: templates(node.get("RequestTemplates")),
        request_parameters: pairs(node.get("RequestParameters")),
        responses: Some(responses.unwrap_or_default()),
    }
}

fn response(node: &Node) -> Response {
    let pattern =
        node.get("SelectionPattern").map(|pattern| said(pattern)).filter(|pattern| pattern.known() != Some(""));
    let unknown =
        node.members().iter().filter(|member| !RESPONSE.contains(&&*member.key) && !member.key.starts_with("Fn::"));
    Response {
        at: node.at.start..node.members().first().map_or(node.at.start, |member| member.value.at.end),
        pattern,
        status: node.get("StatusCode").map(|status| said(status)),
        parameters: pairs(node.get("ResponseParameters")),
        templates: templates(node.get("ResponseTemplates")),
        unknown: unknown.map(|member| name(&member.key, &member.at)).collect(),
    }
}

fn method_response(node: &Rc<Node>) -> MethodResponse {
    let status = node.get("StatusCode").map_or_else(|| said(node), |status| said(status));
    let headers = node.get("ResponseParameters").into_iter().flat_map(|parameters| parameters.members());
    let headers = headers.filter_map(|member| {
        let header = member.key.strip_prefix("method.response.header.")?;
        Some(name(header, &member.at))
    });
    MethodResponse { at: node.at.start..node.at.start, status, headers: headers.collect() }
}

fn gateway_response(resource: &Member, properties: &Node) -> Option<GatewayResponse> {
    Some(GatewayResponse {
        at: resource.at.clone(),
        kind: said(properties.get("ResponseType")?),
        status: properties.get("StatusCode").map(|status| said(status)),
        parameters: pairs(properties.get("ResponseParameters")),
        templates: templates(properties.get("ResponseTemplates")),
    })
}
