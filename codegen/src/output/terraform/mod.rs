//! Terraform modules in JSON, for Terraform and `OpenTofu`: the error mapping for methods that somebody's own configuration
//! has, and the whole API.
//!
//! What belongs to one method or one path is an instance under a key of its own, so that a new operation or another order
//! leaves the state of all others as it is.

mod api;
mod authorizers;
mod errors;
mod value;

#[cfg(test)]
mod tests;

use super::{Cx, File, Form, Output, Wanted, json};
use crate::contract::Front;
use crate::options::Function;
use crate::rest::Response;
use std::borrow::Cow;
use value::{Value, map, text, text_or_null};

/// The output `terraform`.
pub(super) struct Terraform;

impl Output for Terraform {
    fn key(&self) -> &'static str {
        "terraform"
    }

    fn help(&self) -> &'static str {
        "Write Terraform modules, of the error mapping and of the whole API, to this folder"
    }

    fn form(&self) -> Form {
        Form::Folder
    }

    fn opens(&self) -> bool {
        true
    }

    fn files(&self, cx: &Cx<'_>, _: &Wanted) -> Result<Vec<File>, String> {
        serves(cx.contract.front)?;
        let file = |path: &str, module: &Value<'_>| File { path: path.into(), text: json(module) };
        let mut files = vec![file("errors/main.tf.json", &errors::module(cx))];
        if !cx.rest.resources.is_empty() {
            // What nobody names, and what only CloudFormation would put in, is for whoever deploys it to name.
            let named = Function::Sub(String::new());
            let api = cx.api_of(cx.options.function.as_ref().unwrap_or(&named));
            files.push(file("api/main.tf.json", &api::module(cx, &api)));
        }
        Ok(files)
    }
}

fn serves(front: Front) -> Result<(), String> {
    let instead = match front {
        _ if front.is_rest() => return Ok(()),
        _ if front.is_http_api() => "give the output `openapi` to `aws_apigatewayv2_api` as its `body`",
        _ => "the function writes its responses itself, and nothing before it has to be told of them",
    };
    let front = front.word();
    Err(format!("`terraform` is of REST APIs (fronts `rest` and `rest-proxy`), and the front is `{front}`: {instead}"))
}

/// What both modules need.
fn requirements<'a>() -> Value<'a> {
    let aws = map([("source", text("hashicorp/aws")), ("version", text(">= 5.0"))]);
    map([("required_version", text(">= 1.5")), ("required_providers", map([("aws", aws)]))])
}

/// A variable that has to be given, or the one that is there if it is not.
fn variable<'a>(ty: &'a str, description: impl Into<Cow<'a, str>>, default: Option<Value<'a>>) -> Value<'a> {
    let members = [("type", value::word(ty)), ("description", text(description))];
    map(members.into_iter().chain(default.map(|default| ("default", default))))
}

/// The function that a permission names: where a stage variable chooses it, each that may be chosen needs a permission of its
/// own, which only whoever sets the variable can know.
fn permitted(arn: &str) -> Option<&str> {
    (!arn.contains("${")).then_some(arn)
}

/// A method response with its integration response, in the provider's words.
fn response<'a>(response: &'a Response<'_>) -> Vec<(&'static str, Value<'a>)> {
    let templates = response.template.as_deref().map(|template| ("application/json", text(template)));
    let headers = response.declared_headers().map(|(name, required)| (name, Value::Bool(required)));
    vec![
        ("selection_pattern", text_or_null(response.pattern.as_deref())),
        ("response_templates", map(templates)),
        ("response_parameters", map(response.parameters().map(|(name, value)| (name, text(value))))),
        ("response_headers", map(headers)),
        ("response_models", map(response.model().map(|(media, model)| (media, text(model))))),
    ]
}
