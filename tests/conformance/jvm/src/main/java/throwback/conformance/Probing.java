package throwback.conformance;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.velocity.runtime.parser.ParseException;

/** Any two templates: of a request, and of the response to it, which sees what the first has set. */
final class Probing {
  private Probing() {}

  private static Map<String, Map<String, String>> copy(Map<String, Map<String, String>> all) {
    Map<String, Map<String, String>> copy = new LinkedHashMap<>();
    all.forEach((kind, values) -> copy.put(kind, new LinkedHashMap<>(values)));
    return copy;
  }

  static void answer(DataInputStream in, DataOutputStream out) throws IOException {
    String request = Fields.text(in);
    String response = Fields.text(in);
    String body = Fields.text(in);
    String payload = Fields.text(in);
    Map<String, Map<String, String>> parameters = new LinkedHashMap<>();
    parameters.put("path", Fields.pairs(in));
    parameters.put("querystring", Fields.pairs(in));
    parameters.put("header", Fields.pairs(in));
    Map<String, String> stage = Fields.pairs(in);
    Map<String, Object> context = Overrides.context("request");
    Overrides overrides = Overrides.of(context);
    Overrides requested = (Overrides) context.get("requestOverride");
    context.put("stage", "local");
    Input asked = new Input(body, copy(parameters));
    Input answered = new Input(payload, copy(parameters));
    try {
      String first = new Template(request).render(asked, context, stage);
      Map<String, Object> next = Overrides.context("request");
      next.put("stage", "local");
      next.put("requestOverride", requested.next());
      next.put("responseOverride", overrides.next());
      String second = new Template(response).render(answered, next, stage);
      int status = overrides.status(200);
      byte[] event = first.getBytes(StandardCharsets.UTF_8);
      byte[] answer = second.getBytes(StandardCharsets.UTF_8);
      Map<String, String> headers = new LinkedHashMap<>();
      overrides
          .headers()
          .forEach((name, value) -> headers.put(String.valueOf(name), String.valueOf(value)));
      out.writeByte(1);
      Fields.bytes(out, event);
      Fields.bytes(out, answer);
      out.writeInt(status);
      out.writeInt(headers.size());
      for (Map.Entry<String, String> header : headers.entrySet()) {
        Fields.text(out, header.getKey());
        Fields.text(out, header.getValue());
      }
    } catch (RuntimeException | ParseException | Error failure) {
      out.writeByte(0);
      Fields.text(out, failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }
  }
}
