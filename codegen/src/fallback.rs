//! Gateway responses: what API Gateway answers for itself, one for each of its types.
//!
//! - Each is configured whole, status, headers and body: what a configuration leaves out falls back to the stock answer,
//!   and a type that is configured inherits nothing from the default of its class.
//! - Each keeps its own status. The two defaults, which stand for types to come, get none: it would be that of all.
//! - Each body is a problem with the members of a function's error. Its code holds a dot, so that it is none a function
//!   can declare. These templates are no Velocity: a variable is put in as it is. `$context.error.messageString` brings
//!   its own quotes; `$context.requestId` is a UUID.
//! - What failed behind API Gateway's doors is not told: a 5xx has no detail.

use crate::mapping::cors_headers;

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
    pub(crate) headers: Vec<(&'static str, String)>,
    /// Its body, keyed `application/json`.
    pub(crate) template: String,
}

/// Every type that can be configured, with its status and the title of its problem (API Gateway's developer guide,
/// "Gateway response types"). `REQUEST_TOO_LARGE` is not among them: it always has the stock answer.
const TYPES: [(&str, u16, &str); 18] = [
    ("ACCESS_DENIED", 403, "The caller may not do this"),
    ("API_CONFIGURATION_ERROR", 500, "The API is not configured right"),
    ("AUTHORIZER_CONFIGURATION_ERROR", 500, "The authorizer is not configured right"),
    ("AUTHORIZER_FAILURE", 500, "The authorizer failed"),
    ("BAD_REQUEST_BODY", 400, "The body does not validate"),
    ("BAD_REQUEST_PARAMETERS", 400, "The parameters do not validate"),
    ("EXPIRED_TOKEN", 403, "The credentials are out of date"),
    ("INTEGRATION_FAILURE", 504, "The function could not be called"),
    ("INTEGRATION_TIMEOUT", 504, "The function did not answer in time"),
    ("INVALID_API_KEY", 403, "The API key is missing or unknown"),
    ("INVALID_SIGNATURE", 403, "The signature does not fit"),
    ("MISSING_AUTHENTICATION_TOKEN", 403, "There is no such route, or the caller did not sign in"),
    ("QUOTA_EXCEEDED", 429, "The quota is used up"),
    ("RESOURCE_NOT_FOUND", 404, "There is no such resource"),
    ("THROTTLED", 429, "Too many requests at once"),
    ("UNAUTHORIZED", 401, "The caller is not known"),
    ("UNSUPPORTED_MEDIA_TYPE", 415, "The media type is not taken"),
    ("WAF_FILTERED", 403, "The firewall refused the request"),
];

/// Every gateway response, with the headers that let a browser's script read it.
pub(crate) fn gateway_responses(cors: Option<&str>) -> Vec<GatewayResponse> {
    let headers = cors_headers(cors, &["x-error-code".to_owned(), "retry-after".to_owned()]);
    let response = |kind, status, template| GatewayResponse { kind, status, headers: headers.clone(), template };
    let types = TYPES.iter().map(|&(kind, status, title)| response(kind, Some(status), problem(kind, status, title)));
    let instance = "\"instance\":\"$context.requestId\"";
    let refused = format!("{{\"title\":\"The request was refused\",{instance},\"detail\":{MESSAGE}}}");
    let failed = format!("{{\"title\":\"API Gateway failed\",{instance},\"retryable\":\"idempotent\"}}");
    types.chain([response("DEFAULT_4XX", None, refused), response("DEFAULT_5XX", None, failed)]).collect()
}

fn problem(kind: &str, status: u16, title: &str) -> String {
    let retryable = match (kind, status) {
        // What is used up stays so until the period ends, unlike the other 429.
        ("QUOTA_EXCEEDED", _) => ",\"retryable\":\"never\"",
        // The function may have run.
        (_, 500) => ",\"retryable\":\"idempotent\"",
        _ => "",
    };
    let detail = if status < 500 { format!(",\"detail\":{MESSAGE}") } else { String::new() };
    format!(
        "{{\"code\":\"gateway.{kind}\",\"title\":\"{title}\",\"status\":{status},\
         \"instance\":\"$context.requestId\"{retryable}{detail}}}"
    )
}
