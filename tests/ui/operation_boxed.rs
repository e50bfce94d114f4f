use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};

#[operation(GET, "/health")]
async fn health(_: LambdaEvent<Payload<()>>) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    Ok(())
}

fn main() {}
