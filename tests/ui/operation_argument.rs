use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, operation};

#[operation(GET, "/health")]
async fn health(_: LambdaEvent<String>) -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
