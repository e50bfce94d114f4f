// scan only: what HTTP carries where is nothing to rustc

use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

#[operation(HEAD, "/health")]
async fn health(_: LambdaEvent<Payload<()>>) -> Result<String, InternalError> {
    Ok("fine".to_owned())
}

fn main() {}
