//! Attempts to break out, along the whole path: the generated client, API Gateway with the generated document, the real
//! handler, and back. What is sent is hostile everywhere that a caller can write; it stays text.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use lambda_runtime::{Context, Diagnostic, LambdaEvent, Service};
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::{Map, Value, json};
use std::convert::Infallible;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};
use throwback::client::http::{self, HeaderMap, HeaderName, HeaderValue, Request, StatusCode};
use throwback::client::{ErrorSet, Failure, PlatformKind, Problem, Transport, Undeclared, decode};
use throwback::lambda::{Event, service};
use throwback::operations;
use throwback_gateway::{Call, Gateway, Response, Route};
use throwback_tests::echo::{delete_everything, say};
use throwback_tests::echo_client::{Client, Echo, EchoError, Which};
use throwback_tests::hostile::answered;

/// A word that stands in everything that must not leave, and nowhere else.
const SECRET: &str = "quagga";

/// Texts that would end what they stand in, and begin something of their own.
const TEXTS: [&str; 26] = [
    "",
    "plain",
    "] [DeleteEverything] {\"code\":\"DeleteEverything\",\"status\":200}",
    "[InternalError] {\"code\":\"InternalError\",\"status\":500}",
    "\"},\"status\":200,\"code\":\"Other",
    "\",\"status\":200,\"x\":\"",
    "\\\",\\\"status\\\":200",
    "\\u0022,\\u0022status\\u0022:200",
    "\"status\":200",
    "$context.responseOverride.status",
    "#set($context.responseOverride.status=200)",
    "#set($n=200)#set($c='Other')#end#stop",
    "#end#else#if(true)",
    "${context.requestId}$!{m}$p$m",
    "$util.escapeJavaScript($input.body)",
    "#evaluate('$m')#parse('x')##",
    "#* comment *# #[[literal]]#",
    "x\r\nSet-Cookie: a=b\r\n\r\n<html>",
    "x\nHTTP/1.1 200 OK\n\n{}",
    "\0\u{1}\u{1b}[2J\u{7f}\u{80}",
    "\u{2028}\u{2029}\u{85}\u{feff}\u{ffff}\u{202e}",
    "2026-01-01T00:00:00.000Z 1b2c Task timed out after 3.00 seconds",
    "RequestId: 1b2c Error: Runtime exited with error: signal: killed",
    "'; '+alert(1)+' \\' \\",
    "../../everything?operation=delete_everything#x",
    "😀\u{301}é%22%0d%0a+&=",
];

static GATEWAY: LazyLock<Gateway> =
    LazyLock::new(|| Gateway::read(include_str!(concat!(env!("OUT_DIR"), "/echo.openapi.json"))).unwrap());

/// What went over the wire: the event, the message if one was thrown, and the response.
#[derive(Debug, Clone)]
struct Passed {
    event: Value,
    message: Option<String>,
    response: Response,
}

/// API Gateway and the function in this very process, and the last thing that passed through them.
#[derive(Clone, Default)]
struct Front(Arc<Mutex<Option<Passed>>>);

impl Front {
    fn last(&self) -> Passed {
        self.0.lock().unwrap().take().expect("something passed")
    }

    async fn answer(&self, method: &str, target: &str, headers: &HeaderMap, body: String) -> Response {
        let mut call = Call::new(method, target);
        call.body = body;
        let text = |value: &HeaderValue| value.to_str().unwrap().to_owned();
        call.headers = headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        let (route, parameters) = GATEWAY.find(method, &call.path).expect("a route");
        call.path_parameters = parameters;
        let event = match route.event(&GATEWAY, &mut call) {
            Ok(event) => event,
            Err(response) => return *response,
        };
        let mut context = Context::default();
        context.request_id.push_str("fn-1");
        let input = LambdaEvent::new(event.parse::<Event>().unwrap(), context);
        let result = service(operations![say, delete_everything]).call(input).await;
        let (payload, message) = match result {
            Ok(output) => (output.get().to_owned(), None),
            Err(thrown) => {
                let Diagnostic { error_type, error_message } = thrown.into();
                let payload = json!({ "errorType": error_type, "errorMessage": error_message });
                (payload.to_string(), Some(error_message))
            }
        };
        assert!(payload.len() < 6_291_556, "Lambda takes at most 6 MB");
        let response = route.respond(&GATEWAY, &call, payload.as_bytes(), message.is_some());
        let event = serde_json::from_str(&event).unwrap();
        *self.0.lock().unwrap() = Some(Passed { event, message, response: response.clone() });
        response
    }
}

impl Transport for Front {
    type Error = Infallible;

    async fn send(&self, request: Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, Infallible> {
        let target = request.uri().path_and_query().unwrap().as_str();
        let body = String::from_utf8(request.body().clone()).unwrap();
        Ok(over_http(&self.answer(request.method().as_str(), target, request.headers(), body).await))
    }
}

/// The response as an HTTP library has it, which refuses what is no header.
fn over_http(response: &Response) -> http::Response<Vec<u8>> {
    let mut over = http::Response::new(response.body.clone());
    *over.status_mut() = StatusCode::from_u16(response.status).unwrap();
    for (name, value) in &response.headers {
        over.headers_mut().append(name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value).unwrap());
    }
    over
}

fn run<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

/// Sends an input through the generated client.
fn sent(input: &Echo) -> (Result<Echo, Failure<EchoError>>, Passed) {
    let front = Front::default();
    let client = Client::new(front.clone(), "https://api.example.com");
    let result = run(client.say(input));
    (result, front.last())
}

fn input(which: Which, text: &str) -> Echo {
    Echo { word: "w".to_owned(), mark: None, count: None, text: text.to_owned(), which }
}

/// The message of a panic that is meant goes to the log, not to the test's output.
fn quietly<T>(run: impl FnOnce() -> T) -> T {
    static HOOK: LazyLock<()> = LazyLock::new(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !info.payload().downcast_ref::<String>().is_some_and(|text| text.contains(SECRET)) {
                before(info);
            }
        }));
    });
    LazyLock::force(&HOOK);
    run()
}

/// What no response may have, whoever sent whatever: more headers than the document names, two bodies, or a secret.
fn whole(passed: &Passed) -> Map<String, Value> {
    let Response { headers, body, trace, .. } = &passed.response;
    answered(&passed.response);
    assert_eq!(trace.matched.len(), 1, "{:?}", trace.matched);
    let known = [
        "content-type",
        "x-error-code",
        "x-echo",
        "x-exposed",
        "x-amzn-requestid",
        "x-amz-apigw-id",
        "x-amzn-trace-id",
    ];
    for (name, value) in headers {
        assert!(known.contains(&name.to_ascii_lowercase().as_str()), "{name}: {value}");
        assert!(!value.contains(SECRET), "{name}: {value}");
        assert!(value.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{name}: {value:?}");
    }
    assert!(headers.iter().map(|(_, value)| value.len()).sum::<usize>() < 10_240, "API Gateway's limit");
    assert_eq!(passed.response.header("content-type"), Some("application/problem+json"));
    let text = std::str::from_utf8(body).unwrap();
    assert!(!text.contains(SECRET), "{text}");
    // One object and nothing behind it; a parser that takes the first of two members finds no other than the last.
    let problem: Map<String, Value> = serde_json::from_str(text).unwrap();
    for name in ["code", "status"] {
        let first = format!("\"{name}\":{}", problem[name]);
        let at = text.find(&format!("\"{name}\":")).unwrap();
        assert!(text[at..].starts_with(&first), "{text}");
    }
    assert_eq!(passed.response.header("x-error-code"), problem["code"].as_str());
    problem
}

/// Throws a text in every way there is, and checks that nothing but the text is different.
fn stays_text(text: &str) {
    for (which, code, status, header) in [
        (Which::Echoed, "Echoed", 422, Some("x-echo")),
        (Which::Exposed, "Exposed", 500, Some("x-exposed")),
        (Which::Late, "Late", 504, None),
    ] {
        let (result, passed) = sent(&input(which, text));
        let Err(Failure::Api(error)) = result else { panic!("{text:?}: {result:?}") };
        assert_eq!((error.problem().code(), error.problem().status(), passed.response.status), (code, status, status));
        assert_eq!(error.problem().detail(), text);
        let back = match &error {
            EchoError::Echoed(error) => {
                assert_eq!(error.tree, json!({ text: [text, { "a": text }] }));
                assert_eq!(error.names.iter().collect::<Vec<_>>(), [(&text.to_owned(), &text.to_owned())]);
                assert_eq!(error.echo, text);
                &error.text
            }
            EchoError::Exposed(error) => &error.text,
            EchoError::Late(error) => &error.text,
            other => panic!("{other}"),
        };
        assert_eq!(back, text);
        let problem = whole(&passed);
        assert_eq!((&problem["code"], &problem["status"]), (&json!(code), &json!(status)));
        let message = passed.message.as_ref().unwrap();
        let written = message.strip_prefix(&format!("[{code}] ")).expect("the tag is first");
        assert_eq!(String::from_utf8_lossy(&passed.response.body), written, "byte for byte");
        // A value that is not visible ASCII is in no header.
        let fits = (1..=512).contains(&text.len())
            && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
            && text.trim() == text;
        for name in ["x-echo", "x-exposed"] {
            let expected = (header == Some(name) && fits).then_some(text);
            assert_eq!(passed.response.header(name), expected, "{name} for {text:?}");
        }
    }
}

/// Sends a text on every way in, and checks that it arrives there and nowhere else.
fn arrives(text: &str) {
    let word = if matches!(text, "" | "." | "..") { "w" } else { text };
    let input = Echo { word: word.to_owned(), mark: Some(text.to_owned()), ..input(Which::None, text) };
    let (result, passed) = sent(&input);
    assert_eq!(result.unwrap(), input, "{text:?}");
    let members: Vec<_> = passed.event.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["body", "input", "operation", "parameters"]);
    assert_eq!(passed.event["operation"], "say");
    assert_eq!(passed.event["input"], json!({ "word": word, "mark": text }));
    assert_eq!(passed.event["parameters"], json!(["word", "mark", "count"]));
    assert_eq!(passed.response.status, 200);
}

#[test]
fn hostile_texts_stay_text_on_the_way_out() {
    for text in TEXTS {
        stays_text(text);
    }
}

#[test]
fn hostile_texts_stay_text_on_the_way_in() {
    for text in TEXTS {
        arrives(text);
    }
}

fn text() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        proptest::sample::select(&TEXTS[..]).prop_map(ToOwned::to_owned),
        any::<char>().prop_map(String::from),
        proptest::sample::select(vec!["\"", "\\", "$", "#", "]", "[", "{", "}", "\n", "\r", "'", " ", "%"])
            .prop_map(ToOwned::to_owned),
    ];
    proptest::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(Config { cases: 48, failure_persistence: None, ..Config::default() })]

    #[test]
    fn any_text_stays_text(text in text()) {
        stays_text(&text);
        arrives(&text);
    }
}

#[test]
fn what_is_hidden_reaches_nobody() {
    for text in TEXTS {
        for (which, code, status) in [
            (Which::Hidden, "Hidden", 503),
            (Which::Internal, "InternalError", 500),
            (Which::Panic, "InternalError", 500),
        ] {
            let (result, passed) = quietly(|| sent(&input(which.clone(), text)));
            let failure = result.unwrap_err();
            assert_eq!((failure.code(), failure.status()), (Some(code), Some(status)));
            let mut problem = whole(&passed);
            for known in ["code", "title", "status", "instance", "type", "retryable"] {
                problem.remove(known);
            }
            assert_eq!(problem, Map::new(), "nothing is there beside what every error has");
            assert!(!format!("{failure:?} {failure}").contains(SECRET));
            // Whatever the caller sent, the answer is the same.
            assert_eq!(passed.message, quietly(|| sent(&input(which, "other")).1.message));
        }
    }
}

/// Every file under a folder.
fn files(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn no_generated_document_names_what_is_hidden() {
    let out = Path::new(env!("OUT_DIR"));
    let mut generated = Vec::new();
    files(&out.join("echo.documents"), &mut generated);
    for file in ["echo.contract.json", "echo.openapi.json", "echo.client.rs"] {
        generated.push((file.to_owned(), fs::read_to_string(out.join(file)).unwrap()));
    }
    assert!(generated.len() > 12, "{}", generated.len());
    for (file, text) in generated {
        assert!(!text.to_lowercase().contains(SECRET), "{file} holds what is hidden");
    }
    let source = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/echo.rs")).unwrap();
    assert!(source.matches(SECRET).count() > 10, "the source is full of it");
}

/// The response to whatever a function may write as its message.
fn thrown(route: &Route, message: &str) -> Response {
    let payload = json!({ "errorType": "quagga", "errorMessage": message, "stackTrace": ["quagga"] }).to_string();
    let response = route.respond(&GATEWAY, &Call::new("POST", "/echo/w"), payload.as_bytes(), true);
    answered(&response);
    assert_eq!(response.trace.matched.len(), 1, "{message:?}");
    response
}

fn route() -> &'static Route {
    GATEWAY.routes().iter().find(|route| route.operation_id == "say").unwrap()
}

#[test]
fn an_unknown_code_passes_under_a_status_of_an_error_or_not_at_all() {
    let internal = |response: &Response| {
        assert_eq!((response.status, response.header("x-error-code")), (500, Some("InternalError")));
        assert!(!String::from_utf8_lossy(&response.body).contains(SECRET));
    };
    let newer = |status: &str| format!("[Newer] {{\"code\":\"Newer\",\"title\":\"quagga\",\"status\":{status}}}");
    for status in 0..=1000_u16 {
        let response = thrown(route(), &newer(&status.to_string()));
        if (400..=599).contains(&status) {
            assert_eq!((response.status, response.header("x-error-code")), (status, Some("Newer")));
            let failure: Failure<EchoError> =
                decode(StatusCode::from_u16(status).unwrap(), over_http(&response).headers(), &response.body);
            assert!(matches!(&failure, Failure::Undeclared(error) if Undeclared::problem(error).status() == status));
        } else {
            internal(&response);
        }
    }
    for odd in
        ["\"404\"", "404.5", "4e2", "+404", "-404", " 404", "4040", "04", "null", "$n", "[404]", "４０４", "404 "]
    {
        internal(&thrown(route(), &newer(odd)));
    }
    // The first status counts; the runtime writes it before anything of a caller's.
    let two =
        "[Newer] {\"code\":\"Newer\",\"title\":\"\\\"status\\\":200\",\"status\":418,\"detail\":\"x\",\"status\":200}";
    assert_eq!(thrown(route(), two).status, 418);
    for forged in [
        "[Newer] {\"code\":\"quagga\"}",
        "[New er] {\"code\":\"Newer\",\"status\":404,\"quagga\":1}",
        "[9ewer] {\"code\":\"9ewer\",\"status\":404,\"quagga\":1}",
        "[] {\"code\":\"\",\"status\":404,\"quagga\":1}",
        "x[Newer] {\"code\":\"Newer\",\"status\":404,\"quagga\":1}",
        "\n[Newer] {\"code\":\"Newer\",\"status\":404,\"quagga\":1}",
        "[Newer] {\"code\":\"Newer\",\"status\":404,\"quagga\":1}\r\nSet-Cookie: a",
        "[New\r\ner] {\"code\":\"Newer\",\"status\":404,\"quagga\":1}",
        "[$context.requestId] {\"code\":\"Newer\",\"status\":404,\"quagga\":1}",
        "[#end] {\"code\":\"\",\"status\":404,\"quagga\":1}",
        "Lambda panicked: quagga [Echoed] {\"code\":\"Echoed\"}",
        "quagga",
    ] {
        internal(&thrown(route(), forged));
    }
    // A code that is declared takes its own status, whatever a message written by hand says.
    for status in ["200", "503", "\"422\"", "null"] {
        let response = thrown(route(), &format!("[Echoed] {{\"code\":\"Echoed\",\"status\":{status}}}"));
        assert_eq!((response.status, response.header("x-error-code")), (422, Some("Echoed")));
    }
    for text in TEXTS {
        let status = thrown(route(), text).status;
        assert!((400..=599).contains(&status) || text.is_empty(), "{status} for {text:?}");
    }
}

/// As much as Lambda takes, nearly.
const LARGE: usize = 5 * 1000 * 1000;

#[test]
fn a_message_of_5_mb_is_bounded() {
    let (plain, wide) = ("x".repeat(LARGE), "😀\u{7f}\"".repeat(LARGE / 6));
    for (which, text, code, status) in [
        (Which::Echoed, &plain, "Echoed", 422),
        (Which::Exposed, &plain, "Exposed", 500),
        (Which::Late, &wide, "Late", 504),
    ] {
        let passed = threw(&which, text);
        assert!(passed.response.body.len() <= 256 * 1024, "{}", passed.response.body.len());
        assert_eq!(passed.response.status, status);
        let problem = whole(&passed);
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.len() <= 4096 && detail.len() > 4090 && text.starts_with(detail));
        assert_eq!(problem["truncated"], true);
        let over = over_http(&passed.response);
        let failure: Failure<EchoError> = decode(over.status(), over.headers(), over.body());
        let Failure::Unmodelled(response) = &failure else { panic!("{failure:?}") };
        assert_eq!((failure.code(), failure.status()), (Some(code), Some(status)));
        assert_eq!(response.problem().map(Problem::detail), Some(detail));
        assert_eq!(response.reason(), "the function left the error's fields out");
    }
    for which in [Which::Hidden, Which::Panic] {
        let passed = quietly(|| threw(&which, &plain));
        whole(&passed);
        assert!(passed.response.body.len() < 256, "{}", passed.response.body.len());
    }
    // Input that does not fit is told as far as there is room.
    let (response, passed) = raw("/echo/w", &format!("{{\"which\":\"{}\"}}", "y".repeat(LARGE)));
    let problem = whole(&passed.unwrap());
    assert_eq!((response.status, &problem["code"]), (400, &json!("InvalidPayload")));
    assert!(response.body.len() <= 256 * 1024);
    let over = over_http(&response);
    let failure: Failure<EchoError> = decode(over.status(), over.headers(), over.body());
    let Failure::Platform(platform) = &failure else { panic!("{failure:?}") };
    assert!(matches!(platform.kind(), PlatformKind::InvalidPayload { .. }));
    // Nor does what nobody tagged pass: the text of a panic in a function that is not throwback's.
    let panic = thrown(route(), &format!("Lambda panicked: {}", "quagga".repeat(LARGE / 6)));
    assert!((panic.status, panic.body.len()) < (501, 256), "{} {}", panic.status, panic.body.len());
}

/// Throws a text past the request's half, which takes a 5 MB text in no time that tests have.
fn threw(which: &Which, text: &str) -> Passed {
    let event = json!({ "operation": "say", "input": { "word": "w" }, "body": json!({ "text": text, "which": which }).to_string() });
    let event = LambdaEvent::new(event.to_string().parse::<Event>().unwrap(), Context::default());
    let thrown = run(async { service(operations![say, delete_everything]).call(event).await.unwrap_err() });
    let Diagnostic { error_type, error_message } = thrown.into();
    let payload = json!({ "errorType": error_type, "errorMessage": &error_message }).to_string();
    let response = route().respond(&GATEWAY, &Call::new("POST", "/echo/w"), payload.as_bytes(), true);
    Passed { event: Value::Null, message: Some(error_message), response }
}

/// Sends a request as somebody writes it by hand.
fn raw(target: &str, body: &str) -> (Response, Option<Passed>) {
    let front = Front::default();
    let mut headers = HeaderMap::new();
    headers.insert("x-operation", HeaderValue::from_static("delete_everything"));
    headers.insert("word", HeaderValue::from_static("header"));
    headers.insert("mark", HeaderValue::from_static("header"));
    let response = run(front.answer("POST", target, &headers, body.to_owned()));
    let passed = front.0.lock().unwrap().take();
    (response, passed)
}

#[test]
fn a_request_chooses_neither_the_operation_nor_another_input() {
    let fine = r#"{"text":"t","which":"None"}"#;
    let targets = [
        "/echo/w?operation=delete_everything",
        "/echo/w?mark=%22%7D%2C%22operation%22%3A%22delete_everything%22%2C%22x%22%3A%7B%22a%22%3A%22",
        "/echo/w?mark=%5C&mark=%5C%22%2C%22operation%22%3A%22delete_everything",
        "/echo/%22%2C%22operation%22%3A%22delete_everything%22%2C%22x%22%3A%22",
        "/echo/%5C%22%5C?input=x&body=y&word=z&text=q&which=Panic",
        "/echo/w?count=1%2C%22operation%22%3A%22delete_everything%22",
        "/echo/w?count=1%0A",
        "/echo/w?count=%D9%A1",
        "/echo/w?count=01&count=1e3",
        "/echo/w?count=-0",
        "/echo/w?count=true",
        "/echo/%24input.body?mark=%23end%23set(%24v%3D1)",
        "/echo/..%2F..%2Feverything",
        "/echo/w?mark=%0D%0Ax%3A+y%00",
    ];
    let bodies = [
        fine,
        r#"{"operation":"delete_everything"}"#,
        r#"{"text":"t","which":"None","operation":"delete_everything","input":{},"body":"{}"}"#,
        r#"","operation":"delete_everything","x":""#,
        r#"\","operation":"delete_everything","x":"\"#,
        r#"{"text":"t","which":"None"}","operation":"delete_everything"#,
        r#"{"text":"t","which":"None"}}{"operation":"delete_everything"}"#,
        r#"{"text":"t","which":"None","word":"other","mark":"other"}"#,
        r#"{"word":"other","text":"t","which":"None"}"#,
        r#"{"text":"t","which":"None","mark":"other"}"#,
        r#"{"text":"t","which":"None","mar\u006b":"other"}"#,
        r#"{"text":"t","which":"None","mark":null,"count":1}"#,
        "{\"text\":\"'\\u0027\",\"which\":\"None\"}",
        "#set($x=1)${x}#stop",
        "{\"text\":\"\u{2028}\u{0}\",\"which\":\"None\"}",
        "[]",
        "null",
        "",
    ];
    for target in targets {
        for body in bodies {
            let (response, passed) = raw(target, body);
            answered(&response);
            let Passed { event, message, .. } = passed.expect("Lambda takes every event");
            let members: Vec<_> = event.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(members, ["body", "input", "operation", "parameters"], "{target} {body}");
            assert_eq!(event["operation"], "say", "{target} {body}");
            // API Gateway gives an empty body as an empty object.
            assert_eq!(event["body"], if body.is_empty() { "{}" } else { body });
            let input = event["input"].as_object().unwrap();
            assert!(input.keys().all(|name| ["word", "mark", "count"].contains(&name.as_str())), "{input:?}");
            let word = Call::new("POST", target).path.strip_prefix("/echo/").unwrap().to_owned();
            assert!(word.contains('%') || input["word"] == word.as_str());
            // A body that names a parameter is refused whether or not the request has that parameter.
            let names = serde_json::from_str::<Value>(body).unwrap_or_default();
            let sets = ["word", "mark", "count"].iter().any(|name| names.get(name).is_some());
            assert!(!sets || message.is_some(), "{target} {body}");
            match message {
                None => {
                    let echoed: Value = serde_json::from_slice(&response.body).unwrap();
                    assert_eq!((response.status, &echoed["word"]), (200, &input["word"]), "{target} {body}");
                    assert_ne!(echoed["mark"], "other", "{target} {body}");
                }
                Some(message) => {
                    assert!(message.starts_with("[InvalidPayload] "), "{message}");
                    assert_eq!(response.status, 400);
                }
            }
        }
    }
    // Not everything is refused: the plain body on the plain path is taken, and a number is one.
    let (response, passed) = raw("/echo/w?count=18446744073709551615", fine);
    assert_eq!((response.status, &passed.unwrap().event["input"]["count"]), (200, &json!(u64::MAX)));
}
