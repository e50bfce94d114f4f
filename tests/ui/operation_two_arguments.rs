use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

#[operation(GET, "/health")]
async fn health(_: LambdaEvent<Payload<()>>, _: u8) -> Result<(), InternalError> {
    Ok(())
}

#[operation(GET, "/counted")]
async fn counted(_: &mut u8, _: Payload<()>) -> Result<(), InternalError> {
    Ok(())
}

#[operation(GET, "/stated")]
async fn stated(_: &u8, _: String) -> Result<(), InternalError> {
    Ok(())
}

#[operation(GET, "/whole")]
async fn whole(_: &u8, _: Payload<()>, _: Payload<()>) -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
