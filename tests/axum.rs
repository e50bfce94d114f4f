//! The same enums on a server of axum's: the same answers, byte for byte, to the same client.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use orders::errors::GetOrderError;
use orders::handlers::get_order as handler;
use orders::types::Order;
use orders::{Shop, faults};
use std::sync::Arc;
use throwback::client::GatewayKind;
use throwback::{ApiError, InternalError, InvalidPayload, Operations, operations};
use throwback_gateway::{Call, Front};
use throwback_tests::behind::{self, Behind};

async fn get_order(State(shop): State<Arc<Shop>>, Path(id): Path<String>) -> Result<Json<Order>, GetOrderError> {
    faults::provoke(&id).await?;
    shop.find(&id).map(Json)
}

/// A server on loopback; it ends with the test's runtime.
async fn serve() -> String {
    let app = Router::new()
        .route("/orders/{order_id}", get(get_order))
        .fallback(throwback::axum::not_found)
        .method_not_allowed_fallback(throwback::axum::method_not_allowed)
        .with_state(Arc::new(Shop::default()));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

#[tokio::test]
async fn a_server_answers_as_a_function_does() {
    let url = serve().await;
    let mut function = Behind::new(
        r#"{"openapi":"3.0.1","info":{"title":"a","version":"1"},"paths":{"/a":{"get":{"responses":{"200":{}},"x-amazon-apigateway-integration":{"type":"mock","responses":{"default":{"statusCode":"200"}}}}}}}"#,
        |event| async move {
            let operations: Operations<Shop> = operations![handler];
            behind::answer(Shop::default(), operations, &event).await
        },
    );
    function.front = Some(Front::FunctionUrl);
    for id in ["nope", "41%20%2F%20%C2%BD%3F", "7", "signed-out", "hurry", "closed", "store-down", "impossible"] {
        let path = format!("/orders/{id}");
        let expected = function.respond(Call::new("GET", &path)).await;
        let response = reqwest::get(format!("{url}{path}")).await.unwrap();
        assert_eq!(response.status().as_u16(), expected.status, "{id}");
        for (name, value) in &expected.headers {
            assert_eq!(
                response.headers().get(name).and_then(|value| value.to_str().ok()),
                Some(value.as_str()),
                "{id} {name}"
            );
        }
        assert_eq!(response.text().await.unwrap(), String::from_utf8(expected.body).unwrap(), "{id}");
    }
    assert_eq!(reqwest::get(format!("{url}/orders/42")).await.unwrap().status(), 200);
}

#[tokio::test]
async fn the_generated_client_knows_the_server() {
    use orders_client::{Client, Failure};
    let url = serve().await;
    let client = Client::connect(&url).unwrap();
    let Err(Failure::Api(orders_client::GetOrderError::OrderNotFound(error))) = client.get_order("a/b \"c\"").await
    else {
        panic!("another failure");
    };
    assert_eq!(error.order_id, "a/b \"c\"");
    let Err(Failure::Gateway(gateway)) = client.health().await else { panic!("a route") };
    assert_eq!((gateway.kind(), gateway.status()), (GatewayKind::ResourceNotFound, 404));
    let http = reqwest::Client::new();
    let response = http.delete(format!("{url}/orders/42")).send().await.unwrap();
    assert_eq!(
        (response.status().as_u16(), response.headers()["x-error-code"].to_str().unwrap()),
        (405, "gateway.METHOD_NOT_ALLOWED")
    );
    assert_eq!(response.headers()["allow"], "GET,HEAD");
}

#[test]
fn what_is_no_enum_of_the_authors_is_a_response_too() {
    let invalid = InvalidPayload::new("a", "no number").into_response();
    assert_eq!(
        (invalid.status().as_u16(), &invalid.headers()["x-error-code"]),
        (400, &"InvalidPayload".parse().unwrap())
    );
    assert_eq!(InternalError.into_response().status(), 500);
    let panicked = throwback::axum::panicked(Box::new("a shelf fell over"));
    assert_eq!(
        (panicked.status().as_u16(), &panicked.headers()["x-error-code"]),
        (500, &"InternalError".parse().unwrap())
    );
}

/// An author may write his own.
#[derive(Debug, thiserror::Error, ApiError)]
#[api_error(own_response)]
enum OwnError {
    #[error("gone")]
    #[api_error(status = 410)]
    Gone,
}

impl IntoResponse for OwnError {
    fn into_response(self) -> axum::response::Response {
        (axum::http::StatusCode::GONE, "mine").into_response()
    }
}

#[test]
fn an_author_may_write_a_response_by_hand() {
    assert!(!OwnError::Gone.into_response().headers().contains_key("x-error-code"));
}
