package com.example.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.orders.ArchiveTicket;
import com.example.orders.GetOrderError;
import com.example.orders.OrderArchivedException;
import com.example.orders.OrderNotFoundException;
import com.example.orders.OrdersClient;
import com.example.orders.OrdersException;
import com.example.orders.Retries;
import com.example.orders.TransportException;
import com.example.orders.Tuple2;
import com.example.orders.UndeclaredException;
import com.example.orders.Who;
import com.example.orders.testing.Answer;
import com.example.orders.testing.FakeTransport;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Failures travel: serialized, in futures, and to threads that are interrupted. */
final class TravelTest {
  private final OrderArchivedException archived =
      OrderArchivedException.of(
          "7", new ArchiveTicket(1999, new Tuple2<>(1L, "a"), Optional.of("b")));

  @SuppressWarnings("unchecked")
  private static <T> T travelled(T value) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    return (T) in.readObject();
  }

  private static OrdersException caught(
      int status, Map<String, List<String>> headers, String body) {
    return OrdersException.decode(status, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyFailureIsSerialized() throws Exception {
    Map<String, List<String>> newer =
        Map.of(
            "x-error-code",
            List.of("Newer"),
            "x-amzn-requestid",
            List.of("r1"),
            "retry-after",
            List.of("3"));
    for (OrdersException failure :
        List.of(
            archived,
            caught(409, newer, "{\"a\":[1.50,\"x\"],\"detail\":\"so\"}"),
            caught(
                400,
                Map.of("x-error-code", List.of("InvalidPayload")),
                "{\"path\":\"a\",\"reason\":\"b\"}"),
            caught(
                403,
                Map.of("x-amzn-errortype", List.of("AccessDeniedException")),
                "{\"message\":\"no\"}"),
            caught(502, Map.of(), "<html>"),
            assertThrows(
                TransportException.class,
                () -> FakeTransport.of(Answer.lost(new IOException("x"))).client().health()))) {
      OrdersException again = travelled(failure);
      assertEquals(failure.getClass(), again.getClass());
      assertEquals(failure.toString(), again.toString());
      assertEquals(failure.getMessage(), again.getMessage());
      assertEquals(failure.who(), again.who());
      assertEquals(failure.code(), again.code());
      assertEquals(failure.status(), again.status());
      assertEquals(failure.requestId(), again.requestId());
      assertEquals(failure.retry(), again.retry());
      assertEquals(failure.retryAfter(), again.retryAfter());
      assertEquals(failure.attempts(), again.attempts());
      assertEquals(failure.isRetryable(), again.isRetryable());
      assertArrayEquals(failure.getStackTrace(), again.getStackTrace());
    }
    assertEquals(archived.ticket(), travelled(archived).ticket());
    assertEquals(archived.toJson(), travelled(archived).toJson());
    UndeclaredException undeclared =
        assertInstanceOf(UndeclaredException.class, caught(409, newer, "{\"a\":1.50}"));
    assertEquals("1.50", travelled(undeclared).member("a").orElseThrow().text());
  }

  @Test
  void afutureCarriesTheFailureItself() {
    OrdersClient client = FakeTransport.of(Answer.fail(archived)).client();
    CompletionException wrapper =
        assertThrows(CompletionException.class, () -> client.getOrderAsync("7").join());
    assertInstanceOf(OrderArchivedException.class, wrapper.getCause());
    OrdersException found = OrdersException.in(new RuntimeException(wrapper)).orElseThrow();
    assertTrue(found instanceof GetOrderError);
    assertEquals(Optional.empty(), OrdersException.in(new RuntimeException()));
    // A call that waits fails where it waits.
    OrdersException thrown = assertThrows(OrdersException.class, () -> client.getOrder("7"));
    assertTrue(
        List.of(thrown.getStackTrace()).stream()
            .anyMatch(frame -> frame.getClassName().equals(TravelTest.class.getName())));
  }

  /** Somebody who never answers, and what happens to whoever waits. */
  @Test
  void whoWaitsCanGiveUp() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    CountDownLatch done = new CountDownLatch(1);
    server.createContext(
        "/slow/health",
        exchange -> {
          try (exchange) {
            done.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    // Its head comes at once, its body never.
    server.createContext(
        "/drip/health",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
        });
    server.createContext(
        "/large/health",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] block = new byte[1 << 20];
          try (var out = exchange.getResponseBody()) {
            for (int at = 0; at < 12; at++) {
              out.write(block);
            }
          } catch (IOException gone) {
            done.countDown();
          }
        });
    var threads = java.util.concurrent.Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.start();
    try {
      String base = "http://127.0.0.1:" + server.getAddress().getPort();
      for (String place : List.of("/slow", "/drip")) {
        OrdersClient client =
            OrdersClient.builder(base + place)
                .retries(Retries.NONE)
                .timeout(Duration.ofMillis(100))
                .build();
        TransportException late = assertThrows(TransportException.class, client::health);
        assertEquals(TransportException.Kind.TIMEOUT, late.kind());
        assertEquals(Who.TRANSPORT, late.who());
      }
      OrdersClient client = OrdersClient.builder(base + "/slow").retries(Retries.NONE).build();
      Thread.currentThread().interrupt();
      TransportException interrupted = assertThrows(TransportException.class, client::health);
      assertEquals(TransportException.Kind.INTERRUPTED, interrupted.kind());
      assertTrue(Thread.interrupted());
      CompletableFuture<?> call = client.healthAsync();
      assertTrue(call.cancel(true));
      OrdersClient large = OrdersClient.builder(base + "/large").retries(Retries.NONE).build();
      TransportException refused = assertThrows(TransportException.class, large::health);
      assertEquals(TransportException.Kind.REFUSED, refused.kind());
      assertFalse(refused.isRetryable());
    } finally {
      done.countDown();
      server.stop(0);
      threads.shutdownNow();
    }
    OrdersClient nobody = OrdersClient.builder("http://127.0.0.1:1").retries(Retries.NONE).build();
    TransportException unsent = assertThrows(TransportException.class, nobody::health);
    assertEquals(TransportException.Kind.CONNECT, unsent.kind());
    assertTrue(unsent.isRetryable());
  }

  /** What is cancelled is not sent again, and its exchange is given up. */
  @Test
  void cancellingReachesTheTransport() {
    CompletableFuture<com.example.orders.RawResponse> exchange = new CompletableFuture<>();
    OrdersClient client = OrdersClient.builder("http://a.b").transport(request -> exchange).build();
    CompletableFuture<?> call = client.healthAsync();
    assertTrue(call.cancel(true));
    assertTrue(exchange.isCancelled());
    assertEquals(
        "there is no order 42",
        Show.show(FakeTransport.of(Answer.fail(OrderNotFoundException.of("42"))).client(), "42"));
  }
}
