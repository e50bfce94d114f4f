//! Reads an order, or places one, and knows what went wrong by its type.

mod shop;

use shop::{Client, Failure, GetOrderError, PlaceOrderError, ShopFailure};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), ShopFailure> {
    let mut arguments = std::env::args().skip(1);
    let (base, id) = (arguments.next().unwrap_or_default(), arguments.next().unwrap_or_default());
    let client = Client::connect(base)?;
    if let Some(quantity) = arguments.next() {
        let order = serde_json::json!({ "sku": id, "quantity": quantity.parse().unwrap_or(1) });
        match client.place_order(&order).await {
            Ok(order) => println!("placed {}", order["id"]),
            Err(Failure::Api(PlaceOrderError::OutOfStock(e))) => println!("{} of {} left", e.left, e.sku),
            Err(failure) => Err(failure)?,
        }
        return Ok(());
    }
    match client.get_order(id).await {
        Ok(order) => println!("{}", order["id"]),
        Err(Failure::Api(GetOrderError::OrderNotFound(e))) => println!("no order {}: {}", e.order_id, e.detail()),
        Err(failure) if failure.is_retryable() => println!("again later: {failure}"),
        Err(failure) => Err(failure)?,
    }
    Ok(())
}
