#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("it broke")]
    #[api_error(internal)]
    Broken(#[api_error(rename = "part")] String),
}

fn main() {}
