// scan only: rustc sees two routes side by side only where `operations!` lists both

use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

#[operation(GET, "/health")]
async fn health(_: LambdaEvent<Payload<()>>) -> Result<(), InternalError> {
    Ok(())
}

#[operation(GET, "/health")]
async fn state(_: LambdaEvent<Payload<()>>) -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
