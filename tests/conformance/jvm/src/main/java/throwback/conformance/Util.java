package throwback.conformance;

import com.jayway.jsonpath.JsonPath;
import org.apache.commons.lang.StringEscapeUtils;

/** {@code $util}, as far as generated templates use it. */
public final class Util {
  Util() {}

  /**
   * {@code $util.escapeJavaScript}.
   *
   * @param text any text
   * @return the text as the inside of a string of JavaScript
   */
  public String escapeJavaScript(String text) {
    return StringEscapeUtils.escapeJavaScript(text);
  }

  /**
   * {@code $util.parseJson}.
   *
   * @param text JSON
   * @return its value
   */
  public Object parseJson(String text) {
    return JsonPath.parse(text).json();
  }
}
