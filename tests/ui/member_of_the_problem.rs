#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("it can't be")]
    #[api_error(status = 409)]
    Conflict {
        code: u8,
        title: String,
        status: u8,
        detail: String,
        r#type: String,
        instance: String,
        retryable: bool,
        truncated: bool,
    },
}

fn main() {}
