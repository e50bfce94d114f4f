//! What a project of Serverless Framework takes by `${file(…)}`: whole events, their responses alone, and resources that stand
//! beside the methods which the framework makes of events.
//!
//! - Whose function it is says the event's place in `serverless.yml`: nothing here names one.
//! - Who may call is the event's to say, and an event that does not say it is open to everybody. Where throwback.toml does not
//!   say it, the event holds a variable that has no value until the project gives it one.
//! - A method has more than an event can say. `extensions` put it into the method that the framework made, by its id: what
//!   belongs to errors by `resources.json`, whoever wrote the event; the rest by `event-resources.json`, where it is ours.

mod events;
mod extensions;
mod names;
mod resources;
#[cfg(test)]
mod tests;

use super::cloudformation::DYNAMIC;
use super::{Cx, File, Form, Output, Wanted, json};
use crate::rest::Api;
use crate::text::serverless::literal;
use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

/// The API that the framework makes.
const API: &str = "ApiGatewayRestApi";

/// What the framework replaces in request templates, wherever it stands.
const REPLACED: &str = "extraCognitoPoolClaims";

/// The output `serverless`.
pub(super) struct Serverless;

impl Output for Serverless {
    fn key(&self) -> &'static str {
        "serverless"
    }

    fn help(&self) -> &'static str {
        "Write events, responses and resources for Serverless Framework to this folder"
    }

    fn form(&self) -> Form {
        Form::Folder
    }

    fn files(&self, cx: &Cx<'_>, _: &Wanted) -> Result<Vec<File>, String> {
        let api = &cx.rest;
        if !api.is_rest {
            return Err(format!(
                "`serverless` is of REST APIs (fronts `rest` and `rest-proxy`): behind the front `{}` the function writes its \
                 answers itself, and whatever event calls it brings them as they are",
                cx.contract.front.word()
            ));
        }
        let mistakes = mistakes(api);
        if !mistakes.is_empty() {
            return Err(mistakes.join("\n"));
        }
        let file = |name: &str, text| File { path: name.into(), text };
        let mut files = vec![file("events.json", json(&ByName { origin: cx.origin(), of: events::events(api) }))];
        if api.has_patterns {
            files.push(file("responses.json", json(&ByName { origin: cx.origin(), of: events::responses(api) })));
        }
        let part = |contract, resources, extensions| {
            let throwback = Origin { generated: cx.origin(), contract };
            Part { metadata: Metadata { throwback }, resources, extensions }
        };
        let of_errors = part(Some(&*cx.hash), resources::of_errors(api), extensions::answers(api));
        let of_events = part(None, resources::of_access(api), extensions::requests(api));
        files.push(file("resources.json", json(&of_errors)));
        files.push(file("event-resources.json", json(&of_events)));
        if let Some(file) = files.iter().find(|file| file.text.contains(DYNAMIC)) {
            return Err(format!(
                "`serverless`: a text in {} holds `{DYNAMIC}`, for which CloudFormation puts in a parameter or a secret: write it \
                 otherwise, `{{ {{resolve:` for instance",
                file.path.display()
            ));
        }
        Ok(files)
    }
}

/// What the framework would make something else of.
fn mistakes(api: &Api<'_>) -> Vec<String> {
    let mut found = names::mistakes(&api.resources);
    let templates = api.operations().filter_map(|(_, method)| Some((method, method.integration.template.as_ref()?)));
    for (method, _) in templates.filter(|(_, template)| template.contains(REPLACED)) {
        found.push(format!(
            "the request template of `{}` holds `{REPLACED}`, which Serverless Framework replaces: call it something else",
            method.name
        ));
    }
    let mut ids = IndexMap::new();
    for gatekeeper in &api.gatekeepers {
        if let Some(other) = ids.insert(authorizer_id(gatekeeper.name), gatekeeper.name) {
            found.push(format!(
                "the authorizers `{other}` and `{}` have the same letters and digits, of which the id of a resource is made: give one of \
                 them another name",
                gatekeeper.name
            ));
        }
    }
    found
}

/// Blocks that are taken one by one.
#[derive(Serialize)]
struct ByName<'a, T> {
    /// No block has a name like this.
    #[serde(rename = "x-throwback")]
    origin: String,
    #[serde(flatten)]
    of: IndexMap<&'a str, T>,
}

/// A part of `resources`.
#[derive(Serialize)]
struct Part<'a> {
    #[serde(rename = "Metadata")]
    metadata: Metadata<'a>,
    #[serde(rename = "Resources", skip_serializing_if = "IndexMap::is_empty")]
    resources: IndexMap<String, resources::Entry<'a>>,
    extensions: IndexMap<String, extensions::Extension<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Metadata<'a> {
    throwback: Origin<'a>,
}

/// By whom it was generated, for which API, and from which contract.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Origin<'a> {
    generated: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    contract: Option<&'a str>,
}

/// A reference to a resource.
#[derive(Serialize)]
struct Reference {
    #[serde(rename = "Ref")]
    id: String,
}

impl Reference {
    fn to(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

fn model_id(name: &str) -> String {
    format!("ThrowbackModel{name}")
}

fn authorizer_id(name: &str) -> String {
    format!("ThrowbackAuthorizer{}", name.replace(|c: char| !c.is_ascii_alphanumeric(), ""))
}

/// A value in whose texts the framework finds no variables.
fn literals(value: &Value) -> Value {
    match value {
        Value::String(text) => literal(text).into(),
        Value::Array(values) => values.iter().map(literals).collect(),
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), literals(value))).collect(),
        other => other.clone(),
    }
}
