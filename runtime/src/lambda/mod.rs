//! Functions on `lambda_runtime`: one operation or several, with every failure as a tagged error.

mod event;
mod front;
mod handler;
mod logs;
mod members;
mod output;
mod report;
mod request;
mod response;
mod route;

pub use event::Event;
pub use handler::{Handler, Operations};
pub use request::{Caller, Request};

use crate::{ApiError, ErrorInfo, InternalError, caught, error_message};
use front::{Call, Front};
use lambda_runtime::{Context, Diagnostic, Error, LambdaEvent, Service, service_fn};
use response::Response;
use serde_json::value::RawValue;
use std::fmt;
use std::sync::Arc;

/// A handler's input.
///
/// It is no `Deserialize`, on purpose: [`run`] reads the input before the handler runs and answers the tagged 400
/// [`InvalidPayload`](crate::InvalidPayload) itself where it does not fit. Under `lambda_runtime::run` such input would
/// reach the caller as an untagged text that no mapping can know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payload<T>(pub T);

/// Runs a handler, or several as [`operations!`](crate::operations), until Lambda ends the process.
///
/// It is `lambda_runtime::run` over [`service`]. A program without a `tracing` subscriber gets one, which logs to standard
/// output as Lambda's logging controls ask: from `INFO`, or what `AWS_LAMBDA_LOG_LEVEL` or `RUST_LOG` say, and in JSON where
/// `AWS_LAMBDA_LOG_FORMAT` is `JSON`. It leaves out the `ERROR` that `lambda_runtime` logs for each error that a handler
/// returns, an expected 404 among them; a subscriber of your own does so with the directive
/// `lambda_runtime::layers::panic=off`.
///
/// ```no_run
/// # use throwback::{InternalError, Payload, lambda_runtime::{self, LambdaEvent}};
/// async fn health(_: LambdaEvent<Payload<()>>) -> Result<&'static str, InternalError> {
///     Ok("fine")
/// }
///
/// # async fn example() -> Result<(), lambda_runtime::Error> {
/// throwback::lambda::run(health).await
/// # }
/// ```
pub async fn run<M>(handler: impl Handler<M>) -> Result<(), Error> {
    run_with((), handler).await
}

/// [`run`] with what every handler may borrow: clients, a pool, a configuration, made once before the first event. A handler
/// that wants it takes `&S` before its event; others stay as they are.
///
/// ```no_run
/// # use throwback::{InternalError, Payload, lambda_runtime::{self, LambdaEvent}};
/// struct Shop {
///     table: String,
/// }
///
/// async fn table(shop: &Shop, _: Payload<()>) -> Result<String, InternalError> {
///     Ok(shop.table.clone())
/// }
///
/// # async fn example() -> Result<(), lambda_runtime::Error> {
/// throwback::lambda::run_with(Shop { table: "orders".to_owned() }, table).await
/// # }
/// ```
pub async fn run_with<M, S: 'static>(state: S, handler: impl Handler<M, S>) -> Result<(), Error> {
    logs::set_up();
    lambda_runtime::run(service_with(state, handler)).await
}

/// The handler as a tower service, for those who put layers of their own around it.
///
/// - Input that does not fit becomes the tagged 400 `InvalidPayload`, with the place and the reason.
/// - An output with a member `errorMessage` at its top level, which API Gateway may take for an error, becomes
///   `InternalError`. Such a member of a declared type is refused when the source is read; one of a map or a `Value` can
///   only be seen here.
/// - A panic becomes `InternalError`, where the build unwinds. `cargo lambda build --release` sets `panic = "abort"`
///   unless the manifest says otherwise; then the platform reports the exit.
/// - Each error has the request id as its `instance`, and leaves one log event: code, status, whether the function is
///   at fault, and the chain of sources. What the caller does not see is there.
pub fn service<M>(
    handler: impl Handler<M>,
) -> impl Service<
    LambdaEvent<Event>,
    Response = Box<RawValue>,
    Error = Thrown,
    Future: Future<Output = Result<Box<RawValue>, Thrown>>,
> {
    service_with((), handler)
}

/// [`service`] with what every handler may borrow, as [`run_with`] has it.
pub fn service_with<M, S: 'static>(
    state: S,
    handler: impl Handler<M, S>,
) -> impl Service<
    LambdaEvent<Event>,
    Response = Box<RawValue>,
    Error = Thrown,
    Future: Future<Output = Result<Box<RawValue>, Thrown>>,
> {
    let (handler, state) = (Arc::new(handler), Arc::new(state));
    service_fn(move |event: LambdaEvent<Event>| {
        let (handler, state) = (Arc::clone(&handler), Arc::clone(&state));
        async move {
            let (event, context) = event.into_parts();
            match front::read(event.text()) {
                Some((front, call)) => Ok(answered(&*handler, state, front, call, context).await),
                None => called(&*handler, state, event, context).await,
            }
        }
    })
}

/// What a handler makes of an event; a panic is an `InternalError`.
async fn called<M, S: 'static>(
    handler: &impl Handler<M, S>,
    state: Arc<S>,
    event: Event,
    context: Context,
) -> Result<Box<RawValue>, Thrown> {
    let request_id = context.request_id.clone();
    match caught::caught(handler.call(state, event, context)).await {
        Ok(result) => result,
        Err(panic) => Err(report::panicked(panic.as_ref(), &request_id)),
    }
}

/// The answer to a request of HTTP, in its front's form.
async fn answered<M, S: 'static>(
    handler: &impl Handler<M, S>,
    state: Arc<S>,
    front: Front,
    call: Call,
    context: Context,
) -> Box<RawValue> {
    let request_id = context.request_id.clone();
    let is_head = call.method == "HEAD";
    let operations = handler.operations();
    let response = if operations.is_empty() {
        report::unanswerable(
            "an event of HTTP needs operations with routes: run `operations![…]`, not a handler alone",
        );
        Response::error(&report::thrown(&InternalError, &request_id))
    } else {
        match route::route(operations, handler.origin(), call) {
            Ok((info, routed)) => match called(handler, state, routed.into(), context).await {
                Ok(output) => Response::success(info, &output),
                Err(thrown) => Response::error(&thrown),
            },
            Err(unrouted) => unrouted,
        }
    };
    let has_none = is_head || matches!(response.status, 204 | 205 | 304);
    let response = response.exposed_to(handler.origin());
    let response = if has_none { response.bare() } else { response };
    front.write(&response).unwrap_or_else(|why| {
        report::unanswerable(&why);
        let failed = Response::error(&report::thrown(&InternalError, &request_id)).exposed_to(handler.origin());
        // It is short.
        front.write(&failed).unwrap_or_default()
    })
}

/// An error on its way to Lambda.
pub struct Thrown {
    diagnostic: Diagnostic,
    info: &'static ErrorInfo,
}

impl From<Thrown> for Diagnostic {
    fn from(thrown: Thrown) -> Self {
        thrown.diagnostic
    }
}

/// `lambda_runtime` logs every error with `{:?}`; all there is to say stands in our own event.
impl fmt::Debug for Thrown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "threw {}", self.diagnostic.error_type)
    }
}

/// What Lambda reports of an error: its code as `errorType`, on which Step Functions catch, and the
/// [`error_message`]. `instance` is the request id, if it is known.
///
/// ```
/// let diagnostic = throwback::lambda::diagnostic(&throwback::InternalError, None);
/// assert_eq!(diagnostic.error_type, "InternalError");
/// ```
pub fn diagnostic<E: ApiError + ?Sized>(error: &E, instance: Option<&str>) -> Diagnostic {
    Diagnostic { error_type: error.info().code.to_owned(), error_message: error_message(error, instance) }
}
