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
func invoked[T any](ctx context.Context, f *function, operation string, input []byte, read func(value) (T, error), set errorSet) (*T, error) {
	return repeat(ctx, f.retries, func() (*T, failure) {
		event := newWriter(nil)
		put(event, "operation", putText, operation)
		event.add("input", input)
		functionError, payload, err := f.invoke(ctx, event.close())
		if err != nil {
			return nil, newTransportError("the function was not reached", err.Error(), err, &info{retry: RetryIdempotent})
		}
		if functionError != "" {
			return nil, decodeInvocation(set, payload)
		}
		output, reason := result(payload, read)
		if reason == "" {
			return output, nil
		}
		return nil, newUnmodelledError(&info{status: 200, response: &RawResponse{StatusCode: 200, Body: payload}}, reason)
	})
}
