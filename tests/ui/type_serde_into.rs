// scan only: what a conversion makes can be seen only where it runs

use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound { order_id: OrderId },
}

#[derive(Debug, Clone, serde::Serialize)]
#[serde(into = "u64")]
struct OrderId(u64);

impl From<OrderId> for u64 {
    fn from(id: OrderId) -> Self {
        id.0
    }
}

#[operation(GET, "/order")]
async fn get_order(_: LambdaEvent<Payload<()>>) -> Result<(), GetOrderError> {
    Ok(())
}

fn main() {}
