// scan only: what can travel in a query, rustc does not know

use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

#[derive(serde::Deserialize)]
struct GetOrder {
    ids: Vec<Id>,
}

#[derive(serde::Deserialize)]
struct Id {
    text: String,
}

#[operation(GET, "/orders")]
async fn get_order(_: LambdaEvent<Payload<GetOrder>>) -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
