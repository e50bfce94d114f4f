//! The function: four operations in one process.

mod next;

use orders::Shop;
use orders::handlers::{get_order, health, place_order, search_orders};
use throwback::{Operations, lambda_runtime, operations};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    let operations = operations();
    // Where the shop's pages are. An API that has CORS of its own needs nobody to say it.
    let operations = match std::env::var("ORDERS_ORIGIN") {
        Ok(origin) => operations.cors(origin),
        Err(_) => operations,
    };
    throwback::lambda::run_with(Shop::default(), operations).await
}

fn operations() -> Operations<Shop> {
    if std::env::var_os("ORDERS_NEXT").is_some() {
        // The next version of the function, behind the gateway and the clients of this one.
        return Operations::new()
            .with::<get_order, _>(next::get_order)
            .with::<search_orders, _>(search_orders)
            .with::<place_order, _>(place_order)
            .with::<health, _>(health);
    }
    operations![get_order, search_orders, place_order, health]
}
