//! Errors that API Gateway made itself: which, and what a repeat means.

use crate::Retry;
use std::fmt;

/// An answer of API Gateway's own: the function was not asked, or its answer could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gateway(pub(super) Box<Answer>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) kind: GatewayKind,
    pub(super) status: u16,
    pub(super) error_type: String,
    pub(super) message: Option<String>,
    pub(super) retry_after: Option<u64>,
    pub(super) request_id: Option<String>,
    pub(super) idempotent: bool,
}

/// Which error of API Gateway it is, by `x-amzn-errortype`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GatewayKind {
    /// The caller may not use this resource.
    AccessDenied,
    /// The request is malformed, or its media type is not accepted.
    BadRequest,
    /// The credentials' token is out of date.
    ExpiredToken,
    /// Refused: an unknown API key, or a firewall rule.
    Forbidden,
    /// The `Authorization` header is no signature.
    IncompleteSignature,
    /// The signature does not fit, or the caller's clock is off.
    InvalidSignature,
    /// API Gateway failed, could not reach Lambda, or waited too long.
    InternalServerError,
    /// The usage plan's quota is used up.
    QuotaExceeded,
    /// No such route, or the API is not deployed there.
    NoSuchRoute,
    /// The request is too large.
    RequestTooLarge,
    /// The resource is not known.
    ResourceNotFound,
    /// Too many requests at once.
    Throttled,
    /// The caller is not known.
    Unauthorized,
    /// Another one.
    Other,
}

impl GatewayKind {
    /// Reads one value of `x-amzn-errortype`, whatever its letter case, cut at `:` and `#` as AWS's protocols ask.
    fn from_value(value: &str) -> Option<Self> {
        let value = value.trim();
        let value = value.split(':').next().unwrap_or_default();
        // The name stands behind a namespace, or before a fragment: take the part that is known.
        value.split('#').find_map(|part| {
            let known = [
                ("AccessDeniedException", Self::AccessDenied),
                ("BadRequestException", Self::BadRequest),
                ("ExpiredTokenException", Self::ExpiredToken),
                ("ForbiddenException", Self::Forbidden),
                ("WafFilteredException", Self::Forbidden),
                ("IncompleteSignatureException", Self::IncompleteSignature),
                ("InvalidSignatureException", Self::InvalidSignature),
                ("InternalServerErrorException", Self::InternalServerError),
                ("LimitExceededException", Self::QuotaExceeded),
                ("MissingAuthenticationTokenException", Self::NoSuchRoute),
                ("RequestTooLargeException", Self::RequestTooLarge),
                ("ResourceNotFoundException", Self::ResourceNotFound),
                ("TooManyRequestsException", Self::Throttled),
                ("UnauthorizedException", Self::Unauthorized),
                ("UnrecognizedClientException", Self::Unauthorized),
            ];
            known.iter().find(|(name, _)| name.eq_ignore_ascii_case(part)).map(|(_, kind)| *kind)
        })
    }

    /// Reads a header that may hold several values, joined by commas.
    pub(super) fn from_header(header: &str) -> Self {
        header.split(',').find_map(Self::from_value).unwrap_or(Self::Other)
    }
}

impl Gateway {
    /// Which one it is.
    pub fn kind(&self) -> GatewayKind {
        self.0.kind
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// `x-amzn-errortype` as it came.
    pub fn error_type(&self) -> &str {
        &self.0.error_type
    }

    /// The body's message.
    pub fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// The id to quote when asking for help.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// What a repeat of the request means. A quota used up stays so until the period ends, although its status is the
    /// 429 of throttling; behind any 5xx the function may have run.
    pub fn retry(&self) -> Retry {
        match self.0.kind {
            GatewayKind::Throttled => Retry::Backoff,
            GatewayKind::InternalServerError => Retry::Idempotent,
            GatewayKind::Other => Retry::of_status(self.0.status),
            _ => Retry::Never,
        }
    }
}

impl fmt::Display for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "API Gateway answered {} {}", self.0.status, self.0.error_type)?;
        match self.message() {
            Some(message) => write!(f, ": {message}"),
            None => Ok(()),
        }
    }
}
