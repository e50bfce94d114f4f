package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
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
	if _, err := client.Health(ctx); !errors.Is(err, context.DeadlineExceeded) || must(err).Who() != orders.WhoTransport {
		t.Errorf("%v", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	if _, err := client.Health(ctx); !errors.Is(err, context.Canceled) {
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
	if one.Error() != "OrderNotFound (404): The order does not exist" {
		t.Error(one)
	}
}

func TestNoSecretIsPrinted(t *testing.T) {
	const secret = "hunter2"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Set-Cookie", secret)
		w.WriteHeader(http.StatusTeapot)
		_, _ = w.Write([]byte(secret))
	}))
	defer server.Close()
	for _, base := range []string{server.URL + "/" + secret, "http://u:" + secret + "@127.0.0.1:1/" + secret, "http://[" + secret, secret} {
		client := orders.New(base, orders.WithHeader("Authorization", secret), orders.WithRetries(orders.Retries{Attempts: 1}))
		note := secret
		_, err := client.PlaceOrder(t.Context(), orders.PlaceOrder{Note: &note})
		var log bytes.Buffer
		logger := slog.New(slog.NewJSONHandler(&log, nil))
		logger.Error("failed", "err", err, "client", client, "response", must(err).Response())
		slog.New(slog.NewTextHandler(&log, nil)).Error("failed", "err", err, "response", must(err).Response())
		text, _ := json.Marshal(err)
		raw, _ := json.Marshal(must(err).Response())
		printed := log.String() + string(text) + string(raw)
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
			printed += fmt.Sprintf(verb, err) + fmt.Sprintf(verb, client) + fmt.Sprintf(verb, must(err).Response())
			printed += fmt.Sprintf(verb, []any{err, client, must(err).Response()})
		}
		if strings.Contains(printed, secret) || strings.Contains(printed, fmt.Sprintf("%x", secret)) {
			t.Errorf("%s", printed)
		}
	}
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
		{"InternalError", get("impossible")},
		{"InternalError", get("panic")},
	} {
		who := orders.WhoAPI
		if one.code == "InternalError" {
			who = orders.WhoPlatform
		}
		if failed := must(one.err); failed.Code() != one.code || failed.Who() != who || failed.Status() < 400 {
			t.Errorf("%s: %v (%s)", one.code, failed, failed.Who())
		}
	}
	nobody := orders.New(base+"/nowhere", orders.WithHeader("Authorization", "Bearer ann"))
	if _, err := nobody.Health(t.Context()); err == nil || must(err).Who() != orders.WhoGateway {
		t.Errorf("%v", err)
	}
}
