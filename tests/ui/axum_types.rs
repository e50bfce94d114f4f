// scan only: what a type is on the wire, the attribute can't see
use serde::Deserialize;
use std::collections::HashMap;
use throwback::axum::{Json, Path, Query};
use throwback::{InternalError, operation};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    order_id: String,
}

#[derive(Deserialize)]
struct Nested {
    place: Option<Place>,
}

type Reply<T> = Result<T, InternalError>;

#[operation(GET, "/renamed/{order_id}")]
async fn renamed(_: Path<Place>) -> Reply<Json<String>> {
    unimplemented!()
}

#[operation(GET, "/structure/{place}")]
async fn structure(_: Path<Nested>) -> Reply<Json<String>> {
    unimplemented!()
}

#[operation(GET, "/one/{first}/{second}")]
async fn one(_: Path<String>) -> Reply<Json<String>> {
    unimplemented!()
}

#[operation(GET, "/map/{id}")]
async fn map(_: Path<Vec<String>>, _: Query<HashMap<String, String>>) -> Reply<Json<String>> {
    unimplemented!()
}

#[operation(GET, "/both/{orderId}")]
async fn both(_: Path<String>, _: Query<Place>) -> Reply<Json<String>> {
    unimplemented!()
}

#[operation(POST, "/alias")]
async fn alias(_: Query<()>) -> Reply<(axum::http::StatusCode, Json<String>)> {
    unimplemented!()
}

#[derive(Deserialize)]
struct Other {
    order_id: Option<u8>,
    #[serde(rename = "orderId")]
    also: Option<u8>,
}

#[operation(GET, "/queries")]
async fn queries(_: Query<Place>, _: Query<Other>) -> Reply<Json<String>> {
    unimplemented!()
}

struct Checked<T>(T);

impl<T, S: Sync> axum::extract::FromRequest<S> for Checked<T> {
    type Rejection = InternalError;

    async fn from_request(_: axum::extract::Request, _: &S) -> Reply<Self> {
        unimplemented!()
    }
}

#[operation(POST, "/checked")]
async fn checked(_: Query<Place>, _: Checked<Place>) -> Reply<Json<String>> {
    unimplemented!()
}

fn main() {}
