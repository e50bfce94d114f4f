// own words: the derive sees the name alone, the trait says what it stands for

use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[operation(GET, "/health")]
async fn health(_: LambdaEvent<Payload<()>>) -> Result<(), Failure> {
    Ok(())
}

fn main() {}
