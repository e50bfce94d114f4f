//! What can go wrong in the shop's functions.

/// Reading an order failed.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(rename_all = "camelCase", message)]
pub enum GetOrderError {
    /// There is no such order.
    #[error("order {order_id} not found")]
    #[api_error(status = 404, code = "OrderNotFound")]
    NotFound {
        /// The order's id.
        order_id: String,
    },

    /// The table did not answer.
    #[error("table {table} failed")]
    #[api_error(status = 503)]
    Table {
        /// Its name.
        table: String,
    },
}

/// Placing an order failed.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(rename_all = "camelCase", message)]
pub enum PlaceOrderError {
    /// There are too few.
    #[error("only {left} of {sku} left")]
    #[api_error(status = 409)]
    OutOfStock {
        /// The article.
        sku: String,
        /// How many there are.
        left: u32,
    },
}
