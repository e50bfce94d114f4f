// scan only: the generated client has one space for names, the function has modules

use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};

use throwback::InternalError;

#[derive(serde::Serialize)]
struct Client {
    id: String,
}

#[operation(GET, "/client")]
async fn get_client(_: LambdaEvent<Payload<()>>) -> Result<Client, InternalError> {
    Err(InternalError)
}

fn main() {}
