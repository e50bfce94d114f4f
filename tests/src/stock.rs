//! An API of an enum alone: its function was there before, with a handler and a document of its own.

#![allow(missing_docs)]

use serde_json::{Value, json};
use throwback::ApiError;
use throwback::lambda_runtime::LambdaEvent;

/// Why there is no stock.
#[derive(Debug, thiserror::Error, ApiError)]
#[api_error(rename_all = "camelCase")]
pub enum StockError {
    /// Nobody knows this article.
    #[error("no article {sku}")]
    #[api_error(status = 404)]
    ArticleNotFound { sku: String },

    /// The article is sold no more.
    #[error("sold until {until}")]
    #[api_error(status = 404)]
    Discontinued { until: u16 },

    #[error(transparent)]
    #[api_error(flatten)]
    Warehouse(#[from] WarehouseError),
}

/// What any question to the warehouse can end in.
#[derive(Debug, thiserror::Error, ApiError)]
pub enum WarehouseError {
    /// The warehouse counts.
    #[error("counting")]
    #[api_error(status = 503, retry = backoff, expose)]
    Counting {
        #[api_error(retry_after)]
        wait: u32,
    },

    #[error("the shelf at {address} does not answer")]
    #[api_error(internal)]
    Shelf { address: String },
}

/// Reads how much there is.
///
/// # Errors
/// [`StockError`]
pub async fn stock(event: LambdaEvent<Value>) -> Result<Value, StockError> {
    let sku = event.payload["sku"].as_str().unwrap_or_default().to_owned();
    std::future::ready(match sku.as_str() {
        "1" => Ok(json!({ "sku": sku, "count": 7 })),
        "2" => Err(StockError::Discontinued { until: 2019 }),
        "3" => Err(WarehouseError::Counting { wait: 9 }.into()),
        "4" => Err(WarehouseError::Shelf { address: "10.0.0.1".to_owned() }.into()),
        _ => Err(StockError::ArticleNotFound { sku }),
    })
    .await
}
