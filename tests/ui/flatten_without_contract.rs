use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error(transparent)]
    #[api_error(flatten)]
    Shop(#[from] GetShopError),
}

#[derive(Debug, thiserror::Error)]
#[error("no such shop")]
struct GetShopError;

#[operation(GET, "/order")]
async fn get_order(_: LambdaEvent<Payload<()>>) -> Result<(), GetOrderError> {
    Ok(())
}

fn main() {}
