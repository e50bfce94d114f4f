import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Any failure of a call: an error that the API declares, or one of five kinds that no API declares.
 * Its message is what went wrong, in a sentence; {@link #toString} adds the status and the id to
 * quote when asking for help.
 */
public abstract sealed class OrdersException extends RuntimeException
    permits OrdersApiException,
        UndeclaredException,
        PlatformException,
        GatewayException,
        TransportException,
        UnmodelledException {
  private static final long serialVersionUID = 1L;

  private final transient WireInfo info;

  OrdersException(WireInfo info, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.info = info;
  }

  /** {@return who answered} */
  public final Who who() {
    return info.who;
  }

  /** {@return the error's stable name, if it has one} */
  public final Optional<String> code() {
    return Optional.ofNullable(info.code);
  }

  /** {@return the HTTP status, if there was an answer} */
  public final OptionalInt status() {
    return info.status == 0 ? OptionalInt.empty() : OptionalInt.of(info.status);
  }

  /** {@return the id to quote when asking for help, if one is known} */
  public final Optional<String> requestId() {
    return Optional.ofNullable(info.id()).filter(id -> !id.isEmpty());
  }

  /** {@return the advice on a repeat} */
  public final Retry retry() {
    return info.advice();
  }

  /** {@return whether this very request may be sent again: the advice and its method allow it} */
  public final boolean isRetryable() {
    return info.isRetryable();
  }

  /** {@return the delay that the answer asks for, if it does} */
  public final Optional<Duration> retryAfter() {
    return Optional.ofNullable(info.delay());
  }

  /** {@return how many requests were made} */
  public final int attempts() {
    return info.attempts;
  }

  /** {@return the answer as it came, if there is one} */
  public final Optional<RawResponse> response() {
    return Optional.ofNullable(info.response);
  }

  /**
   * Says what an answer means that is no success, as {@link #isSuccess} has it.
   *
   * @param status its HTTP status
   * @param headers its headers, in any letters
   * @param body its bytes
   * @return the failure, which is not thrown
   */
  public static OrdersException decode(int status, Map<String, List<String>> headers, byte[] body) {
    return WireDecoder.decode(
        OrdersApiException.class, Trust.MARKS, false, RawResponse.of(status, headers, body));
  }

  /**
   * Says whether an answer is a success: its status is, and no {@code x-error-code} says otherwise.
   *
   * @param status its HTTP status
   * @param headers its headers, in any letters
   * @return whether it is one
   */
  public static boolean isSuccess(int status, Map<String, List<String>> headers) {
    return WireOrigin.isSuccess(RawResponse.of(status, headers, new byte[0]));
  }

  /**
   * Reads the payload of a function that was invoked directly and failed.
   *
   * @param payload its bytes
   * @return the failure, which is not thrown
   */
  public static OrdersException decodeInvocation(byte[] payload) {
    return WireInvocation.decode(OrdersApiException.class, payload);
  }

  /**
   * Reads the {@code Cause} of a failed task of Step Functions. Of one that was cut, code and
   * status are still known.
   *
   * @param cause its text
   * @return the failure, which is not thrown
   */
  public static OrdersException decodeCause(String cause) {
    return WireInvocation.decode(OrdersApiException.class, WireInvocation.bytes(cause));
  }

  /**
   * Finds a failure of this API in what wraps it, as {@link
   * java.util.concurrent.CompletionException} does.
   *
   * @param thrown what was caught
   * @return the failure, if there is one
   */
  public static Optional<OrdersException> in(@Nullable Throwable thrown) {
    Throwable next = thrown;
    for (int deep = 0; next != null && deep < 100; deep++) {
      if (next instanceof OrdersException found) {
        return Optional.of(found);
      }
      next = next.getCause();
    }
    return Optional.empty();
  }

  WireInfo info() {
    return info;
  }

  /** {@return its sentence, with its status and the id to quote, and nothing that is secret} */
  @Override
  @SuppressWarnings("OverrideThrowableToString") // The message is the sentence alone.
  public final String toString() {
    StringBuilder out = new StringBuilder(getClass().getName());
    String message = Objects.requireNonNullElse(getMessage(), "");
    if (!message.isEmpty()) {
      out.append(": ").append(WireShow.shown(message));
    }
    String id = info.id();
    if (info.status != 0 || (id != null && !id.isEmpty())) {
      out.append(" (").append(info.status == 0 ? "" : "status " + info.status);
      if (id != null && !id.isEmpty()) {
        out.append(info.status == 0 ? "" : ", ").append("request ").append(WireShow.shown(id));
      }
      out.append(')');
    }
    return out.toString();
  }

  /** What its own members are on the wire. */
  abstract String members();

  /** Its type by a name, where the code does not say it. */
  String kindName() {
    return "";
  }

  /** {@return what travels in its place: all that is known, but the answer's headers and bytes} */
  Object writeReplace() {
    return new Travelling(
        info.packed(),
        members(),
        kindName(),
        Objects.requireNonNullElse(getMessage(), ""),
        getCause(),
        List.of(getStackTrace()));
  }

  /**
   * Refuses to be read as it is.
   *
   * @param in where it would be read from
   * @throws InvalidObjectException always
   */
  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("it travels as another object");
  }

  private record Travelling(
      WireInfo.Packed info,
      String members,
      String kind,
      String message,
      @Nullable Throwable cause,
      List<StackTraceElement> stack)
      implements Serializable {

    private Object readResolve() throws InvalidObjectException {
      try {
        OrdersException found =
            WireTravel.rebuilt(info.info(), WireValue.split(members), kind, message, cause);
        found.setStackTrace(stack.toArray(StackTraceElement[]::new));
        return found;
      } catch (WireMisfit misfit) {
        throw new InvalidObjectException(misfit.reason());
      }
    }
  }
}
