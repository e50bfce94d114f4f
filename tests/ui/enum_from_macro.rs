// scan only: what a macro makes is there only when rustc has run it

use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};

macro_rules! errors {
    ($name:ident) => {
        #[derive(Debug, thiserror::Error, throwback::ApiError)]
        enum $name {
            #[error("no such order")]
            #[api_error(status = 404)]
            NotFound,
        }
    };
}

errors!(GetOrderError);

#[operation(GET, "/order")]
async fn get_order(_: LambdaEvent<Payload<()>>) -> Result<(), GetOrderError> {
    Ok(())
}

fn main() {}
