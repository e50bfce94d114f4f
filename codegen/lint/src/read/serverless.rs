//! `serverless.yml` of Serverless Framework: the events of functions, and the resources of CloudFormation beside them. Its own
//! defaults are seen in the template that `serverless package` writes.

use super::cloudformation;
use super::openapi::templates;
use super::values::{name, said};
use crate::model::{Api, Integration, Kind, Method, MethodResponse, Response, Said, Template, Text};
use crate::tree::{Member, Node};
use std::rc::Rc;

/// Whether it is such a file.
pub(super) fn is_one(root: &Node) -> bool {
    root.get("functions").is_some() && (root.get("service").is_some() || root.get("provider").is_some())
}

/// Reads the events, and what stands under `resources`.
pub(super) fn apis(file: usize, root: &Node) -> Vec<Api> {
    let mut api = Api::part(file);
    for function in root.get("functions").into_iter().flat_map(|functions| functions.members()) {
        for event in function.value.get("events").into_iter().flat_map(|events| events.items()) {
            api.methods.extend(event.get("http").and_then(|http| method(http, event)));
        }
    }
    let mut apis = vec![api];
    let resources = root.get("resources");
    let lists = resources.into_iter().flat_map(|resources| {
        if resources.items().is_empty() { std::slice::from_ref(resources) } else { resources.items() }
    });
    for list in lists.filter(|list| list.get("Resources").is_some()) {
        apis.extend(cloudformation::apis(file, list));
    }
    apis
}

fn method(http: &Rc<Node>, event: &Node) -> Option<Method> {
    // `http: GET orders/{id}` is a proxy, as is what says nothing of its integration.
    let known = |key: &str| http.get(key).and_then(|value| value.text());
    let (verb, path) = match http.text() {
        Some(short) => short.split_once(' ')?,
        None => (known("method")?, known("path")?),
    };
    if verb.contains("${") {
        return None;
    }
    let route = format!("{} /{}", verb.to_uppercase(), path.trim_start_matches('/'));
    let kind = match known("integration").unwrap_or("lambda-proxy").to_ascii_lowercase().replace('_', "-").as_str() {
        "lambda" | "aws" => Kind::Lambda,
        "lambda-proxy" | "aws-proxy" => Kind::Proxy,
        "http" => Kind::Http,
        "http-proxy" => Kind::HttpProxy,
        "mock" => Kind::Mock,
        _ => Kind::Unknown,
    };
    let codes = http.at_path(&["response", "statusCodes"]).filter(|codes| !codes.members().is_empty());
    let headers = http.at_path(&["response", "headers"]);
    let default = http.at_path(&["response", "template"]);
    let responses =
        codes.map(|codes| codes.members().iter().map(|code| response(code, headers, default)).collect::<Vec<_>>());
    let declared = codes.map(|codes| {
        let declared = codes.members().iter().map(|code| MethodResponse {
            at: code.at.clone(),
            status: name(&code.key, &code.at),
            headers: names(headers).chain(names(code.value.get("headers").map(Rc::as_ref))).collect(),
        });
        declared.collect()
    });
    let request = http.at_path(&["request", "template"]).filter(|template| !template.members().is_empty());
    Some(Method {
        name: route.clone(),
        route: Some(route),
        id: None,
        at: http.at.start.min(event.at.start)..http.at.start,
        integration: Some(Integration {
            at: http.at.start..http.at.start,
            kind,
            uri: None,
            method: None,
            requests: request.map(members).unwrap_or_default(),
            request_parameters: Vec::new(),
            // Its own defaults hold where there are none.
            responses,
        }),
        responses: declared,
    })
}

fn members(node: &Node) -> Vec<Template> {
    node.members().iter().map(|member| Template { media: member.key.clone(), text: said(&member.value) }).collect()
}

fn names(headers: Option<&Node>) -> impl Iterator<Item = Said> + '_ {
    headers.into_iter().flat_map(Node::members).map(|header| name(&header.key, &header.at))
}

fn response(code: &Member, headers: Option<&Node>, default: Option<&Node>) -> Response {
    let node = &code.value;
    let pattern =
        node.get("pattern").map(|pattern| variable(said(pattern))).filter(|pattern| pattern.known() != Some(""));
    let own = match node.get("template") {
        Some(template) if template.members().is_empty() => {
            vec![Template { media: "application/json".to_owned(), text: variable(said(template)) }]
        }
        template => templates(template),
    };
    // That of the response is for the success.
    let own = match (own.is_empty(), &pattern, default) {
        (true, None, Some(default)) => {
            vec![Template { media: "application/json".to_owned(), text: variable(said(default)) }]
        }
        _ => own,
    };
    let all = [headers, node.get("headers").map(Rc::as_ref)];
    let parameters = all.into_iter().flatten().flat_map(Node::members).map(|header| {
        let mut target = name(&header.key, &header.at);
        target.text = Text::Known(format!("method.response.header.{}", header.key));
        (target, variable(said(&header.value)))
    });
    Response {
        at: code.at.clone(),
        pattern,
        status: Some(name(&code.key, &code.at)),
        parameters: parameters.collect(),
        templates: own,
        unknown: Vec::new(),
    }
}

/// A text with a variable of the framework's, `${self:custom.x}`, is known to it alone.
fn variable(said: Said) -> Said {
    let is_variable = said.known().is_some_and(|text| {
        let mut rest = text.split("${").skip(1);
        rest.any(|rest| rest.split('}').next().is_some_and(|inside| inside.contains(':') || inside.contains('(')))
    });
    if is_variable { Said { text: Text::Unknown, at: said.at } } else { said }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::{File, lint};

    #[test]
    fn events_are_read() {
        let text = "service: teas
provider: {name: aws}
functions:
  get:
    handler: get
    events:
      - http:
          path: teas/{id}
          method: get
          integration: lambda
          response:
            template: $input.json('$')
            statusCodes:
              200: {pattern: ''}
              404:
                pattern: '.*[NotFound].*'
                template: '{\"message\": \"none\"}'
              500:
                pattern: ${self:custom.pattern}
  put:
    handler: put
    events:
      - http: PUT teas/{id}
      - http:
          path: teas
          method: post
          response:
            statusCodes:
              404: {pattern: '.*NotFound.*'}
";
        let report = lint(vec![File { path: "serverless.yml".into(), text: text.to_owned() }]);
        assert_eq!((report.methods, report.mistakes.len()), (3, 0));
        let found: Vec<_> = report
            .findings
            .iter()
            .map(|finding| (finding.rule.id, report.files[0].place(finding.at.start).0))
            .collect();
        assert!(found.contains(&("brackets-not-escaped", 16)), "{found:?}");
        assert!(found.contains(&("proxy-ignores-responses", 29)), "{found:?}");
        // What the variable says, nobody knows.
        assert!(!found.iter().any(|(id, _)| *id == "unmapped-error-is-success"), "{found:?}");
    }
}
