//! What a caller gets for an execution of Step Functions that he waits for, whatever became of it.
#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::{Value, json};
use throwback_gateway::{BackendResponse, Call, Gateway, Response};

const START: &str = include_str!("../examples/orders/generated/step-functions/start-sync-execution.json");
const VECTORS: &str = include_str!("../examples/orders/generated/vectors.json");

fn gateway() -> Gateway {
    let mut method: Value = serde_json::from_str(START).unwrap();
    method["x-amazon-apigateway-integration"]["uri"] =
        "arn:aws:apigateway:eu-central-1:states:action/StartSyncExecution".into();
    let document = json!({ "openapi": "3.0.1", "info": {}, "paths": { "/run": { "post": method } } });
    Gateway::read(&document.to_string()).unwrap()
}

fn answered(execution: &str) -> Response {
    let (gateway, call) = (gateway(), Call::new("POST", "/run"));
    let (route, _) = gateway.find("POST", "/run").unwrap();
    let headers = vec![("Content-Type".to_owned(), "application/x-amz-json-1.0".to_owned())];
    route.relay(&gateway, &call, &BackendResponse { status: 200, headers, body: execution.as_bytes().to_vec() })
}

fn failed(cause: &str) -> Response {
    answered(&json!({ "status": "FAILED", "error": "E", "cause": cause, "executionArn": "arn:secret" }).to_string())
}

/// Whether nothing is said but that the function failed.
fn is_internal(response: &Response) -> bool {
    let problem: Value = serde_json::from_slice(&response.body).unwrap();
    let told: Vec<_> = problem.as_object().unwrap().keys().map(String::as_str).collect();
    (response.status, response.header("x-error-code")) == (500, Some("InternalError"))
        && told == ["code", "instance", "retryable", "status", "title"]
}

#[test]
fn every_error_of_the_function_keeps_its_status_and_its_problem() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    let mut tried = 0;
    for case in vectors["cases"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let Some(payload) = case["invocation"].as_str().filter(|_| name.ends_with("invoked directly")) else {
            continue;
        };
        let response = failed(payload);
        let message = serde_json::from_str::<Value>(payload).unwrap()["errorMessage"].as_str().unwrap().to_owned();
        assert_eq!(String::from_utf8_lossy(&response.body), message.split_once("] ").unwrap().1, "{name}");
        assert_eq!(Value::from(response.status), case["caught"]["status"], "{name}");
        assert_eq!(response.header("x-error-code"), case["caught"]["code"].as_str(), "{name}");
        assert_eq!(response.header("content-type"), Some("application/problem+json"), "{name}");
        assert_eq!(response.header("access-control-allow-origin"), Some("https://shop.example.com"), "{name}");
        let after = response.header("retry-after").map(|text| text.parse::<u64>().unwrap());
        assert_eq!(after.map_or(Value::Null, Value::from), case["caught"]["retryAfter"], "{name}");
        assert!(response.trace.warnings.is_empty(), "{name}: {:?}", response.trace);
        tried += 1;
    }
    assert!(tried > 12, "{tried}");
    assert_eq!(failed(BLOCKED).header("x-case-number"), Some("C-7"));
}

const BLOCKED: &str = r#"{"errorType":"CustomerBlocked","errorMessage":"[CustomerBlocked] {\"code\":\"CustomerBlocked\",\"title\":\"T\",\"status\":403,\"caseNumber\":\"C-7\"}"}"#;

#[test]
fn anything_else_shows_nothing() {
    for cause in [
        "",
        "database down at 10.0.3.7",
        "{}",
        "[1]",
        r#"{"errorMessage":null}"#,
        r#"{"errorMessage":7}"#,
        r#"{"errorMessage":{"a":1}}"#,
        r#"{"errorMessage":"[OrderNotFound] no problem"}"#,
        r#"{"errorMessage":"[X] {\"code\":\"X\",\"status\":200}"}"#,
        r#"{"errorMessage":"[X] {\"code\":\"X\",\"status\":4040}"}"#,
        r#"{"errorMessage":"[X] {\"code\":\"X\",\"a\":{\"status\":404}}"}"#,
        r#"{"errorMessage":"2024-04-01T10:00:00.000Z 8f2e Task timed out after 1.00 seconds"}"#,
        r#"{"errorType":"&str","errorMessage":"$input.body #set($c='x') '"}"#,
        "$context.requestId #stop",
        // Cut on its way.
        &BLOCKED[..80],
    ] {
        let response = failed(cause);
        assert!(is_internal(&response), "{cause}: {} {}", response.status, String::from_utf8_lossy(&response.body));
    }
    for execution in [
        r#"{"status":"FAILED"}"#,
        r#"{"status":"ABORTED"}"#,
        "{}",
        r#"{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"User: arn:aws:sts::1:x"}"#,
        // A success of its own words is none of Step Functions'.
        r#"{"output":"{\"status\":\"SUCCEEDED\"}"}"#,
    ] {
        assert!(is_internal(&answered(execution)), "{execution}");
    }
}

#[test]
fn a_timeout_and_a_success_are_what_they_are() {
    let response = answered(r#"{"status":"TIMED_OUT"}"#);
    let problem: Value = serde_json::from_slice(&response.body).unwrap();
    assert_eq!((response.status, response.header("x-error-code")), (504, Some("FunctionTimeout")));
    assert_eq!((&problem["code"], &problem["status"]), (&"FunctionTimeout".into(), &504.into()));
    let output = r#"{"a":18446744073709551615,"b":"it's \"x\" \\ $a #b é"}"#;
    let response = answered(&json!({ "status": "SUCCEEDED", "output": output }).to_string());
    assert_eq!((response.status, String::from_utf8_lossy(&response.body)), (200, output.into()));
    assert_eq!((response.header("x-error-code"), response.header("content-type")), (None, Some("application/json")));
}

#[test]
fn the_body_is_the_input_as_it_came() {
    let gateway = gateway();
    let body = r#"{"note":"it's \"x\" \\ $a #b é","n":18446744073709551615}"#;
    let mut call = Call::new("POST", "/run");
    body.clone_into(&mut call.body);
    call.stage_variables.insert("stateMachine".to_owned(), "arn:aws:states:e:1:stateMachine:m".to_owned());
    let (route, _) = gateway.find("POST", "/run").unwrap();
    let asked = route.ask(&gateway, &mut call).unwrap();
    let sent: Value = serde_json::from_str(&asked.body).unwrap();
    assert_eq!(sent["stateMachineArn"], "arn:aws:states:e:1:stateMachine:m");
    assert_eq!(sent["input"], body);
}
