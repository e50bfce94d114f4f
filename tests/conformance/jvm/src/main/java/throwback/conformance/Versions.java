package throwback.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.jayway.jsonpath.JsonPath;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import net.minidev.json.JSONValue;
import org.apache.commons.lang.StringEscapeUtils;
import org.apache.velocity.VelocityContext;

/** The first frame: what the answers come from. */
final class Versions {
  private Versions() {}

  static byte[] frame() throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    try (DataOutputStream fields = new DataOutputStream(frame)) {
      Fields.texts(
          fields,
          List.of(
              "java-" + System.getProperty("java.version"),
              jar(VelocityContext.class),
              jar(JsonPath.class),
              jar(JSONValue.class),
              jar(StringEscapeUtils.class),
              jar(ObjectMapper.class)));
    }
    return frame.toByteArray();
  }

  /** The name of the jar that a class was loaded from, which ends in its version. */
  private static String jar(Class<?> from) {
    String path = from.getProtectionDomain().getCodeSource().getLocation().getPath();
    return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.jar$", "");
  }
}
