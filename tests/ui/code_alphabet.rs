#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404, code = "not.found")]
    NotFound,

    #[error("no such customer")]
    #[api_error(status = 404, code = "404NotFound")]
    NoCustomer,
}

fn main() {}
