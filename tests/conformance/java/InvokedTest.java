package com.example.invoked;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.invoked.testing.Answer;
import com.example.invoked.testing.FakeTransport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A function that is invoked: what it is given, and what each of its answers means. */
final class InvokedTest {
  private static final Answer HEALTHY = Answer.output(new Health("1").toJson());

  @Test
  void everyAnswerMeansSomething() {
    FakeTransport lambda = FakeTransport.of(Answer.fail(TooManyRequestsException.of(9)), HEALTHY);
    assertEquals("1", lambda.function().health().version());
    assertEquals(2, lambda.payloads().size());
    ArchiveTicket ticket = new ArchiveTicket(1999, new Tuple2<>(1L, "a"), Optional.empty());
    FakeTransport old = FakeTransport.of(Answer.fail(OrderArchivedException.of("7", ticket)));
    GetOrder input = new GetOrder("7");
    OrderArchivedException archived =
        assertThrows(OrderArchivedException.class, () -> old.function().getOrder(input));
    assertEquals(ticket, archived.ticket());
    assertEquals(
        "{\"operation\":\"get_order\",\"input\":{\"order_id\":\"7\"}}", old.payloads().get(0));
    assertInstanceOf(Result.Failed.class, old.function().tryGetOrder(input));
    assertEquals(
        Optional.of(Who.API),
        old.function()
            .getOrderAsync(input)
            .handle((order, e) -> OrdersException.in(e))
            .join()
            .map(OrdersException::who));
  }

  @Test
  void thePlatformAnswersForTheFunction() {
    Map<String, PlatformException.Kind> kinds =
        Map.of(
            "{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"Task timed out after 3.00"
                + " seconds\"}",
            PlatformException.Kind.TIMEOUT,
            "{\"errorMessage\":\"2026-01-01T00:00:00Z 1f2e Task timed out after 3.00 seconds\"}",
            PlatformException.Kind.TIMEOUT,
            "{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"Error: signal: killed\"}",
            PlatformException.Kind.OUT_OF_MEMORY,
            "{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"Error: exit status 101\"}",
            PlatformException.Kind.EXITED,
            "{\"errorType\":\"Function.ResponseSizeTooLarge\",\"errorMessage\":\"too large\"}",
            PlatformException.Kind.RESPONSE_TOO_LARGE,
            "{\"errorType\":\"anything\",\"errorMessage\":\"at the disco\"}",
            PlatformException.Kind.INTERNAL);
    kinds.forEach(
        (payload, kind) -> {
          OrdersFunction function = FakeTransport.of(Answer.raw(500, Map.of(), payload)).function();
          PlatformException failure = assertThrows(PlatformException.class, function::health);
          assertEquals(kind, failure.kind(), payload);
          assertEquals(1, failure.attempts());
        });
    OrdersFunction lost = FakeTransport.of(Answer.lost(new IOException("x"))).function();
    TransportException failure = assertThrows(TransportException.class, lost::health);
    assertEquals(Retry.IDEMPOTENT, failure.retry());
    assertEquals("x", failure.thrown().orElseThrow().getMessage());
    OrdersFunction odd = FakeTransport.of(Answer.output("{\"version\":7}")).function();
    assertTrue(assertThrows(UnmodelledException.class, odd::health).response().isPresent());
  }

  /** Invokes the function behind {@code throwback serve} where INVOKED_URL says that it is. */
  @Test
  @EnabledIfEnvironmentVariable(named = "INVOKED_URL", matches = ".+")
  void theFunctionIsInvoked() {
    URI uri = URI.create(System.getenv("INVOKED_URL") + "/2015-03-31/functions/orders/invocations");
    HttpClient http = HttpClient.newHttpClient();
    OrdersFunction function =
        OrdersFunction.of(
            payload -> {
              HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofByteArray(payload);
              HttpRequest request = HttpRequest.newBuilder(uri).POST(body).build();
              HttpResponse<byte[]> answer =
                  http.send(request, HttpResponse.BodyHandlers.ofByteArray());
              String error = answer.headers().firstValue("x-amz-function-error").orElse(null);
              return Invoked.of(error, answer.body());
            });
    assertEquals("42", function.getOrder(new GetOrder("42")).id());
    Map<String, String> codes =
        Map.of(
            "41",
            "OrderNotFound",
            "7",
            "OrderArchived",
            "signed-out",
            "NotSignedIn",
            "impossible",
            "InternalError");
    codes.forEach(
        (id, code) -> {
          GetOrder input = new GetOrder(id);
          OrdersException failure =
              assertThrows(OrdersException.class, () -> function.getOrder(input));
          assertEquals(Optional.of(code), failure.code());
        });
    List<PlatformException.Kind> kinds =
        List.of(
            PlatformException.Kind.TIMEOUT,
            PlatformException.Kind.EXITED,
            PlatformException.Kind.OUT_OF_MEMORY);
    List<String> ids = List.of("sleep", "exit", "kill");
    for (int at = 0; at < ids.size(); at++) {
      GetOrder input = new GetOrder(ids.get(at));
      PlatformException failure =
          assertThrows(PlatformException.class, () -> function.getOrder(input));
      assertEquals(kinds.get(at), failure.kind(), ids.get(at));
    }
  }
}
