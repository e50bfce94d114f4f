package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"testing"

	"example.com/orders"
)

// What somebody would write by hand for two errors of the API: a struct for each, and a switch over the code.
type handNotFoundError struct {
	Code    string `json:"code"`
	Status  int    `json:"status"`
	Title   string `json:"title"`
	Detail  string `json:"detail"`
	OrderID string `json:"orderId"`
}

func (e *handNotFoundError) Error() string { return e.Detail }

type handOutOfStockError struct {
	Code   string `json:"code"`
	Status int    `json:"status"`
	Title  string `json:"title"`
	Detail string `json:"detail"`
	Lines  []struct {
		Sku        string            `json:"sku"`
		Quantity   uint32            `json:"quantity"`
		Available  uint32            `json:"available"`
		Warehouses map[string]uint32 `json:"warehouses"`
	} `json:"lines"`
}

func (e *handOutOfStockError) Error() string { return e.Detail }

func byHand(body []byte) error {
	var head struct {
		Code string `json:"code"`
	}
	if err := json.Unmarshal(body, &head); err != nil {
		return err
	}
	var failed error
	switch head.Code {
	case "OrderNotFound":
		failed = new(handNotFoundError)
	case "OutOfStock":
		failed = new(handOutOfStockError)
	default:
		return errors.New("another error")
	}
	if err := json.Unmarshal(body, failed); err != nil {
		return err
	}
	return failed
}

var answers = map[string]string{
	"OrderNotFound": `{"code":"OrderNotFound","status":404,"title":"The order does not exist","detail":"order 42 does not exist",` +
		`"type":"https://docs.example.com/errors/OrderNotFound","instance":"f1d5c0a4-3b1e-4b1c-8a59-58cde8b5a5d0","orderId":"42"}`,
	"OutOfStock": `{"code":"OutOfStock","status":409,"title":"Some lines are not in stock","detail":"2 lines are not in stock",` +
		`"type":"https://docs.example.com/errors/OutOfStock","instance":"f1d5c0a4-3b1e-4b1c-8a59-58cde8b5a5d0",` +
		`"lines":[{"sku":"samovar","quantity":3,"available":1,"warehouses":{"north":1}},` +
		`{"sku":"teapot","quantity":12,"available":0,"warehouses":{}}]}`,
}

func byPackage(code, body string) func(*testing.B) {
	header := http.Header{"Content-Type": {"application/problem+json"}, "X-Error-Code": {code}, "X-Amzn-Requestid": {"7"}}
	return func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if failed := orders.Decode(409, header, []byte(body)); failed.Who() != orders.WhoAPI {
				b.Fatal(failed)
			}
		}
	}
}

func byHandOf(body string) func(*testing.B) {
	return func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if byHand([]byte(body)) == nil {
				b.Fatal("it is no error")
			}
		}
	}
}

// BenchmarkDecode measures decoding beside code that somebody wrote by hand: go test -run XXX -bench Decode
func BenchmarkDecode(b *testing.B) {
	for code, body := range answers {
		b.Run(code+"/package", byPackage(code, body))
		b.Run(code+"/hand", byHandOf(body))
	}
}

// TestSpeed prints how long decoding takes beside that, where SPEED asks for it: SPEED=1 go test -v -run Speed
func TestSpeed(t *testing.T) {
	if os.Getenv("SPEED") == "" {
		t.Skip("SPEED is not set")
	}
	for code, body := range answers {
		own, hand := testing.Benchmark(byPackage(code, body)), testing.Benchmark(byHandOf(body))
		ratio := float64(own.NsPerOp()) / float64(hand.NsPerOp())
		fmt.Printf("decoding %s takes %d ns, by hand %d ns: %.2f of it\n", code, own.NsPerOp(), hand.NsPerOp(), ratio)
	}
}
