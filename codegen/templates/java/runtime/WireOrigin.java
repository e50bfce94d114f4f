import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who answered: decided by the headers, and by the code of a body that something proves. */
record WireOrigin(
    @Nullable Who who, @Nullable String code, GatewayException.@Nullable Kind kind, String types) {
  private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
  private static final Pattern SECONDS = Pattern.compile("([0-9]+)(?:\\.([0-9]+))?");
  private static final int LONGEST_SECONDS = 40;

  /** The three forms of RFC 9110, section 5.6.7. */
  private static final List<DateTimeFormatter> DATES =
      List.of(
          form(new DateTimeFormatterBuilder().appendPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'")),
          form(
              new DateTimeFormatterBuilder()
                  .appendPattern("EEEE, dd-MMM-")
                  .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
                  .appendPattern(" HH:mm:ss 'GMT'")),
          form(new DateTimeFormatterBuilder().appendPattern("EEE MMM ppd HH:mm:ss yyyy")));

  private static DateTimeFormatter form(DateTimeFormatterBuilder builder) {
    return builder.toFormatter(Locale.US).withZone(ZoneOffset.UTC);
  }

  /** Whether a text can be a code. */
  static boolean isCode(@Nullable String text) {
    return text != null && CODE.matcher(text).matches();
  }

  /** Our header goes first, then a code in the body with something to prove it. */
  static WireOrigin of(Trust trust, RawResponse answer, WireBody body) {
    String named = visible(answer, "x-error-code");
    int comma = named.indexOf(',');
    named = (comma < 0 ? named : named.substring(0, comma)).strip();
    if (isCode(named)) {
      return new WireOrigin(Who.API, named, null, "");
    }
    List<String> types =
        answer.all("x-amzn-errortype").stream().filter(WireOrigin::isVisible).toList();
    String joined = String.join(", ", types);
    GatewayException.Kind kind = WireGateway.ofCode(named);
    if (kind != null) {
      return new WireOrigin(Who.GATEWAY, null, kind, joined);
    }
    String code = body.code();
    boolean marked = trust == Trust.BODIES || isProblem(answer);
    if (code != null && isCode(code)) {
      if (marked || types.stream().anyMatch(type -> names(type, code))) {
        return new WireOrigin(Who.API, code, null, "");
      }
      return types.isEmpty()
          ? new WireOrigin(null, code, null, "")
          : new WireOrigin(Who.GATEWAY, null, null, joined);
    }
    if (code != null && (marked || !types.isEmpty())) {
      return new WireOrigin(Who.GATEWAY, null, WireGateway.ofCode(code), joined);
    }
    return types.isEmpty()
        ? new WireOrigin(null, null, null, "")
        : new WireOrigin(Who.GATEWAY, null, null, joined);
  }

  static boolean isSuccess(RawResponse answer) {
    int status = answer.status();
    return status >= 200 && status <= 299 && answer.all("x-error-code").isEmpty();
  }

  static boolean isVisible(String value) {
    return value.chars().allMatch(unit -> unit == '\t' || (unit >= ' ' && unit <= '~'));
  }

  /** The first value of a header, if it is plain text. */
  private static String visible(RawResponse answer, String name) {
    return answer.header(name).filter(WireOrigin::isVisible).orElse("");
  }

  /** Whether every content type is a problem's. */
  private static boolean isProblem(RawResponse answer) {
    List<String> values = answer.all("content-type");
    for (String value : values) {
      List<String> parts = parts(value);
      if (parts.isEmpty()) {
        return false;
      }
      for (String part : parts) {
        int end = part.indexOf(';');
        String media = (end < 0 ? part : part.substring(0, end)).strip();
        if (!media.equalsIgnoreCase("application/problem+json")) {
          return false;
        }
      }
    }
    return !values.isEmpty();
  }

  /** What stands between commas that are not quoted. */
  private static List<String> parts(String value) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int at = 0; at < value.length(); at++) {
      char unit = value.charAt(at);
      quoted ^= unit == '"';
      if (unit == ',' && !quoted) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(unit);
      }
    }
    parts.add(part.toString());
    parts.removeIf(String::isEmpty);
    return parts;
  }

  /** Whether {@code x-amzn-errortype} names this code. */
  private static boolean names(String types, String code) {
    for (String value : types.split(",", -1)) {
      int colon = value.indexOf(':');
      String name = (colon < 0 ? value : value.substring(0, colon)).strip();
      for (String part : name.split("#", -1)) {
        if (part.equalsIgnoreCase(code)) {
          return true;
        }
      }
    }
    return false;
  }

  static @Nullable String requestId(RawResponse answer) {
    String id = visible(answer, "x-amzn-requestid");
    if (id.isEmpty()) {
      id = visible(answer, "apigw-requestid");
    }
    return id.isEmpty() ? null : id;
  }

  /** Seconds, or a date that counts from the answer's own: this machine's clock may be wrong. */
  static @Nullable Long retryAfter(RawResponse answer) {
    String after = visible(answer, "retry-after").strip();
    if (after.isEmpty()) {
      return null;
    }
    var seconds = SECONDS.matcher(after);
    if (seconds.matches()) {
      return seconds(seconds.group(1), seconds.group(2));
    }
    Instant from = instant(visible(answer, "date").strip());
    Instant until = instant(after);
    if (from == null || until == null) {
      return null;
    }
    return Math.max(0, until.getEpochSecond() - from.getEpochSecond());
  }

  private static @Nullable Long seconds(String digits, @Nullable String fraction) {
    if (digits.length() > LONGEST_SECONDS) {
      return null;
    }
    try {
      long seconds = Long.parseUnsignedLong(digits);
      boolean more = fraction != null && !fraction.matches("0*");
      return more && seconds != -1 ? seconds + 1 : seconds;
    } catch (NumberFormatException tooMany) {
      return null;
    }
  }

  private static @Nullable Instant instant(String date) {
    for (DateTimeFormatter form : DATES) {
      try {
        return Instant.from(form.parse(date));
      } catch (DateTimeException other) {
        // The next form may be the one.
      }
    }
    return null;
  }
}
