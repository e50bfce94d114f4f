//! The errors of Amazon DynamoDB, modelled from its public API Reference, version 2012-08-10.

#![allow(clippy::unused_async, reason = "a handler is async, whether or not it waits for anything")]

pub mod control;
pub mod data;
pub mod request;
mod samples;
pub mod value;

use self::control::{BackupError, ControlError, GlobalTableError, TableError, TransferError};
use self::data::{ItemError, MissingError, ReadError, TransactionError};
use self::request::{CommonError, RequestError};
use self::value::{
    AttributeValue, CancellationReason, ConsumedCapacity, TableDescription, TableStatus, TransactWriteItem,
};
use lambda_runtime::LambdaEvent;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use throwback::{Payload, operation};

/// Every error of DynamoDB.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(docs = "https://docs.example.com/dynamodb/")]
pub enum DynamoDbError {
    /// Errors of reading, and of all operations.
    #[error(transparent)]
    #[api_error(flatten)]
    Read(#[from] ReadError),

    /// Errors of writing an item.
    #[error(transparent)]
    #[api_error(flatten)]
    Item(#[from] ItemError),

    /// Errors of a transaction.
    #[error(transparent)]
    #[api_error(flatten)]
    Transaction(#[from] TransactionError),

    /// Errors of a table.
    #[error(transparent)]
    #[api_error(flatten)]
    Table(#[from] TableError),

    /// Errors of a backup.
    #[error(transparent)]
    #[api_error(flatten)]
    Backup(#[from] BackupError),

    /// Errors of a global table.
    #[error(transparent)]
    #[api_error(flatten)]
    GlobalTable(#[from] GlobalTableError),

    /// Errors of exports and imports.
    #[error(transparent)]
    #[api_error(flatten)]
    Transfer(#[from] TransferError),

    /// An insert statement met an item of the same key.
    #[error("{message}")]
    #[api_error(status = 400)]
    DuplicateItemException {
        /// That there is one.
        message: String,
    },
}

/// What `GetItem` may answer.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(docs = "https://docs.example.com/dynamodb/")]
pub enum GetItemError {
    /// Errors of reading.
    #[error(transparent)]
    #[api_error(flatten)]
    Read(#[from] ReadError),
}

/// What `TransactWriteItems` may answer.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(docs = "https://docs.example.com/dynamodb/")]
pub enum TransactWriteItemsError {
    /// Errors of the transaction.
    #[error(transparent)]
    #[api_error(flatten)]
    Transaction(#[from] TransactionError),

    /// Errors of reading.
    #[error(transparent)]
    #[api_error(flatten)]
    Read(#[from] ReadError),
}

/// What `DeleteTable` may answer.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(docs = "https://docs.example.com/dynamodb/")]
pub enum DeleteTableError {
    /// There is no such table.
    #[error(transparent)]
    #[api_error(flatten)]
    Missing(#[from] MissingError),

    /// The table can't be removed now.
    #[error(transparent)]
    #[api_error(flatten)]
    Control(#[from] ControlError),

    /// As with any operation.
    #[error(transparent)]
    #[api_error(flatten)]
    Common(#[from] CommonError),
}

/// Which of the samples to throw.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Throw {
    /// Its place among the samples, from 0.
    pub index: usize,
}

/// Nothing was thrown, for want of a sample in that place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Thrown {
    /// How many samples there are.
    pub samples: usize,
}

/// Which item to read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GetItem {
    /// The item's key.
    pub key: String,
    /// Whether only the latest write will do.
    pub consistent_read: Option<bool>,
}

/// An item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Item {
    /// Its attributes.
    pub item: BTreeMap<String, AttributeValue>,
}

/// Actions to carry out together or not at all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TransactWriteItems {
    /// A token that makes a repeated request do nothing more.
    pub client_request_token: Option<String>,
    /// The actions.
    pub transact_items: Vec<TransactWriteItem>,
}

/// The actions have been carried out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TransactWritten {
    /// What they used up, table by table.
    pub consumed_capacity: Vec<ConsumedCapacity>,
}

/// Which table to remove.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeleteTable {
    /// The table.
    pub name: String,
}

/// One value of every error, in declaration order, with contents that are hard to carry.
pub fn samples() -> Vec<DynamoDbError> {
    let mut all: Vec<DynamoDbError> = samples::read().into_iter().map(DynamoDbError::from).collect();
    all.extend(samples::item().into_iter().map(DynamoDbError::from));
    all.extend(samples::transaction().into_iter().map(DynamoDbError::from));
    all.extend(samples::table().into_iter().map(DynamoDbError::from));
    all.extend(samples::backup().into_iter().map(DynamoDbError::from));
    all.extend(samples::global_table().into_iter().map(DynamoDbError::from));
    all.extend(samples::transfer().into_iter().map(DynamoDbError::from));
    all.push(DynamoDbError::DuplicateItemException { message: samples::PLACEHOLDERS.to_owned() });
    all
}

/// Throws the sample that the caller asks for.
#[operation(POST, "/dynamodb/throw")]
pub async fn throw(event: LambdaEvent<Payload<Throw>>) -> Result<Thrown, DynamoDbError> {
    let samples = samples();
    let count = samples.len();
    match samples.into_iter().nth(event.payload.0.index) {
        Some(error) => Err(error),
        None => Ok(Thrown { samples: count }),
    }
}

/// Reads an item.
#[operation(GET, "/dynamodb/items/{key}")]
pub async fn get_item(event: LambdaEvent<Payload<GetItem>>) -> Result<Item, GetItemError> {
    let input = event.payload.0;
    if input.key == "missing" {
        let missing = MissingError::ResourceNotFoundException { message: format!("no item `{}`", input.key) };
        return Err(ReadError::from(missing).into());
    }
    let consistent = AttributeValue::Bool(input.consistent_read.unwrap_or_default());
    Ok(Item {
        item: BTreeMap::from([("Key".to_owned(), AttributeValue::S(input.key)), ("Consistent".to_owned(), consistent)]),
    })
}

/// Carries out all actions, or none.
#[operation(POST, "/dynamodb/transactions")]
pub async fn transact_write_items(
    event: LambdaEvent<Payload<TransactWriteItems>>,
) -> Result<TransactWritten, TransactWriteItemsError> {
    let input = event.payload.0;
    if input.transact_items.is_empty() {
        let empty = RequestError::ValidationException { message: "a transaction has at least one action".to_owned() };
        return Err(ReadError::from(CommonError::from(empty)).into());
    }
    let mut consumed_capacity = Vec::new();
    let mut cancellation_reasons = Vec::new();
    for action in input.transact_items {
        match action {
            TransactWriteItem::Put(put) => {
                consumed_capacity.push(ConsumedCapacity { table_name: put.table_name, capacity_units: 2.0 });
            }
            TransactWriteItem::Delete(delete) => cancellation_reasons.push(CancellationReason {
                item: Some(delete.key),
                code: Some("ConditionalCheckFailed".to_owned()),
                message: Some(format!("nothing to delete in `{}`", delete.table_name)),
            }),
        }
    }
    if cancellation_reasons.is_empty() {
        return Ok(TransactWritten { consumed_capacity });
    }
    Err(TransactionError::TransactionCanceledException {
        message: "the transaction was cancelled".to_owned(),
        cancellation_reasons: Some(cancellation_reasons),
    }
    .into())
}

/// Removes a table.
#[operation(DELETE, "/dynamodb/tables/{name}")]
pub async fn delete_table(event: LambdaEvent<Payload<DeleteTable>>) -> Result<TableDescription, DeleteTableError> {
    let table_name = event.payload.0.name;
    match table_name.as_str() {
        "missing" => {
            Err(MissingError::ResourceNotFoundException { message: format!("no table `{table_name}`") }.into())
        }
        "busy" => Err(ControlError::ResourceInUseException { message: format!("`{table_name}` is in use") }.into()),
        _ => Ok(TableDescription {
            table_name,
            table_status: TableStatus::Deleting,
            item_count: 9_007_199_254_740_993,
            table_size_bytes: i64::MAX,
        }),
    }
}
