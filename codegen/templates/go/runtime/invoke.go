// Invocations: a function called without HTTP.

import "context"

// Invoke invokes a function with a payload, over an SDK for AWS or over nothing, as a test does. It gives the invocation's
// FunctionError, which is empty for a success, and its payload.
type Invoke func(ctx context.Context, payload []byte) (functionError string, answer []byte, err error)

// function is a function behind what invokes it.
type function struct {
	invoke  Invoke
	retries Retries
}

// invoked invokes an operation with its input as JSON. Nobody knows whether a second invocation does harm, so only what was
// not carried out is made again.
func invoked[T any](ctx context.Context, f *function, operation string, input []byte, read func(value) (T, error), set errorSet) (T, error) {
	return repeat(ctx, f.retries, func() (T, failure) {
		var none T
		event := newWriter(nil)
		put(event, "operation", putText, operation)
		event.add("input", input)
		functionError, payload, err := f.invoke(ctx, event.close())
		if err != nil {
			return none, &TransportError{info{title: "the request got no response", retry: RetryIdempotent}, err}
		}
		if functionError != "" {
			return none, decodeInvocation(set, payload)
		}
		output, reason := result(payload, read)
		if reason == "" {
			return output, nil
		}
		answer := &RawResponse{StatusCode: 200, Body: payload}
		return none, &UnmodelledError{info: info{status: 200, response: answer}, reason: reason}
	})
}
