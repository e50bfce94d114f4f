#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("here it is")]
    #[api_error(status = 200)]
    Found,
}

fn main() {}
