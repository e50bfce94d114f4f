//! For a caller's own tests: answers without a network, which go through the client's real decoder.

use super::{Declared, Thrown, Transport};
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use serde::Serialize;
use serde_json::{Map, Value};
use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a call gets.
#[derive(Clone)]
pub struct Answer(Result<Response<Vec<u8>>, Lost>);

impl Answer {
    /// A declared error, as the function throws it: its fields, by their names on the wire, and whatever else its problem says,
    /// such as a `detail`.
    ///
    /// # Panics
    /// Where the error has no such fields.
    #[track_caller]
    pub fn thrown<T: Declared>(problem: Value) -> Self {
        let thrown = Thrown::<T>::of(problem.clone());
        let mut members = Map::from_iter([("code".into(), T::CODE.into()), ("status".into(), T::STATUS.into())]);
        if let Value::Object(given) = problem {
            members.extend(given);
        }
        let mut response = response(T::STATUS, &Value::Object(members));
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CODE, HeaderValue::from_static(T::CODE));
        if let Some(delay) = thrown.problem().retry_after() {
            headers.insert(RETRY_AFTER, delay.as_secs().into());
        }
        Self(Ok(response))
    }

    /// What an operation gives.
    ///
    /// # Panics
    /// Where it can't be written as JSON.
    #[track_caller]
    pub fn output(output: &impl Serialize) -> Self {
        Self(Ok(response(200, output)))
    }

    /// Any answer.
    ///
    /// # Panics
    /// Where there is no such status.
    #[track_caller]
    pub fn raw(status: u16, headers: HeaderMap, body: impl Into<Vec<u8>>) -> Self {
        let mut response = Response::new(body.into());
        *response.status_mut() = status_of(status);
        *response.headers_mut() = headers;
        Self(Ok(response))
    }

    /// None: the connection is lost.
    pub fn lost() -> Self {
        Self(Err(Lost))
    }
}

/// The header that names the error.
const CODE: HeaderName = HeaderName::from_static("x-error-code");

#[track_caller]
#[expect(clippy::panic, reason = "a test that answers what there is not has to hear of it")]
fn response(status: u16, body: &impl Serialize) -> Response<Vec<u8>> {
    let body = serde_json::to_vec(body).unwrap_or_else(|error| panic!("the answer is no JSON: {error}"));
    let mut response = Response::new(body);
    *response.status_mut() = status_of(status);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

#[track_caller]
#[expect(clippy::panic, reason = "a test that answers what there is not has to hear of it")]
fn status_of(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or_else(|_| panic!("{status} is no HTTP status"))
}

/// A transport that gives one answer to each request, in their order, and the last one to all that follow. It keeps the requests.
/// A clone is the same transport.
///
/// ```
/// # use throwback::client::{Api, Failure, Endpoint, testing::{Answer, Fake}, v1};
/// # use serde_json::json;
/// # #[derive(Debug, Clone, PartialEq)] pub struct OrderNotFound { order_id: String }
/// # #[derive(Debug, Clone, PartialEq)] pub enum GetOrderError { OrderNotFound(v1::Thrown<OrderNotFound>) }
/// # v1::declared! { OrderNotFound("OrderNotFound", 404, Never) { order_id: "orderId" } }
/// # v1::error_sets! { GetOrderError { OrderNotFound } }
/// # struct Client(Api<Fake>);
/// # impl Client {
/// #     fn new(fake: Fake, base: &str) -> Self { Self(Api::new(fake, base)) }
/// #     async fn get_order(&self, id: &str) -> Result<(), Failure<GetOrderError>> {
/// #         self.0.call(&const { Endpoint::get("/orders/{id}") }, &json!({ "id": id })).await
/// #     }
/// # }
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// let fake = Fake::new([Answer::thrown::<OrderNotFound>(json!({ "orderId": "42" })), Answer::lost()]);
/// let client = Client::new(fake.clone(), "https://api.test");
///
/// let failure = client.get_order("42").await.unwrap_err();
/// assert_eq!((failure.code(), failure.status()), (Some("OrderNotFound"), Some(404)));
/// assert!(matches!(client.get_order("42").await, Err(Failure::Transport(_))));
/// assert_eq!(fake.requests()[0].uri().path(), "/orders/42");
/// # }
/// ```
#[derive(Clone)]
pub struct Fake(Arc<Mutex<State>>);

struct State {
    /// Those that are left, the next one last.
    answers: Vec<Answer>,
    requests: Vec<Request<Vec<u8>>>,
}

impl Fake {
    /// A transport of these answers; without any, each request is lost.
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        let mut answers: Vec<_> = answers.into_iter().collect();
        answers.reverse();
        Self(Arc::new(Mutex::new(State { answers, requests: Vec::new() })))
    }

    /// The requests that came.
    pub fn requests(&self) -> Vec<Request<Vec<u8>>> {
        self.state().requests.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Fake {
    type Error = Lost;

    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Lost> {
        let mut state = self.state();
        state.requests.push(request);
        let answer = if state.answers.len() > 1 { state.answers.pop() } else { state.answers.last().cloned() };
        answer.map_or(Err(Lost), |answer| answer.0)
    }
}

/// Requests may hold what is secret.
impl fmt::Debug for Fake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fake").finish_non_exhaustive()
    }
}

/// Why a [`Fake`] gave no answer: it was told so, or had none.
#[derive(Debug, Clone)]
pub struct Lost;

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no answer")
    }
}

impl Error for Lost {}
