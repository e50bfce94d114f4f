#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404, code)]
    NotFound {
        #[api_error(rename)]
        order_id: String,
    },
}

fn main() {}
