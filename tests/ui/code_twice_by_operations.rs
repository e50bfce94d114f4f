use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation, operations};

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound,
}

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetShopError {
    #[error("no such shop")]
    #[api_error(status = 410)]
    NotFound,
}

#[operation(GET, "/order")]
async fn get_order(_: LambdaEvent<Payload<()>>) -> Result<(), GetOrderError> {
    Ok(())
}

#[operation(GET, "/shop")]
async fn get_shop(_: LambdaEvent<Payload<()>>) -> Result<(), GetShopError> {
    Ok(())
}

fn main() {
    let _: throwback::Operations = operations![get_order, get_shop];
}
