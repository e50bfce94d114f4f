package com.example.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.example.orders.OrdersException;
import com.example.orders.Who;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How long decoding takes beside code that somebody wrote by hand, where SPEED asks for it. */
@EnabledIfEnvironmentVariable(named = "SPEED", matches = ".+")
final class SpeedTest {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  record Head(String code) {}

  record NotFound(String code, int status, String title, String detail, String orderId) {}

  record Line(String sku, long quantity, long available, Map<String, Long> warehouses) {}

  record OutOfStock(String code, int status, String title, String detail, List<Line> lines) {}

  static final class ByHand extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Object payload;

    ByHand(String detail, Object payload) {
      super(detail);
      this.payload = payload;
    }

    Object payload() {
      return payload;
    }
  }

  private static ByHand byHand(byte[] body) {
    return switch (MAPPER.readValue(body, Head.class).code()) {
      case "OrderNotFound" -> {
        NotFound found = MAPPER.readValue(body, NotFound.class);
        yield new ByHand(found.detail(), found);
      }
      case "OutOfStock" -> {
        OutOfStock found = MAPPER.readValue(body, OutOfStock.class);
        yield new ByHand(found.detail(), found);
      }
      default -> throw new IllegalStateException("another error");
    };
  }

  private static final Map<String, String> ANSWERS =
      Map.of(
          "OrderNotFound",
          "{\"code\":\"OrderNotFound\",\"status\":404,\"title\":\"The order does not exist\","
              + "\"detail\":\"order 42 does not exist\",\"type\":\"https://docs.example.com/errors/"
              + "OrderNotFound\",\"instance\":\"f1d5c0a4-3b1e-4b1c-8a59-58cde8b5a5d0\","
              + "\"orderId\":\"42\"}",
          "OutOfStock",
          "{\"code\":\"OutOfStock\",\"status\":409,\"title\":\"Some lines are not in"
              + " stock\",\"detail\":\"2 lines are not in"
              + " stock\",\"type\":\"https://docs.example.com/errors/"
              + "OutOfStock\",\"instance\":\"f1d5c0a4-3b1e-4b1c-8a59-58cde8b5a5d0\",\"lines\":["
              + "{\"sku\":\"samovar\",\"quantity\":3,\"available\":1,\"warehouses\":{\"north\":1}},"
              + "{\"sku\":\"teapot\",\"quantity\":12,\"available\":0,\"warehouses\":{}}]}");

  @Test
  void decodingBesideCodeByHand() {
    ANSWERS.forEach(
        (code, text) -> {
          byte[] body = text.getBytes(StandardCharsets.UTF_8);
          Map<String, List<String>> headers =
              Map.of(
                  "content-type", List.of("application/problem+json"),
                  "x-error-code", List.of(code),
                  "x-amzn-requestid", List.of("7"));
          Supplier<Object> own = () -> OrdersException.decode(409, headers, body).who();
          Supplier<Object> hand = () -> byHand(body).payload();
          assertEquals(Who.API, own.get());
          double first = nanos(own);
          double second = nanos(hand);
          System.out.printf(
              "decoding %s takes %.0f ns, by hand %.0f ns: %.2f of it%n",
              code, first, second, first / second);
        });
  }

  /** The best of several rounds, behind some that warm up. */
  private static double nanos(Supplier<Object> work) {
    double best = Double.MAX_VALUE;
    int sum = 0;
    for (int round = 0; round < 30; round++) {
      long begun = System.nanoTime();
      for (int at = 0; at < 20_000; at++) {
        sum += work.get().hashCode() & 1;
      }
      best = Math.min(best, (System.nanoTime() - begun) / 20_000.0);
    }
    return sum < 0 ? 0 : best;
  }
}
