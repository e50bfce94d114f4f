//! The plain OpenAPI document: what holds of it whatever the contract.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a panic is what is looked for"
)]

use serde_json::Value;
use throwback_codegen::contract::{Contract, ErrorDef, Operation};
use throwback_codegen::{Failed, Options, emitted};

/// The document of a version, 3.1 or 3.0.
///
/// # Errors
/// What no output could hold.
pub fn document(contract: &Contract, version: &str) -> Result<Value, Failed> {
    let mut options = Options::default().output("openapi-plain", "plain.json");
    options.say("openapi-plain-version", version.into()).expect("a version is a text");
    let files = emitted(contract, &options)?;
    let [(_, text)] = &*files else { panic!("{} files", files.len()) };
    Ok(serde_json::from_str(text).expect("the document is JSON"))
}

/// Asks both versions of the document what holds of all.
///
/// # Errors
/// What no output could hold.
pub fn holds(contract: &Contract) -> Result<(), Failed> {
    for version in ["3.1", "3.0"] {
        let document = document(contract, version)?;
        assert!(document["openapi"].as_str().is_some_and(|found| found.starts_with(version)));
        walk(&document, &document, false);
        for name in document["components"]["schemas"].as_object().into_iter().flatten().map(|(name, _)| name) {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
            assert!(!name.is_empty() && name.chars().all(is_plain), "{name:?} can name no component");
        }
        for error in &contract.errors {
            assert!(error_schema(&document, error).is_some(), "{} is no component", error.code);
        }
        for operation in &contract.operations {
            answers(&document, contract, operation);
        }
        let operations = document["paths"].as_object().unwrap().values().flat_map(|path| path.as_object().unwrap());
        assert_eq!(operations.count(), contract.operations.len(), "no operation is nobody's");
    }
    Ok(())
}

/// Whether what stands here is named by an API, and not by OpenAPI.
fn is_map(key: &str) -> bool {
    ["properties", "schemas", "securitySchemes", "paths", "responses", "headers", "content"].contains(&key)
}

fn walk(document: &Value, value: &Value, is_named: bool) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| walk(document, value, false)),
        Value::Object(members) => {
            for (key, value) in members {
                if !is_named {
                    assert!(!key.starts_with("x-amazon"), "{key}");
                    if key == "$ref" {
                        let named = value.as_str().and_then(|named| named.strip_prefix('#')).expect("a pointer");
                        assert!(document.pointer(named).is_some(), "{named} is nowhere");
                        assert_eq!(members.len(), 1, "a reference stands alone");
                    }
                    if key == "type" && value == "integer" {
                        assert!(members["format"] == "int32" || members["format"] == "int64", "{members:?}");
                    }
                    let is_schema = members.contains_key("type") && members.contains_key("properties");
                    assert!(key != "title" || !is_schema, "a title would rename {members:?}");
                }
                walk(document, value, !is_named && is_map(key));
            }
        }
        _ => {}
    }
}

/// The component of an error, by what it says of `code` and `status`.
pub fn error_schema<'a>(document: &'a Value, error: &ErrorDef) -> Option<(&'a str, &'a Value)> {
    let is =
        |schema: &Value, expected: Value| schema["const"] == expected || schema["enum"] == Value::from(vec![expected]);
    let schemas = document["components"]["schemas"].as_object()?;
    let mut found = schemas.iter().filter(|(_, schema)| {
        let properties = &schema["properties"];
        is(&properties["code"], error.code.as_str().into()) && is(&properties["status"], error.status.get().into())
    });
    let (name, schema) = found.next()?;
    found.next().is_none().then_some((name, schema))
}

/// Each error of an operation is there under its status.
fn answers(document: &Value, contract: &Contract, operation: &Operation) {
    let path = &document["paths"][&operation.path][operation.method.as_str().to_lowercase()];
    assert_eq!(path["operationId"], operation.name.as_str());
    assert!(path["responses"]["default"].is_object() && path["responses"]["500"].is_object());
    for code in contract.codes_of(operation) {
        let error = contract.errors.iter().find(|error| error.code == *code).unwrap();
        let (name, _) = error_schema(document, error).unwrap();
        let response = &path["responses"][error.status.get().to_string()];
        assert!(response["headers"]["x-error-code"].is_object(), "{code}");
        if operation.method.as_str() == "HEAD" {
            assert!(response["content"].is_null(), "{code}");
            continue;
        }
        let schema = &response["content"]["application/problem+json"]["schema"];
        let own: Value = format!("#/components/schemas/{name}").into();
        let named = schema["$ref"].as_str().unwrap();
        let union = &document.pointer(&named[1..]).unwrap()["oneOf"];
        let in_union = union.as_array().is_some_and(|all| all.iter().any(|one| one["$ref"] == own));
        assert!(schema["$ref"] == own || in_union, "{code} is not among the answers of {}", operation.name);
    }
}
