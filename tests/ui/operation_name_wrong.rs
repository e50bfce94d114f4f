use throwback::{InternalError, Payload, operation};

#[operation(GET, "/orders", name = "get order")]
async fn get_order(_: Payload<()>) -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
