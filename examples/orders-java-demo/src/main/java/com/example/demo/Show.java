package com.example.demo;

import com.example.orders.Order;
import com.example.orders.OrderArchivedException;
import com.example.orders.OrderNotFoundException;
import com.example.orders.OrdersClient;
import com.example.orders.OrdersException;

/** Shows an order: {@code Show https://api.example.com/prod 42}. */
public final class Show {
  private Show() {}

  /**
   * Shows the order of an id.
   *
   * @param arguments the base address of the API, and the id
   */
  public static void main(String[] arguments) {
    OrdersClient client =
        OrdersClient.builder(arguments[0]).header("Authorization", System.getenv("TOKEN")).build();
    System.out.println(show(client, arguments[1]));
  }

  /** Says what an order is, or why there is none. */
  static String show(OrdersClient client, String id) {
    try {
      Order order = client.getOrder(id);
      return "order %s: %d lines, %s".formatted(order.id(), order.lines().size(), order.state());
    } catch (OrderArchivedException e) {
      return "order %s is in the archive of %d".formatted(e.orderId(), e.ticket().year());
    } catch (OrderNotFoundException e) {
      return "there is no order " + e.orderId();
    } catch (OrdersException e) {
      return "%s; %s answered, attempt %d".formatted(e.getMessage(), e.who(), e.attempts());
    }
  }
}
