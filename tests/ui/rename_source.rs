#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    NotFound {
        #[api_error(rename = "why")]
        source: std::io::Error,
    },

    #[error("no such shop")]
    #[api_error(status = 404)]
    NoShop(
        #[from]
        #[api_error(rename = "why")]
        std::fmt::Error,
    ),
}

fn main() {}
