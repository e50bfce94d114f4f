// own words: which fields there are, rustc says

use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

#[derive(serde::Deserialize)]
struct GetOrder {
    tag: String,
}

#[operation(GET, "/orders", headers(tga = "If-Match"))]
async fn get_order(_: LambdaEvent<Payload<GetOrder>>) -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
