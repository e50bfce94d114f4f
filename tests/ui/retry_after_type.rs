// derive only: what a type is in Rust, rustc alone knows

use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};

#[derive(Debug, thiserror::Error, throwback::ApiError)]
enum GetOrderError {
    #[error("slow down")]
    #[api_error(status = 429)]
    SlowDown {
        #[api_error(retry_after)]
        wait: String,
    },
}

#[operation(GET, "/order")]
async fn get_order(_: LambdaEvent<Payload<()>>) -> Result<(), GetOrderError> {
    Ok(())
}

fn main() {}
