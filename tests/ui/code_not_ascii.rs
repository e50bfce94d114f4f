#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such size")]
    #[api_error(status = 404)]
    Größe,
}

fn main() {}
