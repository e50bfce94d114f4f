// scan only: the names of the generated client are not rustc's to know

use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

#[operation(POST, "/connections")]
async fn connect(_: LambdaEvent<Payload<()>>) -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
