//! The next version of one operation, which can return an error that this version's gateway and clients do not know.

use orders::Shop;
use orders::errors::GetOrderError;
use orders::handlers;
use orders::types::{GetOrder, Order};
use throwback::lambda_runtime::LambdaEvent;
use throwback::{ApiError, Payload};

/// What will go wrong when an order is read.
#[derive(Debug, thiserror::Error, ApiError)]
#[api_error(rename_all = "camelCase", docs = "https://docs.example.com/errors/")]
pub(crate) enum NextGetOrderError {
    /// The order waits for a decision.
    #[error("order {order_id} is on hold")]
    #[api_error(status = 423, retry = backoff)]
    OrderOnHold {
        /// The id that was asked for.
        order_id: String,
        /// How many decisions come first.
        queue: u64,
    },

    /// What goes wrong today.
    #[error(transparent)]
    #[api_error(flatten)]
    Today(#[from] GetOrderError),
}

/// Reads an order.
///
/// # Errors
/// [`NextGetOrderError`]
pub(crate) async fn get_order(shop: &Shop, event: LambdaEvent<Payload<GetOrder>>) -> Result<Order, NextGetOrderError> {
    if event.payload.0.order_id == "on-hold" {
        return Err(NextGetOrderError::OrderOnHold { order_id: "on-hold".to_owned(), queue: u64::MAX });
    }
    Ok(handlers::get_order(shop, event).await?)
}
