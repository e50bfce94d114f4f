// scan only: what stands before a function is said in throwback.toml
use throwback::axum::{Json, Path};
use throwback::{InternalError, operation};

#[operation(GET, "/orders/{order_id}")]
async fn get_order(Path(order_id): Path<String>) -> Result<Json<String>, InternalError> {
    Ok(Json(order_id))
}

fn main() {}
