import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The bytes of an answer, read as far as somebody asks. */
final class WireBody {
  private static final String FIRST = "{\"code\":\"";

  private final byte[] bytes;
  private @Nullable String json;
  private @Nullable WireMisfit wrong;
  private @Nullable WireObject members;

  WireBody(byte[] bytes) {
    this.bytes = bytes;
    try {
      this.json = WireValue.decoded(bytes);
    } catch (WireMisfit misfit) {
      this.wrong = misfit;
    }
  }

  boolean isEmpty() {
    return bytes.length == 0 || (bytes.length == 3 && WireValue.hasMark(bytes));
  }

  /** As many members as there are, none of them taken apart. */
  WireObject members() {
    if (json == null) {
      return new WireObject(1).wrong(wrong == null ? new WireMisfit("it is no UTF-8") : wrong);
    }
    return WireValue.split(isEmpty() ? "{}" : json);
  }

  /** The code that it names. The wire's own form has it first, so that a look suffices. */
  @Nullable String code() {
    if (starts(FIRST)) {
      int start = FIRST.length() + (WireValue.hasMark(bytes) ? 3 : 0);
      int end = start;
      while (end < bytes.length && bytes[end] != '"' && end - start <= 64) {
        end++;
      }
      String code = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
      if (end < bytes.length && bytes[end] == '"' && WireOrigin.isCode(code)) {
        return code;
      }
    }
    String code = text("code");
    return WireOrigin.isCode(code) || WireGateway.ofCode(code) != null ? code : null;
  }

  /** Whether a success is what Lambda says of a function that failed. */
  boolean isFunctionError() {
    return starts("{\"errorMessage\":\"") || starts("{\"errorType\":\"");
  }

  /** Whether it is this very text. */
  boolean is(String text) {
    return text.equals(json);
  }

  private boolean starts(String text) {
    int start = WireValue.hasMark(bytes) ? 3 : 0;
    if (bytes.length < start + text.length()) {
      return false;
    }
    for (int at = 0; at < text.length(); at++) {
      if (bytes[start + at] != text.charAt(at)) {
        return false;
      }
    }
    return true;
  }

  /** A text among the members of a whole object; nothing where it is none, or empty. */
  @Nullable String text(String name) {
    if (json == null) {
      return null;
    }
    if (members == null) {
      members = reached(json);
    }
    String found = null;
    for (int at = 0; at < members.size(); at++) {
      if (members.names().get(at).equals(name)) {
        found = WireDecoder.textOf(members.values().get(at));
      }
    }
    return found == null || found.isEmpty() ? null : found;
  }

  private static WireObject reached(String json) {
    try {
      WireValue value = WireValue.whole(json);
      value.reach();
      return value.object();
    } catch (WireMisfit misfit) {
      return new WireObject(1).wrong(misfit);
    }
  }

  /** The whole of it as one value. */
  WireValue whole() throws WireMisfit {
    if (json == null) {
      throw wrong == null ? new WireMisfit("it is no UTF-8") : wrong;
    }
    return WireValue.whole(isEmpty() ? "null" : json);
  }

  /** Its characters, whatever its bytes. */
  String characters() {
    return json == null ? new String(bytes, StandardCharsets.UTF_8) : json;
  }

  boolean isText() {
    return json != null;
  }
}
