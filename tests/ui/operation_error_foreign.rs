// own words: the scan can't see what rustc can, that the type of another crate has no contract

use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};

#[operation(GET, "/health")]
async fn health(_: LambdaEvent<Payload<()>>) -> Result<(), std::io::Error> {
    Ok(())
}

fn main() {}
