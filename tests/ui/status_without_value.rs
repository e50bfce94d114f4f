#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status)]
    NotFound,

    #[error("order was archived")]
    #[api_error(status = )]
    Archived,
}

fn main() {}
