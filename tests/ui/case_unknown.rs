#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(rename_all = "camel")]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound { order_id: String },
}

fn main() {}
