#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound {
        #[api_error(header = "Content-Length")]
        a: String,
        #[api_error(header = "transfer-encoding")]
        b: String,
    },
}

fn main() {}
