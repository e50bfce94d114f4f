#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error(transparent)]
    #[api_error(flatten)]
    Inner(Box<GetOrderError>),
}

fn main() {}
