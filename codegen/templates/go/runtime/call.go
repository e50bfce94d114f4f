// Calls over HTTP.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"net/url"
	"strings"
)

// maxBody is how many bytes a body may have: API Gateway's own 10 MB.
const maxBody = 10 << 20

// call calls an operation with its input as JSON.
func call[T any](ctx context.Context, c *client, e endpoint, input []byte, read func(value) (T, error), set errorSet) (*T, error) {
	if c == nil {
		c = newClient("", nil)
	}
	return repeat(ctx, c.retries, func() (*T, failure) {
		answer, failed := c.send(ctx, e, input)
		if failed != nil {
			return nil, failed
		}
		if !IsSuccess(answer.StatusCode, answer.Header) {
			return nil, asked{c.trust, e.isIdempotent()}.decode(set, answer)
		}
		output, reason := result(answer.Body, read)
		if reason == "" {
			return output, nil
		}
		return nil, newUnmodelledError(&info{
			status: answer.StatusCode, requestID: requestID(answer.Header), after: retryAfter(answer.Header),
			idempotent: e.isIdempotent(), response: answer,
		}, reason)
	})
}

// send makes a request and sends it once.
func (c *client) send(ctx context.Context, e endpoint, input []byte) (*RawResponse, failure) {
	failed := func(what, why string, retry Retry, err error) failure {
		return newTransportError(what, why, err, &info{retry: retry, idempotent: e.isIdempotent()})
	}
	if c.timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.timeout)
		defer cancel()
	}
	request, err := c.request(ctx, e, input)
	if err == nil && c.sign != nil {
		err = c.sign(request)
	}
	if err != nil {
		return nil, failed("the request can't be made", err.Error(), RetryNever, err)
	}
	response, err := c.http.Do(request)
	if err != nil {
		err = withoutAddress(err)
		if dialed, ok := errors.AsType[*net.OpError](err); ok && dialed.Op == "dial" {
			return nil, failed("the request was not sent", spoken(err), RetryBackoff, err)
		}
		return nil, failed("the request got no response", spoken(err), RetryIdempotent, err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBody+1))
	if err != nil {
		return nil, failed("the request got no response", spoken(err), RetryIdempotent, err)
	}
	if len(body) > maxBody {
		err = fmt.Errorf("its body has more than %d bytes", maxBody)
		return nil, failed("the response is refused", err.Error(), RetryNever, err)
	}
	return &RawResponse{StatusCode: response.StatusCode, Header: response.Header, Body: body}, nil
}

// withoutAddress takes the error out that net/http names the whole address around.
func withoutAddress(err error) error {
	if named, ok := errors.AsType[*url.Error](err); ok {
		return named.Err
	}
	return err
}

// spoken is what net/http says of an error, without what it quotes of an answer.
func spoken(err error) string {
	if _, ok := errors.AsType[textproto.ProtocolError](err); ok {
		return "the response's headers are malformed"
	}
	text, _, quotes := strings.Cut(err.Error(), `"`)
	if quotes {
		return strings.TrimSpace(text) + " …"
	}
	return text
}
