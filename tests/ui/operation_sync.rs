use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

#[operation(GET, "/health")]
fn health(_: LambdaEvent<Payload<()>>) -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
