// Answers that nothing explains.

import (
	"fmt"
	"log/slog"
)

// UnmodelledError is an answer that nothing explains, kept whole: a page of somebody on the way, or a body that does not
// fit its code.
type UnmodelledError struct {
	common[unmodelled]

	reason string
}

type unmodelled struct{}

func (unmodelled) declaration() declaration { return declaration{who: WhoUnmodelled} }

func newUnmodelledError(i *info, reason string) *UnmodelledError {
	e := &UnmodelledError{reason: reason}
	e.info = i
	return e
}

// Reason is why it could not be read.
func (e *UnmodelledError) Reason() string { return e.reason }

// Error says what happened.
func (e *UnmodelledError) Error() string {
	e = orEmpty(e)
	text := fmt.Sprintf("a response with status %d", e.Status())
	if code := e.Code(); code != "" {
		text += " and code " + shown(code)
	}
	text += " that can't be read"
	if e.reason != "" {
		text += ": " + shown(e.reason)
	}
	return text
}

// LogValue is what a structured log shows: no header, no bytes, no address.
func (e *UnmodelledError) LogValue() slog.Value {
	e = orEmpty(e)
	return e.about().log(slog.String("reason", e.reason))
}

// MarshalJSON writes what LogValue shows.
func (e *UnmodelledError) MarshalJSON() ([]byte, error) {
	e = orEmpty(e)
	return e.about().json(slog.String("reason", e.reason)), nil
}

var _ Error = (*UnmodelledError)(nil)
