//! The operations.

use axum::extract::State;
use axum::http::StatusCode;
use orders::errors::{CommonError, GetOrderError, PlaceOrderError, SearchOrdersError};
use orders::types::{Health, Line, Order, OrderPage, PlaceOrder, SearchOrders};
use orders::{Shop, faults};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use throwback::axum::{Json, Path, Query};
use throwback::operation;

/// An order to place.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewOrder {
    /// Who orders.
    pub customer_id: u64,
    /// What.
    pub lines: Vec<Line>,
    /// A word to the shop.
    pub note: Option<String>,
    /// Labels of the customer's own.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
}

/// How to place it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Placing {
    /// Only see whether it could be placed.
    #[serde(default)]
    pub dry_run: bool,
}

/// Reads an order.
#[operation(GET, "/orders/{order_id}")]
pub async fn get_order(
    State(shop): State<Arc<Shop>>,
    Path(order_id): Path<String>,
) -> Result<Json<Order>, GetOrderError> {
    faults::provoke(&order_id).await?;
    shop.find(&order_id).map(Json)
}

/// Lists orders.
#[operation(GET, "/orders")]
pub async fn search_orders(
    State(shop): State<Arc<Shop>>,
    Query(input): Query<SearchOrders>,
) -> Result<Json<OrderPage>, SearchOrdersError> {
    faults::provoke(input.cursor.as_deref().unwrap_or_default()).await?;
    shop.search(&input).map(Json)
}

/// Places an order.
#[operation(POST, "/orders", status = 201)]
pub async fn place_order(
    State(shop): State<Arc<Shop>>,
    Query(Placing { dry_run }): Query<Placing>,
    Json(NewOrder { customer_id, lines, note, labels }): Json<NewOrder>,
) -> Result<(StatusCode, Json<Order>), PlaceOrderError> {
    faults::provoke(note.as_deref().unwrap_or_default()).await?;
    let order = PlaceOrder { customer_id, lines, note, labels, dry_run, idempotency_key: None };
    Ok((StatusCode::CREATED, Json(shop.place(order, None)?)))
}

/// Says that the server is there.
#[operation(GET, "/health")]
pub async fn health() -> Result<Json<Health>, CommonError> {
    Ok(Json(Health { version: env!("CARGO_PKG_VERSION").to_owned() }))
}
