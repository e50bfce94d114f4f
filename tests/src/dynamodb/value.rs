//! What DynamoDB's errors and answers carry, modelled from the data types of the Amazon DynamoDB API Reference.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The value of one attribute, under the letters of its type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum AttributeValue {
    /// A string.
    S(String),
    /// A number, as the decimal text that keeps all of its 38 digits.
    N(String),
    /// Bytes, as base64.
    B(String),
    /// A set of strings.
    Ss(Vec<String>),
    /// A set of numbers, each as decimal text.
    Ns(Vec<String>),
    /// A set of byte strings, each as base64.
    Bs(Vec<String>),
    /// A map from names to values.
    M(BTreeMap<String, Self>),
    /// A list of values of any types.
    L(Vec<Self>),
    /// The null value, which is always `true`.
    Null(bool),
    /// A truth value.
    Bool(bool),
}

/// Why one action of a transaction kept the whole from being carried out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CancellationReason {
    /// The item as it was, where the action asked for it.
    pub item: Option<BTreeMap<String, AttributeValue>>,
    /// The action's own outcome, `None` in letters where nothing was wrong with it.
    pub code: Option<String>,
    /// The outcome in words.
    pub message: Option<String>,
}

/// Which limit a throttled request ran into, and where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ThrottlingReason {
    /// Resource, operation and limit in one word, such as `TableReadProvisionedThroughputExceeded`.
    pub reason: Option<String>,
    /// The ARN of the table or index.
    pub resource: Option<String>,
}

/// One action of a transaction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum TransactWriteItem {
    /// Writes a whole item.
    Put(Put),
    /// Removes an item.
    Delete(Delete),
}

/// An item to write.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Put {
    /// The table it goes to.
    pub table_name: String,
    /// Its attributes.
    pub item: BTreeMap<String, AttributeValue>,
}

/// An item to remove.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Delete {
    /// The table it is in.
    pub table_name: String,
    /// The attributes of its key.
    pub key: BTreeMap<String, AttributeValue>,
}

/// What a transaction used up in one table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ConsumedCapacity {
    /// The table.
    pub table_name: String,
    /// Capacity units, in halves.
    pub capacity_units: f64,
}

/// What is known of a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct TableDescription {
    /// The table.
    pub table_name: String,
    /// Where the table is in its life.
    pub table_status: TableStatus,
    /// How many items it held at the last count.
    pub item_count: i64,
    /// How many bytes they took.
    pub table_size_bytes: i64,
}

/// Where a table is in its life.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TableStatus {
    /// Being made.
    Creating,
    /// Being changed.
    Updating,
    /// Being removed.
    Deleting,
    /// Ready for use.
    Active,
    /// Locked out, because its key can't be reached.
    InaccessibleEncryptionCredentials,
    /// On its way to the archive.
    Archiving,
    /// In the archive.
    Archived,
    /// Cut off from its replicas, for want of a permission.
    ReplicationNotAuthorized,
}
