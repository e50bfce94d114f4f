// own words: that a value can't be serialized is rustc's to say

use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

struct Health;

#[operation(GET, "/health")]
async fn health(_: LambdaEvent<Payload<()>>) -> Result<Health, InternalError> {
    Ok(Health)
}

fn main() {}
