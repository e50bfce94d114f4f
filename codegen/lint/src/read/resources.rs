//! What `aws apigateway get-resources --embed methods` writes: an API as it is deployed, resource by resource.

use super::openapi::{kind, pairs, templates};
use super::values::{chosen, name, said};
use crate::model::{Api, Integration, Method, MethodResponse, Response};
use crate::tree::{Member, Node};

/// Whether it is such a list.
pub(super) fn is_one(root: &Node) -> bool {
    let mut items = root.get("items").into_iter().flat_map(|items| items.items());
    items.any(|item| {
        item.get("path").is_some()
            && (item.get("resourceMethods").is_some() || item.get("parentId").is_some() || item.get("id").is_some())
    })
}

/// Reads the list. Gateway responses and models are no part of it.
pub(super) fn api(file: usize, root: &Node) -> Api {
    let mut api = Api::part(file);
    for item in root.get("items").into_iter().flat_map(|items| items.items()) {
        let path = item.text_at(&["path"]).unwrap_or_default();
        let methods = item.get("resourceMethods").into_iter().flat_map(|methods| methods.members());
        // Without `--embed methods` each is empty, and nothing is known of it.
        api.methods
            .extend(methods.filter(|member| !member.value.members().is_empty()).map(|member| method(path, member)));
    }
    api
}

fn method(path: &str, member: &Member) -> Method {
    let node = &member.value;
    let route = format!("{} {path}", member.key);
    let responses =
        node.get("methodResponses").into_iter().flat_map(|responses| responses.members()).map(method_response);
    Method {
        name: route.clone(),
        route: Some(route),
        id: node.text_at(&["operationName"]).map(ToOwned::to_owned),
        at: member.at.clone(),
        integration: node.member("methodIntegration").map(integration),
        responses: Some(responses.collect()),
    }
}

fn integration(member: &Member) -> Integration {
    let node = chosen(&member.value);
    let text = |name: &str| node.get(name).map(|value| said(value));
    let responses =
        node.get("integrationResponses").into_iter().flat_map(|responses| responses.members()).map(response);
    Integration {
        at: member.at.clone(),
        kind: kind(text("type").as_ref(), text("uri").as_ref()),
        uri: text("uri"),
        method: text("httpMethod"),
        requests: templates(node.get("requestTemplates")),
        request_parameters: pairs(node.get("requestParameters")),
        responses: Some(responses.collect()),
    }
}

fn response(member: &Member) -> Response {
    let node = &member.value;
    let pattern =
        node.get("selectionPattern").map(|pattern| said(pattern)).filter(|pattern| pattern.known() != Some(""));
    let status = node.get("statusCode").map_or_else(|| name(&member.key, &member.at), |status| said(status));
    Response {
        at: member.at.clone(),
        pattern,
        status: Some(status),
        parameters: pairs(node.get("responseParameters")),
        templates: templates(node.get("responseTemplates")),
        unknown: Vec::new(),
    }
}

fn method_response(member: &Member) -> MethodResponse {
    let headers = member.value.get("responseParameters").into_iter().flat_map(|parameters| parameters.members());
    let headers =
        headers.filter_map(|header| Some(name(header.key.strip_prefix("method.response.header.")?, &header.at)));
    MethodResponse { at: member.at.clone(), status: name(&member.key, &member.at), headers: headers.collect() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::{File, lint};

    #[test]
    fn a_deployed_api_is_read_as_it_is() {
        let text = r#"{ "items": [
  { "id": "a", "path": "/" },
  { "id": "b", "parentId": "a", "path": "/teas/{id}", "resourceMethods": { "GET": {
    "httpMethod": "GET",
    "methodResponses": { "200": { "statusCode": "200" }, "404": { "statusCode": "404", "responseParameters": { "method.response.header.X-Code": true } } },
    "methodIntegration": { "type": "AWS", "httpMethod": "POST",
      "uri": "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:teas/invocations",
      "integrationResponses": {
        "200": { "statusCode": "200" },
        "404": { "statusCode": "404", "selectionPattern": ".*[NotFound].*", "responseTemplates": { "application/json": "{}" } } } } } } }
] }"#;
        let report = lint(vec![File { path: "resources.json".into(), text: text.to_owned() }]);
        assert_eq!(report.methods, 1);
        let found: Vec<_> = report
            .findings
            .iter()
            .map(|finding| (finding.rule.id, finding.method.as_str(), report.files[0].place(finding.at.start).0))
            .collect();
        for expected in [
            ("brackets-not-escaped", "GET /teas/{id}", 10),
            ("unmapped-error-is-success", "GET /teas/{id}", 9),
            ("header-not-mapped", "GET /teas/{id}", 5),
        ] {
            assert!(found.contains(&expected), "{expected:?} is not among {found:?}");
        }
    }
}
