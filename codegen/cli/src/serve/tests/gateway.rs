//! What stands before the function: who may call, what a template sees, what is no function, and how long anybody waits.

use super::*;

/// A document with one operation that asks who calls, and tells the function.
fn guarded() -> String {
    let mut document: Value = serde_json::from_str(DOCUMENT).unwrap();
    document["components"]["securitySchemes"] = json!({
        "api_key": { "type": "apiKey", "name": "x-api-key", "in": "header" },
        "members": {
            "type": "apiKey", "name": "Authorization", "in": "header",
            "x-amazon-apigateway-authorizer": { "type": "cognito_user_pools", "providerARNs": [] },
        },
    });
    let operation = &mut document["paths"]["/f"]["post"];
    operation["security"] = json!([{ "members": [] }, { "api_key": [] }]);
    let template = r#"{"sub":"$context.authorizer.claims.sub","key":"$context.identity.apiKeyId"}"#;
    operation["x-amazon-apigateway-integration"]["requestTemplates"] = json!({ "application/json": template });
    document.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_names_its_callers() {
    let document = Document::new(&guarded());
    let mut callers = Callers { api_keys: vec!["k".to_owned()], ..Callers::default() };
    callers.name(r#"ann={"authorizer":{"claims":{"sub":"Ann"}}}"#).unwrap();
    callers.name(r#"bob={"authorizer":{"claims":{"sub":"Bob"}}}"#).unwrap();
    for wrong in ["[]", "{", r#"{"claims":{}}"#, r#"{"identity":1}"#, "no-such-file", "ann=no-such-file"] {
        assert!(Callers::default().name(wrong).is_err(), "{wrong}");
    }
    let serving = start(Options { callers, ..options(&document) }).await.unwrap();
    let ask = async |headers: &str| {
        let request = format!(
            "POST /f HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{headers}content-length: 2\r\n\r\n{{}}"
        );
        let answer = exchanged(&serving, request).await;
        (answer[9..12].parse::<u16>().unwrap(), answer.rsplit("\r\n").next().unwrap().to_owned())
    };
    assert_eq!(ask("").await.0, 401);
    assert_eq!(ask("authorization: eve\r\nx-api-key: k\r\n").await.0, 401);
    assert_eq!(ask("authorization: ann\r\n").await.0, 403);
    let (status, body) = ask("authorization: Bearer ann\r\nx-api-key: k\r\n").await;
    assert_eq!((status, &*body), (200, r#"{"key":"local","sub":"Ann"}"#));
    assert!(ask("authorization: bob\r\nx-api-key: k\r\n").await.1.contains("Bob"));
    serving.stop().await;
    let serving = start(options(&document)).await.unwrap();
    assert!(serving.warnings().iter().any(|warning| warning.contains("name one with `--caller`")));
    serving.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn templates_see_the_letters_of_headers_and_the_stage() {
    let document = Document::new(
        r#"
openapi: 3.0.1
paths:
  /m:
    get:
      responses: { 200: { description: ok } }
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: { application/json: '{"statusCode": 200}' }
        responses:
          default:
            statusCode: 200
            responseTemplates:
              application/json: |-
                $input.params().header.keySet() $input.params('x-custom') $stageVariables.colour
"#,
    );
    let stage_variables = vec![("colour".to_owned(), "blue".to_owned())];
    let serving = start(Options { stage_variables, ..options(&document) }).await.unwrap();
    let request = |close| format!("GET /m HTTP/1.1\r\nhost: localhost\r\nX-CusTom: v\r\nAccept: */*{close}\r\n\r\n");
    // Two in a row on one connection.
    let answer = exchanged(&serving, request("") + &request("\r\nConnection: close")).await;
    assert_eq!(answer.matches("[host, X-CusTom, Accept] v blue").count(), 2, "{answer}");
    serving.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_function_is_not_called() {
    let document = Document::new(
        r#"
openapi: 3.0.1
paths:
  /h:
    post:
      responses: { 200: { description: ok } }
      x-amazon-apigateway-integration:
        { type: http, httpMethod: GET, uri: "https://example.com/a", responses: { default: { statusCode: 200 } } }
  /e:
    post:
      responses: { 202: { description: ok } }
      x-amazon-apigateway-integration:
        type: aws
        httpMethod: POST
        uri: "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations"
        requestParameters: { integration.request.header.X-Amz-Invocation-Type: "'Event'" }
        responses: { default: { statusCode: 202 } }
"#,
    );
    let (said, warned) = std::sync::mpsc::channel();
    let observer = Arc::new(move |exchange: &Exchange| said.send(exchange.response.trace.warnings.clone()).unwrap());
    let serving = start(Options { observer, ..options(&document) }).await.unwrap();
    assert_eq!(ask(&serving, "/h", "{}").await.0, 504);
    let warnings = warned.recv().unwrap();
    assert!(
        warnings.iter().any(|warning| warning.starts_with("`GET https://example.com/a` would be asked")),
        "{warnings:?}"
    );
    // Nobody waits for a function that is invoked as an event.
    let begun = std::time::Instant::now();
    let (status, body) = ask(&serving, "/e", r#"{"do":"sleep","ms":5000}"#).await;
    assert_eq!((status, &*body), (202, ""));
    assert!(begun.elapsed() < Duration::from_secs(5));
    serving.stop().await;
}

/// The API answers preflights itself, lets scripts read what the function answers, and is not known to do so with its own.
#[tokio::test(flavor = "multi_thread")]
async fn an_http_api_has_cors_of_its_own() {
    let cors = r#"{"x-amazon-apigateway-cors":{"allowOrigins":["https://shop"],"exposeHeaders":["retry-after"]},"#;
    let document = Document::new(&DOCUMENT.replacen('{', cors, 1));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let observer = Arc::new(move |exchange: &Exchange| log.lock().unwrap().push(exchange.response.clone()));
    let front = Front::HttpApi;
    let serving = start(Options { front, observer, ..options(&document) }).await.unwrap();
    for (request, status) in [
        ("POST /f HTTP/1.1", 200),
        ("OPTIONS /f HTTP/1.1\r\naccess-control-request-method: POST", 204),
        ("OPTIONS /f HTTP/1.1", 404),
    ] {
        let head = "host: localhost\r\norigin: https://shop\r\nconnection: close\r\ncontent-length: 0";
        assert_eq!(sent(&serving, &format!("{request}\r\n{head}\r\n\r\n")).await, status, "{request}");
    }
    serving.stop().await;
    let seen = seen.lock().unwrap();
    let told = |name: &str| seen.iter().map(|response| response.header(name)).collect::<Vec<_>>();
    assert_eq!(told("access-control-allow-origin"), [Some("https://shop"), Some("https://shop"), None]);
    assert_eq!(told("access-control-expose-headers"), [Some("retry-after"), None, None]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gateway_waits_no_longer_than_its_own_timeout() {
    let document = Document::new(DOCUMENT);
    let serving = start(options(&document)).await.unwrap();
    let answer = ask(&serving, "/slow", r#"{ "do": "sleep", "ms": 300 }"#).await;
    assert_eq!(answer, (504, r#"{"message": "Endpoint request timed out"}"#.to_owned()));
    serving.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_keeps_it_from_starting_is_said() {
    let document = Document::new(DOCUMENT);
    let failed = |options: Options| async { start(options).await.err().unwrap() };
    let nowhere = PathBuf::from("/nowhere/api.json");
    let error = failed(Options { openapi: nowhere, ..options(&document) }).await;
    assert!(error.to_string().starts_with("cannot read `/nowhere/api.json`: "), "{error}");
    let error = failed(Options { command: vec!["/nowhere/bootstrap".into()], ..options(&document) }).await;
    assert!(error.to_string().starts_with("cannot start the function `/nowhere/bootstrap`: "), "{error}");
    assert!(matches!(failed(Options { command: vec![], ..options(&document) }).await, ServeError::NoCommand));
    let error = failed(options(&Document::new("{}"))).await;
    assert!(error.to_string().contains("cannot be served:\n1:1: neither `openapi` nor `swagger`"), "{error}");
    let serving = start(options(&document)).await.unwrap();
    let error = failed(Options { port: serving.port(), ..options(&document) }).await;
    assert!(matches!(error, ServeError::Port { .. }), "{error}");
    serving.stop().await;
}
