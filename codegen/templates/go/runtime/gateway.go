// Answers of API Gateway's own.

import (
	"fmt"
	"log/slog"
	"slices"
	"strings"
)

// GatewayKind says which of API Gateway's own errors it is, by the name of its gateway response type.
type GatewayKind string

// API Gateway's own errors.
const (
	// GatewayAccessDenied means: an authorizer or a policy denies the request.
	GatewayAccessDenied GatewayKind = "ACCESS_DENIED"

	// GatewayAPIConfigurationError means: the integration or its responses are not configured right. The function may have run.
	GatewayAPIConfigurationError GatewayKind = "API_CONFIGURATION_ERROR"

	// GatewayAuthorizerConfigurationError means: the authorizer could not be called.
	GatewayAuthorizerConfigurationError GatewayKind = "AUTHORIZER_CONFIGURATION_ERROR"

	// GatewayAuthorizerFailure means: the authorizer failed.
	GatewayAuthorizerFailure GatewayKind = "AUTHORIZER_FAILURE"

	// GatewayBadRequestBody means: the request's body does not validate.
	GatewayBadRequestBody GatewayKind = "BAD_REQUEST_BODY"

	// GatewayBadRequestParameters means: the request's parameters do not validate.
	GatewayBadRequestParameters GatewayKind = "BAD_REQUEST_PARAMETERS"

	// GatewayExpiredToken means: the credentials are out of date.
	GatewayExpiredToken GatewayKind = "EXPIRED_TOKEN"

	// GatewayIntegrationFailure means: the function could not be called, or its answer could not be used.
	GatewayIntegrationFailure GatewayKind = "INTEGRATION_FAILURE"

	// GatewayIntegrationTimeout means: the function did not answer in API Gateway's time; it may still be running.
	GatewayIntegrationTimeout GatewayKind = "INTEGRATION_TIMEOUT"

	// GatewayInvalidAPIKey means: the API key is missing or unknown.
	GatewayInvalidAPIKey GatewayKind = "INVALID_API_KEY"

	// GatewayInvalidSignature means: the signature does not fit, or the caller's clock is off.
	GatewayInvalidSignature GatewayKind = "INVALID_SIGNATURE"

	// GatewayMissingAuthenticationToken means: no such path or method, nothing deployed there, or no credentials: API Gateway says the same of all.
	GatewayMissingAuthenticationToken GatewayKind = "MISSING_AUTHENTICATION_TOKEN"

	// GatewayQuotaExceeded means: the usage plan's quota is used up until its period ends.
	GatewayQuotaExceeded GatewayKind = "QUOTA_EXCEEDED"

	// GatewayRequestTooLarge means: the request is over 10 MB.
	GatewayRequestTooLarge GatewayKind = "REQUEST_TOO_LARGE"

	// GatewayResourceNotFound means: there is no such resource.
	GatewayResourceNotFound GatewayKind = "RESOURCE_NOT_FOUND"

	// GatewayThrottled means: too many requests at once.
	GatewayThrottled GatewayKind = "THROTTLED"

	// GatewayUnauthorized means: the caller is not authenticated.
	GatewayUnauthorized GatewayKind = "UNAUTHORIZED"

	// GatewayUnsupportedMediaType means: the request's media type is not taken.
	GatewayUnsupportedMediaType GatewayKind = "UNSUPPORTED_MEDIA_TYPE"

	// GatewayWafFiltered means: the firewall refused the request.
	GatewayWafFiltered GatewayKind = "WAF_FILTERED"

	// GatewayBadRequest means: a request that does not validate, or a media type that is not taken: which, the answer does not say.
	GatewayBadRequest GatewayKind = "BAD_REQUEST"

	// GatewayForbidden means: an unknown API key, or a firewall's rule: which, the answer does not say.
	GatewayForbidden GatewayKind = "FORBIDDEN"

	// GatewayInternalServerError means: API Gateway failed or could not use the function's answer: how, the answer does not say.
	GatewayInternalServerError GatewayKind = "INTERNAL_SERVER_ERROR"

	// GatewayIncompleteSignature means: the `Authorization` header is no signature.
	GatewayIncompleteSignature GatewayKind = "INCOMPLETE_SIGNATURE"

	// GatewayUnrecognizedClient means: the access key is not known.
	GatewayUnrecognizedClient GatewayKind = "UNRECOGNIZED_CLIENT"

	// GatewayOther means: another one.
	GatewayOther GatewayKind = "OTHER"
)

// GatewayError is an answer of API Gateway's own: the function was not asked, or its answer could not be used.
type GatewayError struct {
	common[gateway]

	kind      GatewayKind
	errorType string
	message   string
}

type gateway struct{}

func (gateway) declaration() declaration { return declaration{who: WhoGateway} }

// Kind says which one it is.
func (e *GatewayError) Kind() GatewayKind {
	if e.kind == "" {
		return GatewayOther
	}
	return e.kind
}

// Message is what API Gateway says of it.
func (e *GatewayError) Message() string { return e.message }

// ErrorType is the header x-amzn-errortype as it came.
func (e *GatewayError) ErrorType() string { return e.errorType }

// Error says what happened.
func (e *GatewayError) Error() string {
	e = orEmpty(e)
	name := e.errorType
	if name == "" {
		name = string(e.Kind())
	}
	text := fmt.Sprintf("API Gateway answered %d %s", e.Status(), shown(name))
	if e.message != "" {
		text += ": " + shown(e.message)
	}
	return text
}

// LogValue is what a structured log shows: no header but the error's type, no bytes, no address.
func (e *GatewayError) LogValue() slog.Value {
	e = orEmpty(e)
	return e.about().log(e.attrs()...)
}

// MarshalJSON writes what LogValue shows.
func (e *GatewayError) MarshalJSON() ([]byte, error) {
	e = orEmpty(e)
	return e.about().json(e.attrs()...), nil
}

func (e *GatewayError) attrs() []slog.Attr {
	return []slog.Attr{slog.String("kind", string(e.Kind())), slog.String("message", e.message)}
}

var _ Error = (*GatewayError)(nil)
