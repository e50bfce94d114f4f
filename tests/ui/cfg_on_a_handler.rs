// scan only: rustc strips a handler whose `cfg` does not hold before the attribute sees it

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound,
}

#[cfg(debug_assertions)]
#[throwback::operation(GET, "/orders")]
async fn get_order(
    _event: throwback::lambda_runtime::LambdaEvent<throwback::Payload<()>>,
) -> Result<(), GetOrderError> {
    Ok(())
}

fn main() {}
