// scan only: what can travel in a path, rustc does not know

use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

#[derive(serde::Deserialize)]
struct GetOrder {
    ids: Vec<String>,
}

#[operation(GET, "/orders/{ids}")]
async fn get_order(_: LambdaEvent<Payload<GetOrder>>) -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
