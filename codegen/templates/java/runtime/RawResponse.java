import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An answer as it came. It prints its status only: headers and bytes may hold what is secret. */
public final class RawResponse {
  private final int status;
  private final Map<String, List<String>> headers;
  private final byte[] body;

  private RawResponse(int status, Map<String, List<String>> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /**
   * An answer of somebody's.
   *
   * @param status its HTTP status
   * @param headers its headers, in any letters
   * @param body its bytes
   * @return the answer
   */
  public static RawResponse of(int status, Map<String, List<String>> headers, byte[] body) {
    return new RawResponse(status, copy(headers), body.clone());
  }

  /** An answer whose bytes are nobody else's. */
  static RawResponse owned(int status, Map<String, List<String>> headers, byte[] body) {
    return new RawResponse(status, copy(headers), body);
  }

  private static Map<String, List<String>> copy(Map<String, List<String>> headers) {
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(
        (name, values) -> copy.computeIfAbsent(name, key -> new ArrayList<>()).addAll(values));
    copy.replaceAll((name, values) -> List.copyOf(values));
    return Collections.unmodifiableMap(copy);
  }

  /** {@return its HTTP status} */
  public int status() {
    return status;
  }

  /** {@return its headers, whose names are found in any letters} */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /**
   * The first value of a header.
   *
   * @param name its name, in any letters
   * @return the value, if there is one
   */
  public Optional<String> header(String name) {
    return all(name).stream().findFirst();
  }

  /** {@return a copy of its bytes} */
  public byte[] body() {
    return body.clone();
  }

  byte[] bytes() {
    return body;
  }

  List<String> all(String name) {
    return headers.getOrDefault(name, List.of());
  }

  /** {@return its status, and nothing of its headers and bytes} */
  @Override
  public String toString() {
    return "response with status " + status;
  }
}
