// Failures: what each of them tells.

import "time"

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
	// RetryNever means that it fails the same way.
	RetryNever Retry = "never"

	// RetryBackoff means that the request was not carried out, and may be repeated after a delay.
	RetryBackoff Retry = "backoff"

	// RetryIdempotent means that the request may have been carried out, and may be repeated where that does no harm.
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

// failure is a failure of this package's.
type failure interface {
	Error
	set() *info
}

// common is what every failure has. What is known of one before any answer is known by its type: so the zero value is
// complete, and a literal needs no more than the failure's own fields.
type common[D declares] struct {
	info *info
}

func (c *common[D]) about() *info {
	var known D
	return known.declaration().with(c.info)
}

// set is what can be changed. It stands behind a pointer, so that a failure printed with %#v shows nothing of an answer.
func (c *common[D]) set() *info {
	if c.info == nil {
		c.info = new(info)
	}
	return c.info
}

// Who says who answered.
func (c *common[D]) Who() Who { return c.about().who }

// Code is the error's stable name; empty where there is none.
func (c *common[D]) Code() string { return c.about().code }

// Status is the HTTP status; 0 if nobody answered.
func (c *common[D]) Status() int { return c.about().status }

// RequestID is what to quote when asking for help; empty where there is none.
func (c *common[D]) RequestID() string { return c.about().id() }

// Retry is the advice on a repeat.
func (c *common[D]) Retry() Retry { return c.about().advice() }

// IsRetryable says whether this very request may be sent again: the advice and its method allow it.
func (c *common[D]) IsRetryable() bool { return c.about().isRetryable() }

// RetryAfter is the delay that the answer asks for, if it does.
func (c *common[D]) RetryAfter() (time.Duration, bool) { return c.about().retryAfter() }

// Attempts is how many requests were made.
func (c *common[D]) Attempts() int { return c.about().tries() }

// Response is the answer as it came; nil if there is none.
func (c *common[D]) Response() *RawResponse { return c.about().response }

// problem is what a failure has that came as a problem (RFC 9457).
type problem[D declares] struct {
	common[D]
}

// Title is the summary, the same each time.
func (p *problem[D]) Title() string { return p.about().title }

// Detail is what went wrong this time, in the API's words; the title where it says no more.
func (p *problem[D]) Detail() string { return p.about().text() }

// orEmpty makes a nil that is printed the zero value.
func orEmpty[T any](e *T) *T {
	if e == nil {
		return new(T)
	}
	return e
}
