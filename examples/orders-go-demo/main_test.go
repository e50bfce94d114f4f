package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"example.com/orders"
	"example.com/orders/orderstest"
)

func TestShow(t *testing.T) {
	order := &orders.Order{ID: "42", State: orders.OrderStatePaid}
	archived := &orders.OrderArchivedError{OrderID: "7", Ticket: orders.ArchiveTicket{Year: 1999}}
	for _, one := range []struct {
		answer orderstest.Answer
		said   string
	}{
		{orderstest.Output(order), "order 42: 0 lines, paid"},
		{orderstest.Fail(&orders.OrderNotFoundError{OrderID: "42"}), "there is no order 42"},
		{orderstest.Fail(archived), "order 7 is in the archive of 1999"},
		{orderstest.Raw(502, nil, []byte("<html>")), "a response with status 502 that can't be read: it names no error; unmodelled answered, request , attempt 3"},
	} {
		if said := show(t.Context(), orderstest.New(one.answer).Client(), "42"); said != one.said {
			t.Errorf("%q, not %q", said, one.said)
		}
	}
}

func TestRetriesByTheAdvice(t *testing.T) {
	busy := orderstest.Fail(&orders.TooManyRequestsError{Used: 9})
	health := &orders.Health{Version: "1"}
	transport := orderstest.New(busy, busy, orderstest.Output(health))
	found, err := transport.Client().Health(t.Context())
	if err != nil || found.Version != "1" || len(transport.Requests()) != 3 {
		t.Errorf("%v, %v, %d requests", found, err, len(transport.Requests()))
	}
	// Nobody knows whether a second POST does harm.
	down := orderstest.New(orderstest.Fail(&orders.StoreUnavailableError{}))
	_, err = down.Client().PlaceOrder(t.Context(), orders.PlaceOrder{CustomerID: 7})
	if failed, ok := errors.AsType[orders.Error](err); !ok || failed.Attempts() != 1 || failed.Retry() != orders.RetryIdempotent {
		t.Errorf("%v", err)
	}
	once := orderstest.New(busy)
	_, err = once.Client(orders.WithRetries(orders.Retries{Attempts: 1})).Health(t.Context())
	if failed, ok := errors.AsType[*orders.TooManyRequestsError](err); !ok || failed.Used != 9 || len(once.Requests()) != 1 {
		t.Errorf("%v", err)
	}
	// A Retry-After over 20 s, or over the context's deadline, is not waited for.
	header := http.Header{"X-Error-Code": {"TooManyRequests"}, "Retry-After": {"5"}}
	late := orderstest.New(orderstest.Raw(429, header, []byte(`{"used":1}`)))
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	begun := time.Now()
	_, err = late.Client().Health(ctx)
	after, ok := must(err).RetryAfter()
	if !ok || after != 5*time.Second || time.Since(begun) > time.Second || must(err).Attempts() != 1 {
		t.Errorf("%v after %v", err, after)
	}
}

func must(err error) orders.Error {
	failed, ok := errors.AsType[orders.Error](err)
	if !ok {
		panic(fmt.Sprintf("%T", err))
	}
	return failed
}

func TestTheContextIsReached(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer server.Close()
	client := orders.New(server.URL)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err := client.Health(ctx)
	if !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, os.ErrDeadlineExceeded) || !os.IsTimeout(err) || must(err).Who() != orders.WhoTransport {
		t.Errorf("%v", err)
	}
	once := orders.WithRetries(orders.Retries{Attempts: 1})
	_, err = orders.New(server.URL, once, orders.WithTimeout(20*time.Millisecond)).Health(t.Context())
	if !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	for _, cause := range []error{os.ErrDeadlineExceeded, context.DeadlineExceeded, context.Canceled, io.ErrUnexpectedEOF} {
		_, err := orderstest.New(orderstest.Lost(fmt.Errorf("wrapped: %w", cause))).Client(once).Health(t.Context())
		timeout := !errors.Is(cause, context.Canceled) && !errors.Is(cause, io.ErrUnexpectedEOF)
		if !errors.Is(err, cause) || errors.Is(err, os.ErrDeadlineExceeded) != timeout {
			t.Errorf("%v", err)
		}
	}
	ctx, cancel = context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	if _, err := client.Health(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	// Whoever gives a call up that waits hears so, and of the last failure too.
	ctx, cancel = context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	busy := orderstest.Fail(&orders.TooManyRequestsError{Used: 9}).WithHeader("Retry-After", "5")
	_, err = orderstest.New(busy).Client().Health(ctx)
	if last, ok := errors.AsType[*orders.TooManyRequestsError](err); !errors.Is(err, context.Canceled) || !ok || last.Used != 9 || must(err).Attempts() != 1 {
		t.Errorf("%v", err)
	}
	if _, err := orders.New("http://127.0.0.1:1").Health(t.Context()); must(err).Retry() != orders.RetryBackoff {
		t.Errorf("%v", err)
	}
}

func TestRequests(t *testing.T) {
	transport := orderstest.New(orderstest.Output(&orders.OrderPage{}))
	client := transport.Client(orders.WithHeader("X-Api-Key", "k"), orders.WithSigner(func(r *http.Request) error {
		r.Header.Set("X-Signed", r.Method)
		return nil
	}))
	customer, state := uint64(18446744073709551615), orders.OrderStateSent
	if _, err := client.SearchOrders(t.Context(), orders.SearchOrders{State: &state, CustomerID: &customer}); err != nil {
		t.Fatal(err)
	}
	key := "a b"
	order := orders.PlaceOrder{CustomerID: 7, IdempotencyKey: &key}
	_, _ = client.PlaceOrder(t.Context(), order)
	_, _ = client.GetOrder(t.Context(), "a/b ü")
	_, err := client.GetOrder(t.Context(), "..")
	if must(err).IsRetryable() || !strings.Contains(err.Error(), "path parameter") {
		t.Errorf("%v", err)
	}
	requests := transport.Requests()
	said := []string{}
	for _, request := range requests {
		text := request.Method + " " + request.URL.String()
		if request.GetBody != nil {
			body, _ := request.GetBody()
			var text2 bytes.Buffer
			_, _ = text2.ReadFrom(body)
			text += " " + text2.String()
		}
		said = append(said, strings.TrimSpace(text))
	}
	expected := []string{
		"GET https://api.test/orders?state=sent&customerId=18446744073709551615",
		`POST https://api.test/orders {"customerId":7,"lines":[]}`,
		"GET https://api.test/orders/a%2Fb%20%C3%BC",
	}
	if fmt.Sprint(said) != fmt.Sprint(expected) {
		t.Errorf("%q", said)
	}
	if head := requests[1].Header; head.Get("Idempotency-Key") != "a b" || head.Get("X-Api-Key") != "k" || head.Get("X-Signed") != "POST" {
		t.Errorf("%v", head)
	}
}

func TestErrorsTravel(t *testing.T) {
	one := &orders.OrderNotFoundError{OrderID: "42"}
	for _, err := range []error{one, fmt.Errorf("wrapped: %w", one), errors.Join(errors.New("other"), one)} {
		found, ok := errors.AsType[*orders.OrderNotFoundError](err)
		if !ok || found.OrderID != "42" || !errors.Is(err, orders.ErrOrderNotFound) || errors.Is(err, orders.ErrNotSignedIn) {
			t.Errorf("%v", err)
		}
	}
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Error("failed", "err", one)
	if !strings.Contains(log.String(), `"code":"OrderNotFound"`) || !strings.Contains(log.String(), `"orderId":"42"`) {
		t.Error(log.String())
	}
	if one.Error() != "OrderNotFound (404): The order does not exist" {
		t.Error(one)
	}
}

// TestNoSecretIsPrinted has secrets in the address, in headers and in bodies, and looks for them in every failure printed
// in every way.
func TestNoSecretIsPrinted(t *testing.T) {
	const secret = "hunter2"
	declared := func(body string) string {
		head := "HTTP/1.1 404 Not Found\r\nX-Error-Code: OrderNotFound\r\nX-Other: hunter2\r\n"
		return fmt.Sprintf("%sContent-Length: %d\r\n\r\n%s", head, len(body), body)
	}
	failures := map[string]orders.Who{}
	for _, answer := range []string{
		"HTTP/1.1 418 I'm a teapot\r\nSet-Cookie: hunter2\r\nContent-Length: 7\r\n\r\nhunter2",
		"HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"state\":\"hunter2\"",
		"HTTP/1.1 200 OK\r\nX-Amzn-Requestid: 7\r\nContent-Length: 9\r\n\r\n\"hunter2\"",
		"HTTP/1.1 302 Found\r\nLocation: http://[hunter2\r\nContent-Length: 0\r\n\r\n",
		"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/hunter2\r\nContent-Length: 0\r\n\r\n",
		"HTTP/1.1 hunter2\r\n\r\n", "hunter2\r\n\r\n", "HTTP/1.1 200 OK\r\nhunter2\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: hunter2\r\n\r\n",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: hunter2\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhunter2",
		"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\nhunter2",
		declared(`{"orderId":"42","other":"hunter2"}`), declared(`{"orderId":["hunter2"]}`), declared(`hunter2`),
		"HTTP/1.1 409 Conflict\r\nX-Error-Code: Newer\r\nContent-Length: 20\r\n\r\n{\"secret\":\"hunter2\"}",
	} {
		base := speaks(t, answer)
		client := orders.New(base+"/"+secret, orders.WithHeader("Authorization", secret), orders.WithRetries(orders.Retries{Attempts: 1}))
		_, err := client.GetOrder(t.Context(), secret)
		failures[printed(t, client, err, secret)] = must(err).Who()
	}
	for _, base := range []string{"http://u:" + secret + "@127.0.0.1:1/" + secret, "http://[" + secret, secret, secret + "://127.0.0.1", "http://127.0.0.1:1/%zz" + secret} {
		client := orders.New(base, orders.WithHeader("Authorization", secret), orders.WithRetries(orders.Retries{Attempts: 1}))
		note := secret
		_, err := client.PlaceOrder(t.Context(), orders.PlaceOrder{Note: &note, IdempotencyKey: &note})
		failures[printed(t, client, err, secret)] = must(err).Who()
	}
	if len(failures) < 12 {
		t.Errorf("only %d failures differ: %v", len(failures), failures)
	}
}

// speaks is the address of somebody who answers each request so, whatever it is.
func speaks(t *testing.T, answer string) string {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = http.ReadRequest(bufio.NewReader(connection))
			_, _ = connection.Write([]byte(answer))
			_ = connection.Close()
		}
	}()
	return "http://" + listener.Addr().String()
}

// printed prints a failure in every way, looks for a secret in all of it, and gives its sentence.
func printed(t *testing.T, client *orders.Client, err error, secret string) string {
	t.Helper()
	failed := must(err)
	raw := failed.Response()
	var log bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&log, nil), slog.NewJSONHandler(&log, nil)} {
		logger := slog.New(handler)
		logger.Error("failed", "err", err, "client", client, "response", raw)
		logger.Error("failed", "all", []any{err, client, raw}, "wrapped", fmt.Errorf("wrapped: %w", err))
		if raw != nil {
			logger.Error("failed", "response", *raw)
		}
	}
	values := []any{err, client, raw, []any{err, client, raw}, struct{ Failed error }{err}, fmt.Errorf("wrapped: %w", err), errors.Join(err, err)}
	values = append(values, reflect.ValueOf(err).Elem().Interface(), reflect.ValueOf(client).Elem().Interface())
	for _, one := range values {
		if text, err := json.Marshal(one); err == nil {
			log.Write(text)
		}
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
			_, _ = fmt.Fprintf(&log, verb, one)
		}
	}
	for _, form := range []string{secret, fmt.Sprintf("%x", secret), fmt.Sprintf("%v", []byte(secret)), fmt.Sprintf("%#v", []byte(secret))} {
		if text := log.String(); strings.Contains(text, strings.Trim(form, "[]")) {
			at := strings.Index(text, strings.Trim(form, "[]"))
			t.Errorf("%v: …%s…", failed.Who(), text[max(at-200, 0):min(at+50, len(text))])
		}
	}
	return err.Error()
}

// TestServed calls the function behind `throwback serve` where ORDERS_URL says that it is.
func TestServed(t *testing.T) {
	base := os.Getenv("ORDERS_URL")
	if base == "" {
		t.Skip("ORDERS_URL is not set")
	}
	client := orders.New(base, orders.WithHeader("Authorization", "Bearer ann"), orders.WithRetries(orders.Retries{Attempts: 1}))
	get := func(id string) error { _, err := client.GetOrder(t.Context(), id); return err }
	search := func(input orders.SearchOrders) error { _, err := client.SearchOrders(t.Context(), input); return err }
	place := func(change func(*orders.PlaceOrder)) error {
		input := orders.PlaceOrder{CustomerID: 7, Lines: []orders.Line{{Sku: "teapot", Quantity: 1}}}
		change(&input)
		_, err := client.PlaceOrder(t.Context(), input)
		return err
	}
	to := func(text string) *string { return &text }
	limit, dry := uint16(50), true
	if _, err := client.Health(t.Context()); err != nil {
		t.Error(err)
	}
	for _, one := range []struct {
		code string
		err  error
	}{
		{"OrderNotFound", get("41")},
		{"OrderArchived", get("7")},
		{"NotSignedIn", get("signed-out")},
		{"StoreUnavailable", get("store-down")},
		{"InvalidCursor", search(orders.SearchOrders{Cursor: to("xyz")})},
		{"TooManyRequests", search(orders.SearchOrders{Cursor: to("hurry")})},
		{"TooManyResults", search(orders.SearchOrders{Limit: &limit})},
		{"OutOfStock", place(func(o *orders.PlaceOrder) { o.Lines[0] = orders.Line{Sku: "samovar", Quantity: 3} })},
		{"PaymentDeclined", place(func(o *orders.PlaceOrder) { o.DryRun, o.Labels = &dry, map[string]string{"card": "empty"} })},
		{"AmountTooLarge", place(func(o *orders.PlaceOrder) { o.Lines[0].Quantity = 1_000_000 })},
		{"CustomerBlocked", place(func(o *orders.PlaceOrder) { o.CustomerID = 9_007_199_254_740_993 })},
		{"Maintenance", place(func(o *orders.PlaceOrder) { o.Note = to("closed") })},
	} {
		if failed := must(one.err); failed.Code() != one.code || failed.Who() != orders.WhoAPI || failed.Status() < 400 {
			t.Errorf("%s: %v (%s)", one.code, failed, failed.Who())
		}
	}
	state := orders.OrderState("nowhere")
	for name, err := range map[string]error{
		"InvalidPayload": search(orders.SearchOrders{State: &state}), "InternalError": get("impossible"), "panic": get("panic"),
	} {
		failed, ok := errors.AsType[*orders.PlatformError](err)
		if !ok || failed.Kind() != orders.PlatformInternal && (name != "InvalidPayload" || failed.Path() != "state") {
			t.Errorf("%s: %v", name, err)
		}
	}
	// What stands before the function says the rest, in its own words.
	front := os.Getenv("ORDERS_FRONT")
	as := func(token string) error {
		_, err := orders.New(base, orders.WithHeader("Authorization", token)).GetOrder(t.Context(), "42")
		return err
	}
	_, nowhere := orders.New(base+"/nowhere", orders.WithHeader("Authorization", "Bearer ann")).Health(t.Context())
	stranger := map[string]string{"rest": "UNAUTHORIZED", "http-api": "UNAUTHORIZED"}[front]
	route := map[string]string{"rest": "MISSING_AUTHENTICATION_TOKEN"}[front]
	for _, one := range []struct {
		what, rest, others string
		err                error
	}{
		{"no answer in time", "platform TIMEOUT", "gateway INTERNAL_SERVER_ERROR", get("sleep")},
		{"an exit", "platform INTERNAL", "gateway INTERNAL_SERVER_ERROR", get("exit")},
		{"a process that is killed", "platform INTERNAL", "gateway INTERNAL_SERVER_ERROR", get("kill")},
		{"no such route", "gateway " + route, "gateway RESOURCE_NOT_FOUND", nowhere},
		{"a stranger", "gateway " + stranger, "gateway " + stranger, as("Bearer eve")},
		{"nobody signed in", "gateway " + stranger, "gateway " + stranger, as("")},
	} {
		expected := one.others
		if front == "rest" {
			expected = one.rest
		}
		if found := said(one.err); found != strings.TrimSuffix(expected, "gateway ") {
			t.Errorf("%s behind %s: %q, not %q", one.what, front, found, expected)
		}
	}
}

// said is who answered, and which failure it is; nothing of a success.
func said(err error) string {
	if err == nil {
		return ""
	}
	if failed, ok := errors.AsType[*orders.PlatformError](err); ok {
		return fmt.Sprintf("platform %s", failed.Kind())
	}
	if failed, ok := errors.AsType[*orders.GatewayError](err); ok {
		return fmt.Sprintf("gateway %s", failed.Kind())
	}
	return err.Error()
}
