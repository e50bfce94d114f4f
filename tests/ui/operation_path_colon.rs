use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

#[operation(GET, "/orders/:order_id")]
async fn get_order(_: LambdaEvent<Payload<()>>) -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
