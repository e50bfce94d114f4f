// scan only: what API Gateway takes, rustc does not know

use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

#[derive(serde::Deserialize)]
struct GetOrder {
    order_id: String,
}

#[derive(serde::Deserialize)]
struct ById {
    id: String,
}

#[operation(GET, "/orders/{order_id}")]
async fn get_order(_: LambdaEvent<Payload<GetOrder>>) -> Result<(), InternalError> {
    Ok(())
}

#[operation(GET, "/orders/{id}/lines")]
async fn get_lines(_: LambdaEvent<Payload<ById>>) -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
