// scan only: the type has no attribute of ours

#[derive(serde::Serialize)]
struct InternalError {
    text: String,
}

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound,
}

#[throwback::operation(GET, "/orders")]
async fn get_order(
    _event: throwback::lambda_runtime::LambdaEvent<throwback::Payload<()>>,
) -> Result<InternalError, GetOrderError> {
    Err(GetOrderError::NotFound)
}

fn main() {}
