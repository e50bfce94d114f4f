#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("it broke")]
    #[api_error(internal, status = 500)]
    Broken,
}

fn main() {}
