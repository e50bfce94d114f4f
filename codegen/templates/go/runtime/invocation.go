// Invocations that failed: what their payload means.

import (
	"slices"
	"strings"
)

// decodeInvocation reads the payload of a function that failed.
func decodeInvocation(set errorSet, payload []byte) failure {
	v, err := whole(payload)
	if err == nil {
		err = v.reachable()
	}
	isObject := err == nil && v.text[0] == '{'
	var errorType, message string
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
		if kind, _ := reserved(code); kind != "" || set(code) != nil {
			i := found.set()
			i.response = &RawResponse{StatusCode: i.status, Body: payload}
			return newUnmodelledError(i, reason)
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
		i.retry = kind.retry()
		e := &PlatformError{kind: kind}
		*e.set() = i
		return e
	}
	// A tagged message whose problem can't be read keeps its code.
	i.code = code
	e := &UndeclaredError{}
	if o := split(payload); o.err == nil {
		e.own = keep(o)
	}
	*e.set() = i
	return e
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
