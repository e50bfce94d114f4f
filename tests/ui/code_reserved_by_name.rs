#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("it broke")]
    #[api_error(status = 500)]
    InternalError,

    #[error("too slow")]
    #[api_error(status = 504)]
    FunctionTimeout,
}

fn main() {}
