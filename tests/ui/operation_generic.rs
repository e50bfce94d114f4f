use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

#[operation(GET, "/health")]
async fn health<T>(_: LambdaEvent<Payload<T>>) -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
