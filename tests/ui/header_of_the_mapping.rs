#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound {
        #[api_error(header = "Content-Type")]
        a: String,
        #[api_error(header = "x-error-code")]
        b: String,
        #[api_error(header = "Access-Control-Allow-Origin")]
        c: String,
        #[api_error(header = "x-amzn-ErrorType")]
        d: String,
    },
}

fn main() {}
