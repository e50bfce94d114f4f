//! What operations take and return, and what errors tell.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// Which order to read.
#[derive(Debug, Deserialize)]
pub struct GetOrder {
    /// The order's id.
    pub order_id: String,
}

/// Which orders to list.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SearchOrders {
    /// Only orders in this state.
    pub state: Option<OrderState>,
    /// Only orders of this customer.
    pub customer_id: Option<u64>,
    /// How many to list.
    #[serde(default = "twenty")]
    pub limit: u16,
    /// Where the last list ended.
    pub cursor: Option<String>,
}

fn twenty() -> u16 {
    20
}

/// An order to place.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlaceOrder {
    /// Who orders.
    pub customer_id: u64,
    /// What.
    pub lines: Vec<Line>,
    /// A word to the shop.
    pub note: Option<String>,
    /// Labels of the customer's own.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// Only see whether it could be placed.
    #[serde(default)]
    pub dry_run: bool,
    /// A name of the caller's for this very order: with it, a repeat places nothing twice.
    pub idempotency_key: Option<String>,
}

/// One article of an order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// The article.
    pub sku: String,
    /// How many.
    pub quantity: u32,
}

/// An order.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// Its id.
    pub id: String,
    /// Who ordered.
    pub customer_id: u64,
    /// Where it stands.
    pub state: OrderState,
    /// What was ordered.
    pub lines: Vec<Line>,
    /// What it is worth.
    pub total: Money,
    /// Who placed it, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placed_by: Option<String>,
}

/// A page of orders.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderPage {
    /// The orders.
    pub orders: Vec<Order>,
    /// Where the next page begins, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Not yet paid.
    Open,
    /// Paid, not yet sent.
    Paid,
    /// On its way.
    Sent,
}

/// How the function feels.
#[derive(Debug, Serialize)]
pub struct Health {
    /// Its version.
    pub version: String,
}

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Money {
    /// In the currency's smallest unit.
    pub units: i64,
    /// ISO 4217.
    pub currency: String,
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02} {}", self.units / 100, self.units % 100, self.currency)
    }
}

/// One line that is not in stock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StockLine {
    /// The line.
    #[serde(flatten)]
    pub line: Line,
    /// How many there are.
    pub available: u32,
    /// Where they are, by warehouse.
    pub warehouses: BTreeMap<String, u32>,
}

/// What gets an order back from the archive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArchiveTicket {
    /// The year of the archive.
    pub year: u16,
    /// Its shelf and place.
    pub shelf: (u32, String),
    /// Who put it there.
    pub clerk: Option<String>,
}

/// Why a bank declines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum DeclineReason {
    /// Not enough money.
    InsufficientFunds {
        /// How much is missing.
        missing: Money,
    },
    /// The card is out of date.
    CardExpired,
}
