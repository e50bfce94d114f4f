//! What becomes of a failure: the message for the caller, and one log event with what the caller does not see.

use super::{Thrown, diagnostic};
use crate::message::start_of;
use crate::shown::Shown;
use crate::{ApiError, InternalError};
use std::any::Any;
use std::error::Error;
use std::fmt::{self, Display, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

/// Logs an error and makes it ready for Lambda.
pub(super) fn thrown<E: ApiError + ?Sized>(error: &E, request_id: &str) -> Thrown {
    let info = error.info();
    let (code, status) = (info.code, info.status);
    let (text, sources) = (text(error), sources(error));
    if info.is_fault() {
        tracing::error!(code, status, fault = true, sources, "{text}");
    } else {
        tracing::info!(code, status, fault = false, sources, "{text}");
    }
    Thrown { diagnostic: diagnostic(error, (!request_id.is_empty()).then_some(request_id)), info }
}

/// The causes behind an error, the nearest first.
fn sources<E: Error + ?Sized>(error: &E) -> String {
    // An error whose source is itself would go on for ever.
    let chain = std::iter::successors(error.source(), |cause: &&(dyn Error + 'static)| (*cause).source()).take(32);
    chain.map(text).collect::<Vec<_>>().join(": ")
}

/// The start of an error's text on one line: nothing of it looks like a line of its own, or moves a terminal's cursor.
/// A `Display` that panics says nothing, where the build unwinds.
fn text<T: Display + ?Sized>(error: &T) -> String {
    let mut start = Start { text: String::new(), left: MAX_TEXT };
    // An error only says that there is more than is shown, or that `Display` itself gave up.
    let _ = catch_unwind(AssertUnwindSafe(|| write!(start, "{error}")));
    Shown(&start.text).to_string()
}

/// The most bytes of a text that are logged.
const MAX_TEXT: usize = 4 * 1024;

/// Takes the start of a text, and ends the formatting where it is full.
struct Start {
    text: String,
    left: usize,
}

impl fmt::Write for Start {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let part = start_of(text, self.left);
        self.text.push_str(part);
        self.left -= part.len();
        if part.len() == text.len() { Ok(()) } else { Err(fmt::Error) }
    }
}

/// Logs why a success could not be written.
pub(super) fn unwritable(error: &serde_json::Error) {
    tracing::error!(error = text(error), "the output can't be written as JSON");
}

/// Logs why no operation can answer.
pub(super) fn unanswerable(why: &str) {
    tracing::error!("{why}");
}

/// Logs why a success was not sent.
pub(super) fn taken_for_error() {
    tracing::error!(
        "the output has a member `errorMessage` at its top level, which API Gateway may take for an error: put it one \
         level deeper, or refuse that name in the input"
    );
}

/// Logs a panic and makes it an `InternalError`.
pub(super) fn panicked(panic: &(dyn Any + Send), request_id: &str) -> Thrown {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    tracing::error!(panic = self::text(text.unwrap_or("not a text")), "the handler panicked");
    thrown(&InternalError, request_id)
}

/// Awaits a future; a panic inside comes back as its payload.
pub(super) async fn caught<F: Future>(future: F) -> Result<F::Output, Box<dyn Any + Send>> {
    let mut future = pin!(future);
    std::future::poll_fn(|cx| {
        // A future that panicked is not polled again.
        match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(output)) => Poll::Ready(Ok(output)),
            Err(panic) => Poll::Ready(Err(panic)),
        }
    })
    .await
}
