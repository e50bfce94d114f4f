//! The operations.

use crate::errors::{CommonError, GetOrderError, PlaceOrderError, SearchOrdersError};
use crate::types::{GetOrder, Health, Order, OrderPage, PlaceOrder, SearchOrders};
use crate::{faults, shop};
use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, operation};

/// Reads an order.
#[operation(GET, "/orders/{order_id}")]
pub async fn get_order(event: LambdaEvent<Payload<GetOrder>>) -> Result<Order, GetOrderError> {
    let Payload(input) = event.payload;
    faults::provoke(&input.order_id).await?;
    shop::find(&input.order_id)
}

/// Lists orders.
#[operation(GET, "/orders")]
pub async fn search_orders(event: LambdaEvent<Payload<SearchOrders>>) -> Result<OrderPage, SearchOrdersError> {
    let Payload(input) = event.payload;
    faults::provoke(input.cursor.as_deref().unwrap_or_default()).await?;
    shop::search(&input)
}

/// Places an order.
#[operation(POST, "/orders{?dry_run}", status = 201)]
pub async fn place_order(event: LambdaEvent<Payload<PlaceOrder>>) -> Result<Order, PlaceOrderError> {
    let Payload(input) = event.payload;
    faults::provoke(input.note.as_deref().unwrap_or_default()).await?;
    shop::place(input)
}

/// Says that the function is there.
#[operation(GET, "/health")]
#[allow(clippy::unused_async)]
pub async fn health(_: LambdaEvent<Payload<()>>) -> Result<Health, CommonError> {
    Ok(Health { version: env!("CARGO_PKG_VERSION").to_owned() })
}
