//! Errors of any operation, modelled from the error pages of the Amazon DynamoDB API Reference and Guide.

/// The request could not be tied to a caller who may make it.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(rename_all = "camelCase", docs = "https://docs.example.com/dynamodb/")]
pub enum AccessError {
    /// The caller may not do this.
    #[error("{message}")]
    #[api_error(status = 400)]
    AccessDeniedException {
        /// What was denied, to whom.
        message: String,
    },

    /// The signature lacks one of its parts.
    ///
    /// Signature Version 4 asks for all of them; an SDK signs by itself.
    #[error("{message}")]
    #[api_error(status = 400)]
    IncompleteSignatureException {
        /// Which part is missing.
        message: String,
    },

    /// The request isn't signed.
    #[error("no credentials came with the request")]
    #[api_error(status = 400)]
    MissingAuthenticationTokenException,

    /// The access key or the token is not known.
    #[error("{message}")]
    #[api_error(
        status = 400,
        retry = backoff,
        help = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html"
    )]
    UnrecognizedClientException {
        /// Which of the two, where that is known.
        message: String,
    },

    /// The session token is past its end.
    #[error("the session's token is past its end")]
    #[api_error(status = 403)]
    ExpiredTokenException,

    /// The signature isn't one of AWS's.
    #[error("the signature isn't well formed")]
    #[api_error(status = 403)]
    IncompleteSignature,

    /// The caller isn't authorized.
    #[error("{0}")]
    #[api_error(status = 401)]
    NotAuthorized(#[api_error(rename = "message")] String),

    /// The account hasn't subscribed to the service.
    #[error("subscribe to the service first")]
    #[api_error(status = 403)]
    OptInRequired,
}

/// The request failed before anyone looked at what it asks for.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(docs = "https://docs.example.com/dynamodb/")]
pub enum HttpError {
    /// The body can't be unpacked as its encoding says.
    #[error("{0}")]
    #[api_error(status = 400)]
    MalformedHttpRequestException(#[api_error(rename = "message")] String),

    /// The client hung up before the answer.
    #[error("the connection closed before the answer")]
    #[api_error(status = 400)]
    RequestAbortedException,

    /// The body is too large.
    #[error("the body is too large")]
    #[api_error(status = 413)]
    RequestEntityTooLargeException,

    /// The request's date is more than fifteen minutes off.
    #[error("{message}")]
    #[api_error(status = 400, deprecated)]
    RequestExpired {
        /// Both times.
        message: String,
    },

    /// The request took too long to arrive.
    #[error("the request took too long to arrive")]
    #[api_error(status = 408)]
    RequestTimeoutException,

    /// No operation has this name.
    #[error("{message}")]
    #[api_error(status = 404)]
    UnknownOperationException {
        /// The name, where there was one.
        message: String,
    },
}

/// The caller has to change the request before it can succeed.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(rename_all = "camelCase", docs = "https://docs.example.com/dynamodb/")]
pub enum RequestError {
    /// Not a caller who may do this.
    #[error(transparent)]
    #[api_error(flatten)]
    Access(#[from] AccessError),

    /// Not a request that HTTP could carry.
    #[error(transparent)]
    #[api_error(flatten)]
    Http(#[from] HttpError),

    /// A parameter is missing, out of range or of the wrong type.
    #[error("{message}")]
    #[api_error(status = 400)]
    ValidationException {
        /// Which parameter, and what is wrong with it.
        message: String,
    },

    /// The input breaks a constraint of the service.
    #[error("{message}")]
    #[api_error(status = 400)]
    ValidationError {
        /// Which constraint.
        message: String,
    },
}

/// The service failed, not the caller.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(rename_all = "camelCase", docs = "https://docs.example.com/dynamodb/")]
pub enum ServerError {
    /// Something broke inside the service.
    #[error("{message}")]
    #[api_error(status = 500, retry = idempotent, expose)]
    InternalServerError {
        /// What can be said about it in public.
        message: String,
        /// Where it happened, for the log alone.
        #[api_error(skip)]
        node: String,
    },

    /// The request can't be processed for now.
    #[error("{message}")]
    #[api_error(status = 500, retry = idempotent)]
    InternalFailure {
        /// What happened, for the log alone.
        message: String,
    },

    /// The service is down for a while.
    #[error("{message}")]
    #[api_error(status = 503)]
    ServiceUnavailable {
        /// What is down, for the log alone.
        message: String,
    },
}

/// What may go wrong with any operation.
#[derive(Debug, thiserror::Error, throwback::ApiError)]
#[api_error(docs = "https://docs.example.com/dynamodb/")]
pub enum CommonError {
    /// The caller's part.
    #[error(transparent)]
    #[api_error(flatten)]
    Request(#[from] RequestError),

    /// The service's part.
    #[error(transparent)]
    #[api_error(flatten)]
    Server(#[from] ServerError),
}
