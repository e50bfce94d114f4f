// scan only: rustc resolves `cfg_attr` before a derive sees it

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound {
        #[cfg_attr(all(), allow(dead_code))]
        order_id: String,
    },

    #[cfg_attr(any(), deprecated)]
    #[error("no such shop")]
    #[api_error(status = 404)]
    NoShop,
}

fn main() {}
