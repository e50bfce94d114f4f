// From an answer to a failure: who answered, and what was said.

import (
	"bytes"
	"errors"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// GatewayKind says which of API Gateway's own errors it is, by the name of its gateway response type.
type GatewayKind string

// API Gateway's own errors.
const (
	// GatewayAccessDenied: an authorizer or a policy denies the request.
	GatewayAccessDenied GatewayKind = "ACCESS_DENIED"

	// GatewayAPIConfigurationError: the integration or its responses are not configured right. The function may have run.
	GatewayAPIConfigurationError GatewayKind = "API_CONFIGURATION_ERROR"

	// GatewayAuthorizerConfigurationError: the authorizer could not be called.
	GatewayAuthorizerConfigurationError GatewayKind = "AUTHORIZER_CONFIGURATION_ERROR"

	// GatewayAuthorizerFailure: the authorizer failed.
	GatewayAuthorizerFailure GatewayKind = "AUTHORIZER_FAILURE"

	// GatewayBadRequestBody: the request's body does not validate.
	GatewayBadRequestBody GatewayKind = "BAD_REQUEST_BODY"

	// GatewayBadRequestParameters: the request's parameters do not validate.
	GatewayBadRequestParameters GatewayKind = "BAD_REQUEST_PARAMETERS"

	// GatewayExpiredToken: the credentials are out of date.
	GatewayExpiredToken GatewayKind = "EXPIRED_TOKEN"

	// GatewayIntegrationFailure: the function could not be called, or its answer could not be used.
	GatewayIntegrationFailure GatewayKind = "INTEGRATION_FAILURE"

	// GatewayIntegrationTimeout: the function did not answer in API Gateway's time; it may still be running.
	GatewayIntegrationTimeout GatewayKind = "INTEGRATION_TIMEOUT"

	// GatewayInvalidAPIKey: the API key is missing or unknown.
	GatewayInvalidAPIKey GatewayKind = "INVALID_API_KEY"

	// GatewayInvalidSignature: the signature does not fit, or the caller's clock is off.
	GatewayInvalidSignature GatewayKind = "INVALID_SIGNATURE"

	// GatewayMissingAuthenticationToken: no such path or method, nothing deployed there, or no credentials: API Gateway says the same of all.
	GatewayMissingAuthenticationToken GatewayKind = "MISSING_AUTHENTICATION_TOKEN"

	// GatewayQuotaExceeded: the usage plan's quota is used up until its period ends.
	GatewayQuotaExceeded GatewayKind = "QUOTA_EXCEEDED"

	// GatewayRequestTooLarge: the request is over 10 MB.
	GatewayRequestTooLarge GatewayKind = "REQUEST_TOO_LARGE"

	// GatewayResourceNotFound: there is no such resource.
	GatewayResourceNotFound GatewayKind = "RESOURCE_NOT_FOUND"

	// GatewayThrottled: too many requests at once.
	GatewayThrottled GatewayKind = "THROTTLED"

	// GatewayUnauthorized: the caller is not authenticated.
	GatewayUnauthorized GatewayKind = "UNAUTHORIZED"

	// GatewayUnsupportedMediaType: the request's media type is not taken.
	GatewayUnsupportedMediaType GatewayKind = "UNSUPPORTED_MEDIA_TYPE"

	// GatewayWafFiltered: the firewall refused the request.
	GatewayWafFiltered GatewayKind = "WAF_FILTERED"

	// GatewayBadRequest: a request that does not validate, or a media type that is not taken: which, the answer does not say.
	GatewayBadRequest GatewayKind = "BAD_REQUEST"

	// GatewayForbidden: an unknown API key, or a firewall's rule: which, the answer does not say.
	GatewayForbidden GatewayKind = "FORBIDDEN"

	// GatewayInternalServerError: API Gateway failed or could not use the function's answer: how, the answer does not say.
	GatewayInternalServerError GatewayKind = "INTERNAL_SERVER_ERROR"

	// GatewayIncompleteSignature: the `Authorization` header is no signature.
	GatewayIncompleteSignature GatewayKind = "INCOMPLETE_SIGNATURE"

	// GatewayUnrecognizedClient: the access key is not known.
	GatewayUnrecognizedClient GatewayKind = "UNRECOGNIZED_CLIENT"

	// GatewayOther: another one.
	GatewayOther GatewayKind = "OTHER"
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

// Trust says what proves that an answer is the API's own.
type Trust int

// What can prove it.
const (
	// TrustMarks: the header x-error-code, the media type application/problem+json, or x-amzn-errortype. Any other body is
	// a stranger's.
	TrustMarks Trust = iota

	// TrustBodies: a code in the body is enough, for an API behind a mapping that sets none of these. Whoever stands on the
	// way can then pass for the API.
	TrustBodies
)

// IsSuccess says whether an answer is a success: its status is, and no x-error-code says otherwise.
func IsSuccess(status int, header http.Header) bool {
	return status >= 200 && status <= 299 && len(header.Values("X-Error-Code")) == 0
}

// isFunctionError says whether a success is what Lambda says of a function that failed.
func isFunctionError(body []byte) bool {
	body = withoutMark(body)
	return bytes.HasPrefix(body, []byte(`{"errorMessage":"`)) || bytes.HasPrefix(body, []byte(`{"errorType":"`))
}

// declared is one error of a set: what is known of it, and what reads its own members.
type declared struct {
	info *info
	read func(*object) failure
}

// errorSet is the errors that are caught together.
type errorSet []declared

func (s errorSet) find(code string) *declared {
	for i := range s {
		if s[i].info.code == code {
			return &s[i]
		}
	}
	return nil
}

func withoutMark(body []byte) []byte { return bytes.TrimPrefix(body, []byte("\xEF\xBB\xBF")) }

// decode says what an answer means that is no success.
func decode(set errorSet, trust Trust, idempotent bool, answer *RawResponse) failure {
	body := withoutMark(answer.Body)
	status, header := answer.StatusCode, answer.Header
	var found failure
	switch from := originOf(trust, header, body); {
	case from.who == WhoAPI:
		var reason string
		if found, reason = fromProblem(set, from.code, body); reason != "" {
			found = &UnmodelledError{info: *found.set(), reason: reason}
		}
	case from.who == WhoGateway:
		found = gateway(from.kind, from.types, body, answer)
	default:
		if kind := stock(status, body); kind != "" {
			found = gateway(kind, "", body, answer)
			break
		}
		reason := "it names no error"
		if from.code != "" {
			reason = "nothing shows that the API wrote it"
		}
		found = &UnmodelledError{info: info{code: from.code}, reason: reason}
	}
	i := found.set()
	i.status, i.idempotent, i.response = status, idempotent, answer
	i.requestID = requestID(header)
	if i.after == nil {
		i.after = retryAfter(header)
	}
	return found
}

type origin struct {
	who   Who
	code  string
	kind  GatewayKind
	types string
}

// originOf decides by our header first, then by a code in the body with something to prove it, then by API Gateway's header
// alone.
func originOf(trust Trust, header http.Header, body []byte) origin {
	named, _, _ := strings.Cut(visible(header, "X-Error-Code"), ",")
	named = strings.TrimSpace(named)
	if isCode(named) {
		return origin{who: WhoAPI, code: named}
	}
	var types []string
	for _, value := range header.Values("X-Amzn-Errortype") {
		if isVisible(value) {
			types = append(types, value)
		}
	}
	joined := strings.Join(types, ", ")
	if kind := kindOfCode(named); kind != "" {
		return origin{who: WhoGateway, kind: kind, types: joined}
	}
	code := peekCode(body)
	marked := trust == TrustBodies || isProblem(header)
	switch {
	case isCode(code):
		if marked || slices.ContainsFunc(types, func(types string) bool { return names(types, code) }) {
			return origin{who: WhoAPI, code: code}
		}
		if len(types) == 0 {
			return origin{code: code}
		}
		return origin{who: WhoGateway, types: joined}
	case code != "" && (marked || len(types) > 0):
		return origin{who: WhoGateway, kind: kindOfCode(code), types: joined}
	case len(types) == 0:
		return origin{}
	}
	return origin{who: WhoGateway, types: joined}
}

func isVisible(value string) bool {
	for i := range len(value) {
		if c := value[i]; c != '\t' && (c < ' ' || c > '~') {
			return false
		}
	}
	return true
}

// visible is the first value of a header, if it is plain text.
func visible(header http.Header, name string) string {
	if value := header.Get(name); isVisible(value) {
		return value
	}
	return ""
}

// isProblem says whether every content type is a problem's.
func isProblem(header http.Header) bool {
	values := header.Values("Content-Type")
	for _, value := range values {
		quoted := false
		parts := strings.FieldsFunc(value, func(r rune) bool {
			quoted = quoted != (r == '"')
			return r == ',' && !quoted
		})
		for _, part := range parts {
			media, _, _ := strings.Cut(part, ";")
			if !strings.EqualFold(strings.TrimSpace(media), "application/problem+json") {
				return false
			}
		}
		if len(parts) == 0 {
			return false
		}
	}
	return len(values) > 0
}

// names says whether x-amzn-errortype names this code.
func names(types, code string) bool {
	for value := range strings.SplitSeq(types, ",") {
		value, _, _ = strings.Cut(value, ":")
		for part := range strings.SplitSeq(strings.TrimSpace(value), "#") {
			if strings.EqualFold(part, code) {
				return true
			}
		}
	}
	return false
}

func isOfCode(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-'
}

// isCode says whether a text can be a code: a letter, and up to 63 letters, digits, `_` and `-`.
func isCode(text string) bool {
	if len(text) == 0 || len(text) > 64 || !isOfCode(text[0]) || text[0] <= '9' || text[0] == '_' {
		return false
	}
	for i := range len(text) {
		if !isOfCode(text[i]) {
			return false
		}
	}
	return true
}

// peekCode is the code that a body names. The wire's own form has it first, so that a look suffices.
func peekCode(body []byte) string {
	if rest, ok := bytes.CutPrefix(body, []byte(`{"code":"`)); ok {
		if end := bytes.IndexByte(rest, '"'); end >= 0 && isCode(string(rest[:end])) {
			return string(rest[:end])
		}
	}
	code := textOf(body, "code")
	if isCode(code) || kindOfCode(code) != "" {
		return code
	}
	return ""
}

// textOf is a text among the members of a whole object.
func textOf(body []byte, name string) string {
	v, err := whole(body)
	if err == nil {
		_, err = asAny(v)
	}
	if err != nil {
		return ""
	}
	found := ""
	for _, m := range v.object().members {
		if m.name == name {
			found, _ = asText(value{text: m.text})
		}
	}
	return found
}

// split takes as much of an object apart as there is.
func split(body []byte) *object {
	o := &object{depth: 1, err: errNoJSON}
	at := blanks(body, 0)
	if at >= len(body) || body[at] != '{' {
		return o
	}
	at = blanks(body, at+1)
	for first := true; at < len(body); first = false {
		if body[at] == '}' && first {
			break
		}
		end, ok := skipName(body, at)
		if !ok {
			return o
		}
		quoted, _ := skipText(body, at)
		name, err := unquote(body[at:quoted])
		if err != nil {
			return o
		}
		at = blanks(body, end)
		if end, ok = skip(body, at); !ok {
			return o
		}
		o.members = append(o.members, member{name, body[at:end]})
		at = blanks(body, end)
		if at < len(body) && body[at] == ',' {
			at = blanks(body, at+1)
			continue
		}
		break
	}
	if at < len(body) && body[at] == '}' && blanks(body, at+1) == len(body) {
		o.err = nil
	}
	return o
}

// common takes the members out that every problem has. One of a wrong type is ignored (RFC 9457 section 3.1).
func (i *info) common(o *object) {
	own := o.members[:0:0]
	for _, m := range o.members {
		v := value{text: m.text, depth: 1}
		text, _ := asText(v)
		switch m.name {
		case "code":
		case "title":
			i.title = text
		case "status":
			if status, err := asUint[uint16](v); err == nil {
				i.status = int(status)
			}
		case "detail":
			i.detail = text
		case "type":
			i.typeURI = text
		case "instance":
			i.instance = text
		case "retryable":
			i.retryable = text
		case "retryAfter":
			i.after = nil
			if after, err := asUint[uint64](v); err == nil {
				i.after = &after
			}
		case "truncated":
			i.truncated, _ = asBool(v)
		default:
			own = append(own, m)
		}
	}
	o.members = own
}

// fromProblem reads a problem whose code is known. With a reason why it can't be read comes what could be.
func fromProblem(set errorSet, code string, body []byte) (failure, string) {
	known := set.find(code)
	kind, status := reserved(code)
	i := info{code: code, came: true}
	switch {
	case known != nil:
		i.status, i.retry = known.info.status, known.info.retry
	case kind != "":
		i.status, i.retry = status, kind.retry()
	}
	bound := max(i.status, 0)
	if known == nil && kind == "" {
		bound = 500
	}
	empty := len(body) == 0
	if empty {
		body = []byte("{}")
	}
	o := &object{err: errors.New("it is no UTF-8")}
	if isText(body) {
		o = split(body)
	}
	i.common(o)
	if i.status < 400 || i.status > 599 {
		i.status = bound
	}
	var found failure
	switch {
	case known != nil:
		found = known.read(o)
		if i.truncated {
			o.err = errors.New("the function left the error's fields out")
		}
	default:
		seen := make(map[string]bool, len(o.members))
		for _, m := range o.members {
			if seen[m.name] && o.err == nil {
				o.find(m.name)
			}
			seen[m.name] = true
		}
		if kind != "" {
			platform := &PlatformError{kind: kind}
			if kind == PlatformInvalidPayload {
				if v, ok := o.find("path"); ok {
					platform.path, _ = asText(v)
				}
				if v, ok := o.find("reason"); ok {
					platform.reason, _ = asText(v)
				}
			}
			found = platform
		} else {
			members := make([]member, len(o.members))
			for at, m := range o.members {
				members[at] = member{m.name, slices.Clone(m.text)}
			}
			found = &UndeclaredError{members: members}
		}
	}
	*found.set() = i
	switch {
	case o.err == nil:
		return found, ""
	case empty && !i.truncated:
		return found, "there is no body"
	}
	return found, o.err.Error()
}

func isText(body []byte) bool { return strings.ToValidUTF8(string(body), "") == string(body) }

// reserved is what a code of the platform's says, and its status.
func reserved(code string) (PlatformKind, int) {
	switch code {
	case "InvalidPayload":
		return PlatformInvalidPayload, 400
	case "InternalError":
		return PlatformInternal, 500
	case "FunctionTimeout":
		return PlatformTimeout, 504
	}
	return "", 0
}

func requestID(header http.Header) string {
	if id := visible(header, "X-Amzn-Requestid"); id != "" {
		return id
	}
	return visible(header, "Apigw-Requestid")
}

// retryAfter is the header in seconds. A date counts from the answer's own: this machine's clock may be wrong.
func retryAfter(header http.Header) *uint64 {
	after := strings.TrimSpace(visible(header, "Retry-After"))
	isNumber := func(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }
	digits, fraction, ok := strings.Cut(after, ".")
	if isNumber(digits) && (!ok || isNumber(fraction)) {
		seconds, err := strconv.ParseUint(digits, 10, 64)
		if err != nil {
			return nil
		}
		if strings.Trim(fraction, "0") != "" && seconds < math.MaxUint64 {
			seconds++
		}
		return &seconds
	}
	from, err := http.ParseTime(strings.TrimSpace(visible(header, "Date")))
	if err != nil {
		return nil
	}
	until, err := http.ParseTime(after)
	if err != nil {
		return nil
	}
	seconds := uint64(max(until.Unix()-from.Unix(), 0))
	return &seconds
}

// gateway is an answer of API Gateway's own, generated or stock, whatever its body is.
func gateway(kind GatewayKind, types string, body []byte, answer *RawResponse) *GatewayError {
	message := ""
	for _, name := range []string{"detail", "message", "Message", "title"} {
		if message = textOf(body, name); message != "" {
			break
		}
	}
	if kind == "" {
		kind = kindOfHeader(types, answer.StatusCode, message)
	}
	return &GatewayError{kind: kind, errorType: types, message: message}
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

// decodeInvocation reads the payload of a function that failed.
func decodeInvocation(set errorSet, payload []byte) failure {
	v, err := whole(payload)
	if err == nil {
		_, err = asAny(v)
	}
	isObject := err == nil && v.text[0] == '{'
	errorType, message := "", ""
	if isObject {
		errorType, message = textOf(payload, "errorType"), textOf(payload, "errorMessage")
	} else {
		message = strings.ToValidUTF8(string(payload), "\uFFFD")
		if text := cut(message); text != "" {
			message = text
		}
	}
	code, problem, tagged := tag(message)
	if tagged {
		found, reason := fromProblem(set, code, []byte(problem))
		if reason == "" {
			return found
		}
		if kind, _ := reserved(code); kind != "" || set.find(code) != nil {
			i := *found.set()
			i.response = &RawResponse{StatusCode: i.status, Body: payload}
			return &UnmodelledError{info: i, reason: reason}
		}
	}
	kind := kindOfInvocation(errorType, message)
	i := info{code: "InternalError", status: 500, came: true}
	if kind == PlatformTimeout {
		i.code, i.status = "FunctionTimeout", 504
	}
	i.detail = strings.TrimSpace(message)
	i.requestID = idIn(message)
	if !tagged {
		return &PlatformError{info: i, kind: kind}
	}
	// A tagged message whose problem can't be read keeps its code.
	i.code = code
	var members []member
	if o := split(payload); o.err == nil {
		members = o.members
	}
	return &UndeclaredError{info: i, members: members}
}

// kindOfInvocation says what happened, by the type of the error, and by the text where older platforms give none.
func kindOfInvocation(errorType, message string) PlatformKind {
	says := func(text string) bool { return strings.Contains(message, text) }
	plain := errorType == ""
	switch {
	case says("Task timed out after "), errorType == "Sandbox.Timedout":
		return PlatformTimeout
	case errorType == "Runtime.OutOfMemory":
		return PlatformOutOfMemory
	case errorType == "Function.ResponseSizeTooLarge":
		return PlatformResponseTooLarge
	case slices.Contains([]string{"Runtime.InitError", "Runtime.InvalidEntrypoint", "Runtime.InvalidWorkingDir",
		"Extension.InitError", "Extension.LaunchError"}, errorType):
		return PlatformInit
	case (errorType == "Runtime.ExitError" || plain) && says("signal: killed"):
		return PlatformOutOfMemory
	case errorType == "Runtime.ExitError", errorType == "Extension.ExitError", errorType == "Extension.Crash":
		return PlatformExited
	case plain && (says("untime exited with") || says("Process exited before completing request")):
		return PlatformExited
	case plain && says("exceeded maximum allowed payload size"):
		return PlatformResponseTooLarge
	}
	return PlatformInternal
}

// idIn is the request id in a text of Lambda's.
func idIn(message string) string {
	id := ""
	if rest, ok := strings.CutPrefix(message, "RequestId: "); ok {
		id, _, _ = strings.Cut(rest, " ")
	} else if before, _, ok := strings.Cut(message, " Task timed out after "); ok {
		id = before[strings.LastIndexByte(before, ' ')+1:]
	}
	if strings.Trim(id, "0123456789abcdefABCDEF-") != "" {
		return ""
	}
	return id
}

// cut is the message of a payload that was cut.
func cut(payload string) string {
	rest, ok := strings.CutPrefix(payload, `{"errorMessage":"`)
	if !ok {
		if rest, ok = strings.CutPrefix(payload, `{"errorType":"`); !ok {
			return ""
		}
		var code string
		if code, rest, ok = strings.Cut(rest, `","errorMessage":"`); !ok || !isCode(code) {
			return ""
		}
	}
	if _, _, ok := tag(rest); !ok {
		return ""
	}
	return rest
}

// tag takes a message apart, as in `[OrderNotFound] {…}`.
func tag(message string) (code, problem string, ok bool) {
	rest, ok := strings.CutPrefix(message, "[")
	if ok {
		code, problem, ok = strings.Cut(rest, "] ")
	}
	return code, problem, ok && isCode(code)
}
