#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 99999999999999999999999999)]
    NotFound,
}

fn main() {}
