// Who answered.

import (
	"bytes"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

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
	if text == "" || len(text) > 64 || !isOfCode(text[0]) || text[0] <= '9' || text[0] == '_' {
		return false
	}
	for i := range len(text) {
		if !isOfCode(text[i]) {
			return false
		}
	}
	return true
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
	if after == "" {
		return nil
	}
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
