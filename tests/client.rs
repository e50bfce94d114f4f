//! What the generated clients make of any response or failure to get one, and which requests they send.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use orders_client::{
    Client, Failure, GetOrderError, Line, Maintenance, OrderNotFound, OrderState, OrdersError, OrdersFailure,
    PlaceOrder, PlaceOrderError, SearchOrders,
};
use proptest::prelude::*;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use throwback::Retry;
use throwback::client::http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use throwback::client::{
    Api, Endpoint, ErrorSet, PlatformKind, Transport, Trust, decode, decode_cause, decode_invocation, decode_with, http,
};
use throwback_tests::dynamodb_client::{self, AttributeValue};
use throwback_tests::told;

const NOT_FOUND: &str = r#"{"code":"OrderNotFound","title":"The order does not exist","status":404,"detail":"order 42 does not exist","type":"https://docs.example.com/errors/OrderNotFound","instance":"fn-1","orderId":"42"}"#;

type Headers<'a> = &'a [(&'a str, &'a str)];
type Requests = Arc<Mutex<Vec<Request<Vec<u8>>>>>;

/// What proves a body to be the API's, where its code stands in no header.
const MEDIA: (&str, &str) = ("content-type", "application/problem+json");
const MARKED: Headers = &[MEDIA];

fn headers(pairs: Headers) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        let name: HeaderName = name.parse().unwrap();
        headers.append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    headers
}

fn answered<E: ErrorSet>(status: u16, pairs: Headers, body: impl AsRef<[u8]>) -> Failure<E> {
    decode(StatusCode::from_u16(status).unwrap(), &headers(pairs), body.as_ref())
}

fn get_order(status: u16, pairs: Headers, body: impl AsRef<[u8]>) -> Failure<GetOrderError> {
    answered(status, pairs, body)
}

/// A transport that always gives this response, and the requests that it was asked to send.
fn always(status: u16, pairs: Headers, body: &str) -> (impl Transport + use<>, Requests) {
    let mut response = Response::new(body.as_bytes().to_vec());
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    *response.headers_mut() = headers(pairs);
    let requests = Requests::default();
    let seen = Arc::clone(&requests);
    let transport = move |request| {
        seen.lock().unwrap().push(request);
        let response = response.clone();
        async { Ok::<_, io::Error>(response) }
    };
    (transport, requests)
}

fn search() -> SearchOrders {
    SearchOrders { state: None, customer_id: None, limit: None, cursor: None }
}

fn order() -> PlaceOrder {
    let line = Line { sku: "teapot".to_owned(), quantity: 1 };
    PlaceOrder {
        customer_id: u64::MAX,
        lines: vec![line],
        note: None,
        labels: None,
        dry_run: None,
        idempotency_key: None,
    }
}

#[test]
fn a_declared_error_has_its_fields_and_the_problem() {
    let failure = get_order(404, &[("x-error-code", "OrderNotFound"), ("x-amzn-requestid", "gw-1")], NOT_FOUND);
    let Failure::Api(GetOrderError::OrderNotFound(error)) = &failure else { panic!("{failure:?}") };
    assert_eq!((error.order_id.as_str(), error.detail()), ("42", "order 42 does not exist"));
    assert_eq!(error.problem().title(), "The order does not exist");
    assert_eq!(error.problem().type_uri(), Some("https://docs.example.com/errors/OrderNotFound"));
    assert_eq!((error.problem().instance(), failure.request_id()), (Some("fn-1"), Some("fn-1")));
    assert_eq!((failure.code(), failure.status(), failure.who()), (Some("OrderNotFound"), Some(404), "api"));
    assert_eq!((failure.retry(), failure.is_retryable(), failure.retry_after()), (Retry::Never, false, None));
    assert!(failure.is::<OrderNotFound>() && !failure.is::<Maintenance>());
    assert_eq!(failure.to_string(), "OrderNotFound (404): order 42 does not exist");
}

#[test]
fn a_body_alone_is_a_strangers() {
    let json = ("content-type", "application/json");
    let nearly = ("content-type", "application/problem+jsonx");
    let joined = ("content-type", "application/problem+json, text/html");
    let body =
        r#"{"code":"OrderNotFound","status":503,"detail":"d","retryable":"backoff","retryAfter":1,"orderId":"42"}"#;
    for pairs in [&[][..], &[json], &[nearly], &[joined], &[MEDIA, json], &[("x-error-code", "no code")]] {
        let foreign = get_order(503, pairs, body);
        assert_eq!((foreign.who(), foreign.code()), ("unmodelled", Some("OrderNotFound")), "{pairs:?}");
        // What the status says by itself, and no more.
        assert_eq!((foreign.retry(), foreign.retry_after()), (Retry::Idempotent, None), "{pairs:?}");
    }
    for code in ["ServiceUnavailable", "InternalError", "gateway.THROTTLED"] {
        let foreign = get_order(502, &[json], format!(r#"{{"code":"{code}","retryable":"backoff"}}"#));
        assert_eq!((foreign.who(), foreign.retry()), ("unmodelled", Retry::Idempotent), "{code}");
    }
    for media in
        ["application/problem+json", "Application/Problem+JSON ; charset=\"a,b\"", "application/problem+json;q"]
    {
        assert_eq!(get_order(404, &[("Content-Type", media)], body).who(), "api", "{media}");
    }
    let whole = decode_with::<GetOrderError>(Trust::Bodies, StatusCode::NOT_FOUND, &headers(&[json]), body.as_bytes());
    assert_eq!(whole.who(), "api");
}

#[test]
fn the_header_names_the_error_before_the_body_does() {
    let without = NOT_FOUND.replacen(r#""code":"OrderNotFound","#, "", 1);
    let spaced = NOT_FOUND.replace("\":", "\" : ").replace(",\"", " ,\n\t\"");
    let late = without.replacen('}', r#","code":"OrderNotFound"}"#, 1);
    let escaped = NOT_FOUND.replacen("OrderNotFound", "Order\\u004eotFound", 1);
    let other = NOT_FOUND.replacen("OrderNotFound", "OrderArchived", 1);
    let named: [(Headers, &str); 11] = [
        (&[("x-error-code", "OrderNotFound")], NOT_FOUND),
        (&[("x-error-code", "OrderNotFound")], &without),
        (&[("X-Error-Code", "OrderNotFound")], &other),
        (&[("x-error-code", "OrderNotFound, OrderNotFound")], &without),
        (&[("x-error-code", "OrderNotFound"), ("x-error-code", "OrderArchived")], &without),
        // API Gateway's own name of an error does not count where a code is known.
        (&[("x-amzn-errortype", "OrderNotFound:http://internal/")], NOT_FOUND),
        (&[("x-error-code", ""), ("x-amzn-errortype", "ForbiddenException"), MEDIA], NOT_FOUND),
        (&[("x-error-code", "Straße"), MEDIA], NOT_FOUND),
        (MARKED, &spaced),
        (MARKED, &late),
        (MARKED, &escaped),
    ];
    for (pairs, body) in named {
        let failure = get_order(404, pairs, body);
        let Failure::Api(GetOrderError::OrderNotFound(error)) = &failure else {
            panic!("{pairs:?} {body}: {failure:?}")
        };
        assert_eq!((error.order_id.as_str(), failure.code()), ("42", Some("OrderNotFound")));
    }
}

#[test]
fn a_code_of_a_newer_function_is_kept_with_all_it_says() {
    let body = r#"{"code":"OrderOnHold","title":"t","status":423,"detail":"order 42 is on hold","retryable":"backoff","retryAfter":9,"queue":18446744073709551615}"#;
    let failure = get_order(423, &[("x-error-code", "OrderOnHold"), ("apigw-requestid", "gw-2")], body);
    let Failure::Undeclared(error) = &failure else { panic!("{failure:?}") };
    assert_eq!(error.members().len(), 1);
    assert_eq!(error.members().read::<u64>("queue"), Some(u64::MAX));
    assert_eq!(
        (failure.code(), failure.status(), failure.request_id()),
        (Some("OrderOnHold"), Some(423), Some("gw-2"))
    );
    assert_eq!((failure.retry(), failure.retry_after()), (Retry::Backoff, Some(Duration::from_secs(9))));
    assert_eq!(failure.to_string(), "OrderOnHold (423): order 42 is on hold, an error that this client does not know");
    // An error of another operation is no less undeclared here.
    assert_eq!(get_order(409, MARKED, r#"{"code":"OutOfStock","status":409,"lines":[]}"#).who(), "undeclared");
}

#[test]
fn platform_failures_are_the_platform_s() {
    let internal = r#"{"code":"InternalError","title":"Internal Server Error","status":500,"instance":"gw-3"}"#;
    let failure = get_order(500, &[("x-error-code", "InternalError")], internal);
    let Failure::Platform(platform) = &failure else { panic!("{failure:?}") };
    assert_eq!((platform.kind(), failure.request_id()), (&PlatformKind::Internal, Some("gw-3")));
    assert_eq!((failure.to_string().as_str(), failure.retry()), ("the function failed", Retry::Idempotent));

    let timeout = r#"{"code":"FunctionTimeout","title":"The function ran out of time","status":504}"#;
    let failure = get_order(504, MARKED, timeout);
    assert!(matches!(&failure, Failure::Platform(platform) if *platform.kind() == PlatformKind::Timeout));
    assert_eq!((failure.to_string().as_str(), failure.retry()), ("the function ran out of time", Retry::Idempotent));

    let invalid =
        |path| format!(r#"{{"code":"InvalidPayload","status":400,"detail":"d","path":"{path}","reason":"no"}}"#);
    let failure = get_order(400, MARKED, invalid("lines[0].sku"));
    let Failure::Platform(platform) = &failure else { panic!("{failure:?}") };
    let kind = PlatformKind::InvalidPayload { path: "lines[0].sku".to_owned(), reason: "no".to_owned() };
    assert_eq!((platform.kind(), platform.problem().detail()), (&kind, "d"));
    assert_eq!(failure.to_string(), "the input does not fit at `lines[0].sku`: no");
    assert_eq!(get_order(400, MARKED, invalid("")).to_string(), "the input does not fit: no");

    // The answer to a HEAD has no body, and its code says as much of a repeat.
    for (status, code, retry) in [
        (400, "InvalidPayload", Retry::Never),
        (500, "InternalError", Retry::Idempotent),
        (504, "FunctionTimeout", Retry::Idempotent),
    ] {
        let failure = get_order(status, &[("x-error-code", code), ("x-amzn-requestid", "gw-6")], "");
        assert_eq!((failure.who(), failure.code(), failure.status()), ("platform", Some(code), Some(status)));
        assert_eq!((failure.retry(), failure.request_id()), (retry, Some("gw-6")));
        assert!(!failure.to_string().ends_with([' ', ':']), "{failure}");
    }
    // The answer's own word counts for more.
    let never = internal.replace('}', r#","retryable":"never"}"#);
    assert_eq!(get_order(500, MARKED, never).retry(), Retry::Never);
}

/// A response that names a declared error and does not fit it.
fn unread(pairs: Headers, body: &str) -> Failure<GetOrderError> {
    let failure = get_order(404, pairs, body);
    let Failure::Unmodelled(response) = &failure else { panic!("{body}: {failure:?}") };
    assert_eq!((response.status().as_u16(), response.body()), (404, body.as_bytes()));
    assert_eq!((response.code(), failure.code()), (Some("OrderNotFound"), Some("OrderNotFound")));
    assert_eq!(*response.headers(), headers(pairs));
    failure
}

#[test]
fn a_body_that_does_not_fit_hides_neither_status_nor_code_nor_bytes() {
    let coded: Headers = &[("x-error-code", "OrderNotFound"), ("x-amzn-requestid", "gw-4")];
    let bodies = [
        "",
        "<html><body>404</body></html>",
        "null",
        "[]",
        "{}",
        "\u{feff}\u{feff}{\"orderId\":\"42\"}",
        r#"{"orderId":42}"#,
        r#"{"orderId":null}"#,
        r#"{"orderId":"42"} {}"#,
        r#"{"orderId":"42","orderId":"43"}"#,
        &NOT_FOUND[..NOT_FOUND.len() - 3],
    ];
    for body in bodies {
        let failure = unread(coded, body);
        assert!(["gw-4", "fn-1"].contains(&failure.request_id().unwrap()));
    }
    assert_eq!(
        unread(coded, "{}").to_string(),
        "a response with status 404 and code OrderNotFound that can't be read: missing field `orderId`"
    );
    let bytes = [&NOT_FOUND.as_bytes()[..NOT_FOUND.len() - 4], b"\xff\"}"].concat();
    let failure = get_order(404, coded, &bytes);
    assert!(matches!(&failure, Failure::Unmodelled(response) if response.body() == bytes));
    // A member of the problem that has a wrong type is ignored (RFC 9457 section 3.1).
    let mistyped = r#"{"title":{},"status":"404","detail":7,"retryAfter":"x","truncated":1,"orderId":"42"}"#;
    assert_eq!(get_order(404, coded, mistyped).who(), "api");
    // One byte-order mark may be ignored (RFC 8259 section 8.1).
    assert_eq!(get_order(404, coded, "\u{feff}{\"orderId\":\"42\"}").who(), "api");
    // The wire's own form names the code even where the rest is cut.
    let cut = unread(MARKED, &NOT_FOUND[..100]);
    let Failure::Unmodelled(response) = &cut else { panic!("{cut:?}") };
    assert_eq!(response.problem().unwrap().title(), "The order does not exist");
}

#[test]
fn an_error_whose_fields_were_left_out_says_so_and_keeps_the_rest() {
    let body =
        r#"{"code":"TooManyRequests","title":"t","status":429,"detail":"slow down","retryAfter":3,"truncated":true}"#;
    let failure = get_order(429, &[("x-error-code", "TooManyRequests")], body);
    let Failure::Unmodelled(response) = &failure else { panic!("{failure:?}") };
    assert_eq!(response.reason(), "the function left the error's fields out");
    let problem = response.problem().unwrap();
    assert_eq!((problem.code(), problem.status(), problem.detail()), ("TooManyRequests", 429, "slow down"));
    assert!(problem.is_truncated());
    assert_eq!((failure.retry(), failure.retry_after()), (Retry::Backoff, Some(Duration::from_secs(3))));
    assert!(failure.is_retryable());
    // An error without fields has nothing to lose, but what it says is true.
    let none = r#"{"code":"NotSignedIn","status":401,"truncated":true}"#;
    assert_eq!(get_order(401, &[], none).who(), "unmodelled");
    let unknown = get_order(423, MARKED, r#"{"code":"OrderOnHold","status":423,"detail":"d","truncated":true}"#);
    assert!(matches!(&unknown, Failure::Undeclared(error) if error.problem().is_truncated()));
    // The declared advice holds although the body is lost: 503 by itself would be `idempotent`.
    assert_eq!(get_order(503, &[("x-error-code", "Maintenance")], "").retry(), Retry::Backoff);
}

#[test]
fn what_names_no_error_is_kept_whole() {
    let page = "<html>Service Unavailable</html>";
    let failure = get_order(503, &[("server", "CloudFront"), ("retry-after", "120")], page);
    let Failure::Unmodelled(response) = &failure else { panic!("{failure:?}") };
    assert_eq!((response.body(), response.code(), response.problem()), (page.as_bytes(), None, None));
    assert_eq!(response.headers()["server"], "CloudFront");
    assert_eq!((failure.status(), failure.retry()), (Some(503), Retry::Idempotent));
    assert_eq!(failure.retry_after(), Some(Duration::from_secs(120)));
    assert_eq!(failure.to_string(), "a response with status 503 that can't be read: it names no error");
    for body in
        ["", "{}", "[]", "null", r#"{"message":"x"}"#, r#"{"code":7}"#, r#"{"code":""}"#, r#"{"code":"not a code"}"#]
    {
        assert_eq!(get_order(500, &[], body).who(), "unmodelled", "{body}");
        assert_eq!(get_order(500, &[("x-amzn-errortype", "X")], body).who(), "gateway", "{body}");
    }
    let long = format!(r#"{{"code":"{}"}}"#, "a".repeat(65));
    assert_eq!(get_order(500, &[], long).who(), "unmodelled");
}

#[test]
fn members_come_in_any_order_and_others_may_stand_among_them() {
    let body = r#"{"zzz":[{"code":"x"}],"suggestion":null,"retryable":"idempotent","lines":[{"warehouses":{"Łódź":1},"new":1,
        "quantity":2,"available":4294967295,"sku":"a"}],"retryAfter":5,"detail":"d","status":409,"code":"OutOfStock","":0}"#;
    let failure: Failure<PlaceOrderError> = answered(409, MARKED, body);
    let Failure::Api(PlaceOrderError::OutOfStock(error)) = &failure else { panic!("{failure:?}") };
    assert_eq!((error.lines[0].line.sku.as_str(), error.lines[0].available), ("a", u32::MAX));
    assert_eq!((&error.suggestion, error.lines[0].warehouses["Łódź"]), (&None, 1));
    assert_eq!((failure.retry(), failure.retry_after()), (Retry::Idempotent, Some(Duration::from_secs(5))));
    let absent = r#"{"code":"OutOfStock","lines":[]}"#;
    let failure: Failure<PlaceOrderError> = answered(409, MARKED, absent);
    assert!(matches!(failure.api(), Some(PlaceOrderError::OutOfStock(error)) if error.suggestion.is_none()));
    // The HTTP status is the response's, whatever the body says.
    let failure = get_order(410, MARKED, NOT_FOUND);
    assert_eq!(
        (failure.status(), failure.to_string().as_str()),
        (Some(410), "OrderNotFound (410): order 42 does not exist")
    );
}

#[test]
fn the_delay_is_the_problem_s_before_the_header_s() {
    let wait = |member: &str, header: &str| {
        let body = format!(r#"{{"code":"TooManyRequests","used":1{member}}}"#);
        get_order(429, &[("retry-after", header), MEDIA], body).retry_after().map(|delay| delay.as_secs())
    };
    assert_eq!(wait(r#","retryAfter":3"#, "9"), Some(3));
    assert_eq!(wait("", "9"), Some(9));
    assert_eq!(wait(r#","retryAfter":null"#, "9"), Some(9));
    assert_eq!(wait("", "Fri, 31 Dec 1999 23:59:59 GMT"), None);
    assert_eq!(wait(r#","retryAfter":18446744073709551615"#, "9"), Some(u64::MAX));
}

#[tokio::test]
async fn whether_a_request_may_be_repeated_goes_by_its_method() {
    let down = r#"{"code":"StoreUnavailable","status":503}"#;
    let (transport, _) = always(503, &[("x-error-code", "StoreUnavailable")], down);
    let client = Client::new(transport, "http://x");
    let get = client.get_order("1").await.unwrap_err();
    let post = client.place_order(&order()).await.unwrap_err();
    assert_eq!((get.retry(), get.is_retryable()), (Retry::Idempotent, true));
    assert_eq!((post.retry(), post.is_retryable()), (Retry::Idempotent, false));
    assert!(!get_order(503, MARKED, down).is_retryable(), "`decode` does not know the method");

    let hurry = r#"{"code":"TooManyRequests","used":1}"#;
    let client = Client::new(always(429, MARKED, hurry).0, "http://x");
    assert!(client.place_order(&order()).await.unwrap_err().is_retryable(), "it was not carried out");
    let never = NOT_FOUND.replace(r#""orderId""#, r#""retryable":"never","orderId""#);
    let client = Client::new(always(503, MARKED, &never).0, "http://x");
    assert!(!client.get_order("1").await.unwrap_err().is_retryable());
    for (pairs, page) in [(&[][..], "<html>"), (&[("x-amzn-errortype", "InternalServerErrorException")], "")] {
        let client = Client::new(always(502, pairs, page).0, "http://x");
        assert!(client.get_order("1").await.unwrap_err().is_retryable());
        assert!(!client.place_order(&order()).await.unwrap_err().is_retryable());
    }
}

#[tokio::test]
async fn a_success_is_one_only_without_a_code_and_with_an_output_that_fits() {
    let client = Client::new(always(200, &[("x-error-code", "OrderNotFound")], NOT_FOUND).0, "http://x");
    let failure = client.get_order("42").await.unwrap_err();
    assert_eq!((failure.who(), failure.status()), ("api", Some(200)));
    let client = Client::new(always(200, &[("x-amzn-requestid", "gw-5")], r#"{"id":"42"}"#).0, "http://x");
    let failure = client.get_order("42").await.unwrap_err();
    assert_eq!(
        failure.to_string(),
        "a response with status 200 that can't be read: the output does not fit: missing field `customerId` at line 1 column 11"
    );
    assert_eq!((failure.status(), failure.request_id(), failure.retry()), (Some(200), Some("gw-5"), Retry::Never));
    assert!(matches!(failure, Failure::Unmodelled(response) if response.body() == br#"{"id":"42"}"#));
    let client = Client::new(always(302, &[("location", "/")], "").0, "http://x");
    assert_eq!(client.health().await.unwrap_err().who(), "unmodelled");
    let client = Client::new(always(200, &[], r#"{"version":"1","more":{}}"#).0, "http://x");
    assert_eq!(client.health().await.unwrap().version, "1");
    // What a mapping without patterns lets pass is no success, whatever the output is.
    let error = r#"{"errorType":"E","errorMessage":"no such table","id":"42"}"#;
    let api = Api::new(always(200, &[], error).0, "http://x");
    let failure = api.call::<_, serde_json::Value, GetOrderError>(&Endpoint::get("/x"), &()).await.unwrap_err();
    assert!(failure.to_string().ends_with("it is the error of a function that came as a success"), "{failure}");

    // Nothing to read is nothing to fail on.
    let nothing = Endpoint::delete("/x");
    let api = Api::new(always(204, &[], "").0, "http://x");
    api.call::<_, (), GetOrderError>(&nothing, &()).await.unwrap();
    assert_eq!(api.call::<_, u8, GetOrderError>(&nothing, &()).await.unwrap_err().who(), "unmodelled");
}

#[tokio::test]
async fn any_failure_becomes_that_of_the_whole_api() {
    async fn both<T: Transport>(client: &Client<T>) -> Result<(), OrdersFailure> {
        client.search_orders(&search()).await?;
        client.get_order("42").await?;
        Ok(())
    }
    let busy = r#"{"code":"Maintenance","status":503,"detail":"closed until six","until":"six"}"#;
    let failure = both(&Client::new(always(503, MARKED, busy).0, "http://x")).await.unwrap_err();
    let OrdersFailure(Failure::Api(OrdersError::Maintenance(error))) = &failure else { panic!("{failure}") };
    assert_eq!(error.until, "six");
    assert_eq!(failure.to_string(), "Maintenance (503): closed until six");
    for (pairs, body, who) in [
        (MARKED, r#"{"code":"New"}"#, "undeclared"),
        (MARKED, r#"{"code":"InternalError"}"#, "platform"),
        (&[("x-amzn-errortype", "X")], "", "gateway"),
        (&[], "", "unmodelled"),
    ] {
        let OrdersFailure(failure) = both(&Client::new(always(500, pairs, body).0, "http://x")).await.unwrap_err();
        assert_eq!(failure.who(), who);
    }
    let mapped = get_order(404, MARKED, NOT_FOUND).map_api(OrdersError::from);
    assert!(mapped.is::<OrderNotFound>());
    assert_eq!(OrdersError::CODES.len(), 12);
}

#[tokio::test]
async fn nobody_answering_is_a_failure_of_the_transport() {
    let refused = |_| async { Err::<Response<Vec<u8>>, _>(io::Error::other("connection refused")) };
    let client = Client::new(refused, "http://x");
    let failure = client.get_order("42").await.unwrap_err();
    let Failure::Transport(error) = &failure else { panic!("{failure:?}") };
    assert!(error.may_have_been_sent());
    assert_eq!(failure.to_string(), "the request got no response");
    assert_eq!(std::error::Error::source(&failure).unwrap().to_string(), "connection refused");
    assert_eq!((failure.code(), failure.status(), failure.request_id()), (None, None, None));
    assert_eq!((failure.retry(), failure.is_retryable(), failure.who()), (Retry::Idempotent, true, "transport"));
    assert!(!client.place_order(&order()).await.unwrap_err().is_retryable());

    let (transport, requests) = always(200, &[], "{}");
    let client = Client::new(transport, "http://exa mple");
    let failure = client.get_order("42").await.unwrap_err();
    assert!(matches!(&failure, Failure::Transport(error) if !error.may_have_been_sent()));
    assert!(
        told(&failure).starts_with("the request can't be made: the API's address can't be used: "),
        "{}",
        told(&failure)
    );
    assert!(!told(&failure).contains("exa mple"));
    assert!(!failure.is_retryable() && requests.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_path_parameter_stays_one_segment() {
    let (transport, requests) = always(404, MARKED, NOT_FOUND);
    let client = Client::new(transport, "https://api.example.com/prod//");
    let encoded = [
        ("42", "42"),
        ("a/b", "a%2Fb"),
        ("..x", "..x"),
        ("%2e%2e", "%252e%252e"),
        ("ü 🦀", "%C3%BC%20%F0%9F%A6%80"),
        ("?a=b#c&d", "%3Fa%3Db%23c%26d"),
        ("-._~+", "-._~%2B"),
        ("{order_id}", "%7Border_id%7D"),
    ];
    for (id, segment) in encoded {
        client.get_order(id).await.unwrap_err();
        let request = requests.lock().unwrap().pop().unwrap();
        assert_eq!(request.uri().to_string(), format!("https://api.example.com/prod/orders/{segment}"));
        assert_eq!((request.method(), request.body().len()), (&http::Method::GET, 0));
        assert!(!request.headers().contains_key("content-type"));
    }
    for id in ["", ".", ".."] {
        let failure = client.get_order(id).await.unwrap_err();
        let text = format!("the request can't be made: the path parameter `order_id` can't be `{id}`");
        assert_eq!(told(&failure), text);
    }
    assert!(requests.lock().unwrap().is_empty(), "none of these was sent");
}

#[tokio::test]
async fn a_query_holds_what_is_given_and_a_body_the_rest() {
    let (transport, requests) = always(500, &[], "");
    let mut client = Client::new(transport, "http://x/");
    client.headers_mut().insert("x-api-key", HeaderValue::from_static("key"));
    let last = || requests.lock().unwrap().pop().unwrap();
    client.search_orders(&search()).await.unwrap_err();
    assert_eq!(last().uri().to_string(), "http://x/orders");
    let all = SearchOrders {
        state: Some(OrderState::Paid),
        customer_id: Some(u64::MAX),
        limit: Some(0),
        cursor: Some("a&b=c d+é".to_owned()),
    };
    client.search_orders(&all).await.unwrap_err();
    let request = last();
    assert_eq!(
        request.uri().to_string(),
        "http://x/orders?state=paid&customerId=18446744073709551615&limit=0&cursor=a%26b%3Dc%20d%2B%C3%A9"
    );
    assert_eq!(
        (&request.headers()["x-api-key"], &request.headers()["accept"]),
        (&"key".parse().unwrap(), &"application/json".parse().unwrap())
    );

    client.place_order(&PlaceOrder { dry_run: Some(true), ..order() }).await.unwrap_err();
    let request = last();
    assert_eq!(
        (request.uri().to_string().as_str(), request.method()),
        ("http://x/orders?dryRun=true", &http::Method::POST)
    );
    assert_eq!(request.headers()["content-type"], "application/json");
    let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
    assert_eq!(body, serde_json::json!({ "customerId": u64::MAX, "lines": [{ "sku": "teapot", "quantity": 1 }] }));

    client.health().await.unwrap_err();
    assert!(last().body().is_empty());
    let (transport, requests) = always(500, &[], "");
    let whole = Endpoint::post("/x").body();
    let api = Api::new(transport, "http://x");
    for (input, sent) in [(None, "null"), (Some([u128::MAX]), "[340282366920938463463374607431768211455]")] {
        api.call::<_, (), GetOrderError>(&whole, &input).await.unwrap_err();
        assert_eq!(requests.lock().unwrap().pop().unwrap().body(), sent.as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_response_is_too_odd(status in 100_u16..1000, code in "\\PC{0,12}", kind in "\\PC{0,12}", body: Vec<u8>) {
        let failure = get_order(status, &[("x-error-code", &code), ("x-amzn-errortype", &kind)], &body);
        prop_assert_eq!(failure.status(), Some(status));
        prop_assert!(!failure.to_string().is_empty());
        let _ = decode_invocation::<GetOrderError>(&body);
        let _ = decode_cause::<GetOrderError>(&code);
    }

    #[test]
    fn a_number_comes_back_with_every_bit(units in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL, count: i64) {
        use dynamodb_client::{ConsumedCapacity, TableDescription, TableStatus, TransactWritten};
        let capacity = ConsumedCapacity { table_name: String::new(), capacity_units: units };
        let written = TransactWritten { consumed_capacity: vec![capacity] };
        let text = serde_json::to_string(&written).unwrap();
        let back: TransactWritten = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(back.consumed_capacity[0].capacity_units.to_bits(), units.to_bits(), "{}", text);
        let table = TableDescription {
            table_name: "t".to_owned(), table_status: TableStatus::Active, item_count: count, table_size_bytes: !count,
        };
        let text = serde_json::to_string(&table).unwrap();
        prop_assert_eq!(serde_json::from_str::<TableDescription>(&text).unwrap(), table);
    }
}

#[test]
fn tagged_unions_are_read_by_their_tags() {
    let body = r#"{"code":"ConditionalCheckFailedException","status":400,"message":"m","Item":{"a":{"L":[{"M":{"b":{"NULL":true}}},{"SS":["x"]}]}}}"#;
    let failure: Failure<dynamodb_client::DynamoDbError> = answered(400, MARKED, body);
    let Failure::Api(dynamodb_client::DynamoDbError::ConditionalCheckFailedException(error)) = failure else {
        panic!("{failure:?}");
    };
    let AttributeValue::L(list) = &error.item.as_ref().unwrap()["a"] else { panic!("no list") };
    assert_eq!(list[1], AttributeValue::Ss(vec!["x".to_owned()]));
    // A variant of a newer API is kept, one that is known has to fit.
    let newer = body.replace(r#""SS""#, r#""XX""#);
    let failure: Failure<dynamodb_client::DynamoDbError> = answered(400, MARKED, newer);
    let Failure::Api(dynamodb_client::DynamoDbError::ConditionalCheckFailedException(error)) = failure else {
        panic!("{failure:?}");
    };
    let AttributeValue::L(list) = &error.item.as_ref().unwrap()["a"] else { panic!("no list") };
    assert_eq!(list[1], AttributeValue::Unknown(serde_json::json!({ "XX": ["x"] })));
    let unfit = body.replace(r#"{"SS":["x"]}"#, r#"{"SS":7}"#);
    let failure: Failure<dynamodb_client::DynamoDbError> = answered(400, MARKED, unfit);
    assert_eq!((failure.who(), failure.code()), ("unmodelled", Some("ConditionalCheckFailedException")));
}
