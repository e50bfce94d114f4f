//! The same router in a function, behind whatever sends it requests of HTTP.

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    lambda_http::run(orders_axum::app()).await
}
