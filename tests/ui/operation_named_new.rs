// scan only: the names of the generated client are not rustc's to know

use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

#[operation(POST, "/orders")]
async fn new(_: LambdaEvent<Payload<()>>) -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
