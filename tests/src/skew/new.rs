//! The API's next version: more errors, one less, and changes to those that both have.

#![allow(clippy::unused_async, reason = "a handler is async, whether or not it waits for anything")]

use lambda_runtime::LambdaEvent;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use throwback::{Payload, operation};

/// Errors of the next version.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
pub enum SeatError {
    /// There is no such seat.
    #[error("no seat {seat}")]
    #[api_error(status = 404)]
    NoSuchSeat {
        /// The seat.
        seat: String,
        /// One that there is.
        suggestion: Option<String>,
    },

    /// Somebody has it; this was 409 and did not say who.
    #[error("seat {seat} is taken by {holder}")]
    #[api_error(status = 423)]
    Taken {
        /// The seat.
        seat: String,
        /// Who has it.
        holder: String,
    },

    /// Somebody is about to take it.
    #[error("seat {seat} is on hold")]
    #[api_error(status = 423, retry = backoff)]
    OnHold {
        /// The seat.
        seat: String,
        /// How many others wait for it.
        queue: u64,
        /// When that is decided.
        #[api_error(retry_after)]
        wait: Duration,
    },

    /// Two requests met; the later one may have won.
    #[error("seat {seat} changed hands")]
    #[api_error(status = 409, retry = idempotent)]
    Crossed {
        /// The seat.
        seat: String,
    },

    /// The house is shut for good.
    #[error("the house is shut")]
    #[api_error(status = 503, retry = never, expose)]
    Shut,

    /// The house is full of people.
    #[error("the ushers are busy")]
    #[api_error(status = 503)]
    Busy {
        /// When to come again.
        #[api_error(retry_after)]
        wait: Duration,
    },

    /// Too many questions.
    #[error("one at a time")]
    #[api_error(status = 429)]
    OneAtATime,

    /// The lowest status that an error can have.
    #[error("low")]
    #[api_error(status = 400)]
    Lowest,

    /// The highest.
    #[error("high")]
    #[api_error(status = 511, expose)]
    Highest,
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
    let wait = Duration::from_secs(7);
    match seat.as_str() {
        "none" => Err(SeatError::NoSuchSeat { seat, suggestion: Some("A1".to_owned()) }),
        "taken" => Err(SeatError::Taken { seat, holder: "Łucja".to_owned() }),
        "hold" => Err(SeatError::OnHold { seat, queue: u64::MAX, wait }),
        "crossed" => Err(SeatError::Crossed { seat }),
        "shut" => Err(SeatError::Shut),
        "busy" => Err(SeatError::Busy { wait }),
        "one" => Err(SeatError::OneAtATime),
        "lowest" => Err(SeatError::Lowest),
        "highest" => Err(SeatError::Highest),
        _ => Ok(Free { seat }),
    }
}
