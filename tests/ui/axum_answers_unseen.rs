// own words: what is behind a name, rustc says

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use throwback::axum::Json;
use throwback::operation;

struct Reply<T>(T);

impl<T: serde::Serialize> IntoResponse for Reply<T> {
    fn into_response(self) -> Response {
        Json(self.0).into_response()
    }
}

#[operation(GET, "/response")]
async fn response(_: State<u8>) -> Response {
    unimplemented!()
}

#[operation(GET, "/page")]
async fn page(_: State<u8>) -> Html<String> {
    unimplemented!()
}

#[operation(GET, "/reply")]
async fn reply(_: State<u8>) -> Reply<String> {
    unimplemented!()
}

#[operation(GET, "/status")]
async fn status(_: State<u8>) -> Result<Json<String>, StatusCode> {
    unimplemented!()
}

#[operation(GET, "/any")]
async fn any(_: State<u8>) -> axum::response::Result<Json<String>> {
    unimplemented!()
}

fn main() {}
