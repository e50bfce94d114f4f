import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From an answer to a failure: what was said. */
final class WireDecoder {
  private WireDecoder() {}

  /** What an answer means that is no success. {@code set} is what the operation declares. */
  static OrdersException decode(
      @Nullable Class<?> set, Trust trust, boolean idempotent, RawResponse answer) {
    WireBody body = new WireBody(answer.bytes());
    OrdersException found = found(set, trust, answer, body);
    WireInfo info = found.info();
    info.status = answer.status();
    info.idempotent = idempotent;
    info.response = answer;
    info.requestId = WireOrigin.requestId(answer);
    if (info.after == null) {
      info.after = WireOrigin.retryAfter(answer);
    }
    return found;
  }

  private static OrdersException found(
      @Nullable Class<?> set, Trust trust, RawResponse answer, WireBody body) {
    WireOrigin origin = WireOrigin.of(trust, answer, body);
    int status = answer.status();
    if (origin.who() == Who.API) {
      return problem(set, Objects.requireNonNull(origin.code()), status, body.members(), body);
    }
    if (origin.who() == Who.GATEWAY) {
      return WireGateway.failure(origin.kind(), origin.types(), body, status);
    }
    GatewayException.Kind stock = WireGateway.stock(status, body);
    if (stock != null) {
      return WireGateway.failure(stock, "", body, status);
    }
    WireInfo info = new WireInfo(Who.UNMODELLED);
    info.status = status;
    info.code = origin.code();
    boolean named = origin.code() != null;
    return new UnmodelledException(
        info, named ? "nothing shows that the API wrote it" : "it names no error");
  }

  private static OrdersException problem(
      @Nullable Class<?> set, String code, int status, WireObject members, WireBody body) {
    try {
      return fromProblem(set, code, members, body.isEmpty());
    } catch (Unread unread) {
      unread.info.status = status;
      return new UnmodelledException(unread.info, unread.reason);
    }
  }

  /** What a problem could not be read for, with what could be. */
  static final class Unread extends Exception {
    private static final long serialVersionUID = 1L;

    final transient WireInfo info;
    final String reason;

    Unread(WireInfo info, String reason) {
      super(reason, null, false, false);
      this.info = info.as(Who.UNMODELLED);
      this.reason = reason;
    }
  }

  /** Reads a problem whose code is known. */
  static OrdersException fromProblem(
      @Nullable Class<?> set, String code, WireObject object, boolean empty) throws Unread {
    WireDeclared declared = WireErrors.find(code);
    if (declared != null && (set == null || !set.isAssignableFrom(declared.type()))) {
      declared = null;
    }
    PlatformException.Kind kind = declared == null ? PlatformException.Kind.ofCode(code) : null;
    Who who = declared != null ? Who.API : kind != null ? Who.PLATFORM : Who.UNDECLARED;
    WireInfo info = new WireInfo(who);
    info.code = code;
    WireObject own = common(info, object);
    int usual = 500;
    if (declared != null) {
      usual = declared.status();
      info.retry = declared.retry();
    } else if (kind != null) {
      usual = kind.status();
      info.retry = kind.retry();
    }
    if (info.status < 400 || info.status > 599) {
      info.status = usual;
    }
    try {
      OrdersException found;
      if (declared != null) {
        if (info.truncated) {
          throw new WireMisfit("the function left the error's fields out");
        }
        found = declared.reader().read(info, own);
      } else {
        own.once();
        found =
            kind == null
                ? new UndeclaredException(info, own)
                : PlatformException.of(kind, info, own);
      }
      object.whole();
      return found;
    } catch (WireMisfit misfit) {
      boolean bare = empty && !info.truncated;
      throw new Unread(info, bare ? "there is no body" : misfit.reason());
    }
  }

  /** Takes the members out that every problem has. One of a wrong type is ignored (RFC 9457). */
  private static WireObject common(WireInfo info, WireObject object) {
    WireObject own = new WireObject(object.depth());
    for (int at = 0; at < object.size(); at++) {
      String name = object.names().get(at);
      WireValue value = object.values().get(at);
      switch (name) {
        case "code" -> {}
        case "title" -> info.title = textOf(value);
        case "status" -> info.status = statusOf(value, info.status);
        case "detail" -> info.detail = textOf(value);
        case "type" -> info.type = textOf(value);
        case "instance" -> info.instance = textOf(value);
        case "retryable" -> info.advised = Retry.of(textOf(value));
        case "retryAfter" -> info.after = secondsOf(value);
        case "truncated" -> info.truncated = isTrue(value);
        default -> own.add(name, value);
      }
    }
    return own;
  }

  static @Nullable String textOf(WireValue value) {
    try {
      return value.text();
    } catch (WireMisfit none) {
      return null;
    }
  }

  private static int statusOf(WireValue value, int before) {
    try {
      return Wire.uint16(value);
    } catch (WireMisfit none) {
      return before;
    }
  }

  private static @Nullable Long secondsOf(WireValue value) {
    try {
      return Wire.uint64(value).longValue();
    } catch (WireMisfit none) {
      return null;
    }
  }

  private static boolean isTrue(WireValue value) {
    try {
      return value.truth();
    } catch (WireMisfit none) {
      return false;
    }
  }
}
