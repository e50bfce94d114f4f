//! What a request costs behind each front, beside what one would write by hand for `lambda_http`: a router of axum's whose
//! errors write their responses themselves, and a `match`.
//!
//! Each starts from the event's text, ends in the answer's text, and answers the caller with the same status, headers and
//! body. Nobody listens to the log that throwback writes of an error; the others write none.
#![allow(missing_docs, unreachable_pub, clippy::unused_async, clippy::panic)]

mod function {
    mod problems;
    mod shop;

    pub mod matched;
    pub mod ours;
    pub mod routed;
}

use function::{matched, ours, routed};
use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, IntoResponse, Request, service_fn};
use lambda_runtime::{Context, LambdaEvent, Service};
use std::fmt::Debug;
use std::hint::black_box;
use std::process::ExitCode;
use throwback::lambda::{Event, service};
use throwback_gateway::{Call, Front, Gateway};
use throwback_measure::Comparison;

type Run = Box<dyn FnMut()>;

/// A document with the same routes, for the fronts that have them.
const OPENAPI: &str = include_str!("../../examples/orders/generated/openapi.json");

/// Payload 1.0 of an HTTP API is a REST proxy's to both.
const FRONTS: [Front; 5] =
    [Front::RestProxy, Front::HttpApi, Front::FunctionUrl, Front::Balancer, Front::BalancerOfMany];

const HEADERS: [(&str, &str); 9] = [
    ("Accept", "application/json"),
    ("Accept-Encoding", "gzip, br"),
    ("Content-Type", "application/json"),
    ("Host", "api.example.com"),
    ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
    ("X-Amzn-Trace-Id", "Root=1-65e44b34-2f1c7a90b6e48f2e61c05b1d"),
    ("X-Forwarded-For", "203.0.113.17"),
    ("X-Forwarded-Port", "443"),
    ("X-Forwarded-Proto", "https"),
];

const ORDER: &str =
    r#"{"customerId":7,"lines":[{"sku":"teapot","quantity":2},{"sku":"cup","quantity":6}],"note":"ring twice"}"#;

/// Requests, with the status that answers them.
const REQUESTS: [(&str, &str, &str, &str, u16); 3] = [
    ("a success", "GET", "/orders/42", "", 200),
    ("a success with a body", "POST", "/orders?dryRun=true", ORDER, 201),
    ("an error", "GET", "/orders/41", "", 404),
];

/// Answers events on this thread, as `lambda_runtime` would have them answered.
fn throwback() -> impl FnMut(&str) -> Vec<u8> {
    let (runtime, mut function) = (runtime(), service(ours::operations()));
    move |event| {
        let event: Event = serde_json::from_str(event).unwrap_or_else(|error| panic!("{error}"));
        let answer = runtime.block_on(function.call(LambdaEvent::new(event, Context::default())));
        serde_json::to_vec(&answer.unwrap_or_else(|error| panic!("{error:?}"))).unwrap_or_default()
    }
}

/// The same by `lambda_http`.
fn lambda_http<S>(function: S) -> impl FnMut(&str) -> Vec<u8>
where
    S: Service<Request, Response: IntoResponse + 'static, Error: Debug, Future: Send + 'static>,
{
    let (runtime, mut function) = (runtime(), Adapter::from(function));
    move |event| {
        let event: LambdaRequest = serde_json::from_str(event).unwrap_or_else(|error| panic!("{error}"));
        let answer = runtime.block_on(function.call(LambdaEvent::new(event, Context::default())));
        serde_json::to_vec(&answer.unwrap_or_else(|error| panic!("{error:?}"))).unwrap_or_default()
    }
}

fn by_axum() -> impl FnMut(&str) -> Vec<u8> {
    lambda_http(routed::app())
}

fn by_match() -> impl FnMut(&str) -> Vec<u8> {
    lambda_http(service_fn(matched::answer))
}

fn runtime() -> tokio::runtime::Runtime {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.unwrap_or_else(|error| panic!("no runtime: {error}"))
}

/// The event that a front makes of a request.
fn event(gateway: &Gateway, front: Front, method: &str, target: &str, body: &str) -> String {
    let mut call = Call::new(method, target);
    call.headers.extend(HEADERS.map(|(name, value)| (name.to_owned(), value.to_owned())));
    body.clone_into(&mut call.body);
    // `lambda_http` puts any other stage before the path, as long as no variable of the environment forbids it.
    "$default".clone_into(&mut call.stage);
    let route = gateway.find(method, &call.path);
    let route = route.map(|(route, parameters)| {
        call.path_parameters = parameters;
        route
    });
    front.event(&call, route.filter(|_| front.has_routes()))
}

/// What the caller sees of an answer: its headers in the order of their names.
fn seen(front: Front, answer: &[u8]) -> (u16, Vec<(String, String)>, String) {
    let response = front.respond(&Call::new("GET", "/"), answer, false);
    let own = |name: &str| ["content-type", "x-error-code", "x-amzn-errortype"].contains(&name);
    let headers = response.headers.into_iter().map(|(name, value)| (name.to_ascii_lowercase(), value));
    let mut headers: Vec<_> = headers.filter(|(name, _)| own(name)).collect();
    headers.sort();
    (response.status, headers, String::from_utf8_lossy(&response.body).into_owned())
}

/// What answers one event.
fn answering<A: FnMut(&str) -> Vec<u8> + 'static>(answer: fn() -> A, event: &str) -> impl FnOnce() -> Run + use<A> {
    let event = event.to_owned();
    move || {
        let mut answer = answer();
        Box::new(move || drop(black_box(answer(black_box(&event)))))
    }
}

fn main() -> ExitCode {
    let gateway = Gateway::read(OPENAPI).unwrap_or_else(|error| panic!("{error}"));
    let mut comparisons = Vec::new();
    for front in FRONTS {
        for (what, method, target, body, status) in REQUESTS {
            let name = format!("{}, {what}", front.word());
            let event = event(&gateway, front, method, target, body);
            let answer = seen(front, &throwback()(&event));
            assert_eq!(answer.0, status, "{name}: {answer:?}");
            assert_eq!(answer, seen(front, &by_axum()(&event)), "{name}: axum answers the same");
            assert_eq!(answer, seen(front, &by_match()(&event)), "{name}: so does the match");
            let comparison = Comparison::new(name)
                .often()
                .case("throwback", answering(throwback, &event))
                .case("lambda_http and axum", answering(by_axum, &event))
                .case("lambda_http and a match", answering(by_match, &event));
            comparisons.push(comparison);
        }
    }
    throwback_measure::main(comparisons)
}
