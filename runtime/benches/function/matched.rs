//! The function on `lambda_http` alone: a `match` in place of a router, which leaves a path's parameter undecoded.

use super::problems::{GetOrderError, PlaceOrderError, Problem};
use super::shop::{self, Health, Line, NewOrder};
use lambda_http::http::StatusCode;
use lambda_http::{Body, Error, Request, RequestExt, Response};
use serde::Serialize;

fn success(status: u16, output: &impl Serialize) -> Result<Response<Body>, Error> {
    let body = serde_json::to_string(output)?;
    Ok(Response::builder().status(status).header("content-type", "application/json").body(body.into())?)
}

fn failure((code, status, problem): Problem) -> Result<Response<Body>, Error> {
    let response = Response::builder().status(status).header("content-type", "application/problem+json");
    Ok(response.header("x-error-code", code).header("x-amzn-errortype", code).body(problem?.into())?)
}

/// All of it.
pub async fn answer(request: Request) -> Result<Response<Body>, Error> {
    let segments: Vec<_> = request.uri().path().split('/').skip(1).collect();
    match (request.method().as_str(), &*segments) {
        ("GET", ["orders", order_id]) => match shop::find(order_id) {
            Some(Ok(order)) => success(200, &order),
            Some(Err(year)) => {
                failure(GetOrderError::OrderArchived { order_id: (*order_id).to_owned(), year }.problem())
            }
            None => failure(GetOrderError::OrderNotFound { order_id: (*order_id).to_owned() }.problem()),
        },
        ("POST", ["orders"]) => {
            let Ok(order) = serde_json::from_slice::<NewOrder>(request.body()) else {
                return Ok(Response::builder().status(StatusCode::BAD_REQUEST).body(Body::Empty)?);
            };
            let query = request.query_string_parameters_ref();
            let dry_run = query.and_then(|query| query.first("dryRun")) == Some("true");
            match shop::place(order, dry_run) {
                Ok(order) => success(201, &order),
                Err((Line { sku, quantity }, left)) => {
                    failure(PlaceOrderError::OutOfStock { sku, wanted: quantity, left }.problem())
                }
            }
        }
        ("GET", ["health"]) => success(200, &Health { version: "1.0.0" }),
        _ => Ok(Response::builder().status(StatusCode::NOT_FOUND).body(Body::Empty)?),
    }
}
