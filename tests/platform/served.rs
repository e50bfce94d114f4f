//! A real function behind the local gateway, a recorded answer behind the same gateway, and what a caller sees of both.

use reqwest::Client as Http;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::{Debug, Write};
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use throwback::Retry;
use throwback::client::http::{Request, Response};
use throwback::client::{Api, ErrorSet, Failure, Platform, Transport};
use throwback_cli::serve::{Callers, Exchange, Front, Options, Output, Serving, start};
use throwback_gateway::{Call, Gateway};

/// The document of an API of these tests.
macro_rules! openapi {
    ($api:literal) => {
        concat!(env!("OUT_DIR"), "/", $api, ".openapi.json")
    };
}
pub(crate) use openapi;

/// The function of these tests.
pub(crate) const FUNCTION: &str = env!("CARGO_BIN_EXE_failing");

/// A function behind its gateway, one process at a time.
pub(crate) struct Server {
    serving: Serving,
    exchanges: Arc<Mutex<Vec<Exchange>>>,
}

impl Server {
    /// Starts the function with these environment variables.
    pub(crate) async fn start(openapi: &str, environment: &[(&str, &str)]) -> Self {
        Self::with(openapi, &[FUNCTION], environment, Duration::from_secs(60)).await
    }

    pub(crate) async fn with(openapi: &str, command: &[&str], environment: &[(&str, &str)], timeout: Duration) -> Self {
        let exchanges = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&exchanges);
        let options = Options {
            front: Front::Rest,
            openapi: openapi.into(),
            command: command.iter().map(OsString::from).collect(),
            port: 0,
            timeout,
            instances: 1,
            environment: environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            callers: Callers::default(),
            stage_variables: Vec::new(),
            output: Output::Discard,
            observer: Arc::new(move |exchange: &Exchange| seen.lock().unwrap().push(exchange.clone())),
        };
        let serving = start(options).await.unwrap();
        assert_eq!(serving.warnings(), [] as [String; 0]);
        Self { serving, exchanges }
    }

    pub(crate) fn url(&self) -> String {
        self.serving.url()
    }

    /// What passed since this was last asked.
    pub(crate) fn exchanges(&self) -> Vec<Exchange> {
        std::mem::take(&mut self.exchanges.lock().unwrap())
    }

    pub(crate) async fn stop(self) {
        self.serving.stop().await;
    }
}

/// Sends each request as `edit` leaves it.
pub(crate) fn edited(edit: impl Fn(&mut Request<Vec<u8>>)) -> impl Transport {
    let http = Http::new();
    move |mut request| {
        edit(&mut request);
        let http = http.clone();
        async move { http.send(request).await }
    }
}

/// The gateway with a function that always fails with this payload, which Lambda or somebody else's code wrote.
pub(crate) fn recorded(gateway: &'static Gateway, payload: &str) -> impl Transport + use<> {
    let payload = payload.to_owned();
    move |request: Request<Vec<u8>>| {
        let mut call = Call::new(request.method().as_str(), request.uri().path());
        "gateway-1".clone_into(&mut call.request_id);
        let (route, parameters) = gateway.find(&call.method, &call.path).unwrap();
        call.path_parameters = parameters;
        let answer = route.respond(gateway, &call, payload.as_bytes(), true);
        undisputed(&answer);
        let mut response = Response::builder().status(answer.status);
        for (name, value) in answer.headers {
            response = response.header(name, value);
        }
        let response = response.body(answer.body).unwrap();
        async { Ok::<_, io::Error>(response) }
    }
}

/// One pattern took the message, and nothing about it is odd or unknown.
pub(crate) fn undisputed(answer: &throwback_gateway::Response) {
    let trace = &answer.trace;
    assert_eq!((trace.matched.len(), trace.gateway), (1, None), "{trace:?}");
    assert!(trace.matched[0].pattern.is_some(), "an error took the response of a success: {trace:?}");
    assert_eq!(trace.warnings, [] as [String; 0], "{trace:?}");
}

/// A failure in one line: who answered, code, status, retry advice and delay, and what a person reads.
pub(crate) fn seen<E: ErrorSet>(failure: &Failure<E>) -> String {
    let who = match failure {
        Failure::Platform(platform) => format!("platform {:?}", platform.kind()),
        other => other.who().to_owned(),
    };
    let detail = match failure {
        Failure::Api(error) => error.problem().detail(),
        Failure::Undeclared(error) => error.problem().detail(),
        Failure::Unmodelled(response) => response.problem().map_or("", |problem| problem.detail()),
        // A platform failure's detail is the log's business, and differs with the request id.
        _ => "",
    };
    let code = failure.code().unwrap_or_default();
    let mut line = format!("{who}: {code} {} {}", failure.status().unwrap_or_default(), failure.retry().word());
    if let Some(delay) = failure.retry_after() {
        write!(line, " {}s", delay.as_secs()).unwrap();
    }
    if !detail.is_empty() {
        write!(line, " \"{detail}\"").unwrap();
    }
    line
}

/// What two callers see of the same failure, the first by a method that is safe to repeat and the second by one that is
/// not: the same, but for whether they may try again.
pub(crate) fn both<A: Debug, B: Debug, E: ErrorSet, F: ErrorSet>(
    safe: Result<A, Failure<E>>,
    unsafe_: Result<B, Failure<F>>,
) -> (String, Failure<F>) {
    let (safe, unsafe_) = (safe.unwrap_err(), unsafe_.unwrap_err());
    let line = seen(&safe);
    assert_eq!(line, seen(&unsafe_));
    let may = (safe.is_retryable(), unsafe_.is_retryable());
    let expected = match safe.retry() {
        Retry::Never => (false, false),
        Retry::Idempotent => (true, false),
        Retry::Backoff => (true, true),
    };
    assert_eq!(may, expected, "{line}");
    assert!(safe.request_id().is_some() && unsafe_.request_id().is_some(), "{line}");
    (line, unsafe_)
}

/// The members of a problem.
pub(crate) fn members(body: &[u8]) -> BTreeMap<String, serde_json::Value> {
    serde_json::from_slice(body).unwrap()
}

/// The platform failure that this must be.
pub(crate) fn platform<E: ErrorSet>(failure: &Failure<E>) -> &Platform {
    match failure {
        Failure::Platform(platform) => platform,
        other => panic!("no platform failure: {other:?}"),
    }
}

/// An API at an address.
pub(crate) fn raw(url: &str) -> Api<Http> {
    Api::new(Http::new(), url)
}
