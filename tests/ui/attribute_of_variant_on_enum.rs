#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(status = 404)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound,
}

fn main() {}
