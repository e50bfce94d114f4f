// own words: what an alias stands for, rustc says

use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};

type Result<T> = Option<T>;

#[operation(GET, "/health")]
async fn health(_: LambdaEvent<Payload<()>>) -> Result<()> {
    Some(())
}

fn main() {}
