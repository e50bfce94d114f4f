#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("slow down")]
    #[api_error(status = 429)]
    SlowDown {
        #[api_error(header = "Retry-After")]
        pause: u32,
    },
}

fn main() {}
