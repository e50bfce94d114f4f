use throwback::{ApiError, Payload, operation};
#[derive(Debug, thiserror::Error, ApiError)]
#[api_error(rename_all = "camelCase", docs = "https://example.com/")]
pub enum ShopError {
    /// Gone.
    #[error("gone")] #[api_error(status = 404)] OrderGone { order_id: String, #[api_error(header = "X-Shelf")] shelf: Option<String> },
    #[error("wait")] #[api_error(status = 503, retry = backoff)] Busy { #[api_error(retry_after)] wait: std::time::Duration },
    #[error("late")] #[api_error(status = 504)] Late,
    #[error("odd")] #[api_error(internal)] Odd(u8),
    #[error(transparent)] #[api_error(flatten)] Other(#[from] other::OtherError),
}
mod other { use super::*; #[derive(Debug, ApiError)] pub enum OtherError { #[api_error(status = 500)] Broken { at: Place<u8> } } }
#[derive(serde::Serialize, serde::Deserialize)] pub struct Place<T> { x: T, tags: Vec<(u8, Word)>, #[serde(flatten)] more: std::collections::HashMap<String, f64> }
#[derive(serde::Serialize, serde::Deserialize)] #[serde(tag = "kind", rename_all = "kebab-case")] enum Word { One, Two { a: u64 } }
#[derive(serde::Deserialize)] pub struct GetOrder { order_id: String, page: Option<u32> }
#[operation(GET, "/orders/{order_id}")]
pub async fn get_order(event: LambdaEvent<Payload<GetOrder>>) -> Result<Place<String>, ShopError> { loop {} }
#[operation(POST, "/orders{?dry_run}", status = 201)]
pub async fn place_order(event: LambdaEvent<Payload<PlaceOrder>>) -> Result<(), ShopError> { loop {} }
#[derive(serde::Deserialize)] pub struct PlaceOrder { dry_run: bool, lines: Vec<Line> }
#[derive(serde::Deserialize)] pub struct Line(String, u8);
