package throwback.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** An OpenAPI document, as far as Lambda integrations go. */
final class Document {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HEADER = "method.response.header.";

  private final Map<String, Route> routes = new HashMap<>();

  private Document() {}

  /** Reads a document; whatever is not known here is refused, for it would go untested. */
  static Document read(byte[] text) throws IOException {
    Document document = new Document();
    for (JsonNode methods : JSON.readTree(text).path("paths")) {
      for (JsonNode operation : methods) {
        JsonNode integration = operation.path("x-amazon-apigateway-integration");
        if (integration.path("type").asText().equals("aws")) {
          document.routes.put(
              operation.path("operationId").asText(), route(operation, integration));
        }
      }
    }
    return document;
  }

  /** The operation of an id. */
  Route route(String id) {
    Route route = routes.get(id);
    if (route == null) {
      throw new IllegalArgumentException("no operation " + id);
    }
    return route;
  }

  private static Route route(JsonNode operation, JsonNode integration) {
    Set<Integer> declared = new HashSet<>();
    operation
        .path("responses")
        .fieldNames()
        .forEachRemaining(key -> declared.add(Integer.valueOf(key)));
    List<Answer> answers = new ArrayList<>();
    integration
        .path("responses")
        .fields()
        .forEachRemaining(entry -> answers.add(answer(entry.getKey(), entry.getValue(), declared)));
    // Nobody knows which of two API Gateway takes; the check is that there are never two.
    answers.sort(Comparator.comparingInt(Answer::status));
    return new Route(template(integration.path("requestTemplates")), answers);
  }

  private static Answer answer(String key, JsonNode response, Set<Integer> declared) {
    int status = Integer.parseInt(response.path("statusCode").asText());
    if (!declared.contains(status)) {
      throw new IllegalArgumentException("status " + status + " has no method response");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    response
        .path("responseParameters")
        .fields()
        .forEachRemaining(
            entry -> headers.put(header(entry.getKey()), literal(entry.getValue().asText())));
    Pattern pattern = key.equals("default") ? null : Pattern.compile(key);
    return new Answer(pattern, status, headers, template(response.path("responseTemplates")));
  }

  private static String header(String target) {
    if (!target.startsWith(HEADER)) {
      throw new IllegalArgumentException("the target " + target);
    }
    return target.substring(HEADER.length());
  }

  private static String literal(String source) {
    if (source.length() < 2 || !source.startsWith("'") || !source.endsWith("'")) {
      throw new IllegalArgumentException("the source " + source);
    }
    return source.substring(1, source.length() - 1);
  }

  private static Template template(JsonNode templates) {
    JsonNode text = templates.path("application/json");
    if (templates.size() != (text.isTextual() ? 1 : 0)) {
      throw new IllegalArgumentException("templates " + templates);
    }
    return text.isTextual() ? new Template(text.asText()) : null;
  }
}
