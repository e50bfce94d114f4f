//! What becomes of a failure: the message for the caller, and one log event with what the caller does not see.

use super::{Thrown, diagnostic};
use crate::input::Refused;
use crate::{ApiError, InternalError, logged};
use std::any::Any;

/// Logs an error and makes it ready for Lambda.
pub(super) fn thrown<E: ApiError + ?Sized>(error: &E, request_id: &str) -> Thrown {
    logged::error(error);
    let info = error.info();
    Thrown { diagnostic: diagnostic(error, (!request_id.is_empty()).then_some(request_id)), info }
}

/// Logs why an input was not read and makes it ready for Lambda.
pub(super) fn refused(refused: &Refused, request_id: &str) -> Thrown {
    match refused {
        Refused::Invalid(invalid) => thrown(invalid, request_id),
        Refused::Unknown(why) => {
            unanswerable(why);
            thrown(&InternalError, request_id)
        }
    }
}

/// Logs why a success could not be written.
pub(super) fn unwritable(error: &serde_json::Error) {
    tracing::error!(error = logged::text(error), "the output can't be written as JSON");
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
    logged::panicked(panic);
    thrown(&InternalError, request_id)
}
