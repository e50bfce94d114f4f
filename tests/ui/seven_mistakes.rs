use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};

#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(rename_all = "camel")]
enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 200)]
    NotFound {
        #[api_error(header = "Date")]
        order_id: String,
    },

    #[error("slow down")]
    #[api_error(status = 429, retry = later)]
    SlowDown(u32),

    #[error("order was archived")]
    Archived,
}

#[operation(FETCH, "/orders")]
async fn get_order(_: LambdaEvent<Payload<()>>) -> Result<(), GetOrderError> {
    Ok(())
}

fn main() {}
