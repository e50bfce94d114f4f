// scan only: where an input comes from, rustc does not know

use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

#[operation(GET, "/orders")]
async fn get_order(_: LambdaEvent<Payload<String>>) -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
