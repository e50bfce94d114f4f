// own words: rustc names the type, the scan has no name for it

use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};

#[operation(GET, "/health")]
async fn health(_: LambdaEvent<Payload<()>>) -> Result<(), &'static str> {
    Ok(())
}

fn main() {}
