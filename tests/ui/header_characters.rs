#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound {
        #[api_error(header = "X Order")]
        a: String,
        #[api_error(header = "X-Größe")]
        b: String,
        #[api_error(header = "X:Order")]
        c: String,
    },
}

fn main() {}
