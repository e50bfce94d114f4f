#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound {
        #[api_error(rename = "order id")]
        order_id: String,
        #[api_error(rename = "2nd")]
        second: String,
        größe: String,
    },
}

fn main() {}
