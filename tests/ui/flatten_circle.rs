// own words: rustc goes round the circle of constants itself

use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error(transparent)]
    #[api_error(flatten)]
    Shop(Box<GetShopError>),
}

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetShopError {
    #[error(transparent)]
    #[api_error(flatten)]
    Order(Box<GetOrderError>),
}

#[operation(GET, "/order")]
async fn get_order(_: LambdaEvent<Payload<()>>) -> Result<(), GetOrderError> {
    Ok(())
}

fn main() {}
