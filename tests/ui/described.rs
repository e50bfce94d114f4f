use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};

#[derive(serde::Serialize, throwback::Described)]
struct Order {
    #[api_error(as = "two words", rename = "placedAt")]
    placed_at: u8,
}

#[operation(GET, "/order")]
async fn get_order(_: LambdaEvent<Payload<()>>) -> Result<Order, std::convert::Infallible> {
    Ok(Order { placed_at: 1 })
}

fn main() {}
