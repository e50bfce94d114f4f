use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};

#[derive(Debug, thiserror::Error)]
#[error("not well")]
enum HealthError {}

#[operation(GET, "/health")]
async fn health(_: LambdaEvent<Payload<()>>) -> Result<(), HealthError> {
    Ok(())
}

fn main() {}
