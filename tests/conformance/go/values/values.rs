//! Values whose types in Go are not the wire's.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;
use throwback::{ApiError, Payload, operation};

/// Values.
#[derive(Serialize, Deserialize)]
pub struct Values {
    pub at: chrono::DateTime<chrono::Utc>,
    pub long: Duration,
    pub list: Vec<String>,
    pub map: BTreeMap<String, String>,
    pub high: u128,
    pub low: i128,
    pub fraction: f64,
}

/// Why there are none.
#[derive(ApiError)]
pub enum ValuesError {
    /// It is too late.
    #[api_error(status = 409)]
    Late { at: chrono::DateTime<chrono::Utc>, long: Duration },
}

/// Gives values back.
#[operation(POST, "/values")]
pub async fn values(Payload(input): Payload<Values>) -> Result<Values, ValuesError> {
    Ok(input)
}
