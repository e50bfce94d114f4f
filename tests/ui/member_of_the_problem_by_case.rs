#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(rename_all = "camelCase")]
enum GetOrderError {
    #[error("slow down")]
    #[api_error(status = 429)]
    SlowDown { retry_after: u32 },
}

fn main() {}
