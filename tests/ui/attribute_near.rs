#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(statsu = 404)]
    NotFound,
}

fn main() {}
