import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How a client is set up. */
record WireSettings(
    String base,
    Transport transport,
    Map<String, String> headers,
    @Nullable UnaryOperator<Request> signer,
    Retries retries,
    Optional<Duration> timeout,
    Trust trust) {
  /** How long one attempt may take: API Gateway waits 29 s for a function. */
  static final Duration TIMEOUT = Duration.ofSeconds(35);

  /** An address without the slashes at its end. */
  static String trimmed(String base) {
    int end = base.length();
    while (end > 0 && base.charAt(end - 1) == '/') {
      end--;
    }
    return base.substring(0, end);
  }

  /** All that may be shown of it: address and headers may hold what is secret. */
  @Override
  public String toString() {
    try {
      String host = new URI(base).getHost();
      return host == null ? "client of nobody" : "client of " + host;
    } catch (URISyntaxException malformed) {
      return "client of nobody";
    }
  }
}
