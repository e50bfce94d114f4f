//! Servers on axum, and routers in functions: an enum that derives [`ApiError`] is a response, and a handler is an operation.
//!
//! With feature `axum` the derive writes `IntoResponse`, so that a handler returns `Result<Json<Order>, GetOrderError>`. The
//! response is what a function behind a proxy answers: the problem, `x-error-code`, `retry-after` and the headers that fields
//! name; one log event by `tracing` says what the caller does not see. [`#[operation]`](macro@crate::operation) on the handler
//! makes it part of the contract, so that documents and clients are generated as for a function.
//!
//! ```
//! use axum::Router;
//! use throwback::axum::{Json, Path, complete};
//! use throwback::{ApiError, operation, routes};
//!
//! #[derive(Debug, thiserror::Error, ApiError)]
//! enum GetOrderError {
//!     /// The order does not exist.
//!     #[error("order {order_id} does not exist")]
//!     #[api_error(status = 404)]
//!     OrderNotFound { order_id: String },
//! }
//!
//! #[operation(GET, "/orders/{order_id}")]
//! async fn get_order(Path(order_id): Path<String>) -> Result<Json<u32>, GetOrderError> {
//!     Err(GetOrderError::OrderNotFound { order_id })
//! }
//!
//! // `axum::serve(listener, app)` on a server, `lambda_http::run(app)` in a function.
//! let app: Router = complete(routes![get_order]);
//! ```
//!
//! For browsers of another origin, let `tower_http`'s `CorsLayer` expose [`EXPOSED_HEADERS`].

mod extract;
mod guard;
mod routes;

pub use extract::{Json, Path, Query};
pub use guard::guard;
pub use routes::{MissingRoutes, check, complete, route};

use crate::error_response::{self, Unrouted};
use crate::{ApiError, InternalError, InvalidPayload, error_message, logged};
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};
use std::any::Any;
use std::borrow::Cow;

/// What a browser's script has to see of an error's headers; those that fields name come to them.
pub const EXPOSED_HEADERS: [HeaderName; 3] =
    [HeaderName::from_static("x-error-code"), header::RETRY_AFTER, HeaderName::from_static("x-amzn-errortype")];

/// The response to an error, which is logged; what the derive's `IntoResponse` gives.
pub fn response<E: ApiError + ?Sized>(error: &E) -> Response {
    logged::error(error);
    let info = error.info();
    let message = error_message(error, guard::current().as_deref());
    let problem = error_response::problem(info, &message);
    written(info.status, error_response::headers(info, problem), problem.to_owned())
}

fn written(status: u16, headers: Vec<(Cow<'static, str>, String)>, problem: String) -> Response {
    let mut response = Response::new(Body::from(problem));
    // The derive takes statuses from 400 to 599 alone.
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in headers {
        // What is no header stays out of it; the problem has it in full.
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name.as_ref()), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

impl IntoResponse for InvalidPayload {
    fn into_response(self) -> Response {
        response(&self)
    }
}

impl IntoResponse for InternalError {
    fn into_response(self) -> Response {
        response(&self)
    }
}

/// The answer where there is no route, for `Router::fallback`: 404, to clients a failure of the gateway's.
pub async fn not_found() -> Response {
    unrouted(Unrouted::NOT_FOUND)
}

/// The answer where a route has no such method, for `Router::method_not_allowed_fallback`: 405, to which axum adds `Allow`.
pub async fn method_not_allowed() -> Response {
    unrouted(Unrouted::METHOD_NOT_ALLOWED)
}

/// The answer to a panic, which [`guard`] gives, and `tower_http`'s `CatchPanicLayer::custom` takes: an `InternalError`, of which the log knows more.
#[expect(clippy::needless_pass_by_value, reason = "`CatchPanicLayer` gives it so")]
pub fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    logged::panicked(panic.as_ref());
    response(&InternalError)
}

fn unrouted(why: Unrouted) -> Response {
    written(why.status, why.headers(), why.problem(guard::current().as_deref()))
}
