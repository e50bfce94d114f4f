#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(message)]
enum SendError {
    #[error("{message}")]
    #[api_error(status = 422)]
    NotSent { message: String },
}

fn main() {}
