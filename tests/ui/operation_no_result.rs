use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};

#[operation(GET, "/health")]
async fn health(_: LambdaEvent<Payload<()>>) {}

fn main() {}
