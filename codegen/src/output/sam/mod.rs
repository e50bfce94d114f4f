//! SAM: a whole template, and its definition for a template of others.

use super::cloudformation::{Functions, Node, Parameter, Parameters, Put, Said, authorization, notes, within};
use super::{Cx, File, Form, Output, Wanted, openapi};
use crate::rest::{self, By};
use indexmap::IndexMap;
use serde::Serialize;
use std::path::Path;

/// The output `sam`.
pub(super) struct Sam;

/// The logical id of the API.
const API: &str = "Api";

/// The parameter with the name of the stage.
const STAGE_NAME: &str = "StageName";

/// The condition that callers have to sign.
const SIGNED: &str = "CallersSign";

/// The security scheme of those who do.
const SIGV4: &str = "sigv4";

impl Output for Sam {
    fn key(&self) -> &'static str {
        "sam"
    }

    fn help(&self) -> &'static str {
        "Write SAM's template, and its API definition for a template of your own, to this folder"
    }

    fn form(&self) -> Form {
        Form::Folder
    }

    fn opens(&self) -> bool {
        true
    }

    fn files(&self, cx: &Cx<'_>, _: &Wanted) -> Result<Vec<File>, String> {
        let front = cx.contract.front;
        if !front.is_rest() && !front.is_http_api() {
            return Err(format!(
                "`sam` is of APIs of API Gateway (fronts `rest`, `rest-proxy`, `http-api` and `http-api-1.0`): nothing of \
                 API Gateway's is for the front `{}`",
                front.word()
            ));
        }
        let host = Functions::of_host(cx);
        let definition = openapi::document(cx, &host.api(cx));
        Node::unclaimed(self.key(), &definition)?;
        let template = Template::new(cx);
        Ok(vec![
            File { path: "template.json".into(), text: within(&template) },
            File { path: "definition.json".into(), text: definition },
        ])
    }

    fn notes(&self, cx: &Cx<'_>, path: &Path, files: &[File]) -> Vec<String> {
        let path = path.join("template.json");
        let template = files.iter().find(|file| file.path == path);
        template.map(|template| notes(cx, self.key(), &template.text)).unwrap_or_default()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Template {
    #[serde(rename = "AWSTemplateFormatVersion")]
    version: &'static str,
    transform: &'static str,
    description: String,
    parameters: Parameters,
    #[serde(skip_serializing_if = "Option::is_none")]
    conditions: Option<serde_json::Value>,
    resources: IndexMap<String, Resource>,
    outputs: IndexMap<&'static str, Said>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Resource {
    Api(Api),
    Other(super::cloudformation::Declared<'static>),
}

#[derive(Serialize)]
#[serde(tag = "Type", content = "Properties")]
enum Api {
    #[serde(rename = "AWS::Serverless::Api")]
    Rest(Rest),
    #[serde(rename = "AWS::Serverless::HttpApi")]
    Http(Http),
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Rest {
    name: String,
    stage_name: Put,
    /// Without it SAM makes a second stage, named `Stage`.
    open_api_version: &'static str,
    fail_on_warnings: bool,
    definition_body: Node,
}

/// SAM takes no name beside that of the definition.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Http {
    stage_name: Put,
    fail_on_warnings: bool,
    definition_body: Node,
}

impl Template {
    fn new(cx: &Cx<'_>) -> Self {
        let functions = Functions::of_template(cx);
        let rest = functions.api(cx);
        let mut parameters = functions.parameters();
        let mut definition_body = Node::read(&openapi::document(cx, &rest));
        let is_unsaid = rest.operations().any(|(_, method)| method.access.by == By::Unsaid);
        let mut conditions = None;
        if is_unsaid {
            // No document tells an HTTP API that callers sign.
            let allowed: &[_] = if rest.is_rest { &["NONE", "AWS_IAM"] } else { &["NONE"] };
            let (name, parameter) = authorization(allowed);
            if rest.is_rest {
                ask(&mut definition_body, &rest);
                conditions = Some(serde_json::json!({ SIGNED: { "Fn::Equals": [{ "Ref": name }, "AWS_IAM"] } }));
            }
            parameters.insert(name, parameter);
        }
        let stage = Put::Ref(STAGE_NAME.to_owned());
        let stage_name = Parameter {
            kind: "String",
            description: "The stage of the API".to_owned(),
            default: Some(if rest.is_rest { "Prod" } else { "$default" }),
            allowed_values: &[],
            allowed_pattern: Some(r"\$default|[A-Za-z0-9_-]{1,128}"),
        };
        parameters.insert(STAGE_NAME.to_owned(), stage_name);
        let api = if rest.is_rest {
            let open_api_version = "3.0.1";
            Api::Rest(Rest {
                name: cx.contract.name.clone(),
                stage_name: stage,
                open_api_version,
                fail_on_warnings: true,
                definition_body,
            })
        } else {
            Api::Http(Http { stage_name: stage, fail_on_warnings: true, definition_body })
        };
        let permissions =
            functions.permissions(API).into_iter().map(|(id, permission)| (id, Resource::Other(permission)));
        let said = |description, value| Said { description, value };
        Self {
            version: "2010-09-09",
            transform: "AWS::Serverless-2016-10-31",
            description: cx.origin(),
            parameters,
            conditions,
            resources: [(API.to_owned(), Resource::Api(api))].into_iter().chain(permissions).collect(),
            outputs: [("ApiId", said("The id of the API", Put::Ref(API.to_owned())))].into(),
        }
    }
}

/// Leaves it to a condition whether callers of the operations of which nothing is said have to sign.
fn ask(definition: &mut Node, api: &rest::Api<'_>) {
    for resource in &api.resources {
        for method in resource.methods.iter().filter(|method| method.access.by == By::Unsaid) {
            let operation = definition.get("paths").and_then(|paths| paths.get(resource.path));
            let Some(operation) = operation.and_then(|path| path.get(&method.verb.to_lowercase())) else { continue };
            let entry = |name: &str| Node::object([(name, Node::List(Vec::new()))]);
            let key = method.access.api_key.then(|| entry("api_key"));
            let signed = [entry(SIGV4)].into_iter().chain(key.clone()).collect();
            let open = match key {
                Some(key) => Node::List(vec![key]),
                None => Node::object([("Ref", Node::text("AWS::NoValue"))]),
            };
            let either = Node::List(vec![Node::text(SIGNED), Node::List(signed), open]);
            operation.set("security", Node::object([("Fn::If", either)]));
        }
    }
    let scheme = Node::object([
        ("type", Node::text("apiKey")),
        ("name", Node::text("Authorization")),
        ("in", Node::text("header")),
        ("x-amazon-apigateway-authtype", Node::text("awsSigv4")),
    ]);
    let Some(components) = definition.get("components") else { return };
    match components.get("securitySchemes") {
        Some(schemes) => schemes.set(SIGV4, scheme),
        None => components.set("securitySchemes", Node::object([(SIGV4, scheme)])),
    }
}
