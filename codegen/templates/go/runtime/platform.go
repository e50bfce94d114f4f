// Failures of the function, which could not answer.

import "log/slog"

// PlatformKind says what happened to the function.
type PlatformKind string

// What can happen to a function. Behind API Gateway only the first three are told apart.
const (
	// PlatformInvalidPayload means that the input does not fit the operation; its handler did not run.
	PlatformInvalidPayload PlatformKind = "INVALID_PAYLOAD"

	// PlatformInternal means that it failed in a way that is not part of the contract.
	PlatformInternal PlatformKind = "INTERNAL"

	// PlatformTimeout means that it ran out of time, and may have done its work.
	PlatformTimeout PlatformKind = "TIMEOUT"

	// PlatformExited means that its process ended; it may have done its work.
	PlatformExited PlatformKind = "EXITED"

	// PlatformOutOfMemory means that it ran out of memory, and may have done its work before.
	PlatformOutOfMemory PlatformKind = "OUT_OF_MEMORY"

	// PlatformResponseTooLarge means that its answer was over Lambda's limit; the work was done.
	PlatformResponseTooLarge PlatformKind = "RESPONSE_TOO_LARGE"

	// PlatformInit means that it could not start.
	PlatformInit PlatformKind = "INIT"
)

func (k PlatformKind) retry() Retry {
	switch k {
	case PlatformInvalidPayload, PlatformResponseTooLarge:
		return RetryNever
	case PlatformInit:
		return RetryBackoff
	default:
		return RetryIdempotent
	}
}

// PlatformError is a failure of the function, which could not answer.
type PlatformError struct {
	problem[platform]

	kind         PlatformKind
	path, reason string
}

type platform struct{}

func (platform) declaration() declaration {
	return declaration{who: WhoPlatform, retry: PlatformInternal.retry()}
}

// Kind says what happened.
func (e *PlatformError) Kind() PlatformKind {
	if e.kind == "" {
		return PlatformInternal
	}
	return e.kind
}

// Path is the place in the input that does not fit, as in `lines[0].quantity`; empty for the whole.
func (e *PlatformError) Path() string { return e.path }

// Reason is what is wrong there.
func (e *PlatformError) Reason() string { return e.reason }

// Error says what happened.
func (e *PlatformError) Error() string {
	e = orEmpty(e)
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
	default:
		return "the function failed"
	}
}

// LogValue is what a structured log shows: no header, no bytes, no address.
func (e *PlatformError) LogValue() slog.Value {
	e = orEmpty(e)
	return e.about().log(e.attrs()...)
}

// MarshalJSON writes what LogValue shows.
func (e *PlatformError) MarshalJSON() ([]byte, error) {
	e = orEmpty(e)
	return e.about().json(e.attrs()...), nil
}

func (e *PlatformError) attrs() []slog.Attr {
	return []slog.Attr{slog.String("kind", string(e.Kind())), slog.String("path", e.path), slog.String("reason", e.reason)}
}

var _ Error = (*PlatformError)(nil)
