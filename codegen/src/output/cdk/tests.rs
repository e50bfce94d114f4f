//! What the module is for each front, and with what the options say.

#![allow(clippy::unwrap_used)]

use super::literal::Literal;
use crate::contract::Contract;
use crate::options::{Function, Options};
use serde_json::json;
use std::collections::BTreeMap;

/// An API of one operation and one set of errors alone.
fn files(front: &str, name: &str, say: impl Fn(&mut Options)) -> Result<BTreeMap<String, String>, String> {
    let error = json!({ "code": "Gone", "status": 410, "title": "*/ `${x}`", "docs": "", "exposed": true, "retry": "never", "fields": [] });
    let contract = json!({
        "contract": 2, "name": "tea-shop", "version": "1.0.0", "docs": "*/ `${x}` @tag", "front": front,
        "operations": [{
            "name": name, "method": "GET", "path": "/teas", "docs": "\"*/ `${x}`", "input": { "ty": "any" }, "output": "any", "status": 200, "set": "TeaError",
        }],
        "sets": [{ "name": "TeaError", "errors": ["Gone"] }, { "name": "Alone", "errors": ["Gone"] }], "errors": [error], "types": [],
    });
    let contract: Contract = serde_json::from_value(contract).unwrap();
    let mut options = Options::default().output("cdk", "cdk");
    say(&mut options);
    let files = crate::emitted(&contract, &options).map_err(|failed| failed.to_string())?;
    Ok(files.into_iter().map(|(path, text)| (path.file_name().unwrap().to_str().unwrap().to_owned(), text)).collect())
}

#[test]
fn each_front_has_what_its_gateway_takes() {
    for front in ["rest", "rest-proxy", "http-api", "http-api-1.0"] {
        let files = files(front, "get_teas", |options| options.cors = Some("*".to_owned())).unwrap();
        let (is_rest, is_mapped) = (front.starts_with("rest"), front == "rest");
        assert_eq!(files.contains_key("errors.ts"), is_rest, "{front}");
        let definition = &files["definition.ts"];
        assert!(definition.contains("uri: uri,"), "{front}");
        assert!(!definition.contains("Fn::Sub") && !definition.contains("ThrowbackFunction"), "{front}");
        assert_eq!(definition.contains("function apiBody(props: ApiBodyProps)"), !is_rest, "{front}");
        if let Some(errors) = files.get("errors.ts") {
            let integrations = if is_mapped {
                "export type IntegrationName = \"get_teas\" | \"options_teas\" | \"Alone\";"
            } else {
                // The function answers all but the preflight.
                "export type IntegrationName = \"options_teas\";"
            };
            assert!(errors.contains(integrations), "{errors}");
            assert_eq!(
                errors.contains("selectionPattern: \"^\\\\[(?:Gone)\\\\] [\\\\s\\\\S]*\""),
                is_mapped,
                "{front}"
            );
        }
    }
    for front in ["function-url", "alb", "alb-multi-value", "axum", "invoke"] {
        let said = files(front, "get_teas", |_| {}).unwrap_err();
        assert!(said.contains("(fronts `rest`, `rest-proxy`, `http-api`, `http-api-1.0`)"), "{said}");
        assert!(said.contains(&format!("`front = \"{front}\"`")), "{said}");
    }
}

#[test]
fn the_function_is_the_one_that_is_said() {
    let definition = |function: Option<Function>| {
        files("rest", "get_teas", |options| options.function.clone_from(&function)).unwrap()["definition.ts"].clone()
    };
    assert!(definition(None).contains("readonly function: lambda.IFunction;"));
    let text = definition(Some(Function::Arn("arn:aws:lambda:eu-west-1:1:function:${stageVariables.f}".to_owned())));
    assert!(
        text.contains("? \"arn:aws:apigateway:eu-west-1:lambda:path/")
            && text.contains("${stageVariables.f}/invocations\"")
    );
    assert!(text.contains("readonly function?: lambda.IFunction;"));
    let text = definition(Some(Function::Sub("${Teas.Arn}".to_owned())));
    assert!(text.contains("import { Aws, Fn } from") && text.contains("? Fn.sub(\"arn:${AWS::Partition}:"), "{text}");
}

#[test]
fn no_text_or_name_breaks_out() {
    let files = files("rest", "__proto__", |_| {}).unwrap();
    for text in files.values() {
        // A comment ends where we end it.
        assert!(text.lines().all(|line| !line.contains("*/") || line.ends_with("*/") || line.contains('"')), "{text}");
    }
    assert!(files["errors.ts"].contains("\n  [\"__proto__\"]: {\n"));
    assert!(files["errors.ts"].contains("errors.method(\"__proto__\")"));
}

#[test]
fn the_class_has_a_name_that_the_module_can_hold() {
    let named = |name: &str| files("rest", "get_teas", |options| options.say("cdk-class", name.into()).unwrap());
    assert!(named("Teas").unwrap()["errors.ts"].contains("export class Teas extends Construct {"));
    let unsaid = files("rest", "get_teas", |_| {}).unwrap();
    assert!(unsaid["errors.ts"].contains("export class TeaShopErrors extends Construct {"));
    for name in ["teas", "Teas {", "", "Té", "1Tea"] {
        assert!(named(name).unwrap_err().contains("which is no name of a class"), "{name}");
    }
    assert!(named("Construct").unwrap_err().contains("which the module needs itself"));
}

#[test]
fn data_is_laid_out_as_prettier_does_it() {
    let long = "x".repeat(70);
    let value =
        json!({ "a-b": [1, "two"], "empty": {}, "list": [{ "x": null }], "long": { "member": long }, "uri": long });
    let mut literal = Literal::of(&value).unwrap();
    literal.replace(&Literal::Text("two".to_owned()), "two");
    let expected = format!(
        "{{\n  \"a-b\": [1, two],\n  empty: {{}},\n  list: [\n    {{\n      x: null,\n    }},\n  ],\n  long: {{\n    member:\n      \
         \"{long}\",\n  }},\n  uri: \"{long}\",\n}}"
    );
    assert_eq!(literal.print(0, 0), expected);
}
