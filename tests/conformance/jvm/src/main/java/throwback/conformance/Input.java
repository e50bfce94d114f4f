package throwback.conformance;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.PathNotFoundException;
import java.util.List;
import java.util.Map;
import net.minidev.json.JSONStyle;
import net.minidev.json.JSONValue;

/** {@code $input}. */
public final class Input {
  private final String body;
  private final Map<String, Map<String, String>> parameters;
  private DocumentContext document;

  Input(String body, Map<String, Map<String, String>> parameters) {
    this.body = body;
    this.parameters = parameters;
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
    if (document == null) {
      document = JsonPath.parse(getBody());
    }
    try {
      return document.read(path);
    } catch (PathNotFoundException nothing) {
      return null;
    }
  }

  /**
   * {@code $input.json('$.a')}.
   *
   * @param path a JSONPath
   * @return what stands there, as JSON text
   */
  public String json(String path) {
    Object found = path(path);
    if (found instanceof Map || found instanceof List) {
      return Configuration.defaultConfiguration().jsonProvider().toJson(found);
    }
    if (found == null || found instanceof String) {
      return '"'
          + JSONValue.escape(found == null ? "" : (String) found, JSONStyle.LT_COMPRESS)
          + '"';
    }
    return found.toString();
  }

  /**
   * {@code $input.params()}.
   *
   * @return the parameters of path, query and header
   */
  public Map<String, Map<String, String>> params() {
    return parameters;
  }
}
