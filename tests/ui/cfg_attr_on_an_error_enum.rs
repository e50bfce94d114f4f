// scan only: rustc shows a derive what the `cfg_attr` brings, if it does

#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[cfg_attr(all(), api_error(rename_all = "camelCase"))]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound,
}

#[throwback::operation(GET, "/orders")]
async fn get_order(
    _event: throwback::lambda_runtime::LambdaEvent<throwback::Payload<()>>,
) -> Result<(), GetOrderError> {
    Ok(())
}

fn main() {}
