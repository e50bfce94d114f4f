//! The function on axum, for `lambda_http`: errors by an `IntoResponse` of one's own.

use super::problems::{GetOrderError, PlaceOrderError, Problem};
use super::shop::{self, Health, Line, NewOrder, Order};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;

fn response((code, status, problem): Problem) -> Response {
    let headers = [("content-type", "application/problem+json"), ("x-error-code", code), ("x-amzn-errortype", code)];
    match (StatusCode::from_u16(status), problem) {
        (Ok(status), Ok(body)) => (status, headers, body).into_response(),
        _ => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl IntoResponse for GetOrderError {
    fn into_response(self) -> Response {
        response(self.problem())
    }
}

impl IntoResponse for PlaceOrderError {
    fn into_response(self) -> Response {
        response(self.problem())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Placing {
    #[serde(default)]
    dry_run: bool,
}

async fn get_order(Path(order_id): Path<String>) -> Result<Json<Order>, GetOrderError> {
    match shop::find(&order_id) {
        Some(Ok(order)) => Ok(Json(order)),
        Some(Err(year)) => Err(GetOrderError::OrderArchived { order_id, year }),
        None => Err(GetOrderError::OrderNotFound { order_id }),
    }
}

async fn place_order(
    Query(Placing { dry_run }): Query<Placing>,
    Json(order): Json<NewOrder>,
) -> Result<(StatusCode, Json<Order>), PlaceOrderError> {
    let placed = shop::place(order, dry_run);
    let refused = |(Line { sku, quantity }, left)| PlaceOrderError::OutOfStock { sku, wanted: quantity, left };
    placed.map(|order| (StatusCode::CREATED, Json(order))).map_err(refused)
}

async fn health() -> Json<Health> {
    Json(Health { version: "1.0.0" })
}

/// All of it.
pub fn app() -> Router {
    Router::new()
        .route("/orders/{order_id}", get(get_order))
        .route("/orders", post(place_order))
        .route("/health", get(health))
}
