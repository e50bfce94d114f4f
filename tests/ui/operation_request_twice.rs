use throwback::{InternalError, Request, operation};

#[operation(GET, "/orders")]
async fn get_order(one: Request, other: Request) -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
