package com.example.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.orders.ArchiveTicket;
import com.example.orders.Health;
import com.example.orders.Money;
import com.example.orders.Order;
import com.example.orders.OrderArchivedException;
import com.example.orders.OrderNotFoundException;
import com.example.orders.OrderPage;
import com.example.orders.OrderState;
import com.example.orders.OrdersClient;
import com.example.orders.OrdersException;
import com.example.orders.PlaceOrder;
import com.example.orders.Request;
import com.example.orders.Retries;
import com.example.orders.Retry;
import com.example.orders.SearchOrders;
import com.example.orders.StoreUnavailableException;
import com.example.orders.TooManyRequestsException;
import com.example.orders.TransportException;
import com.example.orders.Tuple2;
import com.example.orders.UnmodelledException;
import com.example.orders.testing.Answer;
import com.example.orders.testing.FakeTransport;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the program shows, and what a client does before and behind it. */
final class ShowTest {
  private static final Order ORDER =
      new Order(
          "42",
          BigInteger.valueOf(7),
          OrderState.PAID,
          List.of(),
          new Money(5, "EUR"),
          Optional.empty());

  private static final Answer BUSY = Answer.fail(TooManyRequestsException.of(9));

  private static String shown(Answer answer) {
    return Show.show(FakeTransport.of(answer).client(), "42");
  }

  @Test
  void showsAnOrderOrWhyThereIsNone() {
    ArchiveTicket ticket = new ArchiveTicket(1999, new Tuple2<>(1L, "a"), Optional.empty());
    assertEquals("order 42: 0 lines, paid", shown(Answer.output(ORDER.toJson())));
    assertEquals("there is no order 42", shown(Answer.fail(OrderNotFoundException.of("42"))));
    assertEquals(
        "order 7 is in the archive of 1999",
        shown(Answer.fail(OrderArchivedException.of("7", ticket))));
    assertEquals(
        "a response with status 502 that can't be read: it names no error; UNMODELLED answered,"
            + " attempt 3",
        shown(Answer.raw(502, Map.of(), "<html>")));
  }

  @Test
  void repeatsByTheAdvice() {
    FakeTransport api = FakeTransport.of(BUSY, BUSY, Answer.output(new Health("1").toJson()));
    assertEquals("1", api.client().health().version());
    assertEquals(3, api.requests().size());
    // Nobody knows whether a second POST does harm.
    FakeTransport down = FakeTransport.of(Answer.fail(StoreUnavailableException.of()));
    PlaceOrder order = PlaceOrder.builder().customerId(BigInteger.ONE).lines(List.of()).build();
    OrdersException failure =
        assertThrows(StoreUnavailableException.class, () -> down.client().placeOrder(order));
    assertEquals(Retry.IDEMPOTENT, failure.retry());
    assertEquals(1, failure.attempts());
    FakeTransport once = FakeTransport.of(BUSY);
    OrdersClient client = once.builder().retries(Retries.NONE).build();
    assertEquals(9, assertThrows(TooManyRequestsException.class, client::health).used());
    assertEquals(1, once.requests().size());
  }

  /** A Retry-After over the limit, or over the deadline, is not waited for. */
  @Test
  void waitsForNothingThatIsTooLong() {
    for (Retries retries :
        List.of(
            Retries.STANDARD.withLongest(Duration.ofSeconds(4)),
            Retries.STANDARD.withDeadline(Duration.ofSeconds(1)))) {
      FakeTransport api = FakeTransport.of(BUSY.withHeader("retry-after", "5"));
      OrdersClient client = api.builder().retries(retries).build();
      long begun = System.nanoTime();
      OrdersException failure = assertThrows(OrdersException.class, client::health);
      assertEquals(Optional.of(Duration.ofSeconds(5)), failure.retryAfter());
      assertEquals(1, failure.attempts());
      assertTrue(System.nanoTime() - begun < 1_000_000_000L);
    }
    OrdersClient usual = FakeTransport.of(BUSY.withHeader("retry-after", "61")).client();
    assertEquals(1, assertThrows(OrdersException.class, usual::health).attempts());
  }

  @Test
  void everythingGoesWhereItBelongs() {
    FakeTransport api =
        FakeTransport.of(Answer.output(new OrderPage(List.of(), Optional.empty()).toJson()));
    OrdersClient client =
        api.builder()
            .header("X-Api-Key", "k")
            .signer(request -> request.withHeader("X-Signed", request.method()))
            .build();
    BigInteger customer = new BigInteger("18446744073709551615");
    OrderPage page =
        client.searchOrders(
            SearchOrders.builder().state(OrderState.SENT).customerId(customer).build());
    assertEquals(List.of(), page.orders());
    PlaceOrder order =
        PlaceOrder.builder()
            .customerId(BigInteger.valueOf(7))
            .lines(List.of())
            .idempotencyKey("a b")
            .build();
    assertThrows(UnmodelledException.class, () -> client.placeOrder(order));
    assertThrows(UnmodelledException.class, () -> client.getOrder("a/b ü"));
    OrdersException unmade = assertThrows(TransportException.class, () -> client.getOrder(".."));
    assertFalse(unmade.isRetryable());
    List<String> said = new ArrayList<>();
    for (Request request : api.requests()) {
      String body = new String(request.body(), StandardCharsets.UTF_8);
      said.add((request.method() + " " + request.uri() + " " + body).strip());
    }
    assertEquals(
        List.of(
            "GET https://api.test/orders?state=sent&customerId=18446744073709551615",
            "POST https://api.test/orders {\"customerId\":7,\"lines\":[]}",
            "GET https://api.test/orders/a%2Fb%20%C3%BC"),
        said);
    Map<String, List<String>> headers = api.requests().get(1).headers();
    assertEquals(List.of("a b"), headers.get("idempotency-key"));
    assertEquals(List.of("k"), headers.get("x-api-key"));
    assertEquals(List.of("POST"), headers.get("X-SIGNED"));
  }
}
