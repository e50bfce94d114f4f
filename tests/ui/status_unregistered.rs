#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 460)]
    NotFound,

    #[error("no such shop")]
    #[api_error(status = 599)]
    NoShop,
}

fn main() {}
