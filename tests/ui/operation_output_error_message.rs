// scan only: serde's names are text to rustc

use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct Health {
    error_message: Option<String>,
}

#[operation(GET, "/health")]
async fn health(_: LambdaEvent<Payload<()>>) -> Result<Health, InternalError> {
    Ok(Health { error_message: None })
}

fn main() {}
