#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404, code = "NoOrder")]
    #[api_error(code = "NoSuchOrder")]
    NotFound,
}

fn main() {}
