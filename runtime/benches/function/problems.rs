//! Errors whose problems are written by hand, for every function that is not on throwback.

use serde::Serialize;

#[derive(Debug, thiserror::Error)]
pub enum GetOrderError {
    #[error("order {order_id} does not exist")]
    OrderNotFound { order_id: String },

    #[error("order {order_id} was archived in {year}")]
    OrderArchived { order_id: String, year: u16 },
}

#[derive(Debug, thiserror::Error)]
pub enum PlaceOrderError {
    #[error("{left} of {sku} are left")]
    OutOfStock { sku: String, wanted: u32, left: u32 },
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OrderNotFound<'a> {
    code: &'a str,
    title: &'a str,
    status: u16,
    detail: String,
    order_id: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OrderArchived<'a> {
    code: &'a str,
    title: &'a str,
    status: u16,
    detail: String,
    order_id: &'a str,
    year: u16,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OutOfStock<'a> {
    code: &'a str,
    title: &'a str,
    status: u16,
    detail: String,
    sku: &'a str,
    wanted: u32,
    left: u32,
}

/// A code, its status, and the problem.
pub type Problem = (&'static str, u16, serde_json::Result<String>);

impl GetOrderError {
    pub fn problem(&self) -> Problem {
        let detail = self.to_string();
        match self {
            Self::OrderNotFound { order_id } => {
                let (code, title, status) = ("OrderNotFound", "There is no such order", 404);
                let problem = serde_json::to_string(&OrderNotFound { code, title, status, detail, order_id });
                (code, status, problem)
            }
            Self::OrderArchived { order_id, year } => {
                let (code, title, status) = ("OrderArchived", "The order was moved to the archive", 410);
                let problem =
                    serde_json::to_string(&OrderArchived { code, title, status, detail, order_id, year: *year });
                (code, status, problem)
            }
        }
    }
}

impl PlaceOrderError {
    pub fn problem(&self) -> Problem {
        let detail = self.to_string();
        let Self::OutOfStock { sku, wanted, left } = self;
        let (code, title, status) = ("OutOfStock", "There is not enough of an article", 409);
        let problem = OutOfStock { code, title, status, detail, sku, wanted: *wanted, left: *left };
        (code, status, serde_json::to_string(&problem))
    }
}
