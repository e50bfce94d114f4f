//! The shop's function: four actions over one state.

use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde::Deserialize;
use serde_json::{Value, json};
use shop_errors::{GetOrderError, PlaceOrderError};

/// What the function makes once.
struct Shop {
    table: String,
}

#[derive(Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
enum Action {
    GetOrder { order_id: String },
    ListOrders,
    PlaceOrder { sku: String, quantity: u32 },
    Health,
}

async fn get_order(shop: &Shop, order_id: String) -> Result<Value, GetOrderError> {
    match order_id.as_str() {
        "42" => Ok(json!({ "id": order_id })),
        "down" => Err(GetOrderError::Table { table: shop.table.clone() }),
        _ => Err(GetOrderError::NotFound { order_id }),
    }
}

async fn list_orders(_: &Shop) -> Result<Value, GetOrderError> {
    Ok(json!([{ "id": "42" }]))
}

async fn place_order(_: &Shop, sku: String, quantity: u32) -> Result<Value, PlaceOrderError> {
    if quantity > 3 { Err(PlaceOrderError::OutOfStock { sku, left: 3 }) } else { Ok(json!({ "id": "43" })) }
}

async fn health(shop: &Shop) -> Result<Value, Error> {
    Ok(json!({ "table": shop.table }))
}

async fn answer(shop: &Shop, event: LambdaEvent<Action>) -> Result<Value, Error> {
    match event.payload {
        Action::GetOrder { order_id } => Ok(get_order(shop, order_id).await?),
        Action::ListOrders => Ok(list_orders(shop).await?),
        Action::PlaceOrder { sku, quantity } => Ok(place_order(shop, sku, quantity).await?),
        Action::Health => Ok(health(shop).await?),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let shop = Shop { table: std::env::var("TABLE").unwrap_or_else(|_| "orders".to_owned()) };
    lambda_runtime::run(service_fn(|event| answer(&shop, event))).await
}
