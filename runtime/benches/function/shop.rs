//! The shop behind both functions: what they take and return, and what there is.

use serde::{Deserialize, Serialize};

/// An order to place.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewOrder {
    pub customer_id: u64,
    pub lines: Vec<Line>,
    pub note: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    pub sku: String,
    pub quantity: u32,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    pub id: String,
    pub customer_id: u64,
    pub lines: Vec<Line>,
    pub total: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct Health {
    pub version: &'static str,
}

/// Every order but one; the archive's year where it lies there.
pub fn find(id: &str) -> Option<Result<Order, u16>> {
    let lines = vec![Line { sku: "teapot".to_owned(), quantity: 2 }, Line { sku: "cup".to_owned(), quantity: 6 }];
    match id {
        "41" => None,
        "7" => Some(Err(1999)),
        id => Some(Ok(Order { id: id.to_owned(), customer_id: 7, lines, total: 5_900, note: None })),
    }
}

/// Places an order; the line that there is not enough of, with what is left, where there is one.
pub fn place(order: NewOrder, dry_run: bool) -> Result<Order, (Line, u32)> {
    let NewOrder { customer_id, lines, note } = order;
    if let Some(line) = lines.iter().find(|line| line.quantity > 100) {
        return Err((line.clone(), 100));
    }
    let id = if dry_run { "none" } else { "43" };
    Ok(Order { id: id.to_owned(), customer_id, lines, total: 5_900, note })
}
