// derive only: which traits a type has, rustc alone knows

use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};

#[derive(Debug, throwback::ApiError)]
enum GetOrderError {
    #[api_error(status = 404)]
    NotFound,
}

#[operation(GET, "/order")]
async fn get_order(_: LambdaEvent<Payload<()>>) -> Result<(), GetOrderError> {
    Ok(())
}

fn main() {}
