package throwback.conformance;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a template overrides: API Gateway fails where one thing is set twice. */
final class Overrides extends LinkedHashMap<String, Object> {
  private static final long serialVersionUID = 1;

  @Override
  public Object put(String name, Object value) {
    if (containsKey(name)) {
      throw new IllegalStateException(name + " is set twice");
    }
    return super.put(name, value);
  }

  /** {@code $context}, with nothing overridden yet. */
  static Map<String, Object> context(String requestId) {
    Overrides response = new Overrides();
    response.put("header", new Overrides());
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("requestId", requestId);
    context.put("responseOverride", response);
    return context;
  }

  /** What a template has left in {@code $context.responseOverride}. */
  static Overrides of(Map<String, Object> context) {
    return (Overrides) context.get("responseOverride");
  }

  /** The headers among it. */
  Overrides headers() {
    return (Overrides) get("header");
  }

  /** The status: only a whole number counts, API Gateway passes over anything else. */
  int status(int otherwise) {
    return get("status") instanceof Integer status && status >= 100 && status <= 599
        ? status
        : otherwise;
  }
}
