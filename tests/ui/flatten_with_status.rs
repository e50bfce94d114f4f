#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum CommonError {
    #[error("sign in first")]
    #[api_error(status = 401)]
    SignedOut,
}

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error(transparent)]
    #[api_error(flatten, status = 404)]
    Common(#[from] CommonError),
}

fn main() {}
