#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("it broke")]
    #[api_error(status = 500)]
    Broken(#[api_error(rename = "part")] String),
}

fn main() {}
