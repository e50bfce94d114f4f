//! The API as it was first released.

#![allow(clippy::unused_async, reason = "a handler is async, whether or not it waits for anything")]

use lambda_runtime::LambdaEvent;
use serde::{Deserialize, Serialize};
use throwback::{Payload, operation};

/// Errors of the first version.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
pub enum SeatError {
    /// There is no such seat.
    #[error("no seat {seat}")]
    #[api_error(status = 404)]
    NoSuchSeat {
        /// The seat.
        seat: String,
    },

    /// Somebody has it.
    #[error("seat {seat} is taken")]
    #[api_error(status = 409)]
    Taken {
        /// The seat.
        seat: String,
    },

    /// The next version has no such error.
    #[error("seat {seat} is reserved for the press")]
    #[api_error(status = 403, retry = backoff)]
    ForThePress {
        /// The seat.
        seat: String,
    },
}

/// Which seat.
#[derive(Debug, Deserialize)]
pub struct Seat {
    /// Its name.
    pub seat: String,
}

/// It is free.
#[derive(Debug, Serialize)]
pub struct Free {
    /// Its name.
    pub seat: String,
}

/// Looks at a seat.
#[operation(GET, "/seats/{seat}")]
pub async fn look(event: LambdaEvent<Payload<Seat>>) -> Result<Free, SeatError> {
    answer(event.payload.0.seat)
}

/// Takes a seat.
#[operation(POST, "/seats/{seat}")]
pub async fn take(event: LambdaEvent<Payload<Seat>>) -> Result<Free, SeatError> {
    answer(event.payload.0.seat)
}

fn answer(seat: String) -> Result<Free, SeatError> {
    match seat.as_str() {
        "none" => Err(SeatError::NoSuchSeat { seat }),
        "taken" => Err(SeatError::Taken { seat }),
        "press" => Err(SeatError::ForThePress { seat }),
        _ => Ok(Free { seat }),
    }
}
