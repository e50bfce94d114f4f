// Which of API Gateway's own answers one is.

import (
	"slices"
	"strings"
)

var namedKinds = []GatewayKind{
	GatewayAccessDenied,
	GatewayAPIConfigurationError,
	GatewayAuthorizerConfigurationError,
	GatewayAuthorizerFailure,
	GatewayBadRequestBody,
	GatewayBadRequestParameters,
	GatewayExpiredToken,
	GatewayIntegrationFailure,
	GatewayIntegrationTimeout,
	GatewayInvalidAPIKey,
	GatewayInvalidSignature,
	GatewayMissingAuthenticationToken,
	GatewayQuotaExceeded,
	GatewayRequestTooLarge,
	GatewayResourceNotFound,
	GatewayThrottled,
	GatewayUnauthorized,
	GatewayUnsupportedMediaType,
	GatewayWafFiltered,
}

// fromGateway reads an answer of API Gateway's own, generated or stock, whatever its body is.
func fromGateway(kind GatewayKind, types string, body []byte, status int) *GatewayError {
	message := ""
	for _, name := range []string{"detail", "message", "Message", "title"} {
		if message = textOf(body, name); message != "" {
			break
		}
	}
	if kind == "" {
		kind = kindOfHeader(types, status, message)
	}
	e := &GatewayError{kind: kind, errorType: types, message: message}
	switch {
	case kind == GatewayThrottled, kind == GatewayOther && status == 429:
		e.set().retry = RetryBackoff
	case status >= 500:
		e.set().retry = RetryIdempotent
	default:
		e.set().retry = RetryNever
	}
	return e
}

// kindOfCode reads the code of a generated gateway response.
func kindOfCode(code string) GatewayKind {
	name, ok := strings.CutPrefix(code, "gateway.")
	if !ok || name == "" || strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != "" {
		return ""
	}
	if kind := GatewayKind(name); slices.Contains(namedKinds, kind) {
		return kind
	}
	return GatewayOther
}

// stock is what HTTP APIs and function URLs answer themselves, which no header tells.
func stock(status int, body []byte) GatewayKind {
	texts := []struct {
		status int
		text   string
		kind   GatewayKind
	}{
		{401, `{"message":"Unauthorized"}`, GatewayUnauthorized},
		{403, `{"message":"Forbidden"}`, GatewayForbidden},
		{404, `{"message":"Not Found"}`, GatewayResourceNotFound},
		{429, `{"message":"Too Many Requests"}`, GatewayThrottled},
		{500, `{"message":"Internal Server Error"}`, GatewayInternalServerError},
		{502, "Internal Server Error", GatewayInternalServerError},
		{503, `{"message":"Service Unavailable"}`, GatewayIntegrationTimeout},
	}
	for _, one := range texts {
		if one.status == status && one.text == string(body) {
			return one.kind
		}
	}
	return ""
}

// kindOfHeader reads x-amzn-errortype; the status and the stock message tell apart what shares a name.
func kindOfHeader(types string, status int, message string) GatewayKind {
	kind := GatewayOther
	for value := range strings.SplitSeq(types, ",") {
		if found := kindOfValue(value); found != "" {
			kind = found
			break
		}
	}
	switch {
	case kind == GatewayBadRequest && status == 415:
		return GatewayUnsupportedMediaType
	case kind == GatewayBadRequest && status == 400 && message == "Invalid request body":
		return GatewayBadRequestBody
	case kind == GatewayBadRequest && status == 400 && strings.HasPrefix(message, "Missing required request parameters"):
		return GatewayBadRequestParameters
	case kind == GatewayInternalServerError && message == "Endpoint request timed out":
		return GatewayIntegrationTimeout
	case kind == GatewayInternalServerError && status == 504:
		return GatewayIntegrationFailure
	}
	return kind
}

func kindOfValue(value string) GatewayKind {
	known := []struct {
		name string
		kind GatewayKind
	}{
		{"AccessDeniedException", GatewayAccessDenied},
		{"AuthorizerConfigurationException", GatewayAuthorizerConfigurationError},
		{"AuthorizerFailureException", GatewayAuthorizerFailure},
		{"BadRequestException", GatewayBadRequest},
		{"ExpiredTokenException", GatewayExpiredToken},
		{"ForbiddenException", GatewayForbidden},
		{"IncompleteSignatureException", GatewayIncompleteSignature},
		{"InternalServerErrorException", GatewayInternalServerError},
		{"InvalidSignatureException", GatewayInvalidSignature},
		{"LimitExceededException", GatewayQuotaExceeded},
		{"MissingAuthenticationTokenException", GatewayMissingAuthenticationToken},
		{"RequestTooLargeException", GatewayRequestTooLarge},
		{"ResourceNotFoundException", GatewayResourceNotFound},
		{"TooManyRequestsException", GatewayThrottled},
		{"UnauthorizedException", GatewayUnauthorized},
		{"UnrecognizedClientException", GatewayUnrecognizedClient},
		{"WafFilteredException", GatewayWafFiltered},
	}
	value, _, _ = strings.Cut(strings.TrimSpace(value), ":")
	for part := range strings.SplitSeq(value, "#") {
		for _, one := range known {
			if strings.EqualFold(one.name, part) {
				return one.kind
			}
		}
	}
	return ""
}
