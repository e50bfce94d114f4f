//! The function of [`throwback_tests::stock`], as `cargo lambda new` makes one.

use throwback::lambda_runtime::{self, Error, service_fn};
use throwback_tests::stock::stock;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    lambda_runtime::run(service_fn(stock)).await
}
