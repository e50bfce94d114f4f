//! The function: what it answers, how it fails, and that its processes end.

use super::*;

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
async fn no_more_is_read_of_a_process_than_is_asked_for() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("{}/secret", listener.local_addr().unwrap());
    let (_invocations, waiting) = tokio::sync::mpsc::channel(1);
    let (reporting, mut reports) = tokio::sync::mpsc::channel(1);
    let runtime = crate::serve::runtime::Runtime::new("secret".to_owned(), waiting, reporting);
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
        assert!(
            matches!(reports.recv().await, Some(crate::serve::runtime::Report::InitError(body)) if body == payload)
        );
    }
    listening.abort();
}
