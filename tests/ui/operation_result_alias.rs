use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

type Result<T> = std::result::Result<T, InternalError>;

#[operation(GET, "/health")]
async fn health(_: LambdaEvent<Payload<()>>) -> Result<()> {
    Ok(())
}

fn main() {}
