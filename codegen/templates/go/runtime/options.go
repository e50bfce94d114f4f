// How a client is set up.

import (
	"net/http"
	"net/url"
	"strings"
	"time"
)

// wholeTimeout is how long one attempt may take: API Gateway waits 29 s for a function.
const wholeTimeout = 35 * time.Second

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

// WithTimeout says how long one attempt may take, by default 35 s; 0 sets no limit. The context ends all of them.
func WithTimeout(timeout time.Duration) Option {
	return func(c *client) { c.timeout = timeout }
}

// WithTrust says what proves that an answer is the API's own.
func WithTrust(trust Trust) Option {
	return func(c *client) { c.trust = trust }
}

// client is an API at an address. Its settings stand behind a second pointer, so that none is printed, whatever the verb.
type client struct{ *settings }

type settings struct {
	base    string
	http    http.Client
	header  http.Header
	sign    func(*http.Request) error
	retries Retries
	timeout time.Duration
	trust   Trust
}

func newClient(base string, options []Option) *client {
	c := &client{&settings{base: strings.TrimRight(base, "/"), header: http.Header{}, timeout: wholeTimeout}}
	for _, option := range options {
		option(c)
	}
	c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return c
}

// host is all that may be shown of it: address and headers may hold what is secret.
func (c *client) host() string {
	if c == nil {
		return ""
	}
	base, err := url.Parse(c.base)
	if err != nil {
		return ""
	}
	return base.Hostname()
}
