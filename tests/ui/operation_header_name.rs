use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

#[derive(serde::Deserialize)]
struct GetOrder {
    media: String,
    tag: String,
    other: String,
    key: String,
}

#[operation(GET, "/orders", headers(media = "Content-Type", tag = "If Match", other = "X-Key", key = "x-key"))]
async fn get_order(_: LambdaEvent<Payload<GetOrder>>) -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
