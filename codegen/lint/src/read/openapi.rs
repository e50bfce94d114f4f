//! OpenAPI 3 and Swagger 2.0 with API Gateway's extensions, alone or inside of a template.

use super::allows;
use super::values::{chosen, name, said};
use crate::allow::{Allow, Reach};
use crate::model::{Api, GatewayResponse, Integration, Kind, Method, MethodResponse, Response, Said, Template};
use crate::tree::{Member, Node};
use std::rc::Rc;

const VERBS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "x-amazon-apigateway-any-method"];
const INTEGRATION: &str = "x-amazon-apigateway-integration";

/// Reads a document.
pub(super) fn api(file: usize, root: &Node) -> Api {
    let models = root.at_path(&["components", "schemas"]).or_else(|| root.get("definitions").map(std::rc::Rc::as_ref));
    let models = models.into_iter().flat_map(Node::members).map(|member| name(&member.key, &member.at));
    let mut api = Api {
        version: root.get("openapi").map(|version| said(version)),
        models: models.collect(),
        is_whole: true,
        ..Api::part(file)
    };
    allows::openapi(root, &Reach::Api, "the API", &mut api.allows);
    for path in root.get("paths").into_iter().flat_map(|paths| paths.members()) {
        for operation in path.value.members().iter().filter(|member| VERBS.contains(&&*member.key)) {
            let method = method(root, path, operation);
            allowed(root, path, operation, &method.name, &mut api.allows);
            api.methods.push(method);
        }
    }
    if let Some(responses) = root.get("x-amazon-apigateway-gateway-responses") {
        api.gateway_responses.extend(responses.members().iter().map(|member| GatewayResponse {
            at: member.at.clone(),
            kind: name(&member.key, &member.at),
            status: member.value.get("statusCode").map(|status| said(status)),
            parameters: pairs(member.value.get("responseParameters")),
            templates: templates(member.value.get("responseTemplates")),
        }));
    }
    api
}

fn method(root: &Node, path: &Member, operation: &Member) -> Method {
    let verb = if operation.key.starts_with("x-") { "ANY".to_owned() } else { operation.key.to_uppercase() };
    let responses = operation.value.get("responses").map(|responses| {
        let declared = responses.members().iter().filter(|member| !member.key.starts_with("x-"));
        declared
            .map(|member| MethodResponse {
                at: member.at.clone(),
                status: name(&member.key, &member.at),
                headers: headers(resolved(root, &member.value)),
            })
            .collect()
    });
    let found = operation.value.member(INTEGRATION);
    Method {
        name: format!("{verb} {}", path.key),
        route: Some(format!("{verb} {}", path.key)),
        id: operation.value.text_at(&["operationId"]).map(ToOwned::to_owned),
        at: operation.at.clone(),
        integration: found.and_then(|member| integration(root, member)),
        responses,
    }
}

/// What is allowed of a method: in all of it, in its integration, or in one response of that.
fn allowed(root: &Node, path: &Member, operation: &Member, name: &str, allows: &mut Vec<Allow>) {
    let whole = Reach::Method(name.to_owned());
    allows::openapi(&path.value, &whole, name, allows);
    allows::openapi(&operation.value, &whole, name, allows);
    let Some(member) = operation.value.member(INTEGRATION) else { return };
    let part = |key: &Member, value: &Node| Reach::Part(name.to_owned(), allows::places(&key.at, value));
    let node = chosen(resolved(root, &member.value));
    if node.member(allows::MEMBER).is_some() {
        allows::openapi(node, &part(member, node), name, allows);
    }
    for response in node.get("responses").into_iter().flat_map(|responses| responses.members()) {
        let node = chosen(&response.value);
        if node.member(allows::MEMBER).is_some() {
            allows::openapi(node, &part(response, node), name, allows);
        }
    }
}

fn headers(response: &Node) -> Vec<Said> {
    let headers = response.get("headers").into_iter().flat_map(|headers| headers.members());
    headers.map(|member| name(&member.key, &member.at)).collect()
}

/// What a reference within the document names.
fn resolved<'a>(root: &'a Node, node: &'a Rc<Node>) -> &'a Node {
    let named = node.text_at(&["$ref"]).and_then(|reference| reference.strip_prefix("#/"));
    let found = named.and_then(|path| {
        path.split('/').try_fold(root, |node, name| Some(&**node.get(&name.replace("~1", "/").replace("~0", "~"))?))
    });
    found.unwrap_or(node)
}

fn integration(root: &Node, member: &Member) -> Option<Integration> {
    let node = chosen(resolved(root, &member.value));
    if node.members().is_empty() {
        return None;
    }
    let uri = node.get("uri").map(|uri| said(uri));
    let responses = node.get("responses").map(|responses| responses.members().iter().map(response).collect());
    Some(Integration {
        at: member.at.clone(),
        kind: kind(node.get("type").map(|kind| said(kind)).as_ref(), uri.as_ref()),
        uri,
        method: node.get("httpMethod").map(|method| said(method)),
        requests: templates(node.get("requestTemplates")),
        request_parameters: pairs(node.get("requestParameters")),
        responses: Some(responses.unwrap_or_default()),
    })
}

/// What stands behind a method, by its type and its address.
pub(super) fn kind(kind: Option<&Said>, uri: Option<&Said>) -> Kind {
    let uri = uri.and_then(Said::partly);
    match kind.and_then(Said::known).map(str::to_ascii_lowercase).as_deref() {
        Some("aws_proxy") => Kind::Proxy,
        Some("mock") => Kind::Mock,
        Some("http") => Kind::Http,
        Some("http_proxy") => Kind::HttpProxy,
        Some("aws") => match uri {
            Some(uri) if uri.contains(":lambda:path/") => Kind::Lambda,
            // The service is the fifth part of `arn:aws:apigateway:REGION:SERVICE:path/…`.
            Some(uri) => match uri.split(':').rev().nth(1) {
                Some(service)
                    if uri.contains(":apigateway:") && !service.contains("${") && uri.split(':').count() == 6 =>
                {
                    Kind::Service
                }
                _ => Kind::Unknown,
            },
            None => Kind::Unknown,
        },
        _ => Kind::Unknown,
    }
}

fn response(member: &Member) -> Response {
    let node = chosen(&member.value);
    let known = ["statusCode", "responseParameters", "responseTemplates", "contentHandling"];
    let unknown = node.members().iter().filter(|member| !known.contains(&&*member.key));
    Response {
        at: member.at.clone(),
        pattern: (member.key != "default" && !member.key.is_empty()).then(|| name(&member.key, &member.at)),
        status: node.get("statusCode").map(|status| said(status)),
        parameters: pairs(node.get("responseParameters")),
        templates: templates(node.get("responseTemplates")),
        unknown: unknown.map(|member| name(&member.key, &member.at)).collect(),
    }
}

pub(super) fn pairs(node: Option<&Rc<Node>>) -> Vec<(Said, Said)> {
    let members = node.into_iter().flat_map(|node| node.members());
    members.map(|member| (name(&member.key, &member.at), said(&member.value))).collect()
}

pub(super) fn templates(node: Option<&Rc<Node>>) -> Vec<Template> {
    let members = node.into_iter().flat_map(|node| node.members());
    members.map(|member| Template { media: member.key.clone(), text: said(&member.value) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;

    #[test]
    fn the_address_says_what_stands_behind_a_method() {
        let said = |text: &str| Said { text: Text::Partly(text.to_owned()), at: 0..0 };
        let of = |uri: &str| kind(Some(&Said { text: Text::Known("AWS".to_owned()), at: 0..0 }), Some(&said(uri)));
        assert_eq!(
            of("arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations"),
            Kind::Lambda
        );
        assert_eq!(of("arn:aws:apigateway:us-east-1:sns:path//"), Kind::Service);
        assert_eq!(of("arn:aws:apigateway:us-east-1:dynamodb:action/GetItem"), Kind::Service);
        assert_eq!(of("${invoke_arn}"), Kind::Unknown);
        assert_eq!(of("arn:aws:apigateway:us-east-1:${service}:action/GetItem"), Kind::Unknown);
    }
}
