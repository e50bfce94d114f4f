//! A function that throws whatever an API can throw: the one named by `API`.

use throwback::{lambda_runtime, operations};
use throwback_tests::{dynamodb, kubernetes};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    if std::env::var("API").as_deref() == Ok("kubernetes") { run_kubernetes().await } else { run_dynamodb().await }
}

async fn run_kubernetes() -> Result<(), lambda_runtime::Error> {
    use kubernetes::{create_pod, get_pod, throw};
    throwback::lambda::run(operations![throw, get_pod, create_pod]).await
}

async fn run_dynamodb() -> Result<(), lambda_runtime::Error> {
    use dynamodb::{delete_table, get_item, throw, transact_write_items};
    throwback::lambda::run(operations![throw, get_item, transact_write_items, delete_table]).await
}
