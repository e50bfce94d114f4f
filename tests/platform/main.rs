//! Every failure that the platform can make, end to end: thrown by a real function or written by Lambda, answered through
//! the generated gateway, and caught by the generated client with its retry advice. `direct` is what a caller without a
//! gateway makes of the same payload.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod recorded;
mod served;
mod skew;

use reqwest::Client as Http;
use serde_json::{Value, json};
use served::{FUNCTION, Server, both, edited, members, openapi, platform, raw, seen, undisputed};
use std::time::Duration;
use throwback::client::http::Uri;
use throwback::client::{Endpoint, Failure, decode_cause, decode_invocation};
use throwback_cli::serve::Exchange;
use throwback_tests::failing_client::{Act, Client, FailError, Look};

const OPENAPI: &str = openapi!("failing");

/// What a caller behind API Gateway sees of a function that could not answer, whatever became of it.
const INTERNAL: &str = "platform Internal: InternalError 500 idempotent";

const TIMEOUT: &str = "platform Timeout: FunctionTimeout 504 idempotent";

/// One way to fail.
struct Case {
    way: &'static str,
    /// What Lambda says, behind the request id.
    error_type: &'static str,
    message: &'static str,
    direct: &'static str,
}

impl Case {
    const fn new(way: &'static str, error_type: &'static str, message: &'static str, direct: &'static str) -> Self {
        Self { way, error_type, message, direct }
    }

    /// The process ends without an answer.
    const fn exit(way: &'static str, message: &'static str) -> Self {
        Self::new(way, "Runtime.ExitError", message, "platform Exited: InternalError 500 idempotent")
    }

    /// The function itself says that it failed, and nothing of what.
    const fn thrown(way: &'static str) -> Self {
        Self::new(way, "InternalError", "[InternalError] ", INTERNAL)
    }

    /// Fails this way by both methods, and looks at all that comes of it.
    async fn fails(&self, server: &Server) {
        let client = Client::new(Http::new(), server.url());
        let safe = client.look(&Look { way: self.way.to_owned(), count: None }).await;
        let failed = client.act(&Act { way: self.way.to_owned(), amount: 1 }).await;
        let (line, failure) = both(safe, failed);
        let expected = if self.direct == TIMEOUT { TIMEOUT } else { INTERNAL };
        assert_eq!(line, expected, "{}", self.way);
        let exchanges = server.exchanges();
        assert_eq!(exchanges.len(), 2);
        for exchange in &exchanges {
            self.passed(exchange);
        }
        let shown = members(&exchanges[1].response.body);
        assert_eq!(shown["instance"], failure.request_id().unwrap(), "{}", self.way);
    }

    /// Checks what Lambda said, what of it was shown, and what a direct caller makes of it.
    fn passed(&self, exchange: &Exchange) {
        let Self { way, error_type, message, direct } = self;
        assert!(exchange.function_error, "{way}");
        undisputed(&exchange.response);
        let payload = exchange.payload.as_ref().unwrap();
        let said: Value = serde_json::from_slice(payload).unwrap();
        assert_eq!(said["errorType"], *error_type, "{way}");
        let text = said["errorMessage"].as_str().unwrap();
        let tagged = text.starts_with('[');
        let reason = text.split_once(" Error: ").map_or(text, |(_, reason)| reason);
        assert!(if tagged { text.starts_with(message) } else { reason == *message }, "{way}: {text}");

        let failure = decode_invocation::<FailError>(payload);
        assert_eq!(seen(&failure), *direct, "{way}");
        assert_eq!(seen(&decode_cause::<FailError>(&String::from_utf8_lossy(payload))), *direct, "{way}");
        let identified = text.starts_with("RequestId: ") && !text.starts_with("RequestId:  ");
        assert_eq!(failure.request_id().is_some(), tagged || identified, "{way}: {text}");

        // Constants and the request id: nothing of what Lambda, a panic or a secret said.
        let body = members(&exchange.response.body);
        let shown: Vec<_> = body.keys().filter(|name| *name != "retryable").collect();
        assert_eq!(shown, ["code", "instance", "status", "title"], "{way}");
        // Said where the status alone would say otherwise.
        let retryable = (*direct != TIMEOUT).then(|| "idempotent".into());
        assert_eq!(body.get("retryable"), retryable.as_ref(), "{way}");
        let title = if *direct == TIMEOUT { "The function ran out of time" } else { "Internal Server Error" };
        assert_eq!(body["title"], title, "{way}");
        let header = |name: &str| exchange.response.header(name).unwrap();
        assert_eq!(body["code"], header("x-error-code"), "{way}");
        assert_eq!(header("content-type"), "application/problem+json", "{way}");
        if !tagged {
            assert_eq!(body["instance"], header("x-amzn-requestid"), "{way}");
        }
    }
}

/// The API answers again after a failure.
async fn recovers(server: &Server) {
    let done = Client::new(Http::new(), server.url()).act(&Act { way: "fine".to_owned(), amount: 1 }).await.unwrap();
    assert_eq!(done.filling, "fine");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_function_that_dies_fails_or_says_too_much() {
    let too_large = "Response payload size exceeded maximum allowed payload size (6291556 bytes).";
    let killed = "Runtime exited with error: signal: killed";
    let cases = [
        Case::exit("exit-0", "Runtime exited without providing a reason"),
        Case::exit("exit-127", "Runtime exited with error: exit status 127"),
        Case::exit("abort", "Runtime exited with error: signal: aborted"),
        Case::exit("segfault", "Runtime exited with error: signal: segmentation fault"),
        Case::exit("recurse", "Runtime exited with error: signal: aborted"),
        // As the kernel does it where memory runs out.
        Case::new("kill", "Runtime.ExitError", killed, "platform OutOfMemory: InternalError 500 idempotent"),
        Case::new(
            "overfill",
            "Function.ResponseSizeTooLarge",
            too_large,
            "platform ResponseTooLarge: InternalError 500 never",
        ),
        Case::thrown("panic"),
        Case::thrown("panic-with-a-number"),
        Case::thrown("secret"),
    ];
    let server = Server::start(OPENAPI, &[]).await;
    for case in cases {
        case.fails(&server).await;
    }
    recovers(&server).await;
    server.exchanges();
    // A success that serde refuses to write.
    let failure = Client::new(Http::new(), server.url()).odd().await.unwrap_err();
    assert_eq!((seen(&failure).as_str(), failure.is_retryable()), (INTERNAL, true));
    Case::thrown("odd").passed(&server.exchanges()[0]);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_that_cannot_unwind_ends_the_process() {
    let server = Server::start(OPENAPI, &[("PANIC", "abort")]).await;
    for way in ["panic", "panic-with-a-number"] {
        Case::exit(way, "Runtime exited with error: signal: aborted").fails(&server).await;
    }
    recovers(&server).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_runs_out() {
    let limited = ["sh", "-c", "ulimit -v 4194304; exec \"$0\"", FUNCTION];
    let server = Server::with(OPENAPI, &limited, &[], Duration::from_secs(60)).await;
    // Rust aborts where memory is refused; where it is granted and not there, the kernel kills.
    Case::exit("allocate", "Runtime exited with error: signal: aborted").fails(&server).await;
    recovers(&server).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn time_runs_out() {
    let server = Server::with(OPENAPI, &[FUNCTION], &[], Duration::from_millis(500)).await;
    Case::new("hang", "Sandbox.Timedout", "Task timed out after 0.50 seconds", TIMEOUT).fails(&server).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_function_that_cannot_start() {
    let reported = "platform Init: InternalError 500 backoff";
    for (init, case) in [
        ("error", Case::exit("fine", "Runtime exited with error: exit status 1")),
        ("exit", Case::exit("fine", "Runtime exited with error: exit status 3")),
        ("panic", Case::exit("fine", "Runtime exited with error: exit status 101")),
        ("report", Case::new("fine", "Runtime.InitError", "the key under the mat", reported)),
    ] {
        let server = Server::start(OPENAPI, &[("INIT", init)]).await;
        case.fails(&server).await;
        server.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_point_that_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let bootstrap = folder.path().join("bootstrap");
    std::os::unix::fs::symlink(FUNCTION, &bootstrap).unwrap();
    let program = bootstrap.to_str().unwrap();
    let server = Server::with(OPENAPI, &[program], &[], Duration::from_secs(60)).await;
    std::fs::remove_file(&bootstrap).unwrap();
    // The process that was there from the start is the last one.
    let client = Client::new(Http::new(), server.url());
    client.act(&Act { way: "exit-0".to_owned(), amount: 1 }).await.unwrap_err();
    server.exchanges();
    let message = format!("fork/exec {program}: no such file or directory").leak();
    let init = "platform Init: InternalError 500 backoff";
    Case::new("fine", "Runtime.InvalidEntrypoint", message, init).fails(&server).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_that_cannot_be_written_keeps_its_code_and_its_advice() {
    let lost = "the function left the error's fields out";
    let server = Server::start(OPENAPI, &[]).await;
    let client = Client::new(Http::new(), server.url());
    for (way, expected) in [
        ("no-words", "unmodelled: NoWords 409 backoff \"no words for no-words\""),
        ("odd-keys", "unmodelled: OddKeys 422 never \"two keys in one\""),
        // JSON has no such number.
        ("no-number", "unmodelled: NoNumber 429 backoff 9s \"nothing divided by nothing\""),
    ] {
        let safe = client.look(&Look { way: way.to_owned(), count: None }).await;
        let (line, failure) = both(safe, client.act(&Act { way: way.to_owned(), amount: 1 }).await);
        assert_eq!(line, expected);
        let Failure::Unmodelled(response) = &failure else { panic!("{failure:?}") };
        assert!(response.reason().starts_with(lost), "{}", response.reason());
        assert!(response.problem().unwrap().is_truncated());
        for exchange in server.exchanges() {
            undisputed(&exchange.response);
            let direct = decode_invocation::<FailError>(exchange.payload.as_ref().unwrap());
            assert_eq!(seen(&direct), expected);
            assert!(direct.request_id().is_some());
        }
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_input_that_does_not_fit_is_told_with_its_place() {
    let server = Server::start(OPENAPI, &[]).await;
    let not_json = "the body is not valid JSON: ";
    let cut = format!("{not_json}EOF while parsing a value at line 1 column 10");
    let word = format!("{not_json}expected value at line 1 column 1");
    for (body, path, reason) in [
        (&b"{\"amount\":"[..], "", cut.as_str()),
        // API Gateway makes an empty object of an empty body.
        (b"", "", "missing field `amount`"),
        (b"amount=1", "", &word),
        (b"\xff", "", &word),
        (b"[]", "", "the body is not a JSON object"),
        (b"{}", "", "missing field `amount`"),
        (b"{\"amount\":\"two\"}", "amount", "invalid type: string \"two\", expected u32"),
        (b"{\"amount\":null}", "amount", "invalid type: null, expected u32"),
        (b"{\"amount\":-1}", "amount", "invalid value: integer `-1`, expected u32"),
        (b"{\"amount\":1,\"amount\":2}", "", "duplicate field `amount`"),
        (b"{\"amount\":1,\"way\":\"fine\"}", "way", "is set by the path, the query or a header, not by the body"),
    ] {
        let sent = body.to_vec();
        let client = Client::new(edited(move |request| request.body_mut().clone_from(&sent)), server.url());
        let failure = client.act(&Act { way: "fine".to_owned(), amount: 1 }).await.unwrap_err();
        let shown = String::from_utf8_lossy(body);
        let expected =
            format!("platform InvalidPayload {{ path: {path:?}, reason: {reason:?} }}: InvalidPayload 400 never");
        assert_eq!(seen(&failure), expected, "{shown}");
        assert!(!failure.is_retryable() && failure.request_id().is_some(), "{shown}");
        let exchange = server.exchanges().pop().unwrap();
        undisputed(&exchange.response);
        assert_eq!(seen(&decode_invocation::<FailError>(exchange.payload.as_ref().unwrap())), expected, "{shown}");
    }

    // A parameter arrives as text, and is told by its name.
    let look = |query: &'static str| edited(move |request| *request.uri_mut() = with_query(request.uri(), query));
    for (query, reason) in [
        ("count=300", "invalid value: integer `300`, expected u8"),
        ("count=two", "invalid type: string \"two\", expected u8"),
        ("count=", "invalid type: string \"\", expected u8"),
    ] {
        let client = Client::new(look(query), server.url());
        let failure = client.look(&Look { way: "fine".to_owned(), count: None }).await.unwrap_err();
        let text = format!("the input does not fit at `count`: {reason}");
        assert_eq!((failure.to_string(), failure.is_retryable()), (text, false));
        assert_eq!(platform(&failure).problem().status(), 400);
    }

    // The handler of a method that is safe to repeat did not run either.
    let endpoint = Endpoint::get("/failing/{way}").query(&["count"]);
    let input = json!({ "way": "fine", "count": 256 });
    let failure = raw(&server.url()).call::<_, Value, FailError>(&endpoint, &input).await.unwrap_err();
    assert!(failure.to_string().starts_with("the input does not fit at `count`"), "{failure}");
    server.stop().await;
}

fn with_query(uri: &Uri, query: &str) -> Uri {
    format!("{uri}?{query}").parse().unwrap()
}
