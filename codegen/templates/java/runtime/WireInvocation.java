import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Invocations that failed: what their payload means. */
final class WireInvocation {
  private static final Pattern ID = Pattern.compile("[0-9a-fA-F-]*");
  private static final Set<String> INIT =
      Set.of(
          "Runtime.InitError",
          "Runtime.InvalidEntrypoint",
          "Runtime.InvalidWorkingDir",
          "Extension.InitError",
          "Extension.LaunchError");

  private WireInvocation() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A message as in <code>[OrderNotFound] {…}</code>. */
  private record Tagged(String code, String problem) {}

  /** Reads the payload of a function that failed. */
  static OrdersException decode(@Nullable Class<?> set, byte[] payload) {
    WireBody body = new WireBody(payload);
    String errorType = "";
    String message;
    if (isObject(body)) {
      errorType = Objects.requireNonNullElse(body.text("errorType"), "");
      message = Objects.requireNonNullElse(body.text("errorMessage"), "");
    } else {
      message = body.characters();
      message = Objects.requireNonNullElse(cut(message), message);
    }
    Tagged tagged = tagged(message);
    if (tagged != null) {
      try {
        WireObject members = WireValue.split(tagged.problem());
        return WireDecoder.fromProblem(set, tagged.code(), members, tagged.problem().isEmpty());
      } catch (WireDecoder.Unread unread) {
        if (isKnown(set, tagged.code())) {
          WireInfo info = unread.info;
          info.response = RawResponse.owned(info.status, Map.of(), payload);
          return new UnmodelledException(info, unread.reason);
        }
      }
    }
    return platform(tagged, errorType, message, body);
  }

  private static boolean isObject(WireBody body) {
    try {
      WireValue value = body.whole();
      value.reach();
      return value.isObject();
    } catch (WireMisfit none) {
      return false;
    }
  }

  private static boolean isKnown(@Nullable Class<?> set, String code) {
    WireDeclared declared = WireErrors.find(code);
    boolean known = declared != null && set != null && set.isAssignableFrom(declared.type());
    return known || PlatformException.Kind.ofCode(code) != null;
  }

  private static OrdersException platform(
      @Nullable Tagged tagged, String errorType, String message, WireBody body) {
    PlatformException.Kind kind = kind(errorType, message);
    boolean timeout = kind == PlatformException.Kind.TIMEOUT;
    WireInfo info = new WireInfo(tagged == null ? Who.PLATFORM : Who.UNDECLARED);
    info.code = timeout ? "FunctionTimeout" : "InternalError";
    info.status = timeout ? 504 : 500;
    info.detail = message.strip();
    info.requestId = id(message);
    if (tagged != null) {
      // A tagged message whose problem can't be read keeps its code.
      info.code = tagged.code();
      WireObject members = body.members();
      boolean whole = body.isText() && members.wrong() == null;
      return new UndeclaredException(info, whole ? members : new WireObject(1));
    }
    info.retry = kind.retry();
    try {
      return PlatformException.of(kind, info, new WireObject(1));
    } catch (WireMisfit never) {
      throw new IllegalStateException(never);
    }
  }

  /** By the type of the error, and by the text where older platforms give none. */
  private static PlatformException.Kind kind(String errorType, String message) {
    boolean plain = errorType.isEmpty();
    if (message.contains("Task timed out after ") || errorType.equals("Sandbox.Timedout")) {
      return PlatformException.Kind.TIMEOUT;
    }
    if (errorType.equals("Runtime.OutOfMemory")) {
      return PlatformException.Kind.OUT_OF_MEMORY;
    }
    if (errorType.equals("Function.ResponseSizeTooLarge")) {
      return PlatformException.Kind.RESPONSE_TOO_LARGE;
    }
    if (INIT.contains(errorType)) {
      return PlatformException.Kind.INIT;
    }
    boolean exited = errorType.equals("Runtime.ExitError");
    if ((exited || plain) && message.contains("signal: killed")) {
      return PlatformException.Kind.OUT_OF_MEMORY;
    }
    if (exited || errorType.equals("Extension.ExitError") || errorType.equals("Extension.Crash")) {
      return PlatformException.Kind.EXITED;
    }
    boolean says =
        message.contains("untime exited with")
            || message.contains("Process exited before completing request");
    if (plain && says) {
      return PlatformException.Kind.EXITED;
    }
    if (plain && message.contains("exceeded maximum allowed payload size")) {
      return PlatformException.Kind.RESPONSE_TOO_LARGE;
    }
    return PlatformException.Kind.INTERNAL;
  }

  /** The request id in a text of Lambda's. */
  private static @Nullable String id(String message) {
    String start = "RequestId: ";
    String id = "";
    int end = message.indexOf(" Task timed out after ");
    if (message.startsWith(start)) {
      int blank = message.indexOf(' ', start.length());
      id = blank < 0 ? message.substring(start.length()) : message.substring(start.length(), blank);
    } else if (end >= 0) {
      id = message.substring(message.lastIndexOf(' ', end - 1) + 1, end);
    }
    return id.isEmpty() || !ID.matcher(id).matches() ? null : id;
  }

  /** The message of a payload that was cut. */
  private static @Nullable String cut(String payload) {
    String message = "{\"errorMessage\":\"";
    String type = "{\"errorType\":\"";
    String between = "\",\"errorMessage\":\"";
    String rest;
    if (payload.startsWith(message)) {
      rest = payload.substring(message.length());
    } else if (payload.startsWith(type)) {
      int end = payload.indexOf(between);
      if (end < type.length() || !WireOrigin.isCode(payload.substring(type.length(), end))) {
        return null;
      }
      rest = payload.substring(end + between.length());
    } else {
      return null;
    }
    return tagged(rest) == null ? null : rest;
  }

  private static @Nullable Tagged tagged(String message) {
    int end = message.startsWith("[") ? message.indexOf("] ") : -1;
    if (end < 0 || !WireOrigin.isCode(message.substring(1, end))) {
      return null;
    }
    return new Tagged(message.substring(1, end), message.substring(end + 2));
  }
}
