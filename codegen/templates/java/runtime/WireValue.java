import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * A value of JSON. Numbers keep their digits, and an object keeps every member, in order. What is
 * gone over is not taken apart: the members of a problem that nobody asks for, and what lies too
 * deep.
 */
final class WireValue {
  /** How deep a value that is read may lie. */
  static final int DEEPEST = 127;

  /** How deep a text may go that is only gone over: Jackson remembers each level. */
  private static final int NESTED = 1_000_000;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(NESTED)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(Integer.MAX_VALUE).build())
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
          .build();

  private final JsonToken kind;

  /** The text of a text, the digits of a number, the JSON of what is not taken apart. */
  private final String text;

  /** The JSON of a text that holds half of a surrogate pair. */
  private @Nullable String half;

  private final int depth;
  private @Nullable WireObject object;
  private @Nullable List<WireValue> elements;

  private WireValue(JsonToken kind, String text, int depth) {
    this.kind = kind;
    this.text = text;
    this.depth = depth;
  }

  /** The characters of some bytes, which have to be UTF-8. */
  static String decoded(byte[] bytes) throws WireMisfit {
    int start = hasMark(bytes) ? 3 : 0;
    try {
      var decoder = StandardCharsets.UTF_8.newDecoder();
      return decoder.decode(ByteBuffer.wrap(bytes, start, bytes.length - start)).toString();
    } catch (CharacterCodingException malformed) {
      throw new WireMisfit("it is no UTF-8");
    }
  }

  /** The UTF-8 of a text; one that holds half of a surrogate pair has none. */
  static byte[] encoded(String text) throws WireMisfit {
    try {
      ByteBuffer buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (CharacterCodingException malformed) {
      throw new WireMisfit("the input holds half of a surrogate pair");
    }
  }

  /** Whether a byte-order mark stands before the rest. */
  static boolean hasMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }

  /** A text that is one value and nothing else. */
  static WireValue whole(String json) throws WireMisfit {
    return whole(json, 0);
  }

  private static WireValue whole(String json, int depth) throws WireMisfit {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw noJson();
      }
      WireValue found = built(parser, json, first, depth);
      if (parser.nextToken() != null) {
        throw noJson();
      }
      return found;
    } catch (JacksonException malformed) {
      throw noJson();
    }
  }

  /** As many members of an object as there are before it goes wrong, none of them taken apart. */
  static WireObject split(String json) {
    WireObject found = new WireObject(1);
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return found.wrong(noObject());
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        found.add(checked(name), skipped(parser, json, parser.nextToken(), 1));
      }
      if (parser.nextToken() != null) {
        found.wrong(noObject());
      }
    } catch (JacksonException malformed) {
      found.wrong(noObject());
    } catch (WireMisfit misfit) {
      found.wrong(misfit);
    }
    return found;
  }

  private static WireValue skipped(JsonParser parser, String json, JsonToken token, int depth) {
    if (!token.isStructStart()) {
      WireValue found = new WireValue(token, parser.getString(), depth);
      if (token == JsonToken.VALUE_STRING && !isPaired(found.text)) {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        found.half = json.substring(start, (int) parser.currentLocation().getCharOffset());
      }
      return found;
    }
    int start = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    int end = (int) parser.currentLocation().getCharOffset();
    return new WireValue(token, json.substring(start, end), depth);
  }

  /** The calls lie in each other no deeper than what is read. */
  private static WireValue built(JsonParser parser, String json, JsonToken token, int depth)
      throws WireMisfit {
    if (!token.isStructStart() || depth >= DEEPEST) {
      return skipped(parser, json, token, depth);
    }
    WireValue found = new WireValue(token, "", depth);
    if (token == JsonToken.START_OBJECT) {
      WireObject object = new WireObject(depth + 1);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = checked(parser.currentName());
        object.add(name, built(parser, json, parser.nextToken(), depth + 1));
      }
      found.object = object;
    } else {
      List<WireValue> elements = new ArrayList<>();
      for (JsonToken next = parser.nextToken();
          next != JsonToken.END_ARRAY;
          next = parser.nextToken()) {
        elements.add(built(parser, json, next, depth + 1));
      }
      found.elements = elements;
    }
    return found;
  }

  /** Whether a text has no half of a surrogate pair, which no UTF-8 holds. */
  private static boolean isPaired(String text) {
    for (int at = 0; at < text.length(); at++) {
      char unit = text.charAt(at);
      if (Character.isSurrogate(unit)) {
        boolean paired =
            Character.isHighSurrogate(unit)
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
        if (!paired) {
          return false;
        }
        at++;
      }
    }
    return true;
  }

  private static WireMisfit noJson() {
    return new WireMisfit("it is no JSON");
  }

  private static WireMisfit noObject() {
    return new WireMisfit("it is no JSON object");
  }

  private static WireMisfit half() {
    return new WireMisfit("it holds half of a surrogate pair");
  }

  private static String checked(String text) throws WireMisfit {
    if (!isPaired(text)) {
      throw half();
    }
    return text;
  }

  boolean isNull() {
    return kind == JsonToken.VALUE_NULL;
  }

  boolean isText() {
    return kind == JsonToken.VALUE_STRING;
  }

  boolean isObject() {
    return kind == JsonToken.START_OBJECT;
  }

  boolean isArray() {
    return kind == JsonToken.START_ARRAY;
  }

  /** Its text, if it is one. */
  String text() throws WireMisfit {
    if (!isText()) {
      throw new WireMisfit("it is no text");
    }
    if (half != null) {
      throw half();
    }
    return text;
  }

  /** Its digits, if it is an integer as it stands. */
  String integer() throws WireMisfit {
    if (kind != JsonToken.VALUE_NUMBER_INT || text.equals("-0")) {
      throw new WireMisfit("it is no integer of this type");
    }
    return text;
  }

  double number() throws WireMisfit {
    if (!kind.isNumeric()) {
      throw new WireMisfit("it is no number");
    }
    double found = Double.parseDouble(text);
    if (Double.isInfinite(found)) {
      throw new WireMisfit("it is out of range");
    }
    return found;
  }

  boolean truth() throws WireMisfit {
    if (!kind.isBoolean()) {
      throw new WireMisfit("it is no truth value");
    }
    return kind == JsonToken.VALUE_TRUE;
  }

  void none() throws WireMisfit {
    if (!isNull()) {
      throw new WireMisfit("it is not null");
    }
  }

  /** Its members, if it is an object. */
  WireObject object() throws WireMisfit {
    if (!isObject()) {
      throw noObject();
    }
    if (object == null) {
      object = rebuilt().object;
    }
    if (object == null) {
      throw noObject();
    }
    return object;
  }

  /** Its elements, if it is an array. */
  List<WireValue> elements() throws WireMisfit {
    if (!isArray()) {
      throw new WireMisfit("it is no array");
    }
    if (elements == null) {
      elements = rebuilt().elements;
    }
    return elements == null ? List.of() : elements;
  }

  private WireValue rebuilt() throws WireMisfit {
    if (depth >= DEEPEST) {
      throw new WireMisfit("it lies too deep");
    }
    return whole(text, depth);
  }

  /** Refuses what has something in it that lies too deep. */
  void reach() throws WireMisfit {
    if (isObject()) {
      object().reach();
    } else if (isArray()) {
      for (WireValue element : elements()) {
        element.reach();
      }
    }
  }

  /** Its JSON, with every digit. */
  String json() {
    if (half != null) {
      return half;
    }
    if (isText()) {
      WireWriter out = new WireWriter();
      out.text(text);
      return out.done();
    }
    if (object == null && elements == null) {
      return text;
    }
    WireWriter out = new WireWriter();
    putAll(out);
    return out.done();
  }

  private void putAll(WireWriter out) {
    if (object != null) {
      out.open();
      object.putAll(out);
      out.close();
    } else if (elements != null) {
      out.openList();
      elements.forEach(element -> element.putAll(out));
      out.closeList();
    } else {
      out.raw(json());
    }
  }

  /** What a reader makes of a value. */
  static <T> T read(WireValue value, WireReader<T> reader) throws WireMisfit {
    return reader.read(value);
  }

  /** What a reader makes of a text that somebody gives. */
  static <T> T parsed(String json, WireReader<T> reader) {
    try {
      return reader.read(whole(json));
    } catch (WireMisfit misfit) {
      throw new IllegalArgumentException(misfit.reason(), misfit);
    }
  }

  /** What the first reader makes of it that takes it. */
  @SafeVarargs
  static <T> T first(WireValue value, WireReader<? extends T>... readers) throws WireMisfit {
    for (WireReader<? extends T> reader : readers) {
      try {
        return reader.read(value);
      } catch (WireMisfit other) {
        // The next one may.
      }
    }
    throw new WireMisfit("it is none of its variants");
  }

  /** What stands for null. */
  static <T> T unit(WireValue value, T found) throws WireMisfit {
    value.none();
    return found;
  }

  /** The output of what has none. */
  static @Nullable Void nothing(WireValue value) throws WireMisfit {
    value.none();
    return null;
  }

  /** An object of some members, at the place of this one. */
  static WireValue of(WireObject object, int depth) {
    WireValue found = new WireValue(JsonToken.START_OBJECT, "", depth);
    found.object = object;
    return found;
  }

  /** The name of a member, as a text. */
  static WireValue named(String name) {
    return new WireValue(JsonToken.VALUE_STRING, name, 0);
  }

  static WireValue none(int depth) {
    return new WireValue(JsonToken.VALUE_NULL, "null", depth);
  }
}
