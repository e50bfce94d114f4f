#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound {
        #[api_error(header = "WWW-Authenticate")]
        a: String,
        #[api_error(header = "Date")]
        b: String,
    },
}

fn main() {}
