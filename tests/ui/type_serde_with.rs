// scan only: what a function writes can be seen only where it runs

use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound { order: Order },
}

#[derive(Debug, serde::Serialize)]
struct Order {
    #[serde(serialize_with = "stars")]
    id: String,
}

fn stars<S: serde::Serializer>(_: &String, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str("***")
}

#[operation(GET, "/order")]
async fn get_order(_: LambdaEvent<Payload<()>>) -> Result<(), GetOrderError> {
    Ok(())
}

fn main() {}
