use throwback::lambda_runtime::LambdaEvent;
use throwback::{InternalError, Payload, operation};

struct Shop;

impl Shop {
    #[operation(GET, "/health")]
    async fn health(&self, _: LambdaEvent<Payload<()>>) -> Result<(), InternalError> {
        Ok(())
    }
}

fn main() {}
