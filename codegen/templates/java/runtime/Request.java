import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request that is to be sent. It prints its method and host only. */
public final class Request {
  private final String method;
  private final URI uri;
  private final Map<String, List<String>> headers;
  private final byte[] body;

  Request(String method, URI uri, Map<String, List<String>> headers, byte[] body) {
    this.method = method;
    this.uri = uri;
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    this.headers = Collections.unmodifiableMap(copy);
    this.body = body;
  }

  /** {@return the HTTP method} */
  public String method() {
    return method;
  }

  /** {@return the address} */
  public URI uri() {
    return uri;
  }

  /** {@return the headers, whose names are found in any letters} */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /** {@return a copy of the bytes; none where there is no body} */
  public byte[] body() {
    return body.clone();
  }

  /**
   * This request with a header set, such as a signature.
   *
   * @param name the header's name
   * @param value the header's value
   * @return the other request
   */
  public Request withHeader(String name, String value) {
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    copy.put(name, List.of(value));
    return new Request(method, uri, copy, body);
  }

  /** {@return its method and host: address, headers and bytes may hold what is secret} */
  @Override
  public String toString() {
    return method + " to " + uri.getHost();
  }
}
