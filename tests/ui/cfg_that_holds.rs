#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound {
        #[cfg(all())]
        order_id: String,
    },

    #[cfg(not(any()))]
    #[error("no such shop")]
    #[api_error(status = 404)]
    NoShop,
}

fn main() {}
