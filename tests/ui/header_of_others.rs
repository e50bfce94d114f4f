#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound {
        #[api_error(header = "Keep-Alive")]
        a: String,
        #[api_error(header = "Content-Encoding")]
        b: String,
        #[api_error(header = "X-Forwarded-For")]
        c: String,
        #[api_error(header = "Strict-Transport-Security")]
        d: String,
        #[api_error(header = "Authentication-Info")]
        e: String,
        #[api_error(header = "apigw-requestid")]
        f: String,
    },
}

fn main() {}
