package com.example.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.orders.GatewayException;
import com.example.orders.Line;
import com.example.orders.OrderState;
import com.example.orders.OrdersClient;
import com.example.orders.OrdersException;
import com.example.orders.PlaceOrder;
import com.example.orders.PlatformException;
import com.example.orders.Result;
import com.example.orders.Retries;
import com.example.orders.SearchOrders;
import com.example.orders.Who;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Calls the function behind {@code throwback serve} where ORDERS_URL says that it is. */
@EnabledIfEnvironmentVariable(named = "ORDERS_URL", matches = ".+")
final class ServedTest {
  private final String base = System.getenv().getOrDefault("ORDERS_URL", "");
  private final String front = System.getenv().getOrDefault("ORDERS_FRONT", "");
  private final OrdersClient client = signedIn(base, "Bearer ann");

  private static OrdersClient signedIn(String base, String token) {
    return OrdersClient.builder(base).header("Authorization", token).retries(Retries.NONE).build();
  }

  private static OrdersException failure(Result<?> result) {
    return ((Result.Failed<?>) result).failure();
  }

  private OrdersException get(String id) {
    return failure(client.tryGetOrder(id));
  }

  private OrdersException search(SearchOrders.Builder input) {
    return failure(client.trySearchOrders(input.build()));
  }

  private OrdersException place(PlaceOrder.Builder input) {
    return failure(client.tryPlaceOrder(input.build()));
  }

  private static PlaceOrder.Builder order(long customer, String sku, long quantity) {
    return PlaceOrder.builder()
        .customerId(BigInteger.valueOf(customer))
        .lines(List.of(new Line(sku, quantity)));
  }

  @Test
  void everyDeclaredErrorIsItsOwnClass() {
    assertTrue(client.tryHealth() instanceof Result.Ok);
    Map<String, OrdersException> all = new LinkedHashMap<>();
    all.put("OrderNotFound", get("41"));
    all.put("OrderArchived", get("7"));
    all.put("NotSignedIn", get("signed-out"));
    all.put("StoreUnavailable", get("store-down"));
    all.put("InvalidCursor", search(SearchOrders.builder().cursor("xyz")));
    all.put("TooManyRequests", search(SearchOrders.builder().cursor("hurry")));
    all.put("TooManyResults", search(SearchOrders.builder().limit(50)));
    all.put("OutOfStock", place(order(7, "samovar", 3)));
    all.put(
        "PaymentDeclined",
        place(order(7, "teapot", 1).dryRun(true).labels(Map.of("card", "empty"))));
    all.put("AmountTooLarge", place(order(7, "teapot", 1_000_000)));
    all.put("CustomerBlocked", place(order(9_007_199_254_740_993L, "teapot", 1)));
    all.put("Maintenance", place(order(7, "teapot", 1).note("closed")));
    all.forEach(
        (code, failure) -> {
          assertEquals(Optional.of(code), failure.code());
          assertEquals(Who.API, failure.who());
          assertEquals(code + "Exception", failure.getClass().getSimpleName());
        });
  }

  @Test
  void thePlatformAnswersForTheFunction() {
    OrdersException misfit = search(SearchOrders.builder().state(OrderState.of("nowhere")));
    assertEquals(Optional.of("state"), ((PlatformException) misfit).path());
    for (String id : List.of("impossible", "panic")) {
      assertEquals("PLATFORM INTERNAL", said(get(id)));
    }
  }

  /** What stands before the function says the rest, in its own words. */
  @Test
  void theFrontAnswersItself() {
    boolean rest = front.equals("rest");
    for (String id : List.of("sleep", "exit", "kill")) {
      String platform = id.equals("sleep") ? "PLATFORM TIMEOUT" : "PLATFORM INTERNAL";
      assertEquals(rest ? platform : "GATEWAY INTERNAL_SERVER_ERROR", said(get(id)), id);
    }
    OrdersClient nowhere = signedIn(base + "/nowhere", "Bearer ann");
    String route = rest ? "MISSING_AUTHENTICATION_TOKEN" : "RESOURCE_NOT_FOUND";
    assertEquals("GATEWAY " + route, said(assertThrows(OrdersException.class, nowhere::health)));
    for (String token : List.of("Bearer eve", "")) {
      Result<?> result = signedIn(base, token).tryGetOrder("42");
      if (front.equals("function-url")) {
        assertTrue(result instanceof Result.Ok);
      } else {
        assertEquals("GATEWAY UNAUTHORIZED", said(failure(result)));
      }
    }
  }

  private static String said(OrdersException failure) {
    if (failure instanceof PlatformException platform) {
      return "PLATFORM " + platform.kind();
    }
    return failure instanceof GatewayException gateway
        ? "GATEWAY " + gateway.kind()
        : failure.toString();
  }
}
