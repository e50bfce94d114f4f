#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404, rename_all = "camelCase")]
    NotFound { order_id: String },
}

fn main() {}
