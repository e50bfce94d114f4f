import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes requests: the members of an input go where the operation wants them. */
final class WireRequest {
  private final WireEndpoint endpoint;
  private final List<String> names = new ArrayList<>();
  private final List<WireValue> values = new ArrayList<>();
  private final WireValue input;

  private WireRequest(WireEndpoint endpoint, String input) throws WireMisfit {
    this.endpoint = endpoint;
    this.input = WireValue.whole(input);
    if (this.input.isObject()) {
      WireObject object = this.input.object();
      names.addAll(object.names());
      values.addAll(object.values());
    }
  }

  static Request of(String base, Map<String, String> common, WireEndpoint endpoint, String input)
      throws WireMisfit {
    return new WireRequest(endpoint, input).made(base, common);
  }

  private Request made(String base, Map<String, String> common) throws WireMisfit {
    StringBuilder address = new StringBuilder(base);
    String[] segments = endpoint.path().split("/", -1);
    for (int at = 1; at < segments.length; at++) {
      address.append('/').append(segment(segments[at]));
    }
    char separator = '?';
    for (String name : endpoint.query()) {
      String text = queried(name, take(name));
      if (text != null) {
        address.append(separator).append(escaped(name)).append('=').append(text);
        separator = '&';
      }
    }
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    common.forEach((name, value) -> headers.put(name, List.of(value)));
    for (WireEndpoint.Header header : endpoint.headers()) {
      String text = scalar(take(header.member()));
      if (text != null) {
        if (!text.equals(text.strip()) || !WireOrigin.isVisible(text) || text.contains("\t")) {
          throw new WireMisfit(
              "`" + header.member() + "` can't be sent as the header `" + header.name() + "`");
        }
        headers.put(header.name(), List.of(text));
      }
    }
    byte[] body = body();
    headers.put("Accept", List.of("application/json"));
    if (body.length > 0) {
      headers.put("Content-Type", List.of("application/json"));
    }
    return new Request(endpoint.method(), uri(address.toString()), headers, body);
  }

  private @Nullable WireValue take(String name) {
    int at = names.indexOf(name);
    if (at < 0) {
      return null;
    }
    names.remove(at);
    return values.remove(at);
  }

  private String segment(String segment) throws WireMisfit {
    if (!segment.startsWith("{") || !segment.endsWith("}")) {
      return escaped(segment);
    }
    String name = segment.substring(1, segment.length() - 1);
    String text = scalar(take(name));
    if (text == null || text.isEmpty() || text.equals(".") || text.equals("..")) {
      throw new WireMisfit("the path parameter `" + name + "` can't be `" + text + "`");
    }
    return escaped(text);
  }

  private byte[] body() throws WireMisfit {
    if (endpoint.payload() != null) {
      WireValue payload = take(endpoint.payload());
      return WireValue.encoded(payload == null ? "null" : payload.json());
    }
    if (!endpoint.body()) {
      return new byte[0];
    }
    if (!input.isObject()) {
      return WireValue.encoded(input.json());
    }
    WireWriter out = new WireWriter();
    out.open();
    for (int at = 0; at < names.size(); at++) {
      out.raw(names.get(at), values.get(at).json());
    }
    out.close();
    return WireValue.encoded(out.done());
  }

  /** Without the address itself in what it says, which may hold what is secret. */
  private static URI uri(String address) throws WireMisfit {
    try {
      URI uri = new URI(address);
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException malformed) {
      throw new WireMisfit("the API's address can't be used");
    }
    throw new WireMisfit("the API's address can't be used");
  }

  /** A value as it stands in a path or a query; nothing for null. */
  private static @Nullable String scalar(@Nullable WireValue value) throws WireMisfit {
    if (value == null || value.isNull()) {
      return null;
    }
    return value.isText() ? value.text() : value.json();
  }

  /** A value as it stands in a query, escaped; a list as its elements between commas. */
  private static @Nullable String queried(String name, @Nullable WireValue value)
      throws WireMisfit {
    if (value == null || !value.isArray()) {
      String text = scalar(value);
      return text == null ? null : escaped(text);
    }
    List<String> texts = new ArrayList<>();
    List<WireValue> elements = value.elements();
    for (WireValue element : elements) {
      String text = scalar(element);
      if (text == null || text.contains(",") || (text.isEmpty() && elements.size() == 1)) {
        throw new WireMisfit(
            "an element of the query's list `"
                + name
                + "` is empty or holds a comma, which stands between them");
      }
      texts.add(escaped(text));
    }
    return String.join(",", texts);
  }

  /** All but the unreserved characters percent-encoded (RFC 3986, section 2.3). */
  private static String escaped(String text) throws WireMisfit {
    StringBuilder out = new StringBuilder();
    for (byte unit : WireValue.encoded(text)) {
      boolean plain =
          (unit >= 'a' && unit <= 'z')
              || (unit >= 'A' && unit <= 'Z')
              || (unit >= '0' && unit <= '9')
              || unit == '-'
              || unit == '.'
              || unit == '_'
              || unit == '~';
      if (plain) {
        out.append((char) unit);
      } else {
        out.append('%').append(String.format("%02X", unit & 0xff));
      }
    }
    return out.toString();
  }
}
