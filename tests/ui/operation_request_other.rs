// derive only: what a name means that ends in `Request`, the scan does not know

use throwback::{InternalError, Payload, operation};

struct Request;

#[operation(GET, "/orders")]
async fn get_order(_: Payload<()>, request: Request) -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
