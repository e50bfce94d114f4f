// From an answer to a failure: what was said.

import (
	"bytes"
	"errors"
	"unicode/utf8"
)

// errorSet is the errors that are caught together: of a code, a new error to be read; nil where it is none of them.
type errorSet func(code string) declaredError

func withoutMark(body []byte) []byte { return bytes.TrimPrefix(body, []byte("\xEF\xBB\xBF")) }

// asked is what is known of the request that an answer is of.
type asked struct {
	trust      Trust
	idempotent bool
}

// decode says what an answer means that is no success.
func (of asked) decode(set errorSet, answer *RawResponse) failure {
	body := withoutMark(answer.Body)
	status, header := answer.StatusCode, answer.Header
	var found failure
	switch from := originOf(of.trust, header, body); from.who {
	case WhoAPI:
		var reason string
		if found, reason = fromProblem(set, from.code, body); reason != "" {
			found = newUnmodelledError(found.set(), reason)
		}
	case WhoGateway:
		found = fromGateway(from.kind, from.types, body, status)
	default:
		if kind := stock(status, body); kind != "" {
			found = fromGateway(kind, "", body, status)
			break
		}
		reason := "it names no error"
		if from.code != "" {
			reason = "nothing shows that the API wrote it"
		}
		found = newUnmodelledError(&info{code: from.code}, reason)
	}
	i := found.set()
	i.status, i.idempotent, i.response = status, of.idempotent, answer
	i.requestID = requestID(header)
	if i.after == nil {
		i.after = retryAfter(header)
	}
	return found
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
		err = v.reachable()
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

// common takes the members out that every problem has. One of a wrong type is ignored (RFC 9457 section 3.1).
func (i *info) common(o *object) {
	own := o.members[:0]
	for _, m := range o.members {
		v := value{text: m.text, depth: 1}
		switch m.name {
		case "code":
		case "title":
			i.title, _ = asText(v)
		case "status":
			if status, err := asUint[uint16](v); err == nil {
				i.status = int(status)
			}
		case "detail":
			i.detail, _ = asText(v)
		case "type":
			i.typeURI, _ = asText(v)
		case "instance":
			i.instance, _ = asText(v)
		case "retryable":
			i.retryable, _ = asText(v)
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
func fromProblem(set errorSet, code string, body []byte) (found failure, reason string) {
	empty := len(body) == 0
	if empty {
		body = []byte("{}")
	}
	o := &object{err: errNoText}
	if utf8.Valid(body) {
		o = split(body)
	}
	i := info{code: code, came: true}
	kind, usual := reserved(code)
	if declared := set(code); declared != nil {
		known := declared.about()
		usual, i.retry = known.status, known.retry
		i.common(o)
		declared.read(o)
		if i.truncated {
			o.err = errors.New("the function left the error's fields out")
		}
		found = declared
	} else {
		i.common(o)
		o.once()
		if kind != "" {
			i.retry = kind.retry()
			found = platformError(kind, o)
		} else {
			usual = 500
			found = &UndeclaredError{own: keep(o)}
		}
	}
	if i.status < 400 || i.status > 599 {
		i.status = usual
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

func platformError(kind PlatformKind, o *object) *PlatformError {
	e := &PlatformError{kind: kind}
	if kind == PlatformInvalidPayload {
		if v, ok := o.find("path"); ok {
			e.path, _ = asText(v)
		}
		if v, ok := o.find("reason"); ok {
			e.reason, _ = asText(v)
		}
	}
	return e
}

// reserved is what a code of the platform's says, and its status.
func reserved(code string) (kind PlatformKind, status int) {
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
