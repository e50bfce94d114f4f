import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operation: where the members of its input go, and what it can fail with. */
record WireEndpoint(
    String method,
    String path,
    List<String> query,
    List<Header> headers,
    boolean body,
    @Nullable String payload,
    @Nullable Class<?> errors) {
  /** A member that travels as a header. */
  record Header(String member, String name) {}

  /** Whether a second request does no more than the first (RFC 9110, section 9.2.2). */
  boolean isIdempotent() {
    return !method.equals("POST") && !method.equals("PATCH");
  }
}
