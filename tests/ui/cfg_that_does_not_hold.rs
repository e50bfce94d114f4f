// scan only: rustc strips what does not hold before a derive sees it

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound {
        #[cfg(any())]
        order_id: String,
    },

    #[cfg(any())]
    #[error("no such shop")]
    #[api_error(status = 404)]
    NoShop,
}

fn main() {}
