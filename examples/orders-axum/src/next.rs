//! The next version of one operation, which can return an error that this version's clients do not know. Its handler carries no
//! mark, and its route is written by hand: no contract knows of it yet.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use orders::Shop;
use orders::errors::GetOrderError;
use orders::types::Order;
use orders_axum::handlers::{self, health, place_order, search_orders};
use std::sync::Arc;
use throwback::axum::{Json, Path, complete};
use throwback::{ApiError, routes};

/// What will go wrong when an order is read.
#[derive(Debug, thiserror::Error, ApiError)]
#[api_error(rename_all = "camelCase", docs = "https://docs.example.com/errors/")]
pub(crate) enum NextGetOrderError {
    /// The order waits for a decision.
    #[error("order {order_id} is on hold")]
    #[api_error(status = 423, retry = backoff)]
    OrderOnHold {
        /// The id that was asked for.
        order_id: String,
        /// How many decisions come first.
        queue: u64,
    },

    /// What goes wrong today.
    #[error(transparent)]
    #[api_error(flatten)]
    Today(#[from] GetOrderError),
}

/// The router, with the next version of one handler.
pub(crate) fn app() -> Router {
    let today = routes![search_orders, place_order, health];
    complete(today.route("/orders/{order_id}", get(get_order))).with_state(Arc::new(Shop::default()))
}

async fn get_order(shop: State<Arc<Shop>>, Path(order_id): Path<String>) -> Result<Json<Order>, NextGetOrderError> {
    if order_id == "on-hold" {
        return Err(NextGetOrderError::OrderOnHold { order_id, queue: u64::MAX });
    }
    Ok(handlers::get_order(shop, Path(order_id)).await?)
}
