//! An enum alone is enough: a function with a handler of its own, behind a document of its own, into which the generated
//! responses are pasted.

#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::{Value, json};
use std::ffi::OsString;
use std::sync::Arc;
use std::time::Duration;
use throwback::client::{Platform, PlatformKind};
use throwback_cli::serve::{Callers, Front, Options, Output, start};
use throwback_tests::stock_client::{Failure, StockError, StockFailure, decode, decode_invocation, is_success};

const GENERATED: &str = include_str!(concat!(env!("OUT_DIR"), "/stock.openapi.json"));

/// The author's own document, with the set's responses where his were.
fn document() -> Value {
    let generated: Value = serde_json::from_str(GENERATED).unwrap();
    let set = &generated["x-throwback"]["sets"]["StockError"];
    let mut responses = json!({ "200": { "description": "The stock" } });
    responses.as_object_mut().unwrap().extend(set["responses"].as_object().unwrap().clone());
    let mut integration = json!({ "default": { "statusCode": "200" } });
    integration.as_object_mut().unwrap().extend(set["integrationResponses"].as_object().unwrap().clone());
    json!({
        "openapi": "3.0.1",
        "info": { "title": "shelves", "version": "3" },
        "paths": { "/articles/{sku}": { "get": {
            "operationId": "readStock",
            "parameters": [{ "name": "sku", "in": "path", "required": true, "schema": { "type": "string" } }],
            "responses": responses,
            "x-amazon-apigateway-integration": {
                "type": "aws", "httpMethod": "POST", "passthroughBehavior": "never",
                "uri": "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:stock/invocations",
                "requestTemplates": { "application/json": "{\"sku\": \"$util.escapeJavaScript($input.params('sku'))\"}" },
                "responses": integration,
            },
        } } },
        "components": generated["components"],
    })
}

/// What a caller writes, with the HTTP library that he has.
async fn read(http: &reqwest::Client, url: &str, sku: &str) -> Result<Value, Failure<StockError>> {
    let response = http.get(format!("{url}/articles/{sku}")).send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.bytes().await.unwrap();
    if is_success(status, &headers) {
        return Ok(serde_json::from_slice(&body).unwrap());
    }
    Err(decode(status, &headers, &body))
}

#[tokio::test]
async fn a_function_of_before_throws_what_its_callers_catch() {
    let folder = tempfile::tempdir().unwrap();
    let openapi = folder.path().join("openapi.json");
    std::fs::write(&openapi, document().to_string()).unwrap();
    let options = Options {
        front: Front::Rest,
        openapi,
        command: vec![OsString::from(env!("CARGO_BIN_EXE_stock"))],
        port: 0,
        timeout: Duration::from_secs(60),
        instances: 1,
        environment: Vec::new(),
        callers: Callers::default(),
        stage_variables: Vec::new(),
        output: Output::Discard,
        observer: Arc::new(|_| {}),
    };
    let serving = start(options).await.unwrap();
    assert_eq!(serving.warnings(), [] as [String; 0]);
    let (http, url) = (reqwest::Client::new(), serving.url());

    assert_eq!(read(&http, &url, "1").await.unwrap(), json!({ "sku": "1", "count": 7 }));
    let Failure::Api(StockError::Discontinued(error)) = read(&http, &url, "2").await.unwrap_err() else { panic!() };
    assert_eq!((error.until, error.problem().status(), error.detail()), (2019, 404, "sold until 2019"));
    let failure = read(&http, &url, "3").await.unwrap_err();
    assert!(matches!(&failure, Failure::Api(StockError::Counting(_))), "{failure:?}");
    assert_eq!((failure.is_retryable(), failure.retry_after()), (true, Some(Duration::from_secs(9))));
    let failure = read(&http, &url, "4").await.unwrap_err();
    assert!(matches!(failure, Failure::Platform(ref error) if *Platform::kind(error) == PlatformKind::Internal));
    let Failure::Api(StockError::ArticleNotFound(error)) = read(&http, &url, "\"; 5").await.unwrap_err() else {
        panic!()
    };
    assert_eq!(error.sku, "\"; 5");

    // `?` makes it a failure of the whole API's.
    let whole = async { Ok::<_, StockFailure>(read(&http, &url, "6").await?) }.await.unwrap_err();
    assert!(matches!(whole.0, Failure::Api(_)), "{whole:?}");
    serving.stop().await;
}

#[test]
fn the_same_errors_come_from_an_invocation() {
    let error = throwback_tests::stock::StockError::ArticleNotFound { sku: "7".to_owned() };
    let payload = json!({ "errorType": "ArticleNotFound", "errorMessage": throwback::error_message(&error, None) });
    match decode_invocation(payload.to_string().as_bytes()) {
        Failure::<StockError>::Api(StockError::ArticleNotFound(error)) => assert_eq!(error.sku, "7"),
        other => panic!("{other:?}"),
    }
}
