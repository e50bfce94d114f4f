//! What a Rust Lambda function throws, its callers get back, with its type.
//!
//! A function derives [`ApiError`] on its error enums. The derive makes each value into one `errorMessage`: a tag that
//! API Gateway's integration responses select on, and behind it an RFC 9457 problem that reaches the caller byte for
//! byte. `throwback-codegen` writes those integration responses and typed clients from the same enum; the clients stand
//! on this crate's feature `client`.
//!
//! | feature | for | brings |
//! |---|---|---|
//! | `derive` (default) | functions | the derive and the [`operation`] attribute |
//! | `lambda` | functions | [`lambda::run`] on `lambda_runtime` |
//! | `axum` | servers | the derive's `IntoResponse`, and [`axum`]: answers beside it |
//! | `client` | callers | [`client`]: what generated clients stand on |
//! | `reqwest` | callers | a [`client::Transport`] over reqwest |
//!
//! ```
//! use throwback::ApiError;
//!
//! #[derive(Debug, ApiError)]
//! #[api_error(rename_all = "camelCase")]
//! enum GetOrderError {
//!     /// The order does not exist.
//!     #[api_error(status = 404)]
//!     OrderNotFound { order_id: String },
//! }
//! # impl std::fmt::Display for GetOrderError {
//! #     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str("order 42 does not exist") }
//! # }
//! # impl std::error::Error for GetOrderError {}
//!
//! let error = GetOrderError::OrderNotFound { order_id: "42".into() };
//! assert_eq!(
//!     throwback::error_message(&error, None),
//!     r#"[OrderNotFound] {"code":"OrderNotFound","title":"The order does not exist","status":404,"detail":"order 42 does not exist","orderId":"42"}"#
//! );
//! ```
// Some links lead to what other features bring.
#![cfg_attr(
    not(all(feature = "axum", feature = "derive", feature = "lambda", feature = "client")),
    allow(rustdoc::broken_intra_doc_links)
)]
// The derive names this crate by its own path, also in its own tests and doctests.
extern crate self as throwback;

#[cfg(any(feature = "axum", feature = "lambda"))]
mod caught;
mod distinct;
mod error;
#[cfg(any(feature = "axum", feature = "lambda"))]
mod error_response;
mod finite;
#[cfg(any(feature = "axum", feature = "lambda"))]
mod input;
mod json;
#[cfg(any(feature = "axum", feature = "lambda"))]
mod logged;
mod message;
mod operation;
mod reserved;
#[cfg(any(feature = "axum", feature = "client", feature = "lambda"))]
mod shown;

#[cfg(feature = "axum")]
pub mod axum;
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "lambda")]
pub mod lambda;

#[doc(hidden)]
pub mod __private;

pub use error::{ApiError, Entry, ErrorInfo, MemberInfo, Retry};
pub use message::{Members, error_message};
pub use operation::{Operation, OperationInfo, Parameter};
pub use reserved::{InternalError, InvalidPayload};

#[cfg(feature = "lambda")]
pub use lambda::{Operations, Payload, Request};
#[cfg(feature = "lambda")]
pub use lambda_runtime;

/// Derives [`ApiError`](trait@ApiError) on an enum, one variant for each error.
///
/// It stands beside thiserror, snafu, displaydoc or a hand-written `Display`, needs `std::error::Error` and replaces
/// none of them. With feature `lambda` it also writes `From<Enum> for lambda_runtime::Diagnostic`, with feature `axum`
/// `axum_core::response::IntoResponse`.
///
/// # On the enum
///
/// | attribute | meaning |
/// |---|---|
/// | `rename_all = "camelCase"` | how field names are written on the wire, by serde's rules; default: as in Rust |
/// | `code_case = "snake_case"` | how variants are written as codes, by serde's rules; default: as in Rust |
/// | `tuple = "value"` | the name of a lone field without one, as in `Invalid(String)`; default: it needs `rename` or `skip` |
/// | `own_diagnostic` | write no `From<Enum> for lambda_runtime::Diagnostic`: there is one by hand |
/// | `own_response` | write no `IntoResponse` for axum: there is one by hand |
/// | `docs = "https://…/"` | start of the problem's `type`; the code is appended |
/// | `crate = "path"` | where this crate is found, if not at `::throwback` |
///
/// # On a variant
///
/// | attribute | meaning |
/// |---|---|
/// | `status = 404` | the HTTP status, 400–599; every error has one |
/// | `code = "…"` | the name on the wire, a letter and up to 63 letters, digits, `_` and `-`; default: the variant's, in the enum's `code_case` |
/// | `title = "…"` | RFC 9457's title; default: the doc comment's first paragraph |
/// | `retry = never \| backoff \| idempotent` | what a repeat means; default: 429 `backoff`, 502–504 `idempotent`, others `never` |
/// | `expose` | a 5xx that shows its `Display` text and fields; without it, it shows neither |
/// | `internal` | not part of the contract: leaves as `InternalError` |
/// | `flatten` | the only field is another error enum, whose errors are this one's too |
/// | `help = "https://…"` | the problem's `type`, in place of `docs` and the code |
/// | `deprecated` | callers should no longer count on it; Rust's own `#[deprecated]` says the same |
///
/// # On a field
///
/// | attribute | meaning |
/// |---|---|
/// | `skip` | never leaves the function, like `#[source]`, `#[from]` and fields named `source` or `backtrace` |
/// | `rename = "…"` | the member's name; a tuple's field needs one |
/// | `retry_after` | a delay: `Duration`, or whole seconds; leaves as `retryAfter` and the header `Retry-After` |
/// | `header = "X-Name"` | the member is a response header too, where its value is visible ASCII |
/// | `as = "string"` | what the member is on the wire, where its type's source can't be read; a type that serde does not know is then written as its `Display` says |
///
/// A field is written as its type writes itself, or by the function that serde's own `with` and `serialize_with` name. No
/// other word of serde's is followed: `#[serde(skip)]`, `rename` and `flatten` on a field that callers see are refused until
/// the same is said here.
///
/// Every mistake is one compile error on the smallest wrong token, all of them at once.
#[cfg(feature = "derive")]
pub use throwback_macros::ApiError;

/// Makes room for `#[api_error(as = "…")]` on the fields of a serde type: what such a field is on the wire where
/// `throwback-codegen` can't see it, because another crate's code or `#[serde(with = "…")]` writes it. It brings no impl.
///
/// `as` takes `string`, `integer`, `number`, `boolean`, `any` or a Rust type. From outside, throwback.toml says the same:
/// `[types]` `"Order.placed_at" = "string"`.
///
/// ```
/// # mod stamp { pub fn serialize<S: serde::Serializer>(_: &std::time::Instant, s: S) -> Result<S::Ok, S::Error> { s.serialize_str("") } }
/// #[derive(serde::Serialize, throwback::Described)]
/// struct Order {
///     #[serde(serialize_with = "stamp::serialize")]
///     #[api_error(as = "string")]
///     placed_at: std::time::Instant,
/// }
/// ```
#[cfg(feature = "derive")]
pub use throwback_macros::Described;

/// Makes an `async fn` an operation of the API: `#[operation(GET, "/orders/{order_id}")]`.
///
/// The handler's own signature is the truth for the operation's input, output and errors; the attribute leaves the
/// function as it is and adds checks. A path parameter is named as the input's field is named in Rust. `GET`, `HEAD`
/// and `DELETE` take the input's other fields from the query; `POST`, `PUT` and `PATCH` from the body, but for those
/// named in the route: `"/orders{?dry_run}"`. `status = 201` after the path changes the status of a success.
///
/// It takes `LambdaEvent<Payload<T>>`, or `Payload<T>` alone, and before it `&S` if it wants the state of the function.
///
/// ```
/// # #[cfg(feature = "lambda")] {
/// use throwback::{ApiError, Payload, lambda_runtime::LambdaEvent, operation};
/// # #[derive(serde::Deserialize)] struct GetOrder { order_id: String }
/// # #[derive(serde::Serialize)] struct Order { id: String }
/// # #[derive(Debug, ApiError)] enum GetOrderError { #[api_error(status = 404)] OrderNotFound }
/// # impl std::fmt::Display for GetOrderError {
/// #     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str("no such order") }
/// # }
/// # impl std::error::Error for GetOrderError {}
///
/// #[operation(GET, "/orders/{order_id}")]
/// async fn get_order(event: LambdaEvent<Payload<GetOrder>>) -> Result<Order, GetOrderError> {
///     let Payload(input) = event.payload;
///     if input.order_id == "42" { Ok(Order { id: input.order_id }) } else { Err(GetOrderError::OrderNotFound) }
/// }
/// # }
/// ```
#[cfg(feature = "derive")]
pub use throwback_macros::operation;
