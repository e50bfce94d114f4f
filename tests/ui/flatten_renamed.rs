#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum CommonError {
    #[error("sign in first")]
    #[api_error(status = 401)]
    SignedOut,
}

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error(transparent)]
    #[api_error(flatten)]
    Common(#[api_error(rename = "common")] CommonError),
}

fn main() {}
