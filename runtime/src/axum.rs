//! Servers on axum: an enum that derives [`ApiError`] is a response.
//!
//! With feature `axum` the derive writes `IntoResponse`, so that a handler returns `Result<Json<Order>, GetOrderError>`. The
//! response is what a function behind a proxy answers: the problem, `x-error-code`, `retry-after` and the headers that fields
//! name; one log event by `tracing` says what the caller does not see. The contract and the clients come from the same enum:
//! the operations that return it stand under `[operations]` in `throwback.toml`.
//!
//! ```
//! use axum::{Json, Router, extract::Path, routing::get};
//! use throwback::ApiError;
//!
//! #[derive(Debug, thiserror::Error, ApiError)]
//! enum GetOrderError {
//!     /// The order does not exist.
//!     #[error("order {order_id} does not exist")]
//!     #[api_error(status = 404)]
//!     OrderNotFound { order_id: String },
//! }
//!
//! async fn get_order(Path(order_id): Path<String>) -> Result<Json<u32>, GetOrderError> {
//!     Err(GetOrderError::OrderNotFound { order_id })
//! }
//!
//! let app: Router = Router::new()
//!     .route("/orders/{order_id}", get(get_order))
//!     .fallback(throwback::axum::not_found)
//!     .method_not_allowed_fallback(throwback::axum::method_not_allowed);
//! ```

use crate::error_response::{self, Unrouted};
use crate::{ApiError, InternalError, InvalidPayload, error_message, logged};
use axum_core::body::Body;
use axum_core::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode};
use std::any::Any;
use std::borrow::Cow;

/// The response to an error, which is logged; what the derive's `IntoResponse` gives.
pub fn response<E: ApiError + ?Sized>(error: &E) -> Response {
    logged::error(error);
    let info = error.info();
    let message = error_message(error, None);
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
#[expect(clippy::unused_async, reason = "a handler is asynchronous")]
pub async fn not_found() -> Response {
    unrouted(Unrouted::NOT_FOUND)
}

/// The answer where a route has no such method, for `Router::method_not_allowed_fallback`: 405, to which axum adds `Allow`.
#[expect(clippy::unused_async, reason = "a handler is asynchronous")]
pub async fn method_not_allowed() -> Response {
    unrouted(Unrouted::METHOD_NOT_ALLOWED)
}

/// The answer to a panic, as `tower_http`'s `CatchPanicLayer::custom` takes it: an `InternalError`, of which the log knows more.
#[expect(clippy::needless_pass_by_value, reason = "`CatchPanicLayer` gives it so")]
pub fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    logged::panicked(panic.as_ref());
    response(&InternalError)
}

fn unrouted(why: Unrouted) -> Response {
    written(why.status, why.headers(), why.problem(None))
}
