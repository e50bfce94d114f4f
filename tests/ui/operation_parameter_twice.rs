use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

#[derive(serde::Deserialize)]
struct GetOrder {
    order_id: String,
}

#[operation(GET, "/orders/{order_id}/{order_id}")]
async fn get_order(_: LambdaEvent<Payload<GetOrder>>) -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
