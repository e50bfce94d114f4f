package throwback.conformance;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a template overrides: API Gateway fails where one thing is set twice. */
final class Overrides extends LinkedHashMap<Object, Object> {
  private static final long serialVersionUID = 1;

  private final Set<Object> set = new HashSet<>();

  @Override
  public Object put(Object name, Object value) {
    if (!set.add(name)) {
      throw new IllegalStateException(name + " is set twice");
    }
    return super.put(name, value);
  }

  /** {@code $context}, with nothing overridden yet. */
  static Map<String, Object> context(String requestId) {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("requestId", requestId);
    context.put("requestOverride", of("header", "querystring", "path"));
    context.put("responseOverride", of("header"));
    return context;
  }

  private static Overrides of(String... kinds) {
    Overrides made = new Overrides();
    for (String kind : kinds) {
      made.put(kind, new Overrides());
    }
    made.set.clear();
    return made;
  }

  /** What a template has left in {@code $context.responseOverride}. */
  static Overrides of(Map<String, Object> context) {
    return (Overrides) context.get("responseOverride");
  }

  /** As the next template sees it: what is there already may be set once more. */
  Overrides next() {
    set.clear();
    for (Object inner : values()) {
      if (inner instanceof Overrides overrides) {
        overrides.set.clear();
      }
    }
    return this;
  }

  /** The headers among it. */
  Map<?, ?> headers() {
    return get("header") instanceof Map<?, ?> headers ? headers : Map.of();
  }

  /** The status: only a whole number counts, API Gateway passes over anything else. */
  int status(int otherwise) {
    Object status = get("status");
    if (!(status instanceof Integer) && !(status instanceof Long)) {
      return otherwise;
    }
    long number = ((Number) status).longValue();
    return number >= 100 && number <= 599 ? (int) number : otherwise;
  }
}
