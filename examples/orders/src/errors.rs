//! Every error of the API, by the operations that can return it.

use crate::types::{ArchiveTicket, DeclineReason, Money, StockLine};
use std::time::Duration;
use throwback::ApiError;

/// What can go wrong in any operation.
#[derive(Debug, thiserror::Error, ApiError)]
#[api_error(rename_all = "camelCase", docs = "https://docs.example.com/errors/")]
pub enum CommonError {
    /// The caller is not signed in.
    #[error("sign in first")]
    #[api_error(status = 401)]
    NotSignedIn,

    /// Too many requests from this customer.
    #[error("slow down: {} requests in a minute", used)]
    #[api_error(status = 429)]
    TooManyRequests {
        /// Requests of the last minute.
        used: u32,
        /// How long to wait.
        #[api_error(retry_after)]
        wait: Duration,
    },

    /// The shop is closed for maintenance.
    #[error("closed until {until}")]
    #[api_error(status = 503, expose, retry = backoff)]
    Maintenance {
        /// When it opens again.
        until: String,
        /// How long to wait, if that is known.
        #[api_error(retry_after)]
        wait: Option<Duration>,
    },

    /// The store did not answer. Callers learn that something failed, and nothing of what.
    #[error("the store at {address} did not answer")]
    #[api_error(status = 503)]
    StoreUnavailable {
        /// Never leaves the function.
        address: String,
        /// Never leaves the function either; it is logged.
        source: StoreError,
    },

    /// The order is in a state that it should never be in.
    #[error("impossible state {0}")]
    #[api_error(internal)]
    Impossible(u8),
}

/// The store's own error: no part of the contract.
#[derive(Debug, thiserror::Error)]
#[error("no answer within a second")]
pub struct StoreError(#[source] pub std::io::Error);

/// What can go wrong when an order is read.
#[derive(Debug, thiserror::Error, ApiError)]
#[api_error(rename_all = "camelCase", docs = "https://docs.example.com/errors/")]
pub enum GetOrderError {
    /// The order does not exist.
    #[error("order {order_id} does not exist")]
    #[api_error(status = 404)]
    OrderNotFound {
        /// The id that was asked for.
        order_id: String,
    },

    /// The order was moved to the archive.
    #[error("order {order_id} was archived in {}", ticket.year)]
    #[api_error(status = 410, help = "https://docs.example.com/archive")]
    OrderArchived {
        /// The id that was asked for.
        order_id: String,
        /// What to quote to get it back.
        ticket: ArchiveTicket,
    },

    /// What can go wrong in any operation.
    #[error(transparent)]
    #[api_error(flatten)]
    Common(#[from] CommonError),
}

/// What can go wrong when orders are searched.
#[derive(Debug, thiserror::Error, ApiError)]
#[api_error(rename_all = "camelCase", docs = "https://docs.example.com/errors/")]
pub enum SearchOrdersError {
    /// The cursor is none that this API gave out.
    #[error("`{cursor}` is no cursor: it breaks off at {position}")]
    #[api_error(status = 400)]
    InvalidCursor {
        /// The cursor as it came.
        cursor: String,
        /// Where it stops to make sense.
        position: u32,
    },

    /// The search matches more orders than can be listed.
    #[error("{found} orders match, at most {limit} can be listed")]
    #[api_error(status = 422)]
    TooManyResults {
        /// How many match: more than a double can count.
        found: u64,
        /// How many can be listed.
        limit: u64,
    },

    /// What can go wrong in any operation.
    #[error(transparent)]
    #[api_error(flatten)]
    Common(#[from] CommonError),
}

/// What can go wrong when an order is placed.
#[derive(Debug, thiserror::Error, ApiError)]
#[api_error(rename_all = "camelCase", docs = "https://docs.example.com/errors/")]
pub enum PlaceOrderError {
    /// Some lines are not in stock.
    #[error("{} of the lines are not in stock", lines.len())]
    #[api_error(status = 409)]
    OutOfStock {
        /// The lines, with what is there.
        lines: Vec<StockLine>,
        /// What could be had instead.
        suggestion: Option<String>,
    },

    /// The bank declined the payment.
    #[error("the bank said no: {reason:?}")]
    #[api_error(status = 402)]
    PaymentDeclined {
        /// Why.
        reason: DeclineReason,
        /// The bank's own number for it.
        bank_reference: i64,
    },

    /// The order is worth more than this customer may order.
    #[error("an order of {amount} is over the limit of {limit}")]
    #[api_error(status = 422)]
    AmountTooLarge {
        /// What the order is worth.
        amount: Money,
        /// What it may be worth.
        limit: Money,
    },

    /// The customer may not order.
    #[error("customer {customer_id} is blocked: {note}")]
    #[api_error(status = 403)]
    CustomerBlocked {
        /// The customer.
        customer_id: u64,
        /// The case to quote.
        #[api_error(header = "X-Case-Number")]
        case_number: String,
        /// A word from the shop, in any language.
        note: String,
    },

    /// What can go wrong in any operation.
    #[error(transparent)]
    #[api_error(flatten)]
    Common(#[from] CommonError),
}
