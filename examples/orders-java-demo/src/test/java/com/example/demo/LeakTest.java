package com.example.demo;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.orders.OrdersClient;
import com.example.orders.OrdersException;
import com.example.orders.PlaceOrder;
import com.example.orders.RawResponse;
import com.example.orders.Result;
import com.example.orders.Retries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Secrets in the address, in headers and in bodies are in no failure, printed in any way. */
final class LeakTest {
  private static final String SECRET = "hunter2";

  private static String declared(String body) {
    return "HTTP/1.1 404 Not Found\r\nX-Error-Code: OrderNotFound\r\nX-Other: hunter2\r\n"
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  @Test
  void noSecretIsPrinted() throws Exception {
    Set<String> sentences = new HashSet<>();
    for (String answer :
        List.of(
            "HTTP/1.1 418 I'm a teapot\r\nSet-Cookie: hunter2\r\nContent-Length: 7\r\n\r\nhunter2",
            "HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{\"state\":\"hunter2\"",
            "HTTP/1.1 200 OK\r\nX-Amzn-Requestid: 7\r\nContent-Length: 9\r\n\r\n\"hunter2\"",
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/hunter2\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 hunter2\r\n\r\n",
            "hunter2\r\n\r\n",
            "HTTP/1.1 200 OK\r\nhunter2\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: hunter2\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhunter2",
            declared("{\"orderId\":\"42\",\"other\":\"hunter2\"}"),
            declared("{\"orderId\":[\"hunter2\"]}"),
            declared("hunter2"),
            "HTTP/1.1 409 Conflict\r\nX-Error-Code: Newer\r\nContent-Length: 20\r\n\r\n"
                + "{\"secret\":\"hunter2\"}")) {
      try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
        Thread speaker = new Thread(() -> speak(server, answer));
        speaker.start();
        String base = "http://127.0.0.1:" + server.getLocalPort() + "/" + SECRET;
        sentences.add(printed(client(base), client(base).tryGetOrder(SECRET)));
      }
    }
    for (String base :
        List.of(
            "http://u:hunter2@127.0.0.1:1/hunter2",
            "http://[hunter2",
            SECRET,
            "hunter2://127.0.0.1",
            "http://127.0.0.1:1/%zzhunter2")) {
      PlaceOrder order =
          PlaceOrder.builder()
              .customerId(BigInteger.ONE)
              .lines(List.of())
              .note(SECRET)
              .idempotencyKey(SECRET)
              .build();
      sentences.add(printed(client(base), client(base).tryPlaceOrder(order)));
    }
    assertTrue(sentences.size() > 8, sentences.toString());
  }

  private static OrdersClient client(String base) {
    return OrdersClient.builder(base).header("Authorization", SECRET).retries(Retries.NONE).build();
  }

  private static void speak(ServerSocket server, String answer) {
    try (Socket socket = server.accept()) {
      int seen = 0;
      while (seen < 4 && socket.getInputStream().read() >= 0) {
        seen = socket.getInputStream().available() == 0 ? 4 : 0;
      }
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
    } catch (IOException gone) {
      // Whoever asked does not wait any more.
    }
  }

  /** Prints a failure in every way, and gives its sentence. */
  private static String printed(OrdersClient client, Result<?> result) throws IOException {
    OrdersException failure = ((Result.Failed<?>) result).failure();
    StringWriter all = new StringWriter();
    PrintWriter out = new PrintWriter(all);
    out.println(client);
    out.println(result);
    out.println(failure);
    out.println(failure.response().map(RawResponse::toString));
    failure.printStackTrace(out);
    new RuntimeException("wrapped", failure).printStackTrace(out);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream travels = new ObjectOutputStream(bytes)) {
      if (failure.getCause() == null) {
        travels.writeObject(failure);
      }
    }
    // An error that a newer API declares travels with its members.
    if (!failure.code().orElse("").equals("Newer")) {
      out.println(bytes.toString(StandardCharsets.ISO_8859_1));
    }
    assertFalse(all.toString().contains(SECRET), all.toString());
    return String.valueOf(failure.getMessage());
  }
}
