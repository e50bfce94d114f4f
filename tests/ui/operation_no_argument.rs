use throwback::{InternalError, operation};

#[operation(GET, "/health")]
async fn health() -> Result<(), InternalError> {
    Ok(())
}

fn main() {}
