use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};

mod anyhow {
    pub type Error = Box<dyn std::error::Error + Send + Sync>;
}

#[operation(GET, "/health")]
async fn health(_: LambdaEvent<Payload<()>>) -> Result<(), anyhow::Error> {
    Ok(())
}

fn main() {}
