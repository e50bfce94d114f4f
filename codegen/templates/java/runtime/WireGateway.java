import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which of API Gateway's own answers one is. */
final class WireGateway {
  private static final String PREFIX = "gateway.";
  private static final Pattern TYPE = Pattern.compile("[A-Z0-9_]+");

  /** What only stock answers say, which do not tell types apart. */
  private static final Set<GatewayException.Kind> STOCK =
      Set.of(
          GatewayException.Kind.BAD_REQUEST,
          GatewayException.Kind.FORBIDDEN,
          GatewayException.Kind.INTERNAL_SERVER_ERROR,
          GatewayException.Kind.INCOMPLETE_SIGNATURE,
          GatewayException.Kind.UNRECOGNIZED_CLIENT,
          GatewayException.Kind.OTHER);

  private static final Map<String, GatewayException.Kind> HEADERS =
      Map.ofEntries(
          Map.entry("accessdeniedexception", GatewayException.Kind.ACCESS_DENIED),
          Map.entry(
              "authorizerconfigurationexception",
              GatewayException.Kind.AUTHORIZER_CONFIGURATION_ERROR),
          Map.entry("authorizerfailureexception", GatewayException.Kind.AUTHORIZER_FAILURE),
          Map.entry("badrequestexception", GatewayException.Kind.BAD_REQUEST),
          Map.entry("expiredtokenexception", GatewayException.Kind.EXPIRED_TOKEN),
          Map.entry("forbiddenexception", GatewayException.Kind.FORBIDDEN),
          Map.entry("incompletesignatureexception", GatewayException.Kind.INCOMPLETE_SIGNATURE),
          Map.entry("internalservererrorexception", GatewayException.Kind.INTERNAL_SERVER_ERROR),
          Map.entry("invalidsignatureexception", GatewayException.Kind.INVALID_SIGNATURE),
          Map.entry("limitexceededexception", GatewayException.Kind.QUOTA_EXCEEDED),
          Map.entry(
              "missingauthenticationtokenexception",
              GatewayException.Kind.MISSING_AUTHENTICATION_TOKEN),
          Map.entry("requesttoolargeexception", GatewayException.Kind.REQUEST_TOO_LARGE),
          Map.entry("resourcenotfoundexception", GatewayException.Kind.RESOURCE_NOT_FOUND),
          Map.entry("toomanyrequestsexception", GatewayException.Kind.THROTTLED),
          Map.entry("unauthorizedexception", GatewayException.Kind.UNAUTHORIZED),
          Map.entry("unrecognizedclientexception", GatewayException.Kind.UNRECOGNIZED_CLIENT),
          Map.entry("waffilteredexception", GatewayException.Kind.WAF_FILTERED));

  private WireGateway() {}

  /** Reads an answer of API Gateway's own, generated or stock, whatever its body is. */
  static GatewayException failure(
      GatewayException.@Nullable Kind known, String types, WireBody body, int status) {
    String message = "";
    for (String name : new String[] {"detail", "message", "Message", "title"}) {
      String found = body.text(name);
      if (found != null) {
        message = found;
        break;
      }
    }
    GatewayException.Kind kind = known == null ? ofHeader(types, status, message) : known;
    WireInfo info = new WireInfo(Who.GATEWAY);
    info.status = status;
    boolean throttled =
        kind == GatewayException.Kind.THROTTLED
            || (kind == GatewayException.Kind.OTHER && status == 429);
    info.retry = throttled ? Retry.BACKOFF : status >= 500 ? Retry.IDEMPOTENT : Retry.NEVER;
    return new GatewayException(info, kind, types, message);
  }

  /** Reads the code of a generated gateway response. */
  static GatewayException.@Nullable Kind ofCode(@Nullable String code) {
    if (code == null || !code.startsWith(PREFIX)) {
      return null;
    }
    String name = code.substring(PREFIX.length());
    if (!TYPE.matcher(name).matches()) {
      return null;
    }
    for (GatewayException.Kind kind : GatewayException.Kind.values()) {
      if (kind.name().equals(name) && !STOCK.contains(kind)) {
        return kind;
      }
    }
    return GatewayException.Kind.OTHER;
  }

  /** What HTTP APIs and function URLs answer themselves, which no header tells. */
  static GatewayException.@Nullable Kind stock(int status, WireBody body) {
    return switch (status) {
      case 401 -> says(body, "Unauthorized", GatewayException.Kind.UNAUTHORIZED);
      case 403 -> says(body, "Forbidden", GatewayException.Kind.FORBIDDEN);
      case 404 -> says(body, "Not Found", GatewayException.Kind.RESOURCE_NOT_FOUND);
      case 429 -> says(body, "Too Many Requests", GatewayException.Kind.THROTTLED);
      case 500 -> says(body, "Internal Server Error", GatewayException.Kind.INTERNAL_SERVER_ERROR);
      case 502 ->
          body.is("Internal Server Error") ? GatewayException.Kind.INTERNAL_SERVER_ERROR : null;
      case 503 -> says(body, "Service Unavailable", GatewayException.Kind.INTEGRATION_TIMEOUT);
      default -> null;
    };
  }

  private static GatewayException.@Nullable Kind says(
      WireBody body, String message, GatewayException.Kind kind) {
    return body.is("{\"message\":\"" + message + "\"}") ? kind : null;
  }

  /** The header; the status and the stock message tell apart what shares a name. */
  private static GatewayException.Kind ofHeader(String types, int status, String message) {
    GatewayException.Kind kind = GatewayException.Kind.OTHER;
    for (String value : types.split(",", -1)) {
      GatewayException.Kind found = ofValue(value);
      if (found != null) {
        kind = found;
        break;
      }
    }
    return switch (kind) {
      case BAD_REQUEST -> badRequest(status, message);
      case INTERNAL_SERVER_ERROR -> internal(status, message);
      default -> kind;
    };
  }

  private static GatewayException.Kind badRequest(int status, String message) {
    if (status == 415) {
      return GatewayException.Kind.UNSUPPORTED_MEDIA_TYPE;
    }
    if (status == 400 && message.equals("Invalid request body")) {
      return GatewayException.Kind.BAD_REQUEST_BODY;
    }
    if (status == 400 && message.startsWith("Missing required request parameters")) {
      return GatewayException.Kind.BAD_REQUEST_PARAMETERS;
    }
    return GatewayException.Kind.BAD_REQUEST;
  }

  private static GatewayException.Kind internal(int status, String message) {
    if (message.equals("Endpoint request timed out")) {
      return GatewayException.Kind.INTEGRATION_TIMEOUT;
    }
    return status == 504
        ? GatewayException.Kind.INTEGRATION_FAILURE
        : GatewayException.Kind.INTERNAL_SERVER_ERROR;
  }

  private static GatewayException.@Nullable Kind ofValue(String value) {
    int colon = value.strip().indexOf(':');
    String name = colon < 0 ? value.strip() : value.strip().substring(0, colon);
    for (String part : name.split("#", -1)) {
      GatewayException.Kind found = HEADERS.get(part.toLowerCase(Locale.ROOT));
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
