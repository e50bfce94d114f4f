//! Errors of reading and writing items, modelled from the Amazon DynamoDB API Reference, version 2012-08-10.

use super::request::CommonError;
use super::value::{AttributeValue, CancellationReason, ThrottlingReason};
use std::collections::BTreeMap;

/// The request came too fast; DynamoDB answers 400 where others answer 429.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(rename_all = "PascalCase", docs = "https://docs.example.com/dynamodb/")]
pub enum ThrottlingError {
    /// The table or index is out of capacity for the moment.
    #[error("{message}")]
    #[api_error(
        status = 400,
        retry = backoff,
        help = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ThrottlingReason.html"
    )]
    ProvisionedThroughputExceededException {
        /// What ran out.
        #[api_error(rename = "message")]
        message: String,
        /// Each limit that was met.
        throttling_reasons: Option<Vec<ThrottlingReason>>,
    },

    /// The account is out of its throughput quota.
    #[error("{message}")]
    #[api_error(
        status = 400,
        retry = backoff,
        help = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ThrottlingReason.html"
    )]
    RequestLimitExceeded {
        /// What ran out.
        #[api_error(rename = "message")]
        message: String,
        /// Each limit that was met.
        throttling_reasons: Option<Vec<ThrottlingReason>>,
    },

    /// Requests of this kind come too fast.
    #[error("{message}")]
    #[api_error(status = 400, retry = backoff, title = "Throttled: \"slow down\" – langsamer, bitte")]
    ThrottlingException {
        /// What ran out.
        #[api_error(rename = "message")]
        message: String,
        /// Each limit that was met; the reference spells this one member with a small letter.
        #[api_error(rename = "throttlingReasons")]
        throttling_reasons: Option<Vec<ThrottlingReason>>,
    },
}

/// The thing that the request names isn't there.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(docs = "https://docs.example.com/dynamodb/")]
pub enum MissingError {
    /// The table or index does not exist, or is not active yet.
    #[error("{message}")]
    #[api_error(status = 400)]
    ResourceNotFoundException {
        /// Its name.
        message: String,
    },
}

/// What may go wrong with reading, and so with every data operation.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(docs = "https://docs.example.com/dynamodb/")]
pub enum ReadError {
    /// Nothing there.
    #[error(transparent)]
    #[api_error(flatten)]
    Missing(#[from] MissingError),

    /// Too fast.
    #[error(transparent)]
    #[api_error(flatten)]
    Throttling(#[from] ThrottlingError),

    /// As with any operation.
    #[error(transparent)]
    #[api_error(flatten)]
    Common(#[from] CommonError),
}

/// What may go wrong with writing one item.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(docs = "https://docs.example.com/dynamodb/")]
pub enum ItemError {
    /// The item is not as the condition wants it.
    #[error("{message}")]
    #[api_error(status = 400)]
    ConditionalCheckFailedException {
        /// That the condition failed.
        message: String,
        /// The item as it is, where the request asked for it.
        #[api_error(rename = "Item")]
        item: Option<BTreeMap<String, AttributeValue>>,
    },

    /// The items of one partition key have outgrown their 10 GB.
    #[error("{message}")]
    #[api_error(status = 400, retry = backoff)]
    ItemCollectionSizeLimitExceededException {
        /// Which collection.
        message: String,
    },

    /// A transaction is at work on the item.
    #[error("{message}")]
    #[api_error(status = 400)]
    TransactionConflictException {
        /// That there is one.
        message: String,
    },

    /// A request in another Region is at work on the item.
    #[error("{message}")]
    #[api_error(status = 400, retry = backoff)]
    ReplicatedWriteConflictException {
        /// Which items.
        message: String,
    },
}

/// What may go wrong with a transaction as a whole.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(rename_all = "PascalCase", docs = "https://docs.example.com/dynamodb/")]
pub enum TransactionError {
    /// Nothing of the transaction was carried out.
    #[error("{message}")]
    #[api_error(
        status = 400,
        help = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CancellationReason.html"
    )]
    TransactionCanceledException {
        /// The outcomes of all actions in one line.
        message: String,
        /// One reason for each action, in the order of the request.
        cancellation_reasons: Option<Vec<CancellationReason>>,
    },

    /// The same token is at work already.
    #[error("{message}")]
    #[api_error(status = 400, retry = backoff)]
    TransactionInProgressException {
        /// Which token.
        message: String,
    },

    /// The token has been used for another request.
    #[error("{message}")]
    #[api_error(status = 400)]
    IdempotentParameterMismatchException {
        /// Which token.
        message: String,
    },
}
