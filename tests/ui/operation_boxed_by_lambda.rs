use throwback::lambda_runtime::{self, LambdaEvent};
use throwback::{Payload, operation};

#[operation(GET, "/health")]
async fn health(_: LambdaEvent<Payload<()>>) -> Result<(), lambda_runtime::Error> {
    Ok(())
}

fn main() {}
