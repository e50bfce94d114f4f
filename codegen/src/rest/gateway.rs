//! Gateway responses: what API Gateway answers for itself, one for each of its types.
//!
//! - Each is configured whole, status, headers and body: what a configuration leaves out falls back to the stock answer,
//!   and a type that is configured inherits nothing from the default of its class.
//! - Each keeps its own status. The two defaults, which stand for types to come, get none: it would be that of all.
//! - Each body is a problem with the members of a function's error. Its code holds a dot, so that it is none a function
//!   can declare; it stands in `x-error-code` as well, which proves that the body is ours. These templates are no
//!   Velocity: a variable is put in as it is. `$context.error.messageString` brings its own quotes;
//!   `$context.requestId` is a UUID.
//! - What failed behind API Gateway's doors is not told: a 5xx has no detail.

use super::constant;
use super::mapping::cors_headers;

/// What API Gateway says of the error, a JSON string with its quotes.
const MESSAGE: &str = "$context.error.messageString";

/// One gateway response.
#[derive(Debug)]
pub(crate) struct GatewayResponse {
    /// API Gateway's name of the type.
    pub(crate) kind: &'static str,
    /// Its HTTP status; nothing for the defaults.
    pub(crate) status: Option<u16>,
    /// Headers with constant values.
    headers: Vec<(&'static str, String)>,
    /// Its body, keyed `application/json`.
    pub(crate) template: String,
}

impl GatewayResponse {
    /// The headers, as `responseParameters` take them.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = (String, String)> {
        self.headers.iter().map(|(name, value)| (format!("gatewayresponse.header.{name}"), constant(value)))
    }
}

/// A type of gateway response: API Gateway's developer guide, "Gateway response types", and what is known of the stock
/// answers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    /// Its name in API Gateway's configuration.
    pub(crate) name: &'static str,
    /// Its HTTP status.
    pub(crate) status: u16,
    /// The title of its problem; nothing where API Gateway sends the stock answer whatever is configured.
    title: Option<&'static str>,
    /// Its name in `x-amzn-errortype`.
    pub(crate) error_type: &'static str,
    /// Its stock message.
    pub(crate) message: &'static str,
    /// What a client can tell of its stock answer, in which some types look alike.
    pub(crate) in_stock: &'static str,
}

const CONFIGURATION: &str = "The API is not configured right";
const AUTHORIZER_CONFIGURATION: &str = "The authorizer is not configured right";
const NO_ROUTE: &str = "There is no such route, or the caller did not sign in";
const SERVER_ERROR: &str = "InternalServerErrorException";
const FAILED: &str = "Internal server error";
const MISSING_TOKEN: &str = "MissingAuthenticationTokenException";
const MISMATCH: &str = "The request signature we calculated does not match the signature you provided";
const EXPIRED: &str = "The security token included in the request is expired";

#[rustfmt::skip]
const KINDS: [Kind; 19] = [
    kind("ACCESS_DENIED", 403, "The caller may not do this", "AccessDeniedException", "User is not authorized to access this resource"),
    kind("API_CONFIGURATION_ERROR", 500, CONFIGURATION, SERVER_ERROR, FAILED).in_stock("INTERNAL_SERVER_ERROR"),
    kind("AUTHORIZER_CONFIGURATION_ERROR", 500, AUTHORIZER_CONFIGURATION, "AuthorizerConfigurationException", FAILED),
    kind("AUTHORIZER_FAILURE", 500, "The authorizer failed", "AuthorizerFailureException", FAILED),
    kind("BAD_REQUEST_BODY", 400, "The body does not validate", "BadRequestException", "Invalid request body"),
    kind("BAD_REQUEST_PARAMETERS", 400, "The parameters do not validate", "BadRequestException", "Missing required request parameters: [id]"),
    kind("EXPIRED_TOKEN", 403, "The credentials are out of date", "ExpiredTokenException", EXPIRED),
    kind("INTEGRATION_FAILURE", 504, "The function could not be called", SERVER_ERROR, FAILED),
    kind("INTEGRATION_TIMEOUT", 504, "The function did not answer in time", SERVER_ERROR, "Endpoint request timed out"),
    kind("INVALID_API_KEY", 403, "The API key is missing or unknown", "ForbiddenException", "Forbidden").in_stock("FORBIDDEN"),
    kind("INVALID_SIGNATURE", 403, "The signature does not fit", "InvalidSignatureException", MISMATCH),
    kind("MISSING_AUTHENTICATION_TOKEN", 403, NO_ROUTE, MISSING_TOKEN, "Missing Authentication Token"),
    kind("QUOTA_EXCEEDED", 429, "The quota is used up", "LimitExceededException", "Limit Exceeded"),
    Kind { title: None, ..kind("REQUEST_TOO_LARGE", 413, "", "RequestTooLargeException", "Request Too Long") },
    kind("RESOURCE_NOT_FOUND", 404, "There is no such resource", "ResourceNotFoundException", "Not Found"),
    kind("THROTTLED", 429, "Too many requests at once", "TooManyRequestsException", "Too Many Requests"),
    kind("UNAUTHORIZED", 401, "The caller is not known", "UnauthorizedException", "Unauthorized"),
    kind("UNSUPPORTED_MEDIA_TYPE", 415, "The media type is not taken", "BadRequestException", "Unsupported Media Type"),
    kind("WAF_FILTERED", 403, "The firewall refused the request", "ForbiddenException", "Forbidden").in_stock("FORBIDDEN"),
];

const fn kind(
    name: &'static str,
    status: u16,
    title: &'static str,
    error_type: &'static str,
    message: &'static str,
) -> Kind {
    Kind { name, status, title: Some(title), error_type, message, in_stock: name }
}

/// Every type, the defaults of the two classes apart.
pub(crate) fn kinds() -> &'static [Kind] {
    &KINDS
}

impl Kind {
    const fn in_stock(self, in_stock: &'static str) -> Self {
        Self { in_stock, ..self }
    }

    /// What a repeat of the request means: what is used up stays so until the period ends, unlike the other 429; behind
    /// any 5xx the function may have run.
    pub(crate) fn retry(&self) -> &'static str {
        match self.status {
            429 if self.name == "THROTTLED" => "backoff",
            500.. => "idempotent",
            _ => "never",
        }
    }

    /// The code of its problem.
    pub(crate) fn code(&self) -> String {
        format!("gateway.{}", self.name)
    }

    /// Its problem, with the variables still in it; nothing where it can't be configured.
    pub(crate) fn template(&self) -> Option<String> {
        let Self { name, status, title, .. } = self;
        let retryable = match (name, status) {
            // Said where it differs from what the status alone means.
            (&"QUOTA_EXCEEDED", _) | (_, 500) => format!(",\"retryable\":\"{}\"", self.retry()),
            _ => String::new(),
        };
        let detail = if *status < 500 { format!(",\"detail\":{MESSAGE}") } else { String::new() };
        Some(format!(
            "{{\"code\":\"{}\",\"title\":\"{}\",\"status\":{status},\
             \"instance\":\"$context.requestId\"{retryable}{detail}}}",
            self.code(),
            (*title)?
        ))
    }
}

/// Every gateway response, with the headers that let a browser's script read it.
pub(super) fn gateway_responses(cors: Option<&str>) -> Vec<GatewayResponse> {
    let headers = cors_headers(cors, &["x-error-code".to_owned(), "retry-after".to_owned()]);
    let response = |kind, status, template| GatewayResponse { kind, status, headers: headers.clone(), template };
    let own = KINDS.iter().filter_map(|kind| {
        let mut own = response(kind.name, Some(kind.status), kind.template()?);
        // Any JSON could have such a `code`.
        own.headers.insert(0, ("x-error-code", kind.code()));
        Some(own)
    });
    let instance = "\"instance\":\"$context.requestId\"";
    let refused = format!("{{\"title\":\"The request was refused\",{instance},\"detail\":{MESSAGE}}}");
    let failed = format!("{{\"title\":\"API Gateway failed\",{instance},\"retryable\":\"idempotent\"}}");
    own.chain([response("DEFAULT_4XX", None, refused), response("DEFAULT_5XX", None, failed)]).collect()
}
