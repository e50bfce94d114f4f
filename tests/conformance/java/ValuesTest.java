package values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values whose types in Java are not the wire's. */
final class ValuesTest {
  private static String time(String text) throws WireMisfit {
    WireValue value = WireValue.whole(WireWriter.written(WireWriter::text, text));
    return WireWriter.written(Wire::putTime, Wire.time(value)).replace("\"", "");
  }

  @Test
  void aTimeIsTheSameInstantAgain() throws WireMisfit {
    for (String text :
        List.of(
            "2026-11-30T10:11:12Z",
            "2026-11-30T10:11:00Z",
            "2026-11-30T10:11:12.123456789Z",
            "2026-11-30T10:11:12.000000001+02:00",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999-18:00")) {
      assertEquals(text, time(text));
    }
    assertEquals("2026-11-30T10:11:12.12Z", time("2026-11-30T10:11:12.120000000Z"));
    for (String text :
        List.of(
            "",
            "2026-11-30",
            "2026-11-30T10:11:12",
            "2026-11-30T10:11:12.1234567890Z",
            "2026-11-30T10:11:12,5Z",
            "2026-02-30T10:11:12Z",
            "2026-11-30T24:00:00Z",
            "2026-11-30T10:11:60Z",
            "2026-11-30T1:11:12Z",
            "2026-11-30 10:11:12Z",
            "2026-11-30T10:11:12+24:00")) {
      assertThrows(WireMisfit.class, () -> time(text), text);
    }
  }

  @Test
  void aDurationIsNeverWrapped() throws WireMisfit {
    for (String text :
        List.of(
            "{\"secs\":0,\"nanos\":0}",
            "{\"secs\":1,\"nanos\":999999999}",
            "{\"secs\":9223372036854775807,\"nanos\":999999999}")) {
      Duration found = Wire.duration(WireValue.whole(text));
      assertEquals(text, WireWriter.written(Wire::putDuration, found));
    }
    for (String text :
        List.of(
            "{\"secs\":9223372036854775808,\"nanos\":0}",
            "{\"secs\":9223372036854775807,\"nanos\":1000000000}",
            "{\"secs\":-1,\"nanos\":0}")) {
      WireValue value = WireValue.whole(text);
      assertThrows(WireMisfit.class, () -> Wire.duration(value), text);
    }
  }

  @Test
  void aDecimalHasABound() throws WireMisfit {
    for (String text : List.of("0", "1.50", "-0.001", "12345678901234567890.123")) {
      WireValue value = WireValue.whole("\"" + text + "\"");
      assertEquals("\"" + text + "\"", WireWriter.written(Wire::putDecimal, Wire.decimal(value)));
    }
    for (String text : List.of("", "1e999999999", "0x1", "NaN", "1".repeat(1001), "١")) {
      WireValue value = WireValue.whole("\"" + text + "\"");
      assertThrows(WireMisfit.class, () -> Wire.decimal(value), text);
    }
  }

  /** What lies deep is gone over where nobody asks for it, and refused where somebody does. */
  @Test
  void depthAndLengthAreNoMatter() throws WireMisfit {
    for (int deep : new int[] {101, 100_000, 2_000_000}) {
      String inside = "[".repeat(deep) + "]".repeat(deep);
      WireObject found = WireValue.split("{\"a\":1,\"b\":" + inside + "}");
      assertEquals("1", found.required("a", WireValue::json));
      assertEquals(deep <= 100_000, found.wrong() == null);
      if (deep > 101 && found.wrong() == null) {
        WireValue value = found.required("b", member -> member);
        assertThrows(WireMisfit.class, value::reach);
        assertEquals(inside, value.json());
      }
    }
    String digits = "7".repeat(1_000_000);
    WireObject found =
        WireValue.split("{\"a\":" + digits + ",\"b\":" + digits + ".5e" + digits + "}");
    assertEquals(null, found.wrong());
    assertThrows(WireMisfit.class, () -> found.required("a", Wire::uint128));
    assertThrows(WireMisfit.class, () -> found.required("b", Wire::real));
  }

  @Test
  void nothingIsMadeOfAnythingElse() throws WireMisfit {
    assertEquals(
        BigInteger.TWO.pow(64).subtract(BigInteger.ONE),
        Wire.uint64(WireValue.whole("18446744073709551615")));
    for (String text :
        List.of("18446744073709551616", "-1", "-0", "7.0", "7e0", "\"7\"", "true", "null")) {
      WireValue value = WireValue.whole(text);
      assertThrows(WireMisfit.class, () -> Wire.uint64(value), text);
    }
    for (String text :
        List.of(
            "NaN",
            "01",
            "+1",
            "1.",
            ".5",
            "{\"a\":1,}",
            "[1]x",
            "{'a':1}",
            "\"\\x\"",
            "\u00a01",
            "")) {
      assertThrows(WireMisfit.class, () -> WireValue.whole(text), text);
    }
  }

  @Test
  void anAnswerSaysHowLongToWait() {
    for (Map.Entry<String, Long> one :
        Map.of(
                "0", 0L,
                "2.1", 3L,
                "Sun, 06 Nov 1994 08:49:37 GMT", 37L,
                "Sunday, 06-Nov-94 08:49:37 GMT", 37L,
                "Sun Nov  6 08:49:37 1994", 37L,
                "Sun, 06 Nov 1994 08:48:00 GMT", 0L)
            .entrySet()) {
      Map<String, List<String>> headers =
          Map.of(
              "Retry-After",
              List.of(one.getKey()),
              "Date",
              List.of("Sun, 06 Nov 1994 08:49:00 GMT"));
      Duration delay =
          ValuesException.decode(503, headers, "x".getBytes(StandardCharsets.UTF_8))
              .retryAfter()
              .orElseThrow();
      assertEquals(one.getValue(), delay.toSeconds(), one.getKey());
    }
    for (String text : List.of("-1", "soon", "1e3", "9".repeat(30), "9".repeat(300))) {
      Map<String, List<String>> headers = Map.of("Retry-After", List.of(text));
      assertTrue(ValuesException.decode(503, headers, new byte[0]).retryAfter().isEmpty(), text);
    }
  }
}
