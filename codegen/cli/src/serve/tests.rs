//! The whole server in front of a real process: this test binary itself, started again as a function.

#![allow(clippy::unwrap_used)]

use super::{Callers, Exchange, Front, Limits, Options, Output, ServeError, Serving, start, start_within};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The host and the port of an address, and the path behind them.
fn place(address: &str) -> (&str, &str) {
    let address = address.trim_start_matches("http://");
    address.split_at(address.find('/').unwrap_or(address.len()))
}

/// Sends a request and reads the whole answer: its head and its body.
/// The address is one of a server, or that of a Runtime API.
fn http(address: &str, method: &str, path: &str, body: &[u8]) -> std::io::Result<(String, Vec<u8>)> {
    let (address, base) = place(address);
    let mut stream = TcpStream::connect(address)?;
    let length = body.len();
    let head = format!(
        "{method} {base}{path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(answer.len());
    let body = answer.split_off((end + 4).min(answer.len()));
    Ok((String::from_utf8_lossy(&answer).to_lowercase(), body))
}

fn header(head: &str, name: &str) -> String {
    let line = head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    line.unwrap_or_default().to_owned()
}

/// No test but the function: does what its events ask for. Without a Runtime API there is nothing to do.
#[test]
#[expect(clippy::zombie_processes, reason = "what it leaves behind is what is tried")]
fn function() {
    let Ok(api) = env::var("AWS_LAMBDA_RUNTIME_API") else { return };
    let post = |path: &str, body: Value| {
        http(&api, "POST", &format!("/2018-06-01/runtime/{path}"), body.to_string().as_bytes())
    };
    if env::var_os("FAIL_INIT").is_some() {
        post("init/error", json!({ "errorType": "Runtime.InitError", "errorMessage": "no start" })).unwrap();
        std::process::exit(1);
    }
    loop {
        let (head, event) = http(&api, "GET", "/2018-06-01/runtime/invocation/next", b"").unwrap();
        assert!(header(&head, "lambda-runtime-deadline-ms").parse::<u64>().unwrap() > 0);
        assert!(header(&head, "lambda-runtime-invoked-function-arn").starts_with("arn:aws:lambda:"));
        let event: Value = serde_json::from_slice(&event).unwrap();
        let id = header(&head, "lambda-runtime-aws-request-id");
        let respond = |value: Value| post(&format!("invocation/{id}/response"), value).unwrap().0;
        match event["do"].as_str().unwrap_or_default() {
            "error" => {
                let error = json!({ "errorType": "E", "errorMessage": event["message"] });
                post(&format!("invocation/{id}/error"), error).unwrap();
            }
            "exit" => std::process::exit(i32::try_from(event["code"].as_i64().unwrap()).unwrap()),
            "abort" => std::process::abort(),
            "cut" => {
                // The beginning of an answer, and no more.
                let (address, base) = place(&api);
                let mut stream = TcpStream::connect(address).unwrap();
                let path = format!("{base}/2018-06-01/runtime/invocation/{id}/response");
                write!(stream, "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n\"half")
                    .unwrap();
                if event["exit"] == true {
                    std::process::exit(3);
                }
                // It may think better of it.
                drop(stream);
                while !respond(json!("whole")).starts_with("http/1.1 202") {}
            }
            "kill" => {
                std::process::Command::new("sh").args(["-c", "kill -9 $PPID"]).status().unwrap();
            }
            "child" => {
                let mut child = std::process::Command::new("sleep");
                let child = child.arg("600").spawn().unwrap();
                respond(json!({ "child": child.id(), "api": api }));
                if event["exit"] == true {
                    std::process::exit(0);
                }
            }
            "sleep" => {
                std::thread::sleep(Duration::from_millis(event["ms"].as_u64().unwrap()));
                respond(json!(std::process::id()));
            }
            "big" => {
                let head = respond(json!("x".repeat(usize::try_from(event["size"].as_u64().unwrap()).unwrap() - 2)));
                assert_eq!(head.starts_with("http/1.1 413"), event["size"].as_u64().unwrap() > 6_291_556);
            }
            "leave" => {
                respond(json!("left"));
                std::process::exit(0);
            }
            "env" => {
                let variable = event["name"].as_str().unwrap();
                respond(json!(env::var(variable).unwrap_or_default()));
            }
            "pid" => {
                respond(json!(std::process::id()));
            }
            _ => {
                respond(event);
            }
        }
    }
}

const DOCUMENT: &str = r#"{
  "openapi": "3.0.1",
  "paths": {
    "/f": { "post": {
      "operationId": "f",
      "responses": { "200": {}, "500": { "headers": { "x-error-code": {} } } },
      "x-amazon-apigateway-integration": {
        "type": "aws", "httpMethod": "POST", "uri": "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations",
        "responses": {
          "default": { "statusCode": "200" },
          "[\\s\\S]+": {
            "statusCode": "500",
            "responseParameters": { "method.response.header.x-error-code": "'InternalError'" },
            "responseTemplates": { "application/json": "$input.json('$')" }
          }
        }
      }
    } },
    "/slow": { "post": {
      "responses": { "200": {} },
      "x-amazon-apigateway-integration": {
        "type": "aws", "httpMethod": "POST", "uri": "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations",
        "timeoutInMillis": 50, "responses": { "default": { "statusCode": "200" } }
      }
    } }
  }
}"#;

/// A file of this test's own that goes with it.
struct Document(PathBuf);

impl Document {
    fn new(text: &str) -> Self {
        let path = env::temp_dir().join(format!("throwback-serve-{}.json", super::id::uuid()));
        fs::write(&path, text).unwrap();
        Self(path)
    }
}

impl Drop for Document {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn options(document: &Document) -> Options {
    let function = env::current_exe().unwrap();
    let arguments = ["--exact", "serve::tests::function", "--nocapture", "--test-threads=1"];
    Options {
        front: Front::Rest,
        openapi: document.0.clone(),
        command: std::iter::once(function.into()).chain(arguments.map(Into::into)).collect(),
        port: 0,
        timeout: Duration::from_secs(20),
        instances: 2,
        environment: vec![("MARK".to_owned(), "here".to_owned())],
        callers: Callers::default(),
        stage_variables: Vec::new(),
        output: Output::Discard,
        observer: Arc::new(|_| {}),
    }
}

/// Sends a request without stopping the server's threads; returns the status and the body.
async fn ask(serving: &Serving, path: &str, body: impl Into<Vec<u8>>) -> (u16, String) {
    let address = serving.url().trim_start_matches("http://").to_owned();
    let (path, body) = (path.to_owned(), body.into());
    let asked = tokio::task::spawn_blocking(move || http(&address, "POST", &path, &body)).await;
    let (head, body) = asked.unwrap().unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), String::from_utf8(body).unwrap())
}

async fn call(serving: &Serving, event: Value) -> (u16, Value) {
    let (status, body) = ask(serving, "/f", event.to_string()).await;
    (status, serde_json::from_str(&body).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_and_failures_are_those_of_lambda() {
    let document = Document::new(DOCUMENT);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let observer = Arc::new(move |exchange: &Exchange| log.lock().unwrap().push(exchange.to_string()));
    let serving = start(Options { observer, ..options(&document) }).await.unwrap();
    assert_eq!(call(&serving, json!({ "a": "é😀" })).await, (200, json!({ "a": "é😀" })));
    assert_eq!(call(&serving, json!({ "do": "env", "name": "MARK" })).await.1, "here");
    assert_eq!(call(&serving, json!({ "do": "env", "name": "AWS_LAMBDA_FUNCTION_VERSION" })).await.1, "$LATEST");
    let error = json!({ "errorType": "E", "errorMessage": "x\n" });
    assert_eq!(call(&serving, json!({ "do": "error", "message": "x\n" })).await, (500, error));
    for (event, kind, message) in [
        (json!({ "do": "exit", "code": 0 }), "Runtime.ExitError", "Runtime exited without providing a reason"),
        (json!({ "do": "exit", "code": 3 }), "Runtime.ExitError", "Runtime exited with error: exit status 3"),
        (json!({ "do": "abort" }), "Runtime.ExitError", "Runtime exited with error: signal: aborted"),
        (json!({ "do": "cut", "exit": true }), "Runtime.ExitError", "Runtime exited with error: exit status 3"),
        (json!({ "do": "kill" }), "Runtime.ExitError", "Runtime exited with error: signal: killed"),
    ] {
        let (status, body) = call(&serving, event.clone()).await;
        assert_eq!((status, body["errorType"].as_str()), (500, Some(kind)), "{event}");
        let found = body["errorMessage"].as_str().unwrap();
        assert!(found.starts_with("RequestId: ") && found.ends_with(&format!(" Error: {message}")), "{found}");
    }
    assert_eq!(call(&serving, json!({ "do": "cut" })).await, (200, json!("whole")));
    let (status, whole) = call(&serving, json!({ "do": "big", "size": 6_291_556 })).await;
    assert_eq!((status, whole.as_str().unwrap().len()), (200, 6_291_554));
    let (status, body) = call(&serving, json!({ "do": "big", "size": 6_291_557 })).await;
    assert_eq!((status, body["errorType"].as_str()), (500, Some("Function.ResponseSizeTooLarge")));
    assert_eq!(body["errorMessage"], "Response payload size exceeded maximum allowed payload size (6291556 bytes).");
    assert_eq!(ask(&serving, "/f", vec![b'x'; 10 * 1024 * 1024 + 1]).await.0, 413);
    assert_eq!(ask(&serving, "/f", "not json").await.0, 400);
    assert_eq!(ask(&serving, "/nope", "").await.0, 403);
    serving.stop().await;
    let seen = seen.lock().unwrap();
    assert!(seen[3].starts_with("POST /f → f → \"x\\n\" → 500 [\\s\\S]+ · "), "{}", seen[3]);
    assert!(seen.last().unwrap().starts_with("POST /nope → 403 MISSING_AUTHENTICATION_TOKEN · "));
}

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
        let address = serving.url().trim_start_matches("http://").to_owned();
        let request = format!(
            "POST /f HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{headers}content-length: 2\r\n\r\n{{}}"
        );
        let answer = tokio::task::spawn_blocking(move || {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        });
        let answer = answer.await.unwrap();
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
    let address = serving.url().trim_start_matches("http://").to_owned();
    let answer = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        let request =
            |close| format!("GET /m HTTP/1.1\r\nhost: localhost\r\nX-CusTom: v\r\nAccept: */*{close}\r\n\r\n");
        // Two in a row on one connection.
        write!(stream, "{}{}", request(""), request("\r\nConnection: close")).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    });
    let answer = answer.await.unwrap();
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

/// Sends these very bytes, and reads the status of the answer.
async fn sent(serving: &Serving, bytes: &str) -> u16 {
    let address = serving.url().trim_start_matches("http://").to_owned();
    let bytes = bytes.to_owned();
    let answer = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(bytes.as_bytes()).unwrap();
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    });
    answer.await.unwrap()[9..].parse().unwrap()
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

/// What the SDKs of AWS ask of Lambda: the payload as it is, and a header that says whether the function failed.
#[tokio::test(flavor = "multi_thread")]
async fn a_function_is_invoked_as_lambda_is_asked_to() {
    let missing = Document(PathBuf::from("no such document"));
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let observer = Arc::new(move |exchange: &Exchange| log.lock().unwrap().push(exchange.to_string()));
    let options = Options { front: Front::Invoke, observer, ..options(&missing) };
    let serving = start(options).await.unwrap();
    let invoke = async |event: Value| {
        let address = serving.url().trim_start_matches("http://").to_owned();
        let asked = tokio::task::spawn_blocking(move || {
            http(&address, "POST", "/2015-03-31/functions/f/invocations", event.to_string().as_bytes())
        });
        let (head, body) = asked.await.unwrap().unwrap();
        assert!(head.starts_with("http/1.1 200 "), "{head}");
        assert_eq!(header(&head, "x-amz-executed-version"), "$latest");
        (header(&head, "x-amz-function-error"), serde_json::from_slice::<Value>(&body).unwrap())
    };
    assert_eq!(invoke(json!({ "do": "env", "name": "MARK" })).await, (String::new(), json!("here")));
    let (error, payload) = invoke(json!({ "do": "exit", "code": 3 })).await;
    assert_eq!((error.as_str(), &payload["errorType"]), ("unhandled", &json!("Runtime.ExitError")));
    // Nobody waits for an event, not even for a function that has to end.
    let event = "POST /2015-03-31/functions/f/invocations HTTP/1.1\r\nhost: localhost\r\nx-amz-invocation-type: Event\r\n\
                 content-length: 26\r\n\r\n{\"do\":\"sleep\",\"ms\":600000}";
    assert_eq!(sent(&serving, event).await, 202);
    serving.stop().await;
    let refused = start(Options { front: Front::Axum, ..self::options(&missing) }).await;
    assert!(matches!(refused, Err(ServeError::Server)), "axum is a server of its own");
    let seen = seen.lock().unwrap();
    assert!(seen[1].contains("/invocations → \"Runtime exited with error"), "{seen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_for_another_host_is_refused() {
    let document = Document::new(DOCUMENT);
    let serving = start(options(&document)).await.unwrap();
    for (hosts, status) in [
        ("host: evil.example", 403),
        ("host: localhost.evil.example", 403),
        ("host: 127.0.0.1.evil.example:80", 403),
        ("host: 192.168.0.1", 403),
        ("host: ", 403),
        ("host: localhost\r\nhost: localhost", 400),
        ("x: y", 400),
        ("host: LOCALHOST:8080", 200),
        ("host: 127.0.0.1", 200),
        ("host: [::1]:9000", 200),
    ] {
        let request = format!("POST /f HTTP/1.1\r\n{hosts}\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{{}}");
        assert_eq!(sent(&serving, &request).await, status, "{hosts}");
    }
    serving.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_broken_is_no_failure_of_ours() {
    let document = Document::new(DOCUMENT);
    let serving = start(options(&document)).await.unwrap();
    for chunks in ["zz\r\n{}\r\n0\r\n\r\n", "2\r\n{}XX"] {
        let head = "POST /f HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n";
        assert_eq!(sent(&serving, &format!("{head}{chunks}")).await, 400, "{chunks:?}");
    }
    serving.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_function_that_takes_too_long_is_killed() {
    let document = Document::new(DOCUMENT);
    let timeout = Duration::from_millis(300);
    let serving = start(Options { timeout, ..options(&document) }).await.unwrap();
    let (status, body) = call(&serving, json!({ "do": "sleep", "ms": 60_000 })).await;
    assert_eq!((status, body["errorType"].as_str()), (500, Some("Sandbox.Timedout")));
    assert!(body["errorMessage"].as_str().unwrap().ends_with(" Error: Task timed out after 0.30 seconds"));
    assert_eq!(call(&serving, json!({ "a": 1 })).await, (200, json!({ "a": 1 })));
    serving.stop().await;
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
async fn processes_are_reused_and_no_more_than_allowed() {
    let document = Document::new(DOCUMENT);
    let serving = Arc::new(start(options(&document)).await.unwrap());
    let asked: Vec<_> = (0..12)
        .map(|_| {
            let serving = Arc::clone(&serving);
            tokio::spawn(async move { call(&serving, json!({ "do": "sleep", "ms": 20 })).await })
        })
        .collect();
    let mut processes = BTreeSet::new();
    for asked in asked {
        let (status, process) = asked.await.unwrap();
        assert_eq!(status, 200);
        processes.insert(process.as_u64().unwrap());
    }
    assert_eq!(processes.len(), 2);
    Arc::into_inner(serving).unwrap().stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_leaves_between_events_fails_none() {
    let document = Document::new(DOCUMENT);
    let serving = start(Options { instances: 1, ..options(&document) }).await.unwrap();
    for _ in 0..20 {
        assert_eq!(call(&serving, json!({ "do": "leave" })).await, (200, json!("left")));
    }
    serving.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_start_of_the_function_is_passed_on() {
    let document = Document::new(DOCUMENT);
    let environment = vec![("FAIL_INIT".to_owned(), "1".to_owned())];
    let serving = start(Options { environment, ..options(&document) }).await.unwrap();
    for _ in 0..2 {
        let (status, body) = call(&serving, json!({})).await;
        assert_eq!(status, 500);
        assert_eq!(body, json!({ "errorType": "Runtime.InitError", "errorMessage": "no start" }));
    }
    serving.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stopping_ends_the_processes_it_started() {
    let document = Document::new(DOCUMENT);
    let serving = start(options(&document)).await.unwrap();
    let idle = call(&serving, json!({ "do": "pid" })).await.1.to_string();
    let address = serving.url().trim_start_matches("http://").to_owned();
    let waiting = tokio::task::spawn_blocking(move || http(&address, "POST", "/f", br#"{"do":"sleep","ms":60000}"#));
    let busy = call(&serving, json!({ "do": "pid" })).await.1.to_string();
    serving.stop().await;
    // Its connection was cut, or it got an answer of the gateway's own.
    let _ = waiting.await.unwrap();
    for process in [idle, busy] {
        assert!(!runs(&process), "process {process} still runs");
    }
}

/// Whether a process still runs, and does not merely wait for somebody to read how it ended.
fn runs(process: &str) -> bool {
    let found = std::process::Command::new("ps").args(["-o", "stat=", "-p", process]).output().unwrap();
    !matches!(found.stdout.trim_ascii().first(), None | Some(b'Z'))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_process_has_started_ends_with_it() {
    let document = Document::new(DOCUMENT);
    let serving = start(Options { instances: 1, ..options(&document) }).await.unwrap();
    let left = call(&serving, json!({ "do": "child", "exit": true })).await.1["child"].to_string();
    // The next event finds the process gone.
    let kept = call(&serving, json!({ "do": "child" })).await.1["child"].to_string();
    assert!(runs(&kept));
    serving.stop().await;
    for process in [left, kept] {
        for _ in 0..100 {
            if runs(&process) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
        assert!(!runs(&process), "process {process} still runs");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_runtime_api_answers_its_own_process_alone() {
    let document = Document::new(DOCUMENT);
    let serving = start(options(&document)).await.unwrap();
    let api = call(&serving, json!({ "do": "child" })).await.1["api"].as_str().unwrap().to_owned();
    let (address, secret) = place(&api);
    assert_eq!(secret.len(), 33);
    for base in ["", "/", "/00000000000000000000000000000000", &secret[..32]] {
        for (method, path) in [("GET", "invocation/next"), ("POST", "init/error"), ("POST", "invocation/x/response")] {
            let address = format!("{address}{base}");
            let path = format!("/2018-06-01/runtime/{path}");
            let asked = tokio::task::spawn_blocking(move || http(&address, method, &path, b"{}"));
            assert!(asked.await.unwrap().unwrap().0.starts_with("http/1.1 404"), "{base}");
        }
    }
    assert_eq!(call(&serving, json!({ "a": 1 })).await, (200, json!({ "a": 1 })));
    serving.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_does_not_come_is_not_waited_for() {
    let document = Document::new(DOCUMENT);
    let limits = Limits { head: Duration::from_millis(200), body: Duration::from_millis(200), ..Limits::default() };
    let serving = start_within(limits, options(&document)).await.unwrap();
    let head = "POST /f HTTP/1.1\r\nhost: localhost\r\n";
    for (bytes, answer) in [
        ("", ""),
        ("POST /f HT", ""),
        (head, ""),
        (&format!("{head}content-length: 9\r\n\r\n{{"), "HTTP/1.1 408"),
        (&format!("{head}transfer-encoding: chunked\r\n\r\n9\r\n{{"), "HTTP/1.1 408"),
    ] {
        let address = serving.url();
        let bytes = bytes.to_owned();
        let read = tokio::task::spawn_blocking(move || {
            let mut stream = TcpStream::connect(place(&address).0).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
            stream.write_all(bytes.as_bytes()).unwrap();
            let mut read = Vec::new();
            stream.read_to_end(&mut read).unwrap();
            String::from_utf8_lossy(&read).into_owned()
        });
        let read = read.await.unwrap();
        assert!(read.starts_with(answer), "{read}");
    }
    serving.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_and_connections_wait_for_their_turn() {
    let document = Document::new(DOCUMENT);
    let limits = Limits { bodies: 100, connections: 3, ..Limits::default() };
    let serving = Arc::new(start_within(limits, options(&document)).await.unwrap());
    let begun = |length: usize| {
        let mut stream = TcpStream::connect(place(&serving.url()).0).unwrap();
        write!(stream, "POST /f HTTP/1.1\r\nhost: localhost\r\ncontent-length: {length}\r\n\r\n{{").unwrap();
        stream
    };
    let asked = || {
        let serving = Arc::clone(&serving);
        tokio::spawn(async move { ask(&serving, "/f", "{}").await })
    };
    let mut large = begun(99);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let waiting = asked();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(!waiting.is_finished());
    // What is larger than all the room there is takes all of it, and no more.
    large.write_all(&[b' '; 97]).unwrap();
    large.write_all(b"}").unwrap();
    assert_eq!(waiting.await.unwrap().0, 200);
    assert_eq!(ask(&serving, "/f", " ".repeat(200) + "{}").await.0, 200);

    let (_small, _smaller) = (begun(3), begun(3));
    let waiting = asked();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(!waiting.is_finished());
    drop(large);
    assert_eq!(waiting.await.unwrap().0, 200);
    Arc::into_inner(serving).unwrap().stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_is_read_of_a_process_than_is_asked_for() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("{}/secret", listener.local_addr().unwrap());
    let (_invocations, waiting) = tokio::sync::mpsc::channel(1);
    let (reporting, mut reports) = tokio::sync::mpsc::channel(1);
    let runtime = super::runtime::Runtime::new("secret".to_owned(), waiting, reporting);
    let listening = tokio::spawn(runtime.listen(listener));
    let payload = vec![b'x'; 6_000_000];
    let posted: Vec<_> = (0..8)
        .map(|_| {
            let (address, payload) = (address.clone(), payload.clone());
            tokio::task::spawn_blocking(move || http(&address, "POST", "/2018-06-01/runtime/init/error", &payload))
        })
        .collect();
    let finished = || posted.iter().filter(|posted| posted.is_finished()).count();
    for taken in 1..=8 {
        for _ in 0..500 {
            if finished() < taken {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!(finished(), taken);
        assert!(matches!(reports.recv().await, Some(super::runtime::Report::InitError(body)) if body == payload));
    }
    listening.abort();
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
