use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation, operations};

#[operation(GET, "health")]
async fn health(_: LambdaEvent<Payload<()>>) -> Result<(), InternalError> {
    Ok(())
}

fn main() {
    let _: throwback::Operations = operations![health];
}
