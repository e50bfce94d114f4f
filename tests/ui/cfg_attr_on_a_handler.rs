// scan only: rustc expands the `cfg_attr`, or not, before the attribute is there

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound,
}

#[cfg_attr(not(windows), throwback::operation(GET, "/orders"))]
async fn get_order(
    _event: throwback::lambda_runtime::LambdaEvent<throwback::Payload<()>>,
) -> Result<(), GetOrderError> {
    Ok(())
}

fn main() {}
