//! The shop: a few orders, a little stock, and the rules that requests break.

use crate::errors::{GetOrderError, PlaceOrderError, SearchOrdersError};
use crate::types::{
    ArchiveTicket, DeclineReason, Line, Money, Order, OrderPage, OrderState, PlaceOrder, SearchOrders, StockLine,
};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The price of every article, in cents.
const PRICE: i64 = 1_250;

/// What an order may be worth, in cents.
const LIMIT: i64 = 10_000_000;

/// More customers than a double can count: the ids must arrive with every bit.
const BLOCKED_CUSTOMER: u64 = 9_007_199_254_740_993;

/// The shop, which the function makes once: here a store in memory, elsewhere a client of a database.
#[derive(Debug, Default)]
pub struct Shop {
    /// The orders that were placed, each with its caller's key.
    placed: Mutex<Vec<(Option<String>, Order)>>,
}

fn euros(units: i64) -> Money {
    Money { units, currency: "EUR".to_owned() }
}

fn order(id: &str) -> Order {
    Order {
        id: id.to_owned(),
        customer_id: 7,
        state: OrderState::Paid,
        lines: vec![Line { sku: "teapot".to_owned(), quantity: 2 }],
        total: euros(2 * PRICE),
        placed_by: None,
    }
}

impl Shop {
    fn placed(&self) -> MutexGuard<'_, Vec<(Option<String>, Order)>> {
        self.placed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Finds one order.
    ///
    /// # Errors
    /// There is none, or it was archived.
    pub fn find(&self, id: &str) -> Result<Order, GetOrderError> {
        if let Some(order) = self.placed().iter().map(|(_, order)| order).find(|order| order.id == id) {
            return Ok(order.clone());
        }
        match id {
            "42" => Ok(order(id)),
            "7" => Err(GetOrderError::OrderArchived {
                order_id: id.to_owned(),
                ticket: ArchiveTicket { year: 1999, shelf: (12, "Überseite „B“ \\ 3".to_owned()), clerk: None },
            }),
            _ => Err(GetOrderError::OrderNotFound { order_id: id.to_owned() }),
        }
    }

    /// Lists orders.
    ///
    /// # Errors
    /// The cursor is none, or too many match.
    pub fn search(&self, input: &SearchOrders) -> Result<OrderPage, SearchOrdersError> {
        if let Some(cursor) = &input.cursor
            && let Some(position) = cursor.find(|c: char| !c.is_ascii_hexdigit())
        {
            let position = u32::try_from(position).unwrap_or(u32::MAX);
            return Err(SearchOrdersError::InvalidCursor { cursor: cursor.clone(), position });
        }
        if input.state.is_none() && input.customer_id.is_none() {
            return Err(SearchOrdersError::TooManyResults { found: u64::MAX, limit: u64::from(input.limit) });
        }
        let placed = self.placed();
        let orders = std::iter::once(order("42")).chain(placed.iter().map(|(_, order)| order.clone()));
        let fits = |order: &Order| {
            input.state.is_none_or(|state| state == order.state)
                && input.customer_id.is_none_or(|customer| customer == order.customer_id)
        };
        let orders = orders.filter(fits).take(usize::from(input.limit)).collect();
        Ok(OrderPage { orders, next_cursor: None })
    }

    /// Places an order, or finds the one that the same key has placed.
    ///
    /// # Errors
    /// It can't be placed.
    pub fn place(&self, input: PlaceOrder, caller: Option<&str>) -> Result<Order, PlaceOrderError> {
        let mut placed = self.placed();
        let key = input.idempotency_key.as_ref();
        if let Some((_, order)) = key.and_then(|key| placed.iter().find(|(known, _)| known.as_ref() == Some(key))) {
            return Ok(order.clone());
        }
        if input.customer_id == BLOCKED_CUSTOMER {
            return Err(PlaceOrderError::CustomerBlocked {
                customer_id: input.customer_id,
                case_number: "C-2026/117".to_owned(),
                note: "«Désolé», 申し訳ありません, it's \"over\" 🫖 $!x #end\n\u{7f}\u{2028}".to_owned(),
            });
        }
        let missing: Vec<_> = input
            .lines
            .iter()
            .filter(|line| line.sku == "samovar")
            .map(|line| StockLine {
                line: line.clone(),
                available: 1,
                warehouses: BTreeMap::from([("Łódź".to_owned(), 1), ("São Paulo".to_owned(), 0)]),
            })
            .collect();
        if !missing.is_empty() {
            return Err(PlaceOrderError::OutOfStock { lines: missing, suggestion: Some("teapot".to_owned()) });
        }
        let quantity: i64 = input.lines.iter().map(|line| i64::from(line.quantity)).sum();
        let total = quantity.saturating_mul(PRICE);
        if total > LIMIT {
            return Err(PlaceOrderError::AmountTooLarge { amount: euros(total), limit: euros(LIMIT) });
        }
        if input.labels.get("card").is_some_and(|card| card == "empty") {
            return Err(PlaceOrderError::PaymentDeclined {
                reason: DeclineReason::InsufficientFunds { missing: euros(total) },
                bank_reference: i64::MIN,
            });
        }
        let id = if input.dry_run { "none".to_owned() } else { (43 + placed.len()).to_string() };
        let placed_by = caller.map(ToOwned::to_owned);
        let order =
            Order { customer_id: input.customer_id, lines: input.lines, total: euros(total), placed_by, ..order(&id) };
        if !input.dry_run {
            placed.push((input.idempotency_key, order.clone()));
        }
        Ok(order)
    }
}
