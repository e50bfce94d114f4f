//! The shop's orders as a router of axum's: for a server, and for a function behind any front of HTTP.

pub mod handlers;

use axum::Router;
use handlers::{get_order, health, place_order, search_orders};
use orders::Shop;
use std::sync::Arc;
use throwback::axum::complete;
use throwback::routes;

/// All of it, over one shop.
pub fn app() -> Router {
    complete(routes![get_order, search_orders, place_order, health]).with_state(Arc::new(Shop::default()))
}
