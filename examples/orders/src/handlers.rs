//! The operations.

use crate::errors::{CommonError, GetOrderError, PlaceOrderError, SearchOrdersError};
use crate::types::{GetOrder, Health, Order, OrderPage, PlaceOrder, SearchOrders};
use crate::{Shop, faults};
use throwback::lambda_runtime::LambdaEvent;
use throwback::{Payload, Request, operation};

/// Reads an order.
#[operation(GET, "/orders/{order_id}")]
pub async fn get_order(shop: &Shop, event: LambdaEvent<Payload<GetOrder>>) -> Result<Order, GetOrderError> {
    let Payload(input) = event.payload;
    faults::provoke(&input.order_id).await?;
    shop.find(&input.order_id)
}

/// Lists orders.
#[operation(GET, "/orders")]
pub async fn search_orders(shop: &Shop, Payload(input): Payload<SearchOrders>) -> Result<OrderPage, SearchOrdersError> {
    faults::provoke(input.cursor.as_deref().unwrap_or_default()).await?;
    shop.search(&input)
}

/// Places an order. A repeat with the same `Idempotency-Key` gets the order of the first time.
#[operation(POST, "/orders{?dry_run}", status = 201, headers(idempotency_key = "Idempotency-Key"))]
pub async fn place_order(
    shop: &Shop,
    Payload(input): Payload<PlaceOrder>,
    request: Request,
) -> Result<Order, PlaceOrderError> {
    faults::provoke(input.note.as_deref().unwrap_or_default()).await?;
    shop.place(input, request.caller().claim("sub"))
}

/// Says that the function is there.
#[operation(GET, "/health")]
#[allow(clippy::unused_async)]
pub async fn health(_: Payload<()>) -> Result<Health, CommonError> {
    Ok(Health { version: env!("CARGO_PKG_VERSION").to_owned() })
}
