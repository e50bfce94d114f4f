// own words: that a value can't be serialized is rustc's to say

use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound { order_id: OrderId },

    #[error("order was archived")]
    #[api_error(status = 410)]
    Archived { order_id: OrderId },
}

#[derive(Debug)]
struct OrderId(String);

#[operation(GET, "/order")]
async fn get_order(_: LambdaEvent<Payload<()>>) -> Result<(), GetOrderError> {
    Ok(())
}

fn main() {}
