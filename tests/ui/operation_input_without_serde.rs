// scan only: rustc asks for `Deserialize` where the handler is run

use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

struct Health;

#[operation(GET, "/health")]
async fn health(_: LambdaEvent<Payload<Health>>) -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
