// scan only: what a template can print in a header, rustc does not know

use throwback::{ApiError, Payload, lambda_runtime::LambdaEvent, operation};

#[derive(Debug, thiserror::Error, ApiError)]
enum OrderError {
    #[error("locked")]
    #[api_error(status = 423)]
    Locked {
        #[api_error(header = "X-Holders")]
        holders: Vec<String>,
        #[api_error(header = "X-Since")]
        since: Option<u64>,
    },
}

#[operation(GET, "/order")]
async fn get_order(_: LambdaEvent<Payload<()>>) -> Result<(), OrderError> {
    Err(OrderError::Locked { holders: Vec::new(), since: None })
}

fn main() {}
