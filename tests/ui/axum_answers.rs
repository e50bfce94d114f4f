use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, NoContent};
use throwback::axum::{Json, Query};
use throwback::{InternalError, operation};

#[operation(GET, "/page")]
async fn page(_: Query<()>) -> Result<Html<String>, InternalError> {
    unimplemented!()
}

#[operation(GET, "/anything", axum)]
async fn anything() -> impl IntoResponse {}

#[operation(POST, "/unsaid")]
async fn unsaid() -> Result<(StatusCode, Json<String>), InternalError> {
    unimplemented!()
}

#[operation(POST, "/said", status = 201)]
async fn said() -> Result<Json<String>, InternalError> {
    unimplemented!()
}

#[operation(DELETE, "/empty", status = 200)]
async fn empty() -> Result<NoContent, InternalError> {
    unimplemented!()
}

#[operation(GET, "/boxed")]
async fn boxed() -> Result<Json<String>, Box<dyn std::error::Error>> {
    unimplemented!()
}

#[operation(GET, "/hidden")]
async fn hidden() -> Result<(StatusCode, impl IntoResponse), InternalError> {
    Ok((StatusCode::OK, ()))
}

#[operation(GET, "/nameless")]
async fn nameless(_: Query<()>) -> Json<impl serde::Serialize> {
    Json(1)
}

#[operation(GET, "/future")]
fn future(_: Query<()>) -> impl Future<Output = Json<String>> {
    async { unimplemented!() }
}

fn main() {}
