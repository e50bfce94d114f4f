import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer of API Gateway's own. */
public final class GatewayException extends OrdersException {
  private static final long serialVersionUID = 1L;

  /** API Gateway's own errors, by the names of its gateway response types. */
  public enum Kind {
    /** An authorizer or a policy denies the request. */
    ACCESS_DENIED,

    /** The integration or its responses are not configured right. The function may have run. */
    API_CONFIGURATION_ERROR,

    /** The authorizer could not be called. */
    AUTHORIZER_CONFIGURATION_ERROR,

    /** The authorizer failed. */
    AUTHORIZER_FAILURE,

    /** The request's body does not validate. */
    BAD_REQUEST_BODY,

    /** The request's parameters do not validate. */
    BAD_REQUEST_PARAMETERS,

    /** The credentials are out of date. */
    EXPIRED_TOKEN,

    /** The function could not be called, or its answer could not be used. */
    INTEGRATION_FAILURE,

    /** The function did not answer in API Gateway's time; it may still be running. */
    INTEGRATION_TIMEOUT,

    /** The API key is missing or unknown. */
    INVALID_API_KEY,

    /** The signature does not fit, or the caller's clock is off. */
    INVALID_SIGNATURE,

    /**
     * No such path or method, nothing deployed there, or no credentials: API Gateway says the same
     * of all.
     */
    MISSING_AUTHENTICATION_TOKEN,

    /** The usage plan's quota is used up until its period ends. */
    QUOTA_EXCEEDED,

    /** The request is over 10 MB. */
    REQUEST_TOO_LARGE,

    /** There is no such resource. */
    RESOURCE_NOT_FOUND,

    /** Too many requests at once. */
    THROTTLED,

    /** The caller is not authenticated. */
    UNAUTHORIZED,

    /** The request's media type is not taken. */
    UNSUPPORTED_MEDIA_TYPE,

    /** The firewall refused the request. */
    WAF_FILTERED,

    /**
     * A request that does not validate, or a media type that is not taken: which, the answer does
     * not say.
     */
    BAD_REQUEST,

    /** An unknown API key, or a firewall's rule: which, the answer does not say. */
    FORBIDDEN,

    /** API Gateway failed or could not use the function's answer: how, the answer does not say. */
    INTERNAL_SERVER_ERROR,

    /** The {@code Authorization} header is no signature. */
    INCOMPLETE_SIGNATURE,

    /** The access key is not known. */
    UNRECOGNIZED_CLIENT,

    /** Another one. */
    OTHER
  }

  private final transient Kind kind;
  private final transient String errorType;
  private final transient String said;

  GatewayException(WireInfo info, Kind kind, @Nullable String errorType, @Nullable String said) {
    super(info, sentence(info.status, kind, text(errorType), text(said)), null);
    this.kind = kind;
    this.errorType = text(errorType);
    this.said = text(said);
  }

  private static String text(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }

  private static String sentence(int status, Kind kind, String errorType, String said) {
    String name = errorType.isEmpty() ? kind.name() : errorType;
    String sentence = "API Gateway answered " + status + " " + name;
    return said.isEmpty() ? sentence : sentence + ": " + said;
  }

  /** {@return which one it is} */
  public Kind kind() {
    return kind;
  }

  /** {@return what API Gateway says of it, if anything} */
  public Optional<String> said() {
    return Optional.of(said).filter(text -> !text.isEmpty());
  }

  /** {@return the header {@code x-amzn-errortype} as it came, if it did} */
  public Optional<String> errorType() {
    return Optional.of(errorType).filter(text -> !text.isEmpty());
  }

  @Override
  String members() {
    WireWriter out = new WireWriter();
    out.open();
    out.member("errorType", WireWriter::text, errorType);
    out.member("message", WireWriter::text, said);
    out.close();
    return out.done();
  }

  @Override
  String kindName() {
    return kind.name();
  }
}
