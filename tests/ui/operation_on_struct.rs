// derive only: the scan reads the functions that are marked, and this can be none

use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

#[operation(GET, "/health")]
struct Health;

#[operation(GET, "/order")]
async fn get_order(_: LambdaEvent<Payload<()>>) -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
