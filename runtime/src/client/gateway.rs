//! Errors that API Gateway made itself: which, and what a repeat means.

use crate::Retry;
use crate::shown::Start;
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
    pub(super) attempts: u32,
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident $name:literal,)+) => {
        /// Which error of API Gateway it is: its gateway response types, by their code in `x-error-code` and in the
        /// body where the generated gateway responses are in place.
        ///
        /// API Gateway's stock answers name their type in `x-amzn-errortype` only, and some share a name there. Where
        /// neither the status nor the message tells them apart, it is [`BadRequest`](Self::BadRequest),
        /// [`Forbidden`](Self::Forbidden) or [`InternalServerError`](Self::InternalServerError). Types to come are
        /// [`Other`](Self::Other).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum GatewayKind {
            $($(#[doc = $doc])+ $kind,)+
            /// A request that does not validate, or a media type that is not taken: which, the answer does not say.
            BadRequest,
            /// An unknown API key, or a firewall's rule: which, the answer does not say.
            Forbidden,
            /// API Gateway failed or could not use the function's answer: how, the answer does not say.
            InternalServerError,
            /// The `Authorization` header is no signature.
            IncompleteSignature,
            /// The access key is not known.
            UnrecognizedClient,
            /// Another one.
            Other,
        }

        impl GatewayKind {
            /// The types that have a name in API Gateway's configuration.
            const NAMED: &[(&str, Self)] = &[$(($name, Self::$kind),)+];
        }
    };
}

kinds! {
    /// An authorizer or a policy denies the request.
    AccessDenied "ACCESS_DENIED",
    /// The integration or its responses are not configured right. The function may have run.
    ApiConfigurationError "API_CONFIGURATION_ERROR",
    /// The authorizer could not be called.
    AuthorizerConfigurationError "AUTHORIZER_CONFIGURATION_ERROR",
    /// The authorizer failed.
    AuthorizerFailure "AUTHORIZER_FAILURE",
    /// The request's body does not validate.
    BadRequestBody "BAD_REQUEST_BODY",
    /// The request's parameters do not validate.
    BadRequestParameters "BAD_REQUEST_PARAMETERS",
    /// The credentials are out of date.
    ExpiredToken "EXPIRED_TOKEN",
    /// The function could not be called, or its answer could not be used.
    IntegrationFailure "INTEGRATION_FAILURE",
    /// The function did not answer in API Gateway's time; it may still be running.
    IntegrationTimeout "INTEGRATION_TIMEOUT",
    /// The API key is missing or unknown.
    InvalidApiKey "INVALID_API_KEY",
    /// The signature does not fit, or the caller's clock is off.
    InvalidSignature "INVALID_SIGNATURE",
    /// No such path or method, nothing deployed there, or no credentials: API Gateway says the same of all.
    MissingAuthenticationToken "MISSING_AUTHENTICATION_TOKEN",
    /// The usage plan's quota is used up until its period ends.
    QuotaExceeded "QUOTA_EXCEEDED",
    /// The request is over 10 MB.
    RequestTooLarge "REQUEST_TOO_LARGE",
    /// There is no such resource.
    ResourceNotFound "RESOURCE_NOT_FOUND",
    /// Too many requests at once.
    Throttled "THROTTLED",
    /// The caller is not authenticated.
    Unauthorized "UNAUTHORIZED",
    /// The request's media type is not taken.
    UnsupportedMediaType "UNSUPPORTED_MEDIA_TYPE",
    /// The firewall refused the request.
    WafFiltered "WAF_FILTERED",
}

/// What stands before a type's name in the code of a generated gateway response. A code of the function's holds no
/// dot, so the two can't be confused.
const CODE: &str = "gateway.";

impl GatewayKind {
    /// The type's name in API Gateway's configuration, `THROTTLED`; nothing for what is told by a header alone.
    pub fn name(self) -> Option<&'static str> {
        Self::NAMED.iter().find(|(_, kind)| *kind == self).map(|(name, _)| *name)
    }

    /// Reads the code of a generated gateway response, from its header or its body.
    pub(super) fn from_code(code: &str) -> Option<Self> {
        let in_name = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        let name = code.strip_prefix(CODE).filter(|name| !name.is_empty() && name.bytes().all(in_name))?;
        Some(Self::NAMED.iter().find(|(known, _)| *known == name).map_or(Self::Other, |(_, kind)| *kind))
    }

    /// What HTTP APIs and function URLs answer themselves, which no header tells: their very words, and nothing beside them.
    pub(super) fn from_stock(status: u16, body: &[u8]) -> Option<Self> {
        let stock: [(u16, &[u8], Self); 7] = [
            (401, br#"{"message":"Unauthorized"}"#, Self::Unauthorized),
            (403, br#"{"message":"Forbidden"}"#, Self::Forbidden),
            (404, br#"{"message":"Not Found"}"#, Self::ResourceNotFound),
            (429, br#"{"message":"Too Many Requests"}"#, Self::Throttled),
            (500, br#"{"message":"Internal Server Error"}"#, Self::InternalServerError),
            (502, b"Internal Server Error", Self::InternalServerError),
            (503, br#"{"message":"Service Unavailable"}"#, Self::IntegrationTimeout),
        ];
        stock.iter().find(|(known, text, _)| (*known, *text) == (status, body)).map(|(.., kind)| *kind)
    }

    /// Reads one value of `x-amzn-errortype`, whatever its letter case, cut at `:` and `#` as AWS's protocols ask.
    fn from_value(value: &str) -> Option<Self> {
        let value = value.trim();
        let value = value.split(':').next().unwrap_or_default();
        // The name stands behind a namespace, or before a fragment: take the part that is known.
        value.split('#').find_map(|part| {
            let known = [
                ("AccessDeniedException", Self::AccessDenied),
                ("AuthorizerConfigurationException", Self::AuthorizerConfigurationError),
                ("AuthorizerFailureException", Self::AuthorizerFailure),
                ("BadRequestException", Self::BadRequest),
                ("ExpiredTokenException", Self::ExpiredToken),
                ("ForbiddenException", Self::Forbidden),
                ("IncompleteSignatureException", Self::IncompleteSignature),
                ("InternalServerErrorException", Self::InternalServerError),
                ("InvalidSignatureException", Self::InvalidSignature),
                ("LimitExceededException", Self::QuotaExceeded),
                ("MissingAuthenticationTokenException", Self::MissingAuthenticationToken),
                ("RequestTooLargeException", Self::RequestTooLarge),
                ("ResourceNotFoundException", Self::ResourceNotFound),
                ("TooManyRequestsException", Self::Throttled),
                ("UnauthorizedException", Self::Unauthorized),
                ("UnrecognizedClientException", Self::UnrecognizedClient),
                ("WafFilteredException", Self::WafFiltered),
            ];
            known.iter().find(|(name, _)| name.eq_ignore_ascii_case(part)).map(|(_, kind)| *kind)
        })
    }

    /// Reads a header that may hold several values, joined by commas; the status and the stock message tell apart what
    /// shares a name.
    pub(super) fn from_header(header: &str, status: u16, message: Option<&str>) -> Self {
        let kind = header.split(',').find_map(Self::from_value).unwrap_or(Self::Other);
        match (kind, status, message) {
            (Self::BadRequest, 415, _) => Self::UnsupportedMediaType,
            (Self::BadRequest, 400, Some("Invalid request body")) => Self::BadRequestBody,
            (Self::BadRequest, 400, Some(message)) if message.starts_with("Missing required request parameters") => {
                Self::BadRequestParameters
            }
            (Self::InternalServerError, _, Some("Endpoint request timed out")) => Self::IntegrationTimeout,
            (Self::InternalServerError, 504, _) => Self::IntegrationFailure,
            _ => kind,
        }
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

    /// `x-amzn-errortype` as it came; empty if only the code tells.
    pub fn error_type(&self) -> &str {
        &self.0.error_type
    }

    /// What API Gateway says of it.
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
            GatewayKind::Other if self.0.status == 429 => Retry::Backoff,
            _ if self.0.status >= 500 => Retry::Idempotent,
            _ => Retry::Never,
        }
    }
}

impl fmt::Display for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "API Gateway answered {} ", self.0.status)?;
        match self.error_type() {
            "" => write!(f, "{:?}", self.0.kind)?,
            named => write!(f, "{}", Start(named))?,
        }
        match self.message() {
            Some(message) => write!(f, ": {}", Start(message)),
            None => Ok(()),
        }
    }
}
