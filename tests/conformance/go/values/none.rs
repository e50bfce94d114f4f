//! An API that declares no error.

use throwback::{Payload, operation};

/// Counts.
#[operation(GET, "/count/{from}")]
pub async fn count(Payload(input): Payload<Count>) -> Result<u32, std::convert::Infallible> {
    Ok(input.from)
}

/// Where to begin.
#[derive(serde::Deserialize)]
pub struct Count {
    /// The first number.
    pub from: u32,
}
