// Answers as they came.

import (
	"fmt"
	"log/slog"
	"net/http"
)

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
func (r RawResponse) String() string { return fmt.Sprintf("response with status %d", r.StatusCode) }

// Format writes String, whatever the verb.
func (r RawResponse) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(r.String())) }

// LogValue gives the status.
func (r *RawResponse) LogValue() slog.Value {
	if r == nil {
		return slog.StringValue("no response")
	}
	return slog.StringValue(r.String())
}

// MarshalJSON gives the status.
func (r RawResponse) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, `{"status":%d}`, r.StatusCode), nil
}
