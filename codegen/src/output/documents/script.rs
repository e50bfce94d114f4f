//! `apply.sh`, which puts the documents over the AWS command line: one script for all APIs, with a list of what there is to
//! put at its end.

use super::super::Cx;
use super::plain;
use crate::rest::{Backend, By, Method, Response, Set};

/// The script, but for who wrote it and its list.
const SCRIPT: &str = include_str!("../../../templates/command-line/apply.sh");

/// The script. In its list stand names and paths that hold neither space nor quote nor line end, which the checks of the
/// contract and of the options see to.
pub(super) fn script(cx: &Cx<'_>) -> String {
    let origin = cx.origin();
    format!("#!/bin/sh\n# {origin}\n{SCRIPT}\ncontents() {{\n    cat <<'END'\n{}END\n}}\n\nmain \"$@\"\n", contents(cx))
}

/// What there is, a line each, in the order in which it is put.
fn contents(cx: &Cx<'_>) -> String {
    let mut list = Vec::new();
    if let Some(function) = cx.options.function.as_ref().and_then(|function| function.arn()) {
        list.push(format!("function {function}"));
    }
    for (model, _) in cx.rest.problem_models() {
        list.push(format!("model {}", model.name));
    }
    for gatekeeper in &cx.rest.gatekeepers {
        let is_to_name = gatekeeper.address.as_ref().is_some_and(|address| plain(address).is_none());
        list.push(format!("authorizer {} {}", gatekeeper.name, function(is_to_name)));
    }
    for resource in &cx.rest.resources {
        for method in &resource.methods {
            list.push(format!("method {} {}", method.verb, of_method(cx, resource.path, method)));
        }
    }
    for response in &cx.rest.gateway_responses {
        list.push(format!("gateway-response {}", response.kind));
    }
    for Set { def, responses } in &cx.rest.sets {
        list.push(format!("set {} {}", def.name, statuses(responses)));
    }
    list.into_iter().map(|line| line + "\n").collect()
}

/// Its path, the folder of its documents, who answers it, whether its document says who may call, its authorizer, and its
/// statuses.
fn of_method(cx: &Cx<'_>, path: &str, method: &Method<'_>) -> String {
    let backend = match method.integration.backend {
        Backend::Mock | Backend::Direct => "mock",
        Backend::Function { .. } | Backend::Proxy { .. } => {
            function(cx.options.function.is_none() || method.integration.uri().and_then(plain).is_none())
        }
    };
    let is_said = if method.access.by == By::Unsaid { "no" } else { "yes" };
    let authorizer = method.access.authorizer().map(|name| format!(" {name}")).unwrap_or_default();
    format!("{path} {} {backend} {is_said}{authorizer} : {}", method.name, statuses(&method.responses))
}

/// Whether the ARN of a function has to be said to the script.
fn function(is_to_name: bool) -> &'static str {
    if is_to_name { "function-to-name" } else { "function" }
}

fn statuses(responses: &[Response<'_>]) -> String {
    responses.iter().map(|response| response.status.to_string()).collect::<Vec<_>>().join(" ")
}
