package throwback.conformance;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.minidev.json.JSONStyle;
import net.minidev.json.JSONValue;

/** {@code $input}. */
public final class Input {
  private final String body;
  private final Map<String, Map<String, String>> parameters;

  /** The parameters as they were sent, whatever a template does with the map of them. */
  private final Map<String, Map<String, String>> sent = new HashMap<>();

  private DocumentContext document;

  Input(String body, Map<String, Map<String, String>> parameters) {
    this.body = body;
    this.parameters = parameters;
    parameters.forEach((kind, values) -> sent.put(kind, Map.copyOf(values)));
  }

  /**
   * {@code $input.body}: of an empty body, an empty object.
   *
   * @return the payload as text
   */
  public String getBody() {
    return body.isEmpty() ? "{}" : body;
  }

  /**
   * {@code $input.path('$.a')}.
   *
   * @param path a JSONPath
   * @return what stands there; null where nothing does
   */
  public Object path(String path) {
    try {
      return found(path);
    } catch (PathNotFoundException nothing) {
      return null;
    }
  }

  private Object found(String path) {
    if (document == null) {
      document = JsonPath.parse(getBody());
    }
    return document.read(path);
  }

  /**
   * {@code $input.json('$.a')}.
   *
   * @param path a JSONPath
   * @return what stands there, as JSON text
   */
  public String json(String path) {
    Object found;
    try {
      found = found(path);
    } catch (PathNotFoundException nothing) {
      return "\"\"";
    }
    if (found instanceof Map || found instanceof List) {
      return Configuration.defaultConfiguration().jsonProvider().toJson(found);
    }
    if (found instanceof String text) {
      return '"' + JSONValue.escape(text, JSONStyle.LT_COMPRESS) + '"';
    }
    if (found instanceof Double number && number.isInfinite()) {
      return "null";
    }
    return String.valueOf(found);
  }

  /**
   * {@code $input.params()}.
   *
   * @return the parameters of path, query and header
   */
  public Map<String, Map<String, String>> params() {
    return parameters;
  }

  /**
   * {@code $input.params('a')}.
   *
   * @param name a parameter's name, of a header in any case
   * @return the parameter of path, query or header; empty where there is none
   */
  public String params(String name) {
    for (String kind : List.of("path", "querystring", "header")) {
      for (Map.Entry<String, String> parameter : sent.get(kind).entrySet()) {
        String key = parameter.getKey();
        if (kind.equals("header") ? key.equalsIgnoreCase(name) : key.equals(name)) {
          return parameter.getValue();
        }
      }
    }
    return "";
  }
}
