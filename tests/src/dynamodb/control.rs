//! Errors of tables, backups, replicas and transfers, modelled from the Amazon DynamoDB API Reference 2012-08-10.

/// The state or the quotas of the account stand in the way.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(docs = "https://docs.example.com/dynamodb/")]
pub enum ControlError {
    /// The table is being made, changed or removed already.
    #[error("{message}")]
    #[api_error(status = 400)]
    ResourceInUseException {
        /// Which, and how.
        message: String,
    },

    /// Too many control operations at once, or too many tables.
    #[error("{message}")]
    #[api_error(
        status = 400,
        retry = backoff,
        help = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html"
    )]
    LimitExceededException {
        /// Which limit.
        message: String,
    },
}

/// A table, or what belongs to it, is not as the request takes it to be.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(docs = "https://docs.example.com/dynamodb/")]
pub enum TableError {
    /// The quotas and the state of the account.
    #[error(transparent)]
    #[api_error(flatten)]
    Control(#[from] ControlError),

    /// The target table is there already.
    #[error("{0}")]
    #[api_error(status = 400)]
    TableAlreadyExistsException(#[api_error(rename = "message")] String),

    /// The target table is being made or removed.
    #[error("{0}")]
    #[api_error(status = 400)]
    TableInUseException(#[api_error(rename = "message")] String),

    /// The source table isn't in this account and Region.
    #[error("{0}")]
    #[api_error(status = 400)]
    TableNotFoundException(#[api_error(rename = "message")] String),

    /// The index does not exist.
    #[error("{0}")]
    #[api_error(status = 400)]
    IndexNotFoundException(#[api_error(rename = "message")] String),

    /// The table has no policy, or none of that revision.
    #[error("{0}")]
    #[api_error(status = 400)]
    PolicyNotFoundException(#[api_error(rename = "message")] String),
}

/// A backup can't be made, found or restored.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(docs = "https://docs.example.com/dynamodb/")]
pub enum BackupError {
    /// Another operation is at work on the backup.
    #[error("{0}")]
    #[api_error(status = 400)]
    BackupInUseException(#[api_error(rename = "message")] String),

    /// No backup has this ARN.
    #[error("{0}")]
    #[api_error(status = 400)]
    BackupNotFoundException(#[api_error(rename = "message")] String),

    /// Backups are not switched on for the table.
    #[error("{0}")]
    #[api_error(status = 400)]
    ContinuousBackupsUnavailableException(#[api_error(rename = "message")] String),

    /// Point-in-time recovery is not switched on for the table.
    #[error("{0}")]
    #[api_error(status = 400)]
    PointInTimeRecoveryUnavailableException(#[api_error(rename = "message")] String),

    /// The time lies outside of what can be restored.
    #[error("{0}")]
    #[api_error(status = 400)]
    InvalidRestoreTimeException(#[api_error(rename = "message")] String),
}

/// A global table and its replicas are not as the request takes them to be.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(docs = "https://docs.example.com/dynamodb/")]
pub enum GlobalTableError {
    /// The global table is there already.
    #[error("{0}")]
    #[api_error(status = 400)]
    GlobalTableAlreadyExistsException(#[api_error(rename = "message")] String),

    /// The global table does not exist.
    #[error("{0}")]
    #[api_error(status = 400)]
    GlobalTableNotFoundException(#[api_error(rename = "message")] String),

    /// The replica belongs to the global table already.
    #[error("{0}")]
    #[api_error(status = 400)]
    ReplicaAlreadyExistsException(#[api_error(rename = "message")] String),

    /// The replica has left the global table.
    #[error("{0}")]
    #[api_error(status = 400)]
    ReplicaNotFoundException(#[api_error(rename = "message")] String),
}

/// An export to S3 or an import from there can't go ahead.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(docs = "https://docs.example.com/dynamodb/")]
pub enum TransferError {
    /// Something else writes to the bucket.
    #[error("{0}")]
    #[api_error(status = 400)]
    ExportConflictException(#[api_error(rename = "message")] String),

    /// The export does not exist.
    #[error("{0}")]
    #[api_error(status = 400)]
    ExportNotFoundException(#[api_error(rename = "message")] String),

    /// The time lies outside of what can be exported.
    #[error("{0}")]
    #[api_error(status = 400)]
    InvalidExportTimeException(#[api_error(rename = "message")] String),

    /// An earlier import has the same token or source.
    #[error("{0}")]
    #[api_error(status = 400)]
    ImportConflictException(#[api_error(rename = "message")] String),

    /// The import does not exist.
    #[error("{0}")]
    #[api_error(status = 400)]
    ImportNotFoundException(#[api_error(rename = "message")] String),
}
