//! What a fuzzer and the property tests run: one function for each part that reads what it did not write.
//!
//! Each takes arbitrary bytes and asserts what holds for all of them. A panic is a finding, and so is a run without end.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a panic is what is looked for"
)]

use crate::asked::{House, clean, enter, find, see};
use crate::behind::answer;
use crate::{dynamodb_client, kubernetes_client, plain};
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use throwback::client::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use throwback::client::{ErrorSet, Failure, decode, decode_cause, decode_invocation};
use throwback::{Operations, operations};
use throwback_codegen::{Builder, Failed};
use throwback_gateway::{Call, Front, Gateway, Response, Route};

pub use crate::names::contract;

/// A fuzz target's body.
pub type Body = fn(&[u8]);

/// Every body, by the name of its fuzz target and of its folder of samples.
pub const TARGETS: [(&str, Body); 7] = [
    ("decoder", decoder),
    ("scanner", scanner),
    ("document", document),
    ("template", template),
    ("pattern", pattern),
    ("contract", contract),
    ("event", event),
];

/// API Gateway's limit for a body, in bytes.
const BODY: usize = 10 * 1024 * 1024;

/// The decoder of generated clients. The input is a response as it would be sent, `404`, a line for each header, an
/// empty line, the body; or a payload of Lambda's.
pub fn decoder(data: &[u8]) {
    response_of::<dynamodb_client::DynamoDbError>(data);
    response_of::<kubernetes_client::KubernetesError>(data);
    invocation_of::<dynamodb_client::DynamoDbError>(data);
    invocation_of::<kubernetes_client::KubernetesError>(data);
}

fn response_of<E: ErrorSet + Debug>(data: &[u8]) {
    let empty_line = data.windows(2).position(|pair| pair == b"\n\n");
    let (head, body) = empty_line.map_or((&b""[..], data), |at| (&data[..at], &data[at + 2..]));
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.trim().parse().ok()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut headers = HeaderMap::new();
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value.trim())) {
            headers.append(name, value);
        }
    }
    let failure: Failure<E> = decode(status, &headers, body);
    caught(&failure, data);
    assert_eq!(failure.status(), Some(status.as_u16()), "no body hides the status");
    let named = headers.get("x-error-code").and_then(|value| value.to_str().ok());
    if let Some(code) = named.filter(|code| is_code(code)) {
        assert_eq!(failure.code(), Some(code), "no body hides the code");
    }
    if let Failure::Unmodelled(response) = &failure {
        assert_eq!((response.status(), response.headers(), response.body()), (status, &headers, body));
    }
}

fn invocation_of<E: ErrorSet + Debug>(data: &[u8]) {
    let failure: Failure<E> = decode_invocation(data);
    caught(&failure, data);
    assert!(!matches!(failure, Failure::Gateway(_) | Failure::Transport(_)), "nobody else stood there");
    let text = String::from_utf8_lossy(data);
    let cause: Failure<E> = decode_cause(&text);
    caught(&cause, text.as_bytes());
}

/// What holds for everything that is caught.
fn caught<E: ErrorSet + Debug>(failure: &Failure<E>, data: &[u8]) {
    match failure {
        Failure::Api(error) => {
            assert!(E::CODES.contains(&error.problem().code()), "a declared error has a declared code");
            assert_eq!(failure.code(), Some(error.problem().code()));
        }
        Failure::Undeclared(error) => {
            assert!(!E::CODES.contains(&error.problem().code()) || error.problem().status() == 500);
        }
        _ => {}
    }
    if let Some(code) = failure.code() {
        assert!(is_code(code), "{code:?}");
    }
    // Rust writes a character as ten at most, such as `\u{10ffff}`, and a byte that is no text as three.
    assert!(failure.to_string().len() <= 1024 + 10 * data.len(), "what is said grows with what came");
    let _ = (failure.retry(), failure.retry_after(), failure.is_retryable(), failure.request_id(), failure.who());
}

/// The alphabet of codes.
fn is_code(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// A function's side of every front. The input is an event, of which Lambda sends no other than JSON.
pub fn event(data: &[u8]) {
    thread_local! {
        static RUNTIME: tokio::runtime::Runtime = tokio::runtime::Builder::new_current_thread().build().expect("threads");
    }
    let Some(text) = std::str::from_utf8(data).ok().filter(|text| serde_json::from_str::<IgnoredAny>(text).is_ok())
    else {
        return;
    };
    let house = House { sign: "tea".to_owned() };
    let operations: Operations<House> = operations![find, enter, see, clean];
    let (reply, failed) = RUNTIME.with(|runtime| runtime.block_on(answer(house, operations, text)));
    let reply: Value = serde_json::from_str(&reply).expect("a reply is JSON");
    if failed {
        let message = reply["errorMessage"].as_str().expect("an error has a message");
        assert!(message.starts_with('[') && message.contains("] {"), "{message}");
        return;
    }
    // An invocation's output is what the operation gives; a front's reply has a status.
    let Some(status) = reply.get("statusCode") else { return };
    assert!((200..600).contains(&status.as_u64().expect("a status is a number")), "{reply}");
    let has = |member: &str| reply.get(member).is_some();
    let takers: &[Front] = match (has("statusDescription"), has("multiValueHeaders"), has("cookies")) {
        (true, false, false) => &[Front::Balancer],
        (true, true, false) => &[Front::BalancerOfMany],
        (false, _, true) => &[Front::HttpApi, Front::FunctionUrl],
        _ => &[Front::RestProxy, Front::HttpApi1],
    };
    for front in takers {
        let sent = front.respond(&Call::new("GET", "/"), reply.to_string().as_bytes(), false);
        assert_eq!(Some(u64::from(sent.status)), status.as_u64(), "{front:?} takes {reply}");
    }
}

/// The scanner. The input is the source of a package; what it accepts has to work out in every output.
pub fn scanner(data: &[u8]) {
    thread_local! {
        static PACKAGE: Package = Package::new();
    }
    PACKAGE.with(|package| package.scan(&String::from_utf8_lossy(data)));
}

/// The stack that a scan gets: that of the threads that tests and other programs start. A sanitizer's frames are larger.
const STACK: usize = if cfg!(fuzzing) { 16 << 20 } else { 2 << 20 };

/// A package in a folder of its own, whose source is written anew for each scan.
struct Package(PathBuf);

impl Package {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("throwback-hostile-{}-{count}", std::process::id()));
        std::fs::create_dir_all(folder.join("src")).unwrap();
        let manifest = "[package]\nname = \"shop\"\n[workspace]\n[dependencies]\nthrowback = \"0\"\n";
        std::fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        Self(folder)
    }

    fn scan(&self, source: &str) {
        std::fs::write(self.0.join("src/lib.rs"), source).unwrap();
        // A thread of its own also frees what the scan's parser keeps for each thread.
        std::thread::scope(|scope| {
            let scan = || scanned(&self.0, source);
            let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, scan).unwrap();
            if let Err(panic) = thread.join() {
                std::panic::resume_unwind(panic);
            }
        });
    }
}

impl Drop for Package {
    fn drop(&mut self) {
        // What can't be removed lies in the folder for temporary files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn scanned(folder: &Path, source: &str) {
    let builder = Builder::project(folder)
        .contract("contract.json")
        .openapi("openapi.json")
        .integration_responses("integration-responses")
        .terraform("terraform")
        .rust_client("client.rs");
    let (contract, openapi) = match builder.describe() {
        Ok(described) => described,
        Err(failed) => return refused(&failed, source),
    };
    if let Err(failed) = builder.check() {
        panic!("what is described can't be written: {failed}");
    }
    plain::holds(&contract).unwrap_or_else(|failed| panic!("{failed}"));
    let gateway = Gateway::read(&openapi).unwrap_or_else(|error| panic!("{error}"));
    assert!(gateway.warnings().is_empty(), "{:?}", gateway.warnings());
    for operation in &contract.operations {
        let mut routes = gateway.routes().iter();
        let route = routes.find(|route| route.operation_id == operation.name).expect("a route for each operation");
        for code in contract.codes_of(operation) {
            let error = contract.errors.iter().find(|error| error.code == *code).expect("a definition of each error");
            let problem = json!({ "code": code, "status": error.status }).to_string();
            let response = thrown(&gateway, route, &Call::new(&route.method, "/"), &format!("[{code}] {problem}"));
            assert_eq!((response.status, response.trace.matched.len()), (error.status.get(), 1), "{code}");
            assert_eq!(response.header("x-error-code"), Some(code.as_str()));
            assert_eq!(String::from_utf8_lossy(&response.body), problem);
        }
    }
}

fn refused(failed: &Failed, source: &str) {
    assert!(!failed.diagnostics().is_empty(), "a scan that fails says why");
    for diagnostic in failed.diagnostics() {
        assert!(!diagnostic.message().is_empty());
        if let Some((_, line, _)) = diagnostic.place() {
            assert!(line <= source.lines().count() + 1, "the place is in the source");
        }
    }
    let said = failed.render(false).len();
    assert!(said <= 64 * 1024 + 300 * source.len(), "{said} bytes of mistakes in {} of source", source.len());
}

/// The `OpenAPI` reader of `serve`. The input is a document; what it accepts is called with payloads of every kind.
pub fn document(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let gateway = match Gateway::read(&text) {
        Ok(gateway) => gateway,
        Err(error) => {
            assert!(!error.problems.is_empty(), "a document that is refused has a problem");
            let parsed: Option<Value> = serde_json::from_str(&text).ok();
            for problem in &error.problems {
                let known = parsed.as_ref().is_none_or(|parsed| parsed.pointer(&problem.pointer).is_some());
                assert!(known, "{problem} is in the document");
            }
            let said = error.to_string().len();
            assert!(said <= 64 * 1024 + 16 * text.len(), "{said} bytes of problems in {} of document", text.len());
            return;
        }
    };
    for route in gateway.routes().iter().take(8) {
        for accept in [None, Some("text/html, */*")] {
            let mut call = Call::new(&route.method, "/a/b?c=d&c=%22e");
            call.headers.extend(accept.map(|accept| ("Accept".to_owned(), accept.to_owned())));
            call.body.push_str(r#"{"a":["b"]}"#);
            called(&gateway, route, &call, &["", TAGGED, "2026 1b2c Task timed out after 3.00 seconds\n"]);
            answered(&route.respond(&gateway, &call, b"\xff\0", true));
        }
    }
    let _ = gateway.find("GET", &text).map(|(route, parameters)| (route.path.len(), parameters.len()));
}

/// Calls a route: a success echoes the event, errors have these messages.
fn called(gateway: &Gateway, route: &Route, call: &Call, messages: &[&str]) {
    let mut call = call.clone();
    let event = match route.event(gateway, &mut call) {
        Ok(event) => event,
        Err(response) => return answered(&response),
    };
    assert!(event.len() <= BODY, "{} bytes of event", event.len());
    if !route.is_lambda() {
        return answered(&route.mock(gateway, &call, &event));
    }
    // By the grammar (RFC 8259 section 6), in which a number may be of any size; `Value` holds what a double holds.
    serde_json::from_str::<IgnoredAny>(&event).expect("Lambda takes nothing but JSON");
    answered(&route.respond(gateway, &call, event.as_bytes(), false));
    for message in messages {
        answered(&thrown(gateway, route, &call, message));
    }
}

/// A message as functions write it.
const TAGGED: &str = "[A] {\"code\":\"A\",\"status\":404}";

/// The response to an error with this message.
fn thrown(gateway: &Gateway, route: &Route, call: &Call, message: &str) -> Response {
    let payload = json!({ "errorType": "A", "errorMessage": message }).to_string();
    route.respond(gateway, call, payload.as_bytes(), true)
}

/// What holds for every response, whatever document, template or pattern it came by.
pub fn answered(response: &Response) {
    assert!((200..=599).contains(&response.status), "{}", response.status);
    assert!(response.body.len() <= BODY, "{} bytes of body", response.body.len());
    for (n, (name, value)) in response.headers.iter().enumerate() {
        name.parse::<HeaderName>().unwrap_or_else(|_| panic!("{name:?} is no header"));
        HeaderValue::from_str(value).unwrap_or_else(|_| panic!("{value:?} is no header's value"));
        let before = &response.headers[..n];
        assert!(before.iter().all(|(other, _)| !other.eq_ignore_ascii_case(name)), "{name} twice");
    }
    let warned: usize = response.trace.warnings.iter().map(String::len).sum();
    assert!(warned <= 2 * BODY, "{warned} bytes of warnings");
}

/// A document with one operation, `POST /f`, whose integration responses and request template are these.
fn with_integration(responses: &Value, request: Option<&str>) -> String {
    let statuses: Value = responses
        .as_object()
        .into_iter()
        .flat_map(serde_json::Map::values)
        .map(|response| (response["statusCode"].as_str().unwrap().to_owned(), json!({ "description": "" })))
        .collect();
    let mut integration = json!({
        "type": "aws",
        "httpMethod": "POST",
        "uri": "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations",
        "responses": responses,
    });
    if let Some(template) = request {
        integration["requestTemplates"] = json!({ "application/json": template });
    }
    let operation =
        json!({ "operationId": "f", "responses": statuses, "x-amazon-apigateway-integration": integration });
    json!({ "openapi": "3.0.1", "paths": { "/f": { "post": operation } } }).to_string()
}

/// The template evaluator. The input is a template, which maps a request, an error and a success.
pub fn template(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let responses = json!({
        "default": { "statusCode": "200", "responseTemplates": { "application/json": text } },
        "[\\s\\S]+": { "statusCode": "400", "responseTemplates": { "application/json": text } },
    });
    let mut call = Call::new("POST", "/f?name=%22va%5Clue&n=7");
    call.headers.insert("X-Name".to_owned(), "a'b\"c".to_owned());
    call.body.push_str(r#"{"a":"x\"y","list":[1,2.5,{"b":null}],"text":"[A] {\"code\":\"A\"}"}"#);
    for request in [None, Some(&*text)] {
        let document = with_integration(&responses, request);
        match Gateway::read(&document) {
            Ok(gateway) => called(&gateway, &gateway.routes()[0], &call, &[TAGGED]),
            Err(error) => {
                let why = error.to_string();
                assert!(error.problems.iter().all(|problem| problem.pointer.contains("emplates/")), "{why}");
            }
        }
    }
}

/// What a template prints, as the template of a success.
pub fn rendered(template: &str) -> String {
    let responses = json!({
        "default": { "statusCode": "200", "responseTemplates": { "application/json": template } },
    });
    let gateway = Gateway::read(&with_integration(&responses, None)).unwrap_or_else(|error| panic!("{error}"));
    let response = gateway.routes()[0].respond(&gateway, &Call::new("POST", "/f"), b"{}", false);
    assert!(response.trace.warnings.is_empty(), "{:?}", response.trace.warnings);
    String::from_utf8(response.body).unwrap()
}

/// The pattern reader. The input is a pattern, and behind its first line break a text to match.
pub fn pattern(data: &[u8]) {
    const TEMPLATE: &str = "#set($p=$input.path('$.pattern'))#set($t=$input.path('$.errorMessage'))$t.matches($p)\
        #set($all=$t.replaceAll($p,'<$0>'))#set($one=$t.replaceFirst($p,$t))#set($parts=$t.split($p))";
    let text = String::from_utf8_lossy(data);
    let (pattern, text) = text.split_once('\n').unwrap_or((&text, ""));
    if matches!(pattern, "" | "default") {
        return;
    }
    let template = json!({ "application/json": TEMPLATE });
    let responses = json!({
        pattern: { "statusCode": "404", "responseTemplates": template },
        "default": { "statusCode": "200", "responseTemplates": template },
    });
    let gateway = match Gateway::read(&with_integration(&responses, None)) {
        Ok(gateway) => gateway,
        Err(error) => {
            assert!(error.to_string().contains("the pattern is no regular expression"), "{error}");
            return;
        }
    };
    let (route, call) = (&gateway.routes()[0], Call::new("POST", "/f"));
    let long = text.repeat(4096 / text.len().max(1));
    for message in [text, TAGGED, "a", &long] {
        let payload = json!({ "errorMessage": message, "pattern": pattern }).to_string();
        let response = route.respond(&gateway, &call, payload.as_bytes(), true);
        answered(&response);
        let took = match response.status {
            404 => "true",
            200 => "false",
            // The template's replacement names a group, or its pattern backtracks too much.
            500 => {
                let why = &response.trace.warnings;
                assert!(why.iter().any(|why| why.contains("the response template fails")), "{why:?}");
                continue;
            }
            other => panic!("{other}"),
        };
        // Selection and templates ask the same question of the same engine.
        if response.trace.warnings.is_empty() {
            assert_eq!(String::from_utf8_lossy(&response.body), took, "`{pattern}` on {message:?}");
        }
    }
}
