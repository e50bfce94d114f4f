//! What a function pays to throw an error: `error_message` beside the `format!` that a user would write.
//!
//! Both start from the same value of the same enum and end in the same bytes.
#![allow(missing_docs)]

use serde::Serialize;
use std::hint::black_box;
use std::process::ExitCode;
use throwback::{ApiError, error_message};
use throwback_measure::Comparison;

#[derive(Debug, thiserror::Error, ApiError)]
#[api_error(rename_all = "camelCase")]
enum PlaceOrderError {
    /// The order is worth more than this customer may order.
    #[error("customer {customer_id} may order up to {limit} {currency}, not {amount}")]
    #[api_error(status = 422)]
    AmountTooLarge { customer_id: String, currency: String, amount: u64, limit: u64 },

    /// Some lines are not in stock.
    #[error("{} lines of order {order_id} are not in stock", lines.len())]
    #[api_error(status = 409)]
    OutOfStock { order_id: String, lines: Vec<StockLine> },
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct StockLine {
    sku: String,
    wanted: u32,
    left: u32,
    warehouses: Vec<Warehouse>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Warehouse {
    name: String,
    in_stock: u32,
    days_away: Option<u8>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AmountTooLarge<'a> {
    code: &'a str,
    title: &'a str,
    status: u16,
    detail: String,
    customer_id: &'a str,
    currency: &'a str,
    amount: u64,
    limit: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OutOfStock<'a> {
    code: &'a str,
    title: &'a str,
    status: u16,
    detail: String,
    order_id: &'a str,
    lines: &'a [StockLine],
}

#[inline(never)]
fn ours(error: &PlaceOrderError) -> String {
    error_message(error, None)
}

#[inline(never)]
fn by_hand(error: &PlaceOrderError) -> serde_json::Result<String> {
    match error {
        PlaceOrderError::AmountTooLarge { customer_id, currency, amount, limit } => {
            let problem = AmountTooLarge {
                code: "AmountTooLarge",
                title: "The order is worth more than this customer may order",
                status: 422,
                detail: error.to_string(),
                customer_id,
                currency,
                amount: *amount,
                limit: *limit,
            };
            Ok(format!("[{}] {}", problem.code, serde_json::to_string(&problem)?))
        }
        PlaceOrderError::OutOfStock { order_id, lines } => {
            let problem = OutOfStock {
                code: "OutOfStock",
                title: "Some lines are not in stock",
                status: 409,
                detail: error.to_string(),
                order_id,
                lines,
            };
            Ok(format!("[{}] {}", problem.code, serde_json::to_string(&problem)?))
        }
    }
}

fn flat() -> PlaceOrderError {
    PlaceOrderError::AmountTooLarge {
        customer_id: "c-20417".to_owned(),
        currency: "EUR".to_owned(),
        amount: 1_250_000,
        limit: 500_000,
    }
}

fn nested() -> PlaceOrderError {
    let warehouse = |name: &str, days_away| Warehouse { name: name.to_owned(), in_stock: 3, days_away };
    let line = |sku: &str, wanted| StockLine {
        sku: sku.to_owned(),
        wanted,
        left: 2,
        warehouses: vec![warehouse("Rotterdam", Some(2)), warehouse("Gdańsk", None)],
    };
    let lines = vec![line("chair-oak-4", 12), line("table-oak-1", 3), line("lamp \"Orion\"", 40)];
    PlaceOrderError::OutOfStock { order_id: "8f2e61c0".to_owned(), lines }
}

fn compared(name: &str, error: fn() -> PlaceOrderError) -> Comparison {
    assert_eq!(Some(ours(&error())), by_hand(&error()).ok(), "both write the same bytes");
    Comparison::new(name)
        .case("throwback", move || {
            let error = error();
            move || drop(black_box(ours(black_box(&error))))
        })
        .case("format! and to_string", move || {
            let error = error();
            move || drop(black_box(by_hand(black_box(&error))))
        })
}

fn main() -> ExitCode {
    throwback_measure::main(vec![compared("encode, flat", flat), compared("encode, nested", nested)])
}
