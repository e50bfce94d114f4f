#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("it broke")]
    #[api_error(internal, expose)]
    Broken,
}

fn main() {}
