// Command orders-demo shows an order: orders-demo https://api.example.com/prod 42
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"os/signal"

	"example.com/orders"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("orders-demo BASE ORDER")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	client := orders.New(os.Args[1], orders.WithHeader("Authorization", os.Getenv("TOKEN")))
	fmt.Println(show(ctx, client, os.Args[2]))
}

// show says what an order is, or why there is none.
func show(ctx context.Context, client *orders.Client, id string) string {
	order, err := client.GetOrder(ctx, id)
	if archived, ok := errors.AsType[*orders.OrderArchivedError](err); ok {
		return fmt.Sprintf("order %s is in the archive of %d", archived.OrderID, archived.Ticket.Year)
	}
	if errors.Is(err, orders.ErrOrderNotFound) {
		return "there is no order " + id
	}
	if failed, ok := errors.AsType[orders.Error](err); ok {
		return fmt.Sprintf("%v; %s answered, request %s, attempt %d", failed, failed.Who(), failed.RequestID(), failed.Attempts())
	}
	return fmt.Sprintf("order %s: %d lines, %s", order.ID, len(order.Lines), order.State)
}
