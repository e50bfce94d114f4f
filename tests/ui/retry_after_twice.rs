#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("slow down")]
    #[api_error(status = 429)]
    SlowDown {
        #[api_error(retry_after)]
        wait: u32,
        #[api_error(retry_after)]
        pause: u32,
    },
}

fn main() {}
