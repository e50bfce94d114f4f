//! What the generated clients make of an invocation without API Gateway, and of what Step Functions says of one.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use orders_client::{Failure, GetOrderError};
use std::sync::{Arc, Mutex};
use throwback::client::{PlatformKind, decode_cause, decode_invocation};
use throwback_tests::behind::answer;

const NOT_FOUND: &str =
    r#"{"code":"OrderNotFound","status":404,"detail":"order 42 does not exist","instance":"fn-1","orderId":"42"}"#;

fn invoked(error_type: &str, message: &str) -> Failure<GetOrderError> {
    let payload = serde_json::json!({ "errorType": error_type, "errorMessage": message }).to_string();
    let failure = decode_invocation(payload.as_bytes());
    let cause = decode_cause::<GetOrderError>(&payload);
    assert_eq!((failure.to_string(), failure.who()), (cause.to_string(), cause.who()));
    failure
}

#[test]
fn an_invocation_gives_the_same_errors() {
    let failure = invoked("OrderNotFound", &format!("[OrderNotFound] {NOT_FOUND}"));
    let Failure::Api(GetOrderError::OrderNotFound(error)) = &failure else { panic!("{failure:?}") };
    assert_eq!((error.order_id.as_str(), failure.status(), failure.request_id()), ("42", Some(404), Some("fn-1")));
    let new = invoked("New", r#"[New] {"code":"New","status":423,"detail":"d","x":1}"#);
    assert_eq!((new.who(), new.status(), new.code()), ("undeclared", Some(423), Some("New")));
    let invalid = throwback::error_message(&throwback::InvalidPayload::new("a", "b"), None);
    assert_eq!(invoked("InvalidPayload", &invalid).to_string(), "the input does not fit at `a`: b");
    let internal = throwback::error_message(&throwback::InternalError, Some("id"));
    let internal = invoked("InternalError", &internal);
    assert_eq!((internal.who(), internal.request_id()), ("platform", Some("id")));

    let lost = r#"{"code":"OrderNotFound","title":"t","status":404,"detail":"d","truncated":true}"#;
    let failure = invoked("OrderNotFound", &format!("[OrderNotFound] {lost}"));
    let Failure::Unmodelled(response) = &failure else { panic!("{failure:?}") };
    assert_eq!((response.problem().unwrap().detail(), failure.status()), ("d", Some(404)));
    assert!(response.body().starts_with(b"{\"error"), "the payload is kept");
    // Somebody's own text behind a tag that is no code, or one that nobody declares.
    assert_eq!(invoked("E", "[404] not found").code(), Some("InternalError"));
    let warning = invoked("E", "[Warning] disk full");
    assert_eq!((warning.who(), warning.code(), warning.status()), ("undeclared", Some("Warning"), Some(500)));
}

#[test]
fn an_invocation_tells_what_became_of_the_function() {
    let cases = [
        ("Sandbox.Timedout", "RequestId: 1b2c Error: Task timed out after 3.00 seconds", PlatformKind::Timeout),
        ("", "2026-01-01T00:00:00.000Z 1b2c Task timed out after 3.00 seconds\n\n", PlatformKind::Timeout),
        ("Runtime.ExitError", "RequestId: 1b2c Error: exit status 127", PlatformKind::Exited),
        ("Runtime.ExitError", "Runtime exited without providing a reason", PlatformKind::Exited),
        ("Runtime.OutOfMemory", "RequestId: 1b2c Error: signal: killed", PlatformKind::OutOfMemory),
        ("Function.ResponseSizeTooLarge", "Response payload size exceeded maximum", PlatformKind::ResponseTooLarge),
        ("Runtime.InitError", "RequestId: 1b2c Error: Runtime failed to start", PlatformKind::Init),
        ("Runtime.InvalidEntrypoint", "RequestId: 1b2c Error: fork/exec /var/task/bootstrap", PlatformKind::Init),
        ("&alloc::string::String", "Lambda panicked: a shelf fell over", PlatformKind::Internal),
        ("DeserializeError", "failed to deserialize the incoming data", PlatformKind::Internal),
    ];
    for (error_type, message, kind) in cases {
        let failure = invoked(error_type, message);
        let Failure::Platform(platform) = &failure else { panic!("{message}: {failure:?}") };
        assert_eq!(*platform.kind(), kind, "{message}");
        let known = if kind == PlatformKind::Timeout { ("FunctionTimeout", 504) } else { ("InternalError", 500) };
        assert_eq!((failure.code(), failure.status()), (Some(known.0), Some(known.1)));
        assert_eq!(platform.problem().detail(), message.trim_end());
    }
    assert_eq!(invoked("Runtime.ExitError", "").to_string(), "the function's process ended");
    assert_eq!(invoked("Runtime.OutOfMemory", "").to_string(), "the function ran out of memory");
    assert_eq!(invoked("Function.ResponseSizeTooLarge", "").to_string(), "the function's answer was too large");
    assert_eq!(invoked("Runtime.InitError", "").to_string(), "the function could not start");
    // Step Functions' own texts are no payloads.
    for cause in ["", "The cause could not be determined because Lambda did not return an error type.", "null"] {
        let failure: Failure<GetOrderError> = decode_cause(cause);
        let Failure::Platform(platform) = &failure else { panic!("{cause}: {failure:?}") };
        assert_eq!((platform.kind(), platform.problem().detail()), (&PlatformKind::Internal, cause));
    }
}

/// Step Functions cuts a cause at 32,768 characters.
#[test]
fn a_cause_that_was_cut_still_names_its_error() {
    let problem = format!(r#"{{"code":"OrderNotFound","status":404,"orderId":"{}"}}"#, "x".repeat(40_000));
    let message = serde_json::Value::from(format!("[OrderNotFound] {problem}"));
    for payload in [
        format!(r#"{{"errorType":"OrderNotFound","errorMessage":{message},"stackTrace":[]}}"#),
        format!(r#"{{"errorMessage":{message},"errorType":"OrderNotFound"}}"#),
    ] {
        for length in [100, 32_768] {
            let failure: Failure<GetOrderError> = decode_cause(&payload[..length]);
            assert_eq!(
                (failure.who(), failure.code(), failure.status()),
                ("unmodelled", Some("OrderNotFound"), Some(404))
            );
        }
    }
    // Nobody's text inside another one is a tag.
    let forged = r#"{"errorType":"Error","errorMessage":"no order \",\"errorMessage\":\"[OrderNotFound] {"#;
    assert_eq!(decode_cause::<GetOrderError>(forged).code(), Some("InternalError"));
    let forged = r#"{"errorType":"x\",\"errorMessage\":\"[OrderNotFound] {"#;
    assert_eq!(decode_cause::<GetOrderError>(forged).code(), Some("InternalError"));
}

/// The client of a function behind an API, for a caller who invokes it.
mod invoking {
    include!(concat!(env!("OUT_DIR"), "/invoking.rs"));
}

/// Every operation has a method that invokes, whatever route it has, and an input that travels as one.
#[tokio::test]
async fn what_has_a_route_is_invoked_too() {
    use invoking::{GetOrder, GetOrderError, Line, PlaceOrder, PlaceOrderError};
    use orders::handlers::{get_order, health, place_order, search_orders};
    let events = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&events);
    let function = invoking::Function::new(move |event: Vec<u8>| {
        let event = String::from_utf8(event).unwrap();
        seen.lock().unwrap().push(event.clone());
        async move {
            let operations = throwback::operations![get_order, search_orders, place_order, health];
            let (payload, failed) = answer(orders::Shop::default(), operations, &event).await;
            Ok::<_, std::io::Error>((failed.then(|| "Unhandled".to_owned()), payload.into_bytes()))
        }
    });
    let failure = function.get_order(&GetOrder { order_id: "41/ü".to_owned() }).await.unwrap_err();
    let invoking::Failure::Api(GetOrderError::OrderNotFound(error)) = failure else { panic!("{failure:?}") };
    assert_eq!(error.order_id, "41/ü");
    let order = |quantity| PlaceOrder {
        customer_id: 7,
        lines: vec![Line { sku: "teapot".to_owned(), quantity }],
        note: None,
        labels: None,
        dry_run: Some(false),
        idempotency_key: Some("k-1".to_owned()),
    };
    assert_eq!(function.place_order(&order(2)).await.unwrap().total.units, 2_500);
    let failure = function.place_order(&order(1_000_000)).await.unwrap_err();
    assert!(matches!(failure, invoking::Failure::Api(PlaceOrderError::AmountTooLarge(_))), "{failure:?}");
    assert!(!function.health().await.unwrap().version.is_empty());
    // What stands in the path, the query and a header behind the API are members like any other.
    let line = r#"[{"sku":"teapot","quantity":2}]"#;
    let input = format!(r#"{{"customerId":7,"lines":{line},"dryRun":false,"idempotencyKey":"k-1"}}"#);
    let events = events.lock().unwrap();
    assert_eq!(events[0], r#"{"operation":"get_order","input":{"order_id":"41/ü"}}"#);
    assert_eq!(events[1], format!(r#"{{"operation":"place_order","input":{input}}}"#));
}
