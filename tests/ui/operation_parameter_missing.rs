// own words: which fields a type has, rustc alone knows

use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

#[derive(serde::Deserialize)]
struct GetOrder {
    order_id: String,
}

#[operation(GET, "/orders/{id}")]
async fn get_order(_: LambdaEvent<Payload<GetOrder>>) -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
