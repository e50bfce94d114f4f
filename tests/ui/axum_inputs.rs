use axum::body::Bytes;
use throwback::axum::{Json, Path, Query};
use throwback::{InternalError, operation};

#[operation]
async fn without_a_route(Path(_): Path<String>) -> Result<Json<String>, InternalError> {
    unimplemented!()
}

#[operation(GET, "/headers", headers(key = "Idempotency-Key"))]
async fn headers() -> Result<Json<String>, InternalError> {
    unimplemented!()
}

#[operation(GET, "/query{?dry_run}")]
async fn query() -> Result<Json<String>, InternalError> {
    unimplemented!()
}

#[operation(GET, "/two/{first}/{second}")]
async fn two(Path(_): Path<(String, u8, u8)>) -> Result<Json<String>, InternalError> {
    unimplemented!()
}

#[operation(GET, "/none")]
async fn none(Path(_): Path<String>) -> Result<Json<String>, InternalError> {
    unimplemented!()
}

#[operation(DELETE, "/body")]
async fn body(Json(_): Json<String>) -> Result<Json<String>, InternalError> {
    unimplemented!()
}

#[operation(POST, "/opaque")]
async fn opaque(_: Bytes) -> Result<Json<String>, InternalError> {
    unimplemented!()
}

#[operation(GET, "/twice/{id}")]
async fn twice(_: Path<String>, _: Option<Path<String>>) -> Result<Json<String>, InternalError> {
    unimplemented!()
}

struct ValidatedForm<T>(T);

struct UploadMultipart;

#[operation(GET, "/form")]
async fn form(_: Query<()>, _: ValidatedForm<String>) -> Result<Json<String>, InternalError> {
    unimplemented!()
}

#[operation(POST, "/upload")]
async fn upload(_: Result<UploadMultipart, String>) -> Result<Json<String>, InternalError> {
    unimplemented!()
}

#[operation(POST, "/sometimes")]
async fn sometimes(
    _: Query<()>,
    #[cfg(all())]
    _: Json<String>,
) -> Result<Json<String>, InternalError> {
    unimplemented!()
}

#[operation(POST, "/generic")]
async fn generic<T, U>(_: Query<U>, _: Json<Vec<T>>) -> Result<Json<T>, InternalError> {
    unimplemented!()
}

fn main() {}
