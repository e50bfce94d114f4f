package throwback.conformance;

import com.jayway.jsonpath.InvalidJsonException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.velocity.runtime.parser.ParseException;

/** The response's half: from the function's payload to what the client gets. */
final class Responding {
  private Responding() {}

  static void answer(Document document, DataInputStream in, DataOutputStream out)
      throws IOException {
    Route route = document.route(Fields.text(in));
    String requestId = Fields.text(in);
    boolean failed = in.readBoolean();
    byte[] payload = Fields.bytes(in);
    Input input = new Input(
            new String(payload, StandardCharsets.UTF_8),
            Map.of("path", Map.of(), "querystring", Map.of(), "header", Map.of()));
    try {
      Selection selection = Selection.of(failed ? message(input) : "", route.answers());
      patterns(out, selection.matches());
      patterns(out, selection.lookingAt());
      patterns(out, selection.find());
      respond(chosen(selection, route), input, payload, requestId, out);
    } catch (InterruptedException | ExecutionException failure) {
      // No way of matching has an answer: an overflow of the stack, most likely.
      out.writeInt(0);
      out.writeInt(0);
      out.writeInt(0);
      failure(out, failure.getCause() == null ? failure : failure.getCause());
    }
  }

  /** What the patterns are compared with: the empty text where the function named nothing. */
  private static String message(Input input) {
    try {
      return input.path("$.errorMessage") instanceof String message ? message : "";
    } catch (InvalidJsonException nothing) {
      return "";
    }
  }

  private static void patterns(DataOutputStream out, List<Answer> answers) throws IOException {
    Fields.texts(out, answers.stream().map(answer -> answer.pattern().pattern()).toList());
  }

  private static Answer chosen(Selection selection, Route route) {
    return selection.matches().stream()
        .findFirst()
        .or(() -> route.answers().stream().filter(answer -> answer.pattern() == null).findFirst())
        .orElse(null);
  }

  private static void respond(
      Answer answer, Input input, byte[] payload, String requestId, DataOutputStream out)
      throws IOException {
    if (answer == null) {
      failure(out, new IllegalStateException("no default"));
      return;
    }
    Map<String, Object> context = Overrides.context(requestId);
    byte[] body = payload;
    if (answer.template() != null) {
      try {
        body = answer.template().render(input, context).getBytes(StandardCharsets.UTF_8);
      } catch (RuntimeException | ParseException | StackOverflowError failure) {
        failure(out, failure);
        return;
      }
    }
    Map<String, String> headers = new TreeMap<>();
    headers.put("content-type", "application/json");
    answer.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    Overrides overrides = Overrides.of(context);
    overrides
        .headers()
        .forEach((name, value) -> headers.put(
                    String.valueOf(name).toLowerCase(Locale.ROOT), String.valueOf(value)));
    out.writeByte(1);
    out.writeInt(overrides.status(answer.status()));
    out.writeInt(headers.size());
    for (Map.Entry<String, String> header : headers.entrySet()) {
      Fields.text(out, header.getKey());
      Fields.text(out, header.getValue());
    }
    Fields.bytes(out, body);
  }

  private static void failure(DataOutputStream out, Throwable failure) throws IOException {
    out.writeByte(0);
    Fields.text(out, failure.getClass().getSimpleName());
  }
}
