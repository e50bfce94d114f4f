// Calls: how a request is made, sent, and made again.

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

const (
	// wholeTimeout is how long one attempt may take: API Gateway waits 29 s for a function.
	wholeTimeout = 35 * time.Second

	// maxBody is how many bytes a body may have: API Gateway's own 10 MB.
	maxBody = 10 << 20
)

// Retries says when a failed call is made again: by the advice that its failure carries, after a delay that is drawn from
// nothing up to a bound, which doubles with each attempt. A Retry-After is never shortened. Fields that are 0 have their
// defaults.
type Retries struct {
	// Attempts is how many there are in all, by default 3; 1 makes no call again.
	Attempts int

	// First is the most that is waited before the second attempt, by default 100 ms.
	First time.Duration

	// Longest is the most that is waited at once, by default 20 s. Where Retry-After asks for more, there is no further
	// attempt.
	Longest time.Duration

	// Deadline is how long after the first attempt began the last one may begin; by default the context alone says so.
	Deadline time.Duration
}

// delay is how long to wait before the next attempt, if there is to be one. A draw is from 0 to 1.
func (r Retries) delay(failed Error, made int, elapsed time.Duration, drawn float64) (time.Duration, bool) {
	attempts, first, longest := r.Attempts, r.First, r.Longest
	if attempts == 0 {
		attempts = 3
	}
	if first == 0 {
		first = 100 * time.Millisecond
	}
	if longest == 0 {
		longest = 20 * time.Second
	}
	asked, _ := failed.RetryAfter()
	if made >= attempts || !failed.IsRetryable() || asked > longest {
		return 0, false
	}
	bound := longest - asked
	if doubled := first << min(made-1, 20); doubled > 0 {
		bound = min(bound, doubled)
	}
	delay := asked + time.Duration(drawn*float64(bound))
	if r.Deadline > 0 && elapsed+delay > r.Deadline {
		return 0, false
	}
	return delay, true
}

// repeat makes attempts until one succeeds or may not be followed.
func repeat[T any](ctx context.Context, retries Retries, attempt func() (T, failure)) (T, error) {
	begun := time.Now()
	for made := 1; ; made++ {
		output, failed := attempt()
		if failed == nil {
			return output, nil
		}
		failed.set().attempts = made
		delay, again := retries.delay(failed, made, time.Since(begun), rand.Float64())
		if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < delay {
			again = false
		}
		if !again || ctx.Err() != nil {
			return output, failed
		}
		timer := time.NewTimer(delay)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return output, failed
		}
	}
}

// Option is a setting of a client.
type Option func(*client)

// WithHTTPClient sends requests with an HTTP client of one's own. It follows no redirect in any case: one would take the
// headers, a key among them, to other hosts.
func WithHTTPClient(own *http.Client) Option {
	return func(c *client) {
		if own != nil {
			c.http = *own
		}
	}
}

// WithHeader adds a header to every request, such as Authorization or X-Api-Key.
func WithHeader(name, value string) Option {
	return func(c *client) { c.header.Set(name, value) }
}

// WithSigner has each request signed, or changed in another way, before it is sent; each attempt anew.
func WithSigner(sign func(*http.Request) error) Option {
	return func(c *client) { c.sign = sign }
}

// WithRetries says when failed calls are made again.
func WithRetries(retries Retries) Option {
	return func(c *client) { c.retries = retries }
}

// WithTimeout says how long one attempt may take, by default 35 s. The context ends all of them.
func WithTimeout(timeout time.Duration) Option {
	return func(c *client) { c.timeout = timeout }
}

// WithTrust says what proves that an answer is the API's own.
func WithTrust(trust Trust) Option {
	return func(c *client) { c.trust = trust }
}

// client is an API at an address.
type client struct {
	base    string
	http    http.Client
	header  http.Header
	sign    func(*http.Request) error
	retries Retries
	timeout time.Duration
	trust   Trust
}

func newClient(base string, options []Option) client {
	c := client{base: strings.TrimRight(base, "/"), header: http.Header{}, timeout: wholeTimeout}
	for _, option := range options {
		option(&c)
	}
	c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return c
}

// Format writes the host alone: address and headers may hold what is secret.
func (c client) Format(f fmt.State, _ rune) {
	host := ""
	if base, err := url.Parse(c.base); err == nil {
		host = base.Hostname()
	}
	_, _ = fmt.Fprintf(f, "client of %s", host)
}

// LogValue is what Format writes.
func (c client) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(c)) }

// endpoint is an operation.
type endpoint struct {
	method, path string
	query        []string
	headers      [][2]string
	body         bool
	payload      string
}

func (e endpoint) isIdempotent() bool { return e.method != "POST" && e.method != "PATCH" }

// call calls an operation with its input as JSON.
func call[T any](ctx context.Context, c *client, e endpoint, input []byte, read func(value) (T, error), set errorSet) (T, error) {
	return repeat(ctx, c.retries, func() (T, failure) {
		var none T
		answer, failed := c.send(ctx, e, input)
		if failed != nil {
			return none, failed
		}
		if !IsSuccess(answer.StatusCode, answer.Header) {
			return none, decode(set, c.trust, e.isIdempotent(), answer)
		}
		output, reason := result(answer.Body, read)
		if reason == "" {
			return output, nil
		}
		i := info{
			status: answer.StatusCode, requestID: requestID(answer.Header), after: retryAfter(answer.Header),
			idempotent: e.isIdempotent(), response: answer,
		}
		return none, &UnmodelledError{info: i, reason: reason}
	})
}

// result reads a success, or says why it can't be read. A 204 has no body; what an operation without an output writes is null.
func result[T any](body []byte, read func(value) (T, error)) (T, string) {
	var none T
	if isFunctionError(body) {
		return none, "it is the error of a function that came as a success"
	}
	if len(body) == 0 {
		body = []byte("null")
	}
	v, err := whole(withoutMark(body))
	if err == nil {
		var output T
		if output, err = read(v); err == nil {
			return output, ""
		}
	}
	return none, "the output does not fit: " + err.Error()
}

// send makes a request and sends it once.
func (c *client) send(ctx context.Context, e endpoint, input []byte) (*RawResponse, failure) {
	failed := func(what string, retry Retry, cause error) failure {
		// An error of net/http names the whole address.
		var named *url.Error
		if errors.As(cause, &named) {
			cause = named.Err
		}
		return &TransportError{info{title: what, retry: retry, idempotent: e.isIdempotent()}, cause}
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	request, err := c.request(ctx, e, input)
	if err == nil && c.sign != nil {
		err = c.sign(request)
	}
	if err != nil {
		return nil, failed("the request can't be made", RetryNever, err)
	}
	response, err := c.http.Do(request)
	if err != nil {
		var dialed *net.OpError
		if errors.As(err, &dialed) && dialed.Op == "dial" {
			return nil, failed("the request was not sent", RetryBackoff, err)
		}
		return nil, failed("the request got no response", RetryIdempotent, err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBody+1))
	if err != nil {
		return nil, failed("the request got no response", RetryIdempotent, err)
	}
	if len(body) > maxBody {
		return nil, failed("the response is refused", RetryNever, fmt.Errorf("its body has more than %d bytes", maxBody))
	}
	return &RawResponse{StatusCode: response.StatusCode, Header: response.Header, Body: body}, nil
}

// request makes a request: the members of the input go where the operation wants them.
func (c *client) request(ctx context.Context, e endpoint, input []byte) (*http.Request, error) {
	v, err := whole(input)
	if err != nil {
		return nil, errors.New("the input can't be written as JSON")
	}
	var members []member
	if v.text[0] == '{' {
		members = v.object().members
	}
	take := func(name string) []byte {
		at := slices.IndexFunc(members, func(m member) bool { return m.name == name })
		if at < 0 {
			return []byte("null")
		}
		text := members[at].text
		members = slices.Delete(members, at, at+1)
		return text
	}
	address := c.base
	for i, segment := range strings.Split(e.path, "/") {
		if i == 0 {
			continue
		}
		if strings.HasPrefix(segment, "{") && strings.HasSuffix(segment, "}") {
			name := segment[1 : len(segment)-1]
			text, _ := scalar(take(name))
			if text == "" || text == "." || text == ".." {
				return nil, fmt.Errorf("the path parameter `%s` can't be `%s`", name, text)
			}
			segment = escaped(text)
		}
		address += "/" + segment
	}
	separator := "?"
	for _, name := range e.query {
		text, ok, err := queried(name, take(name))
		if err != nil {
			return nil, err
		}
		if ok {
			address += separator + escaped(name) + "=" + text
			separator = "&"
		}
	}
	header := c.header.Clone()
	for _, pair := range e.headers {
		text, ok := scalar(take(pair[0]))
		if !ok {
			continue
		}
		if strings.TrimSpace(text) != text || !isVisible(text) || strings.Contains(text, "\t") {
			return nil, fmt.Errorf("`%s` can't be sent as the header `%s`", pair[0], pair[1])
		}
		header.Set(pair[1], text)
	}
	var body []byte
	switch {
	case e.payload != "":
		body = take(e.payload)
	case e.body && v.text[0] == '{':
		w := newWriter(nil)
		for _, m := range members {
			w.add(m.name, m.text)
		}
		body = w.close()
	case e.body:
		body = input
	}
	request, err := http.NewRequestWithContext(ctx, e.method, address, bytes.NewReader(body))
	if err != nil || request.URL.Host == "" {
		// Without the address itself, which may hold what is secret.
		return nil, errors.New("the API's address can't be used")
	}
	request.Header = header
	header.Set("Accept", "application/json")
	if body != nil {
		header.Set("Content-Type", "application/json")
	}
	return request, nil
}

// scalar is a value as it stands in a path or a query; nothing for null.
func scalar(text []byte) (string, bool) {
	v := value{text: text}
	if v.isNull() {
		return "", false
	}
	if text[0] == '"' {
		plain, err := unquote(text)
		return plain, err == nil
	}
	return string(text), true
}

// queried is a value as it stands in a query, escaped; a list as its elements between commas.
func queried(name string, text []byte) (string, bool, error) {
	if text[0] != '[' {
		plain, ok := scalar(text)
		return escaped(plain), ok, nil
	}
	elements, err := value{text: text}.elements()
	texts := make([]string, len(elements))
	for i, element := range elements {
		plain, _ := scalar(element.text)
		if strings.Contains(plain, ",") || plain == "" && len(elements) == 1 {
			return "", false, fmt.Errorf("an element of the query's list `%s` is empty or holds a comma, which stands between them", name)
		}
		texts[i] = escaped(plain)
	}
	return strings.Join(texts, ","), true, err
}

// escaped percent-encodes all but the unreserved characters (RFC 3986 section 2.3).
func escaped(text string) string {
	var out strings.Builder
	for i := range len(text) {
		if c := text[i]; isOfCode(c) || c == '.' || c == '~' {
			out.WriteByte(c)
		} else {
			fmt.Fprintf(&out, "%%%02X", c)
		}
	}
	return out.String()
}
