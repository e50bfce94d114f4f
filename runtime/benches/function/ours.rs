//! The function on throwback.

use super::shop::{self, Health, Line, NewOrder, Order};
use serde::Deserialize;
use throwback::{ApiError, InternalError, Operations, Payload, operation, operations};

#[derive(Debug, thiserror::Error, ApiError)]
#[api_error(rename_all = "camelCase")]
pub enum GetOrderError {
    /// There is no such order.
    #[error("order {order_id} does not exist")]
    #[api_error(status = 404)]
    OrderNotFound { order_id: String },

    /// The order was moved to the archive.
    #[error("order {order_id} was archived in {year}")]
    #[api_error(status = 410)]
    OrderArchived { order_id: String, year: u16 },
}

#[derive(Debug, thiserror::Error, ApiError)]
#[api_error(rename_all = "camelCase")]
pub enum PlaceOrderError {
    /// There is not enough of an article.
    #[error("{left} of {sku} are left")]
    #[api_error(status = 409)]
    OutOfStock { sku: String, wanted: u32, left: u32 },
}

#[derive(Deserialize)]
pub struct GetOrder {
    order_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlaceOrder {
    customer_id: u64,
    lines: Vec<Line>,
    note: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

#[operation(GET, "/orders/{order_id}")]
async fn get_order(Payload(GetOrder { order_id }): Payload<GetOrder>) -> Result<Order, GetOrderError> {
    match shop::find(&order_id) {
        Some(Ok(order)) => Ok(order),
        Some(Err(year)) => Err(GetOrderError::OrderArchived { order_id, year }),
        None => Err(GetOrderError::OrderNotFound { order_id }),
    }
}

#[operation(POST, "/orders{?dry_run}", status = 201)]
async fn place_order(Payload(input): Payload<PlaceOrder>) -> Result<Order, PlaceOrderError> {
    let PlaceOrder { customer_id, lines, note, dry_run } = input;
    shop::place(NewOrder { customer_id, lines, note }, dry_run)
        .map_err(|(Line { sku, quantity }, left)| PlaceOrderError::OutOfStock { sku, wanted: quantity, left })
}

#[operation(GET, "/health")]
async fn health(_: Payload<()>) -> Result<Health, InternalError> {
    Ok(Health { version: "1.0.0" })
}

/// All of it.
pub fn operations() -> Operations {
    operations![get_order, place_order, health]
}
