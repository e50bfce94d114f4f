#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("the shop is closed")]
    #[api_error(status = 503, expose = true)]
    Closed,

    #[error("no such order")]
    #[api_error(status = 404, deprecated = )]
    NotFound {
        #[api_error(skip = "always")]
        order_id: String,
    },
}

fn main() {}
