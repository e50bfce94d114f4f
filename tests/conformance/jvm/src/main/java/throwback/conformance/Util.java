package throwback.conformance;

import com.jayway.jsonpath.JsonPath;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.commons.lang.StringEscapeUtils;

/** {@code $util}. */
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

  /**
   * {@code $util.urlEncode}.
   *
   * @param text any text
   * @return the text as a part of a query
   */
  public String urlEncode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * {@code $util.urlDecode}.
   *
   * @param text a part of a query
   * @return what it says
   */
  public String urlDecode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /**
   * {@code $util.base64Encode}.
   *
   * @param text any text
   * @return its bytes in Base64
   */
  public String base64Encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * {@code $util.base64Decode}.
   *
   * @param text Base64
   * @return the text of its bytes
   */
  public String base64Decode(String text) {
    return new String(Base64.getDecoder().decode(text.trim()), StandardCharsets.UTF_8);
  }
}
