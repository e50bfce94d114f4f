#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("slow down")]
    #[api_error(status = 429)]
    SlowDown {
        #[api_error(retry_after, rename = "wait")]
        pause: u32,
    },
}

fn main() {}
