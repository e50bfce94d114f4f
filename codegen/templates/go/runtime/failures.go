// The failures: what all have in common, and those that no API declares.

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"
	"unicode"
)

// Who says who answered.
type Who string

// Who answers.
const (
	// WhoAPI is the API, with an error that it declares.
	WhoAPI Who = "api"

	// WhoUndeclared is the API, with an error that this package does not know.
	WhoUndeclared Who = "undeclared"

	// WhoPlatform is the platform in place of the function, which could not answer.
	WhoPlatform Who = "platform"

	// WhoGateway is API Gateway itself.
	WhoGateway Who = "gateway"

	// WhoTransport is nobody.
	WhoTransport Who = "transport"

	// WhoUnmodelled is somebody of whom nothing is known.
	WhoUnmodelled Who = "unmodelled"
)

// Retry says what a repeat of the request means.
type Retry string

// What a repeat means.
const (
	// RetryNever: it fails the same way.
	RetryNever Retry = "never"

	// RetryBackoff: the request was not carried out, and may be repeated after a delay.
	RetryBackoff Retry = "backoff"

	// RetryIdempotent: the request may have been carried out, and may be repeated where that does no harm.
	RetryIdempotent Retry = "idempotent"
)

// Error is any failure of a call: a declared error, or one of [UndeclaredError], [PlatformError], [GatewayError],
// [TransportError] and [UnmodelledError].
type Error interface {
	error

	// Who answered.
	Who() Who

	// Code is the error's stable name; empty where there is none.
	Code() string

	// Status is the HTTP status; 0 if nobody answered.
	Status() int

	// RequestID is what to quote when asking for help; empty where there is none.
	RequestID() string

	// Retry is the advice on a repeat.
	Retry() Retry

	// IsRetryable says whether this very request may be sent again: the advice and its method allow it.
	IsRetryable() bool

	// RetryAfter is the delay that the answer asks for, if it does.
	RetryAfter() (time.Duration, bool)

	// Attempts is how many requests were made.
	Attempts() int

	// Response is the answer as it came; nil if there is none.
	Response() *RawResponse
}

// RawResponse is an answer as it came. It prints its status only.
type RawResponse struct {
	// StatusCode is its HTTP status.
	StatusCode int

	// Header holds its headers.
	Header http.Header

	// Body holds its bytes.
	Body []byte
}

// String gives the status: headers and bytes may hold what is nobody's to log.
func (r *RawResponse) String() string {
	if r == nil {
		return "no response"
	}
	return fmt.Sprintf("response with status %d", r.StatusCode)
}

// GoString is String.
func (r *RawResponse) GoString() string { return r.String() }

// Format writes String, whatever the verb.
func (r *RawResponse) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(r.String())) }

// LogValue gives the status.
func (r *RawResponse) LogValue() slog.Value { return slog.StringValue(r.String()) }

// MarshalJSON gives the status.
func (r *RawResponse) MarshalJSON() ([]byte, error) {
	if r == nil {
		return []byte("null"), nil
	}
	return fmt.Appendf(nil, `{"status":%d}`, r.StatusCode), nil
}

// sentinel is what errors.Is compares with.
type sentinel string

func (s sentinel) Error() string { return string(s) }

// info is what every failure has.
type info struct {
	who        Who
	code       string
	status     int
	title      string
	detail     string
	typeURI    string
	instance   string
	requestID  string
	retry      Retry
	retryable  string
	after      *uint64
	truncated  bool
	idempotent bool
	attempts   int
	response   *RawResponse
	came       bool
}

// failure is a failure whose info can be changed.
type failure interface {
	Error
	set() *info
}

// or takes what is declared where nothing came.
func (i info) or(declared info) info {
	i.who, i.code, i.retry = declared.who, declared.code, declared.retry
	if i.status == 0 {
		i.status = declared.status
	}
	if !i.came && i.title == "" && i.detail == "" {
		i.title = declared.title
	}
	return i
}

func retryOfStatus(status int) Retry {
	switch status {
	case 429:
		return RetryBackoff
	case 502, 503, 504:
		return RetryIdempotent
	}
	return RetryNever
}

func (i info) advice() Retry {
	switch word := Retry(i.retryable); {
	case word == RetryNever || word == RetryBackoff || word == RetryIdempotent:
		return word
	case i.retry != "":
		return i.retry
	}
	return retryOfStatus(i.status)
}

func (i info) isRetryable() bool {
	advice := i.advice()
	return advice == RetryBackoff || advice == RetryIdempotent && i.idempotent
}

func (i info) retryAfter() (time.Duration, bool) {
	if i.after == nil {
		return 0, false
	}
	// More than a Duration holds is as good as for ever.
	return time.Duration(min(*i.after, uint64(1<<63-1)/uint64(time.Second))) * time.Second, true
}

func (i info) id() string {
	if i.instance != "" {
		return i.instance
	}
	return i.requestID
}

func (i info) text() string {
	if i.detail != "" {
		return i.detail
	}
	return i.title
}

func (i info) tries() int { return max(i.attempts, 1) }

// String reads as in `OrderNotFound (404): order 42 does not exist`.
func (i info) String() string {
	text := fmt.Sprintf("%s (%d)", shown(i.code), i.status)
	if said := i.text(); said != "" {
		text += ": " + shown(said)
	}
	return text
}

func (i info) log(more ...slog.Attr) slog.Value {
	attrs := []slog.Attr{slog.String("who", string(i.who))}
	if i.code != "" {
		attrs = append(attrs, slog.String("code", i.code))
	}
	if i.status != 0 {
		attrs = append(attrs, slog.Int("status", i.status))
	}
	if id := i.id(); id != "" {
		attrs = append(attrs, slog.String("request_id", id))
	}
	attrs = append(attrs, slog.Int("attempts", i.tries()))
	if said := i.text(); said != "" {
		attrs = append(attrs, slog.String("detail", said))
	}
	return slog.GroupValue(append(attrs, more...)...)
}

// problem writes the failure as it travels, up to its own members.
func (i info) problem() *writer {
	w := newWriter(nil)
	put(w, "code", putText, i.code)
	put(w, "status", putInt[int64], int64(i.status))
	texts := []member{
		{"title", []byte(i.title)}, {"detail", []byte(i.detail)}, {"type", []byte(i.typeURI)},
		{"instance", []byte(i.instance)}, {"retryable", []byte(i.retryable)},
	}
	for _, text := range texts {
		if len(text.text) > 0 {
			put(w, text.name, putText, string(text.text))
		}
	}
	putOptional(w, "retryAfter", putUint[uint64], i.after)
	return w
}

// shown is the start of a text, with what a terminal would obey escaped.
func shown(text string) string {
	var out strings.Builder
	count := 0
	for _, r := range text {
		if count++; count > 4096 {
			out.WriteRune('…')
			break
		}
		switch {
		case r == '\n':
			out.WriteString(`\n`)
		case r == '\r':
			out.WriteString(`\r`)
		case r == '\t':
			out.WriteString(`\t`)
		case unicode.IsControl(r), r == 0x61c, r == 0x200e, r == 0x200f, r >= 0x2028 && r <= 0x202e,
			r >= 0x2066 && r <= 0x2069, r == 0xfeff:
			fmt.Fprintf(&out, `\u{%x}`, r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// UndeclaredError is an error of the API that this package does not know: the API is newer. Its members are read by name
// only: once the code is declared, the same answer is an error of its own type.
type UndeclaredError struct {
	info    info
	members []member
}

// Member gives a member as JSON text, with every digit; nil where there is none.
func (e *UndeclaredError) Member(name string) json.RawMessage {
	if e != nil {
		for _, m := range e.members {
			if m.name == name {
				return json.RawMessage(m.text)
			}
		}
	}
	return nil
}

// Members names all of them, in their order.
func (e *UndeclaredError) Members() []string {
	var names []string
	if e != nil {
		for _, m := range e.members {
			names = append(names, m.name)
		}
	}
	return names
}

// Error says what happened.
func (e *UndeclaredError) Error() string {
	return e.about().String() + ", an error that this client does not know"
}

func (e *UndeclaredError) about() info {
	if e == nil {
		return info{who: WhoUndeclared}
	}
	return e.info.as(WhoUndeclared)
}

// PlatformKind says what happened to the function.
type PlatformKind string

// What can happen to a function. Behind API Gateway only the first three are told apart.
const (
	// PlatformInvalidPayload: the input does not fit the operation; its handler did not run.
	PlatformInvalidPayload PlatformKind = "INVALID_PAYLOAD"

	// PlatformInternal: it failed in a way that is not part of the contract.
	PlatformInternal PlatformKind = "INTERNAL"

	// PlatformTimeout: it ran out of time, and may have done its work.
	PlatformTimeout PlatformKind = "TIMEOUT"

	// PlatformExited: its process ended; it may have done its work.
	PlatformExited PlatformKind = "EXITED"

	// PlatformOutOfMemory: it ran out of memory, and may have done its work before.
	PlatformOutOfMemory PlatformKind = "OUT_OF_MEMORY"

	// PlatformResponseTooLarge: its answer was over Lambda's limit; the work was done.
	PlatformResponseTooLarge PlatformKind = "RESPONSE_TOO_LARGE"

	// PlatformInit: it could not start.
	PlatformInit PlatformKind = "INIT"
)

func (k PlatformKind) retry() Retry {
	switch k {
	case PlatformInvalidPayload, PlatformResponseTooLarge:
		return RetryNever
	case PlatformInit:
		return RetryBackoff
	}
	return RetryIdempotent
}

// PlatformError is a failure of the function, which could not answer.
type PlatformError struct {
	info         info
	kind         PlatformKind
	path, reason string
}

// Kind says what happened.
func (e *PlatformError) Kind() PlatformKind {
	if e == nil || e.kind == "" {
		return PlatformInternal
	}
	return e.kind
}

// Path is the place in the input that does not fit, as in `lines[0].quantity`; empty for the whole.
func (e *PlatformError) Path() string {
	if e == nil {
		return ""
	}
	return e.path
}

// Reason is what is wrong there.
func (e *PlatformError) Reason() string {
	if e == nil {
		return ""
	}
	return e.reason
}

// Error says what happened.
func (e *PlatformError) Error() string {
	switch e.Kind() {
	case PlatformInvalidPayload:
		text := "the input does not fit"
		if e.reason != "" && e.path != "" {
			text += " at `" + shown(e.path) + "`"
		}
		if e.reason != "" {
			text += ": " + shown(e.reason)
		}
		return text
	case PlatformTimeout:
		return "the function ran out of time"
	case PlatformExited:
		return "the function's process ended"
	case PlatformOutOfMemory:
		return "the function ran out of memory"
	case PlatformResponseTooLarge:
		return "the function's answer was too large"
	case PlatformInit:
		return "the function could not start"
	}
	return "the function failed"
}

func (e *PlatformError) about() info {
	if e == nil {
		return info{who: WhoPlatform, retry: PlatformInternal.retry()}
	}
	i := e.info.as(WhoPlatform)
	i.retry = e.Kind().retry()
	return i
}

// GatewayError is an answer of API Gateway's own: the function was not asked, or its answer could not be used.
type GatewayError struct {
	info      info
	kind      GatewayKind
	errorType string
	message   string
}

// Kind says which one it is.
func (e *GatewayError) Kind() GatewayKind {
	if e == nil || e.kind == "" {
		return GatewayOther
	}
	return e.kind
}

// Message is what API Gateway says of it.
func (e *GatewayError) Message() string {
	if e == nil {
		return ""
	}
	return e.message
}

// ErrorType is the header x-amzn-errortype as it came.
func (e *GatewayError) ErrorType() string {
	if e == nil {
		return ""
	}
	return e.errorType
}

// Error says what happened.
func (e *GatewayError) Error() string {
	name := e.ErrorType()
	if name == "" {
		name = string(e.Kind())
	}
	text := fmt.Sprintf("API Gateway answered %d %s", e.Status(), shown(name))
	if said := e.Message(); said != "" {
		text += ": " + shown(said)
	}
	return text
}

func (e *GatewayError) about() info {
	if e == nil {
		return info{who: WhoGateway}
	}
	i := e.info.as(WhoGateway)
	i.code, i.retryable = "", ""
	switch kind := e.Kind(); {
	case kind == GatewayThrottled, kind == GatewayOther && i.status == 429:
		i.retry = RetryBackoff
	case i.status >= 500:
		i.retry = RetryIdempotent
	default:
		i.retry = RetryNever
	}
	return i
}

// TransportError says that nobody answered: the request could not be made, was not sent, or its answer was lost or is
// refused. Its cause is reached by [errors.Is] and [errors.As], [context.Canceled] for one.
type TransportError struct {
	info  info
	cause error
}

// Unwrap gives the cause.
func (e *TransportError) Unwrap() error {
	if e == nil {
		return nil
	}
	return e.cause
}

// Error says what happened.
func (e *TransportError) Error() string {
	said := "the request got no response"
	if e != nil && e.info.title != "" {
		said = e.info.title
	}
	if cause := e.Unwrap(); cause != nil {
		said += ": " + shown(cause.Error())
	}
	return said
}

func (e *TransportError) about() info {
	if e == nil {
		return info{who: WhoTransport}
	}
	return e.info.as(WhoTransport)
}

// UnmodelledError is an answer that nothing explains, kept whole: a page of somebody on the way, or a body that does not
// fit its code.
type UnmodelledError struct {
	info   info
	reason string
}

// Reason is why it could not be read.
func (e *UnmodelledError) Reason() string {
	if e == nil {
		return ""
	}
	return e.reason
}

// Error says what happened.
func (e *UnmodelledError) Error() string {
	text := fmt.Sprintf("a response with status %d", e.Status())
	if code := e.Code(); code != "" {
		text += " and code " + shown(code)
	}
	return text + " that can't be read: " + shown(e.Reason())
}

func (e *UnmodelledError) about() info {
	if e == nil {
		return info{who: WhoUnmodelled}
	}
	return e.info.as(WhoUnmodelled)
}

func (i info) as(who Who) info {
	i.who = who
	return i
}

// Who says who answered.
func (e *UndeclaredError) Who() Who { return e.about().who }

// Code is the error's stable name; empty where there is none.
func (e *UndeclaredError) Code() string { return e.about().code }

// Status is the HTTP status; 0 if nobody answered.
func (e *UndeclaredError) Status() int { return e.about().status }

// RequestID is what to quote when asking for help.
func (e *UndeclaredError) RequestID() string { return e.about().id() }

// Retry is the advice on a repeat.
func (e *UndeclaredError) Retry() Retry { return e.about().advice() }

// IsRetryable says whether this very request may be sent again.
func (e *UndeclaredError) IsRetryable() bool { return e.about().isRetryable() }

// RetryAfter is the delay that the answer asks for, if it does.
func (e *UndeclaredError) RetryAfter() (time.Duration, bool) { return e.about().retryAfter() }

// Attempts is how many requests were made.
func (e *UndeclaredError) Attempts() int { return e.about().tries() }

// Response is the answer as it came; nil if there is none.
func (e *UndeclaredError) Response() *RawResponse { return e.about().response }

// LogValue is what a structured log shows: no header, no bytes, no address.
func (e *UndeclaredError) LogValue() slog.Value { return e.about().log() }

func (e *UndeclaredError) set() *info { return &e.info }

// Detail is what went wrong this time, in the function's words.
func (e *UndeclaredError) Detail() string { return e.about().text() }

// Who says who answered.
func (e *PlatformError) Who() Who { return e.about().who }

// Code is the error's stable name; empty where there is none.
func (e *PlatformError) Code() string { return e.about().code }

// Status is the HTTP status; 0 if nobody answered.
func (e *PlatformError) Status() int { return e.about().status }

// RequestID is what to quote when asking for help.
func (e *PlatformError) RequestID() string { return e.about().id() }

// Retry is the advice on a repeat.
func (e *PlatformError) Retry() Retry { return e.about().advice() }

// IsRetryable says whether this very request may be sent again.
func (e *PlatformError) IsRetryable() bool { return e.about().isRetryable() }

// RetryAfter is the delay that the answer asks for, if it does.
func (e *PlatformError) RetryAfter() (time.Duration, bool) { return e.about().retryAfter() }

// Attempts is how many requests were made.
func (e *PlatformError) Attempts() int { return e.about().tries() }

// Response is the answer as it came; nil if there is none.
func (e *PlatformError) Response() *RawResponse { return e.about().response }

// LogValue is what a structured log shows: no header, no bytes, no address.
func (e *PlatformError) LogValue() slog.Value { return e.about().log() }

func (e *PlatformError) set() *info { return &e.info }

// Detail is what went wrong this time, in the function's words.
func (e *PlatformError) Detail() string { return e.about().text() }

// Who says who answered.
func (e *GatewayError) Who() Who { return e.about().who }

// Code is the error's stable name; empty where there is none.
func (e *GatewayError) Code() string { return e.about().code }

// Status is the HTTP status; 0 if nobody answered.
func (e *GatewayError) Status() int { return e.about().status }

// RequestID is what to quote when asking for help.
func (e *GatewayError) RequestID() string { return e.about().id() }

// Retry is the advice on a repeat.
func (e *GatewayError) Retry() Retry { return e.about().advice() }

// IsRetryable says whether this very request may be sent again.
func (e *GatewayError) IsRetryable() bool { return e.about().isRetryable() }

// RetryAfter is the delay that the answer asks for, if it does.
func (e *GatewayError) RetryAfter() (time.Duration, bool) { return e.about().retryAfter() }

// Attempts is how many requests were made.
func (e *GatewayError) Attempts() int { return e.about().tries() }

// Response is the answer as it came; nil if there is none.
func (e *GatewayError) Response() *RawResponse { return e.about().response }

// LogValue is what a structured log shows: no header, no bytes, no address.
func (e *GatewayError) LogValue() slog.Value { return e.about().log() }

func (e *GatewayError) set() *info { return &e.info }

// Who says who answered.
func (e *TransportError) Who() Who { return e.about().who }

// Code is the error's stable name; empty where there is none.
func (e *TransportError) Code() string { return e.about().code }

// Status is the HTTP status; 0 if nobody answered.
func (e *TransportError) Status() int { return e.about().status }

// RequestID is what to quote when asking for help.
func (e *TransportError) RequestID() string { return e.about().id() }

// Retry is the advice on a repeat.
func (e *TransportError) Retry() Retry { return e.about().advice() }

// IsRetryable says whether this very request may be sent again.
func (e *TransportError) IsRetryable() bool { return e.about().isRetryable() }

// RetryAfter is the delay that the answer asks for, if it does.
func (e *TransportError) RetryAfter() (time.Duration, bool) { return e.about().retryAfter() }

// Attempts is how many requests were made.
func (e *TransportError) Attempts() int { return e.about().tries() }

// Response is the answer as it came; nil if there is none.
func (e *TransportError) Response() *RawResponse { return e.about().response }

// LogValue is what a structured log shows: no header, no bytes, no address.
func (e *TransportError) LogValue() slog.Value { return e.about().log() }

func (e *TransportError) set() *info { return &e.info }

// Who says who answered.
func (e *UnmodelledError) Who() Who { return e.about().who }

// Code is the error's stable name; empty where there is none.
func (e *UnmodelledError) Code() string { return e.about().code }

// Status is the HTTP status; 0 if nobody answered.
func (e *UnmodelledError) Status() int { return e.about().status }

// RequestID is what to quote when asking for help.
func (e *UnmodelledError) RequestID() string { return e.about().id() }

// Retry is the advice on a repeat.
func (e *UnmodelledError) Retry() Retry { return e.about().advice() }

// IsRetryable says whether this very request may be sent again.
func (e *UnmodelledError) IsRetryable() bool { return e.about().isRetryable() }

// RetryAfter is the delay that the answer asks for, if it does.
func (e *UnmodelledError) RetryAfter() (time.Duration, bool) { return e.about().retryAfter() }

// Attempts is how many requests were made.
func (e *UnmodelledError) Attempts() int { return e.about().tries() }

// Response is the answer as it came; nil if there is none.
func (e *UnmodelledError) Response() *RawResponse { return e.about().response }

// LogValue is what a structured log shows: no header, no bytes, no address.
func (e *UnmodelledError) LogValue() slog.Value { return e.about().log() }

func (e *UnmodelledError) set() *info { return &e.info }

var (
	_ Error = (*UndeclaredError)(nil)
	_ Error = (*PlatformError)(nil)
	_ Error = (*GatewayError)(nil)
	_ Error = (*TransportError)(nil)
	_ Error = (*UnmodelledError)(nil)
)
