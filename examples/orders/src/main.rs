//! The function: four operations in one process.

mod next;

use orders::Shop;
use orders::handlers::{get_order, health, place_order, search_orders};
use throwback::{Operations, lambda_runtime, operations};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    if std::env::var_os("ORDERS_NEXT").is_some() {
        // The next version of the function, behind the gateway and the clients of this one.
        let next = Operations::new()
            .with::<get_order, _>(next::get_order)
            .with::<search_orders, _>(search_orders)
            .with::<place_order, _>(place_order)
            .with::<health, _>(health);
        return throwback::lambda::run_with(Shop::default(), next).await;
    }
    throwback::lambda::run_with(Shop::default(), operations![get_order, search_orders, place_order, health]).await
}
