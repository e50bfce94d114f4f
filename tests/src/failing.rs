//! An API whose function fails in whatever way its caller asks for.

#![allow(clippy::unused_async, reason = "a handler is async, whether or not it waits for anything")]

use lambda_runtime::LambdaEvent;
use serde::{Deserialize, Serialize, Serializer};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::process::Command;
use std::time::Duration;
use throwback::{Payload, operation};

/// More than Lambda passes on, in bytes.
const TOO_MUCH: usize = 6_291_557;

/// What serde refuses to write.
#[derive(Debug, Clone, Copy)]
pub struct Odd;

impl Serialize for Odd {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("no words for it"))
    }
}

/// Errors that can't be written whole, and one that nobody hears of.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(rename_all = "camelCase")]
pub enum FailError {
    /// A field that serde refuses.
    #[error("no words for {way}")]
    #[api_error(status = 409, retry = backoff)]
    NoWords {
        /// The way to fail.
        way: String,
        /// The field.
        #[api_error(as = "string")]
        odd: Odd,
    },

    /// A map whose keys JSON does not have.
    #[error("two keys in one")]
    #[api_error(status = 422)]
    OddKeys {
        /// How many there are at each place.
        #[api_error(as = "BTreeMap<String, u32>")]
        counts: BTreeMap<(u8, u8), u32>,
    },

    /// A number that JSON does not have.
    #[error("nothing divided by nothing")]
    #[api_error(status = 429)]
    NoNumber {
        /// The number.
        ratio: f64,
        /// When to come again.
        #[api_error(retry_after)]
        wait: Duration,
    },

    /// No part of the contract.
    #[error("the key under the mat")]
    #[api_error(internal)]
    Secret,
}

/// What to look at.
#[derive(Debug, Deserialize)]
pub struct Look {
    /// The way to fail.
    pub way: String,
    /// How often.
    pub count: Option<u8>,
}

/// What to do.
#[derive(Debug, Deserialize)]
pub struct Act {
    /// The way to fail.
    pub way: String,
    /// How much.
    pub amount: u32,
}

/// Nothing failed.
#[derive(Debug, Serialize)]
pub struct Done {
    /// What makes the answer large.
    pub filling: String,
}

/// A request that is safe to repeat.
#[operation(GET, "/failing/{way}")]
pub async fn look(event: LambdaEvent<Payload<Look>>) -> Result<Done, FailError> {
    let Look { way, count } = event.payload.0;
    fail(way, count.unwrap_or(1).into()).await
}

/// A request that is not.
#[operation(POST, "/failing/{way}")]
pub async fn act(event: LambdaEvent<Payload<Act>>) -> Result<Done, FailError> {
    let Act { way, amount } = event.payload.0;
    fail(way, amount).await
}

/// An output that serde refuses.
#[operation(GET, "/odd")]
pub async fn odd(_: LambdaEvent<Payload<()>>) -> Result<Odd, FailError> {
    Ok(Odd)
}

/// Fails in the way that is named; some leave no trace of the process.
async fn fail(way: String, amount: u32) -> Result<Done, FailError> {
    match way.as_str() {
        "no-words" => return Err(FailError::NoWords { way, odd: Odd }),
        "odd-keys" => return Err(FailError::OddKeys { counts: BTreeMap::from([((1, 2), amount)]) }),
        "no-number" => return Err(FailError::NoNumber { ratio: f64::NAN, wait: Duration::from_secs(9) }),
        "secret" => return Err(FailError::Secret),
        "panic" => panic!("the key under the mat"),
        "panic-with-a-number" => std::panic::panic_any(7),
        "hang" => std::future::pending().await,
        "exit-0" => std::process::exit(0),
        "exit-127" => std::process::exit(127),
        "abort" => std::process::abort(),
        "kill" => signal("KILL"),
        "segfault" => {
            // Rust's own handler takes the first, and leaves the next one to the system.
            signal("SEGV");
            signal("SEGV");
        }
        "recurse" => drop(black_box(deeper(amount))),
        "allocate" => allocate(),
        "overfill" => return Ok(Done { filling: "x".repeat(TOO_MUCH) }),
        _ => {}
    }
    Ok(Done { filling: way })
}

/// Sends this process a signal, which safe Rust cannot.
fn signal(name: &str) {
    // A shell that can't be started leaves the process as it is, and the test sees an answer.
    let _ = Command::new("sh").args(["-c", &format!("kill -{name} $PPID")]).status();
}

/// Uses the stack up.
#[allow(unconditional_recursion, reason = "that is the failure")]
fn deeper(depth: u32) -> Vec<u32> {
    let mut depths = deeper(black_box(depth.wrapping_add(1)));
    depths.push(depth);
    depths
}

/// Asks for memory until there is none.
fn allocate() {
    let mut hoard = Vec::new();
    loop {
        hoard.push(black_box(Vec::<u8>::with_capacity(1 << 26)));
    }
}
