#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("short and stout")]
    #[api_error(status = 418)]
    Teapot,
}

fn main() {}
