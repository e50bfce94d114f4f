//! The types of gateway response, and what each is in stock.

macro_rules! response_types {
    ($($(#[$docs:meta])* $variant:ident $name:literal $status:literal $error_type:literal $message:literal,)*) => {
        /// A type of gateway response.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum ResponseType {
            $($(#[$docs])* $variant,)*
        }

        impl ResponseType {
            /// All types.
            pub const ALL: &[ResponseType] = &[$(ResponseType::$variant),*];

            /// The type's name in API Gateway's configuration.
            pub fn name(self) -> &'static str {
                match self { $(ResponseType::$variant => $name,)* }
            }

            /// The status it has where nobody has set another one.
            pub fn default_status(self) -> u16 {
                match self { $(ResponseType::$variant => $status,)* }
            }

            /// The value of `x-amzn-errortype` that comes with it.
            pub fn error_type(self) -> &'static str {
                match self { $(ResponseType::$variant => $error_type,)* }
            }

            /// `$context.error.message`.
            pub fn message(self) -> &'static str {
                match self { $(ResponseType::$variant => $message,)* }
            }
        }
    };
}

response_types! {
    /// An authorizer or a policy denies the request.
    AccessDenied "ACCESS_DENIED" 403 "AccessDeniedException" "User is not authorized to access this resource",
    /// The configuration of the integration or of its responses is wrong.
    ApiConfigurationError "API_CONFIGURATION_ERROR" 500 "InternalServerErrorException" "Internal server error",
    /// The authorizer could not be called.
    AuthorizerConfigurationError "AUTHORIZER_CONFIGURATION_ERROR" 500 "AuthorizerConfigurationException" "Internal server error",
    /// The authorizer failed.
    AuthorizerFailure "AUTHORIZER_FAILURE" 500 "AuthorizerFailureException" "Internal server error",
    /// The request's body does not validate.
    BadRequestBody "BAD_REQUEST_BODY" 400 "BadRequestException" "Invalid request body",
    /// A required request parameter is missing.
    BadRequestParameters "BAD_REQUEST_PARAMETERS" 400 "BadRequestException" "Missing required request parameters",
    /// The credentials have expired.
    ExpiredToken "EXPIRED_TOKEN" 403 "ExpiredTokenException" "The security token included in the request is expired",
    /// The integration could not be called.
    IntegrationFailure "INTEGRATION_FAILURE" 504 "InternalServerErrorException" "Internal server error",
    /// The integration did not answer in time.
    IntegrationTimeout "INTEGRATION_TIMEOUT" 504 "InternalServerErrorException" "Endpoint request timed out",
    /// The API key is missing or wrong.
    InvalidApiKey "INVALID_API_KEY" 403 "ForbiddenException" "Forbidden",
    /// The request's signature is wrong.
    InvalidSignature "INVALID_SIGNATURE" 403 "InvalidSignatureException" "The request signature we calculated does not match the signature you provided",
    /// There are no credentials, or there is no such path or method.
    MissingAuthenticationToken "MISSING_AUTHENTICATION_TOKEN" 403 "MissingAuthenticationTokenException" "Missing Authentication Token",
    /// The usage plan's quota is used up.
    QuotaExceeded "QUOTA_EXCEEDED" 429 "LimitExceededException" "Limit Exceeded",
    /// The request is over 10 MB. API Gateway lets nobody customise this one.
    RequestTooLarge "REQUEST_TOO_LARGE" 413 "RequestTooLargeException" "Request Too Long",
    /// There is no such resource, once the request is authorized.
    ResourceNotFound "RESOURCE_NOT_FOUND" 404 "ResourceNotFoundException" "Not Found",
    /// Too many requests.
    Throttled "THROTTLED" 429 "TooManyRequestsException" "Too Many Requests",
    /// The caller is not authenticated.
    Unauthorized "UNAUTHORIZED" 401 "UnauthorizedException" "Unauthorized",
    /// The request's media type has no template and may not pass without one.
    UnsupportedMediaType "UNSUPPORTED_MEDIA_TYPE" 415 "BadRequestException" "Unsupported Media Type",
    /// The firewall refused the request.
    WafFiltered "WAF_FILTERED" 403 "ForbiddenException" "Forbidden",
}
