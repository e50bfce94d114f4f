#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("slow down")]
    #[api_error(status = 429, retry = later)]
    SlowDown,
}

fn main() {}
