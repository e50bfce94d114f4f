#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound,

    #[error("no such customer")]
    #[api_error(status = 404, code = "NotFound")]
    NoCustomer,
}

fn main() {}
