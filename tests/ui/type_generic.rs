// scan only: rustc takes any parameter that can be serialized

use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};

use serde::Serialize;
use std::fmt::Debug;

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError<T: Debug + Serialize> {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound { order_id: T, others: Vec<T> },
}

#[operation(GET, "/order")]
async fn get_order(_: LambdaEvent<Payload<()>>) -> Result<(), GetOrderError<u8>> {
    Ok(())
}

fn main() {}
