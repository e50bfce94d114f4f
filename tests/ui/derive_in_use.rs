use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation, operations};

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum CommonError {
    #[error("sign in first")]
    SignedOut,
}

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error(transparent)]
    #[api_error(flatten)]
    Common(#[from] CommonError),
}

#[operation(GET, "/order")]
async fn get_order(_: LambdaEvent<Payload<()>>) -> Result<(), GetOrderError> {
    Err(CommonError::SignedOut)?
}

fn main() {
    let _: throwback::Operations = operations![get_order];
    let _ = throwback::error_message(&CommonError::SignedOut, None);
}
