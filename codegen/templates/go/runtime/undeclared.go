// Errors of the API that this package does not know.

import (
	"encoding/json"
	"log/slog"
	"slices"
)

// UndeclaredError is an error of the API that this package does not know: the API is newer. Its members are read by name
// only: once the code is declared, the same answer is an error of its own type.
type UndeclaredError struct {
	problem[undeclared]

	own kept
}

// kept stands behind two pointers, so that no member is printed, whatever the verb.
type kept struct{ object **object }

func keep(o *object) kept { return kept{&o} }

func (k kept) members() []member {
	if k.object == nil {
		return nil
	}
	return (*k.object).members
}

type undeclared struct{}

func (undeclared) declaration() declaration { return declaration{who: WhoUndeclared} }

// Member gives a member as JSON text, with every digit; nil where there is none.
func (e *UndeclaredError) Member(name string) json.RawMessage {
	for _, m := range e.own.members() {
		if m.name == name {
			return slices.Clone(m.text)
		}
	}
	return nil
}

// Members names all of them, in their order.
func (e *UndeclaredError) Members() []string {
	members := e.own.members()
	names := make([]string, len(members))
	for at, m := range members {
		names[at] = m.name
	}
	return names
}

// Error says what happened.
func (e *UndeclaredError) Error() string {
	return orEmpty(e).about().String() + ", an error that this client does not know"
}

// LogValue is what a structured log shows: no member, no header, no bytes, no address.
func (e *UndeclaredError) LogValue() slog.Value { return orEmpty(e).about().log() }

// MarshalJSON writes what LogValue shows.
func (e *UndeclaredError) MarshalJSON() ([]byte, error) { return orEmpty(e).about().json(), nil }

var _ Error = (*UndeclaredError)(nil)
