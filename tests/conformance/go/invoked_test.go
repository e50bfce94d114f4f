package orders_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"testing"
	"time"

	"example.com/invoked/orders"
	"example.com/invoked/orders/orderstest"
)

func caught(t *testing.T, err error) orders.Error {
	t.Helper()
	failed, ok := errors.AsType[orders.Error](err)
	if !ok {
		t.Fatalf("%T: %v", err, err)
	}
	return failed
}

// TestInvocations makes calls of a function that is none: what it is invoked with, and what each answer means.
func TestInvocations(t *testing.T) {
	ctx := t.Context()
	busy := orderstest.Fail(&orders.TooManyRequestsError{Used: 9})
	transport := orderstest.New(busy, orderstest.Output(&orders.Health{Version: "1"}))
	health, err := transport.Function(orders.Retries{First: time.Millisecond}).Health(ctx)
	if err != nil || health.Version != "1" || len(transport.Payloads()) != 2 {
		t.Errorf("%v, %v, %q", health, err, transport.Payloads())
	}
	transport = orderstest.New(orderstest.Fail(&orders.OrderArchivedError{OrderID: "7", Ticket: orders.ArchiveTicket{Year: 1999}}))
	_, err = transport.Function().GetOrder(ctx, orders.GetOrder{OrderID: "7"})
	archived, ok := errors.AsType[*orders.OrderArchivedError](err)
	if !ok || archived.OrderID != "7" || archived.Ticket.Year != 1999 || !errors.Is(err, orders.ErrOrderArchived) {
		t.Errorf("%v", err)
	}
	if payload := string(transport.Payloads()[0]); payload != `{"operation":"get_order","input":{"order_id":"7"}}` {
		t.Errorf("the function is invoked with %s", payload)
	}
	for _, one := range []struct {
		payload string
		kind    orders.PlatformKind
		retry   orders.Retry
	}{
		{`{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: 1f2e Error: Task timed out after 3.00 seconds"}`, orders.PlatformTimeout, orders.RetryIdempotent},
		{`{"errorMessage":"2026-01-01T00:00:00Z 1f2e Task timed out after 3.00 seconds"}`, orders.PlatformTimeout, orders.RetryIdempotent},
		{`{"errorType":"Runtime.ExitError","errorMessage":"RequestId: 1f2e Error: Runtime exited with error: signal: killed"}`, orders.PlatformOutOfMemory, orders.RetryIdempotent},
		{`{"errorType":"Runtime.ExitError","errorMessage":"RequestId: 1f2e Error: Runtime exited with error: exit status 101"}`, orders.PlatformExited, orders.RetryIdempotent},
		{`{"errorType":"Function.ResponseSizeTooLarge","errorMessage":"too large"}`, orders.PlatformResponseTooLarge, orders.RetryNever},
		{`{"errorType":"anything","errorMessage":"at the disco"}`, orders.PlatformInternal, orders.RetryIdempotent},
	} {
		transport := orderstest.New(orderstest.Raw(http.StatusInternalServerError, nil, []byte(one.payload)))
		_, err := transport.Function().Health(ctx)
		failed, ok := errors.AsType[*orders.PlatformError](err)
		if !ok || failed.Kind() != one.kind || failed.Retry() != one.retry || failed.Attempts() != 1 {
			t.Errorf("%s: %v", one.payload, err)
		}
	}
	_, err = orderstest.New(orderstest.Platform(orders.PlatformInvalidPayload)).Function().Health(ctx)
	if failed, ok := errors.AsType[*orders.PlatformError](err); !ok || failed.Kind() != orders.PlatformInvalidPayload {
		t.Errorf("%v", err)
	}
	_, err = orderstest.New(orderstest.Lost(context.Canceled)).Function().Health(ctx)
	if failed := caught(t, err); failed.Who() != orders.WhoTransport || !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	_, err = orderstest.New(orderstest.Raw(http.StatusOK, nil, []byte(`{"version":7}`))).Function().Health(ctx)
	if failed := caught(t, err); failed.Who() != orders.WhoUnmodelled || failed.Response() == nil {
		t.Errorf("%v", err)
	}
}

// TestServed invokes the function behind `throwback serve`, where INVOKED_URL says that it is.
func TestServed(t *testing.T) {
	base := os.Getenv("INVOKED_URL")
	if base == "" {
		t.Skip("INVOKED_URL is not set")
	}
	client := orders.NewFunction(func(ctx context.Context, payload []byte) (string, []byte, error) {
		url := base + "/2015-03-31/functions/orders/invocations"
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(payload))
		if err != nil {
			return "", nil, err
		}
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			return "", nil, err
		}
		defer func() { _ = answer.Body.Close() }()
		body, err := io.ReadAll(answer.Body)
		return answer.Header.Get("X-Amz-Function-Error"), body, err
	}, orders.Retries{Attempts: 1})
	get := func(id string) error {
		_, err := client.GetOrder(t.Context(), orders.GetOrder{OrderID: id})
		return err
	}
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
		if failed := caught(t, one.err); failed.Code() != one.code || failed.Who() != orders.WhoAPI {
			t.Errorf("%s: %v (%s)", one.code, failed, failed.Who())
		}
	}
	for id, kind := range map[string]orders.PlatformKind{
		"impossible": orders.PlatformInternal, "panic": orders.PlatformInternal,
		"sleep": orders.PlatformTimeout, "exit": orders.PlatformExited, "kill": orders.PlatformOutOfMemory,
	} {
		failed, ok := errors.AsType[*orders.PlatformError](get(id))
		if !ok || failed.Kind() != kind {
			t.Errorf("%s: %v", id, failed)
		}
		if text, err := json.Marshal(failed); err != nil || !json.Valid(text) {
			t.Errorf("%s: %s, %v", id, text, err)
		}
	}
}
