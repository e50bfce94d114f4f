#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = NOT_FOUND)]
    NotFound,
}

fn main() {}
