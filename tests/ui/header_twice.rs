#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound {
        #[api_error(header = "X-Order")]
        order: String,
        #[api_error(header = "x-order")]
        id: String,
    },
}

fn main() {}
