// Calls that nobody answered.

import (
	"context"
	"errors"
	"log/slog"
	"os"
)

// TransportError says that nobody answered: the request could not be made, was not sent, or its answer was lost or is
// refused. Its cause is reached by [errors.Is] and [errors.As], [context.Canceled] for one.
type TransportError struct {
	common[transport]

	said  string
	cause *cause
}

// cause stands behind two pointers, so that none is printed, whatever the verb.
type cause struct{ err *error }

type transport struct{}

func (transport) declaration() declaration { return declaration{who: WhoTransport} }

// newTransportError says what failed and for which reason.
func newTransportError(what, why string, err error, i *info) *TransportError {
	e := &TransportError{said: what, cause: &cause{&err}}
	if why != "" {
		e.said += ": " + shown(why)
	}
	e.info = i
	return e
}

// Unwrap gives the cause.
func (e *TransportError) Unwrap() error {
	if e == nil || e.cause == nil {
		return nil
	}
	return *e.cause.err
}

// Is says of every timeout that it is one: [context.DeadlineExceeded] is [os.ErrDeadlineExceeded] too.
func (e *TransportError) Is(target error) bool {
	return target == os.ErrDeadlineExceeded && e.Timeout()
}

// Timeout says whether time ran out: that of one attempt, or that of the context.
func (e *TransportError) Timeout() bool {
	err := e.Unwrap()
	if errors.Is(err, context.DeadlineExceeded) {
		return true
	}
	timed, ok := errors.AsType[interface {
		error
		Timeout() bool
	}](err)
	return ok && timed.Timeout()
}

// Error says what happened.
func (e *TransportError) Error() string {
	if e == nil || e.said == "" {
		return "the request got no response"
	}
	return e.said
}

// LogValue is what a structured log shows: no header, no bytes, no address.
func (e *TransportError) LogValue() slog.Value {
	return orEmpty(e).about().log(slog.String("reason", e.Error()))
}

// MarshalJSON writes what LogValue shows.
func (e *TransportError) MarshalJSON() ([]byte, error) {
	return orEmpty(e).about().json(slog.String("reason", e.Error())), nil
}

var _ Error = (*TransportError)(nil)
