use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation, operations};

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

#[operation(GET, "/orders/{id}")]
async fn find_order(_: LambdaEvent<Payload<ById>>) -> Result<(), InternalError> {
    Ok(())
}

fn main() {
    let _: throwback::Operations = operations![get_order, find_order];
}
