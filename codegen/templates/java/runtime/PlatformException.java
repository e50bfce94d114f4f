import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A failure of the function, which could not answer. */
public final class PlatformException extends OrdersException {
  private static final long serialVersionUID = 1L;

  /** What can happen to a function. Behind API Gateway only the first three are told apart. */
  public enum Kind {
    /** The input does not fit the operation; its handler did not run. */
    INVALID_PAYLOAD,

    /** It failed in a way that is not part of the contract. */
    INTERNAL,

    /** It ran out of time, and may have done its work. */
    TIMEOUT,

    /** Its process ended; it may have done its work. */
    EXITED,

    /** It ran out of memory, and may have done its work before. */
    OUT_OF_MEMORY,

    /** Its answer was over Lambda's limit; the work was done. */
    RESPONSE_TOO_LARGE,

    /** It could not start. */
    INIT;

    static @Nullable Kind ofCode(String code) {
      return switch (code) {
        case "InvalidPayload" -> INVALID_PAYLOAD;
        case "InternalError" -> INTERNAL;
        case "FunctionTimeout" -> TIMEOUT;
        default -> null;
      };
    }

    int status() {
      return switch (this) {
        case INVALID_PAYLOAD -> 400;
        case TIMEOUT -> 504;
        default -> 500;
      };
    }

    Retry retry() {
      return switch (this) {
        case INVALID_PAYLOAD, RESPONSE_TOO_LARGE -> Retry.NEVER;
        case INIT -> Retry.BACKOFF;
        default -> Retry.IDEMPOTENT;
      };
    }
  }

  private final transient Kind kind;
  private final transient String path;
  private final transient String reason;

  private PlatformException(WireInfo info, Kind kind, String path, String reason) {
    super(info, sentence(kind, path, reason), null);
    this.kind = kind;
    this.path = path;
    this.reason = reason;
  }

  static PlatformException of(Kind kind, WireInfo info, WireObject members) throws WireMisfit {
    boolean payload = kind == Kind.INVALID_PAYLOAD;
    WireValue path = payload ? members.find("path") : null;
    WireValue reason = payload ? members.find("reason") : null;
    return new PlatformException(info, kind, text(path), text(reason));
  }

  private static String text(@Nullable WireValue value) {
    return value == null ? "" : Objects.requireNonNullElse(WireDecoder.textOf(value), "");
  }

  private static String sentence(Kind kind, String path, String reason) {
    return switch (kind) {
      case INVALID_PAYLOAD -> {
        String place = path.isEmpty() || reason.isEmpty() ? "" : " at `" + path + "`";
        yield "the input does not fit" + place + (reason.isEmpty() ? "" : ": " + reason);
      }
      case INTERNAL -> "the function failed";
      case TIMEOUT -> "the function ran out of time";
      case EXITED -> "the function's process ended";
      case OUT_OF_MEMORY -> "the function ran out of memory";
      case RESPONSE_TOO_LARGE -> "the function's answer was too large";
      case INIT -> "the function could not start";
    };
  }

  /** {@return what happened} */
  public Kind kind() {
    return kind;
  }

  /**
   * {@return the place in the input that does not fit, as in {@code lines[0].quantity}, if one is
   * known}
   */
  public Optional<String> path() {
    return Optional.of(path).filter(text -> !text.isEmpty());
  }

  /** {@return what is wrong there, if that is known} */
  public Optional<String> reason() {
    return Optional.of(reason).filter(text -> !text.isEmpty());
  }

  /** {@return what the function or the platform says of it; empty where nothing} */
  public String detail() {
    return info().text();
  }

  @Override
  String members() {
    WireWriter out = new WireWriter();
    out.open();
    if (kind == Kind.INVALID_PAYLOAD) {
      out.member("path", WireWriter::text, path);
      out.member("reason", WireWriter::text, reason);
    }
    out.close();
    return out.done();
  }

  @Override
  String kindName() {
    return kind.name();
  }
}
