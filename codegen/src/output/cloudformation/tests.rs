//! What can go wrong in the templates of `CloudFormation` and SAM: fronts, functions, callers, names and texts of others.

#![allow(clippy::unwrap_used)]

use crate::contract::Contract;
use crate::options::Options;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// An API of one operation, whose error has a field of this name.
fn contract(front: &str, field: &str) -> Contract {
    let text = json!({ "string": {} });
    let input = json!({ "name": "id", "ty": text });
    serde_json::from_value(json!({
        "contract": 2, "name": "teas", "version": "1.0.0", "docs": "Teas", "front": front,
        "operations": [{
            "name": "get_tea", "method": "GET", "path": "/teas/{id}", "status": 200, "output": "any", "set": "TeaError",
            "input": { "ty": { "named": "GetTea" }, "path": [input] },
        }],
        "sets": [{ "name": "TeaError", "errors": ["TeaNotFound"] }],
        "errors": [{
            "code": "TeaNotFound", "status": 404, "title": "No such tea", "docs": "No such tea.", "exposed": true,
            "retry": "never", "fields": [{ "name": field, "docs": "A field.", "ty": text }],
        }],
        "types": [{ "name": "GetTea", "shape": { "struct": [input] } }],
    }))
    .unwrap()
}

fn options(toml: &str) -> Options {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("throwback.toml");
    std::fs::write(&path, toml).unwrap();
    Options::read(&path).unwrap()
}

fn files(contract: &Contract, toml: &str) -> Result<BTreeMap<String, Value>, String> {
    let files = crate::emitted(contract, &options(toml)).map_err(|failed| failed.to_string())?;
    let read = |path: &Path, text: &str| (path.display().to_string(), serde_json::from_str(text).unwrap());
    Ok(files.iter().map(|(path, text)| read(path, text)).collect())
}

const CLOUDFORMATION: &str = "cloudformation = \"c\"\nauthorization = \"none\"\n";

fn parameters(template: &Value) -> Vec<&str> {
    template["Parameters"].as_object().unwrap().keys().map(String::as_str).collect()
}

fn of_kind<'a>(resources: &'a Value, kind: &str) -> Vec<&'a Value> {
    resources.as_object().unwrap().values().filter(|of| of["Type"] == kind).collect()
}

#[test]
fn each_front_gets_its_template_or_an_error_that_names_who_serves_it() {
    let custom = files(&contract("rest", "tea"), CLOUDFORMATION).unwrap();
    assert!(custom.contains_key("c/methods/get_tea/integration-responses.json"));
    let proxy = files(&contract("rest-proxy", "tea"), CLOUDFORMATION).unwrap();
    assert!(!proxy.keys().any(|path| path.starts_with("c/methods")));
    let method = of_kind(&proxy["c/template.json"]["Resources"], "AWS::ApiGateway::Method")[0].clone();
    assert_eq!(method["Properties"]["Integration"]["Type"], "AWS_PROXY");
    assert!(method["Properties"]["Integration"].get("IntegrationResponses").is_none());
    let http = files(&contract("http-api", "tea"), CLOUDFORMATION).unwrap_err();
    assert!(http.contains("`rest` and `rest-proxy`") && http.contains("`sam`"), "{http}");
    let sam = "sam = \"s\"\nauthorization = \"none\"\n";
    for (front, kind) in [("rest-proxy", "AWS::Serverless::Api"), ("http-api-1.0", "AWS::Serverless::HttpApi")] {
        let files = files(&contract(front, "tea"), sam).unwrap();
        assert_eq!(files["s/template.json"]["Resources"]["Api"]["Type"], kind);
    }
    for front in ["alb", "function-url", "axum", "invoke"] {
        for output in [CLOUDFORMATION, sam] {
            let failed = files(&contract(front, "tea"), output).unwrap_err();
            assert!(failed.contains("`rest`") && failed.contains(front), "{failed}");
        }
    }
}

#[test]
fn what_nobody_has_said_whoever_deploys_has_to_say() {
    for output in ["cloudformation = \"o\"\n", "sam = \"o\"\n"] {
        let template = files(&contract("rest", "tea"), output).unwrap()["o/template.json"].clone();
        assert_eq!(parameters(&template), ["AuthorizationType", "FunctionArn", "StageName"], "{output}");
        for name in ["AuthorizationType", "FunctionArn"] {
            assert!(template["Parameters"][name].get("Default").is_none(), "{name}");
        }
        let said = format!("{output}function = \"arn:aws:lambda:e:1:function:f\"\nauthorization = \"iam\"\n");
        let template = files(&contract("rest", "tea"), &said).unwrap()["o/template.json"].clone();
        assert_eq!(parameters(&template), ["StageName"], "{output}");
    }
    let unsaid = files(&contract("rest", "tea"), "sam = \"o\"\n").unwrap()["o/template.json"].clone();
    let operation = &unsaid["Resources"]["Api"]["Properties"]["DefinitionBody"]["paths"]["/teas/{id}"]["get"];
    assert_eq!(operation["security"]["Fn::If"][0], "CallersSign");
}

#[test]
fn a_function_of_another_template_is_a_parameter_in_the_whole_and_itself_in_the_parts() {
    let toml = format!("{CLOUDFORMATION}function = {{ sub = \"${{Teas.Arn}}:${{stageVariables.alias}}\" }}\n");
    let files = files(&contract("rest", "tea"), &toml).unwrap();
    assert_eq!(parameters(&files["c/template.json"]), ["FunctionArn", "StageName"]);
    let method = of_kind(&files["c/resources.json"], "AWS::ApiGateway::Method")[0];
    let uri = method["Properties"]["Integration"]["Uri"]["Fn::Sub"].as_str().unwrap();
    assert!(uri.contains("/functions/${Teas.Arn}:${!stageVariables.alias}/"), "{uri}");
    // Nobody knows which function that is.
    assert!(of_kind(&files["c/resources.json"], "AWS::Lambda::Permission").is_empty());
    let permission = &files["c/template.json"]["Resources"]["ApiPermission"]["Properties"];
    assert_eq!(permission["FunctionName"], json!({ "Ref": "FunctionArn" }));
}

#[test]
fn what_changes_is_deployed() {
    let deployment = |contract: &Contract, toml: &str| {
        let files = files(contract, toml).unwrap();
        let resources = files["c/template.json"]["Resources"].as_object().unwrap().clone();
        let ids: Vec<_> = resources.keys().filter(|id| id.contains("Deployment")).cloned().collect();
        let waits = resources[&ids[0]]["DependsOn"].as_array().unwrap().len();
        let kinds = ["AWS::ApiGateway::Method", "AWS::ApiGateway::GatewayResponse"];
        assert_eq!(waits, resources.values().filter(|of| kinds.iter().any(|kind| of["Type"] == *kind)).count());
        ids.concat()
    };
    let one = contract("rest", "tea");
    let mut title = one.clone();
    title.errors[0].title = "Another".to_owned();
    assert_eq!(deployment(&one, CLOUDFORMATION), deployment(&one.clone(), CLOUDFORMATION));
    assert_ne!(deployment(&one, CLOUDFORMATION), deployment(&title, CLOUDFORMATION));
    let cors = format!("{CLOUDFORMATION}cors = \"*\"\n");
    assert_ne!(deployment(&one, CLOUDFORMATION), deployment(&one, &cors));
}

#[test]
fn an_id_of_the_api_is_one_and_no_other() {
    let with = |id: &str| files(&contract("rest", "tea"), &format!("{CLOUDFORMATION}cloudformation-api = {id:?}\n"));
    let files = with("Teas").unwrap();
    assert_eq!(files["c/template.json"]["Resources"]["Teas"]["Type"], "AWS::ApiGateway::RestApi");
    let complete = &files["c/resources.json"]["TeasComplete"];
    assert!(complete["DependsOn"].as_array().unwrap().len() > 20, "{complete}");
    for id in ["", "My-Api", "${Api}", "ThrottledGatewayResponse", "StageName"] {
        let failed = with(id).unwrap_err();
        assert!(failed.contains("`cloudformation-api` is"), "{failed}");
    }
}

#[test]
fn no_text_of_the_api_is_a_word_of_the_template() {
    // Docs in a schema are written so that nothing is put in for them.
    for field in ["Ref", "Condition"] {
        let mut contract = contract("rest", field);
        contract.errors[0].fields[0].docs = "{{resolve:ssm:a}}".to_owned();
        let files = files(&contract, CLOUDFORMATION).unwrap();
        assert!(files.values().all(|file| !file.to_string().contains("{{resolve:")));
        let schema = &files["c/models.json"]["TeaNotFoundModel"]["Properties"]["Schema"];
        let schema: Value = serde_json::from_str(schema.as_str().unwrap()).unwrap();
        assert_eq!(schema["properties"][field]["description"], "{{resolve:ssm:a}}");
    }
    let failed = files(&contract("rest", "Ref"), "sam = \"s\"\n").unwrap_err();
    assert!(failed.contains("/Ref: the name") && failed.contains("`openapi`"), "{failed}");
    let mut secret = contract("rest", "tea");
    secret.docs = "{{resolve:secretsmanager:a}}".to_owned();
    for output in [CLOUDFORMATION, "sam = \"s\"\n"] {
        let failed = files(&secret, output).unwrap_err();
        assert!(failed.contains("{{resolve:"), "{failed}");
    }
}
