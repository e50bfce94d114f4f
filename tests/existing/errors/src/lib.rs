//! What can go wrong in the shop's functions.

/// Reading an order failed.
#[derive(Debug, thiserror::Error)]
pub enum GetOrderError {
    /// There is no such order.
    #[error("order {order_id} not found")]
    NotFound {
        /// The order's id.
        order_id: String,
    },

    /// The table did not answer.
    #[error("table {table} failed")]
    Table {
        /// Its name.
        table: String,
    },
}

/// Placing an order failed.
#[derive(Debug, thiserror::Error)]
pub enum PlaceOrderError {
    /// There are too few.
    #[error("only {left} of {sku} left")]
    OutOfStock {
        /// The article.
        sku: String,
        /// How many there are.
        left: u32,
    },
}
