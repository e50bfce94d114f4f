package throwback.conformance;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.velocity.runtime.parser.ParseException;

/** The request's half: from parameters and a body to the event that the function gets. */
final class Requesting {
  private Requesting() {}

  static void answer(Document document, DataInputStream in, DataOutputStream out)
      throws IOException {
    Route route = document.route(Fields.text(in));
    Map<String, String> path = Fields.pairs(in);
    Map<String, String> query = Fields.pairs(in);
    Map<String, String> header = Fields.pairs(in);
    Map<String, String> claims = Fields.pairs(in);
    Input input =
        new Input(Fields.text(in), Map.of("path", path, "querystring", query, "header", header));
    Map<String, Object> context = Overrides.context("request");
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("sourceIp", "127.0.0.1");
    identity.put("userAgent", "");
    context.put("identity", identity);
    context.put("stage", "local");
    if (!claims.isEmpty()) {
      Map<String, Object> authorizer = new LinkedHashMap<>();
      authorizer.put("claims", claims);
      authorizer.put("principalId", "p");
      context.put("authorizer", authorizer);
    }
    try {
      String event = route.request().render(input, context);
      out.writeByte(1);
      Fields.text(out, event);
    } catch (RuntimeException | ParseException | StackOverflowError failure) {
      out.writeByte(0);
      Fields.text(out, failure.getClass().getSimpleName());
    }
  }
}
