//! One log event for each error that a function answers, with what the caller does not see.

use crate::ApiError;
use crate::message::start_of;
use crate::shown::Shown;
use std::any::Any;
use std::error::Error;
use std::fmt::{self, Display, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Logs an error: as the function's fault, or as an expected one.
pub(crate) fn error<E: ApiError + ?Sized>(error: &E) {
    let info = error.info();
    let (code, status) = (info.code, info.status);
    let (text, sources) = (text(error), sources(error));
    if info.is_fault() {
        tracing::error!(code, status, fault = true, sources, "{text}");
    } else {
        tracing::info!(code, status, fault = false, sources, "{text}");
    }
}

/// Logs a panic.
pub(crate) fn panicked(panic: &(dyn Any + Send)) {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    tracing::error!(panic = self::text(text.unwrap_or("not a text")), "the handler panicked");
}

/// The causes behind an error, the nearest first.
fn sources<E: Error + ?Sized>(error: &E) -> String {
    // An error whose source is itself would go on for ever.
    let chain = std::iter::successors(error.source(), |cause: &&(dyn Error + 'static)| (*cause).source()).take(32);
    chain.map(text).collect::<Vec<_>>().join(": ")
}

/// The start of an error's text on one line: nothing of it looks like a line of its own, or moves a terminal's cursor.
/// A `Display` that panics says nothing, where the build unwinds.
pub(crate) fn text<T: Display + ?Sized>(error: &T) -> String {
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
