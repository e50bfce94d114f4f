import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What is read of a value: numbers keep their digits, and nothing is made of anything else. */
final class Wire {
  /** How many digits a decimal may have, before the point and behind it. */
  private static final int DIGITS = 1000;

  private static final Pattern TIME =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,4})?");
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)");
  private static final BigInteger MAX_UINT64 =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
  private static final BigInteger MAX_UINT128 =
      BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
  private static final BigInteger MAX_INT128 =
      BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE);
  private static final BigInteger MIN_INT128 = MAX_INT128.not();

  private Wire() {}

  static String text(WireValue value) throws WireMisfit {
    return value.text();
  }

  static String character(WireValue value) throws WireMisfit {
    String text = value.text();
    if (text.isEmpty() || text.length() != Character.charCount(text.codePointAt(0))) {
      throw new WireMisfit("it is not one character");
    }
    return text;
  }

  static Boolean truth(WireValue value) throws WireMisfit {
    return value.truth();
  }

  private static BigInteger integer(WireValue value, BigInteger low, BigInteger high)
      throws WireMisfit {
    String digits = value.integer();
    BigInteger found = digits.length() > 40 ? null : new BigInteger(digits);
    if (found == null || found.compareTo(low) < 0 || found.compareTo(high) > 0) {
      throw new WireMisfit("it is no integer of this type");
    }
    return found;
  }

  private static long small(WireValue value, long low, long high) throws WireMisfit {
    String digits = value.integer();
    if (digits.length() <= 20) {
      try {
        long found = Long.parseLong(digits);
        if (found >= low && found <= high) {
          return found;
        }
      } catch (NumberFormatException large) {
        throw new WireMisfit("it is no integer of this type");
      }
    }
    throw new WireMisfit("it is no integer of this type");
  }

  static Integer int8(WireValue value) throws WireMisfit {
    return (int) small(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
  }

  static Integer int16(WireValue value) throws WireMisfit {
    return (int) small(value, Short.MIN_VALUE, Short.MAX_VALUE);
  }

  static Integer int32(WireValue value) throws WireMisfit {
    return (int) small(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  static Long int64(WireValue value) throws WireMisfit {
    return small(value, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  static BigInteger int128(WireValue value) throws WireMisfit {
    return integer(value, MIN_INT128, MAX_INT128);
  }

  static Integer uint8(WireValue value) throws WireMisfit {
    return (int) small(value, 0, 0xff);
  }

  static Integer uint16(WireValue value) throws WireMisfit {
    return (int) small(value, 0, 0xffff);
  }

  static Long uint32(WireValue value) throws WireMisfit {
    return small(value, 0, 0xffff_ffffL);
  }

  static BigInteger uint64(WireValue value) throws WireMisfit {
    return integer(value, BigInteger.ZERO, MAX_UINT64);
  }

  static BigInteger uint128(WireValue value) throws WireMisfit {
    return integer(value, BigInteger.ZERO, MAX_UINT128);
  }

  static Double real(WireValue value) throws WireMisfit {
    return value.number();
  }

  static Float real32(WireValue value) throws WireMisfit {
    return (float) value.number();
  }

  /** A decimal number, which stands in a text. */
  static BigDecimal decimal(WireValue value) throws WireMisfit {
    String text = value.text();
    if (text.length() <= DIGITS && DECIMAL.matcher(text).matches()) {
      BigDecimal found = new BigDecimal(text);
      if (Math.abs((long) found.scale()) <= DIGITS) {
        return found;
      }
    }
    throw new WireMisfit("it is no decimal number of up to " + DIGITS + " digits");
  }

  static void putDecimal(WireWriter out, BigDecimal from) {
    out.text(from.toPlainString());
  }

  /** A date and time of RFC 3339, with up to nine digits of a second. */
  static OffsetDateTime time(WireValue value) throws WireMisfit {
    String text = value.text();
    try {
      if (TIME.matcher(text).matches()) {
        return OffsetDateTime.parse(text);
      }
    } catch (DateTimeException none) {
      throw new WireMisfit("it is no date and time");
    }
    throw new WireMisfit("it is no date and time of up to nine digits of a second");
  }

  static void putTime(WireWriter out, OffsetDateTime from) {
    out.text(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(from));
  }

  static Duration duration(WireValue value) throws WireMisfit {
    WireObject object = value.object();
    BigInteger seconds = object.required("secs", Wire::uint64);
    long nanos = object.required("nanos", Wire::uint32);
    try {
      return Duration.ofSeconds(seconds.longValueExact(), nanos);
    } catch (ArithmeticException large) {
      throw new WireMisfit("it is longer than a java.time.Duration");
    }
  }

  /** Nothing is less than nothing, as there is no such duration on the wire. */
  static void putDuration(WireWriter out, Duration from) {
    Duration long_ = from.isNegative() ? Duration.ZERO : from;
    out.open();
    out.member("secs", WireWriter::integer, long_.getSeconds());
    out.member("nanos", WireWriter::integer, long_.getNano());
    out.close();
  }

  static <T> WireReader<List<T>> list(WireReader<T> reader) {
    return value -> {
      List<WireValue> elements = value.elements();
      List<T> found = new ArrayList<>(elements.size());
      for (WireValue element : elements) {
        found.add(reader.read(element));
      }
      return Collections.unmodifiableList(found);
    };
  }

  static <T> List<T> copyList(List<T> list) {
    return List.copyOf(list);
  }

  static <T> Set<T> copySet(Set<T> set) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(set));
  }

  static <K, T> Map<K, T> copyMap(Map<K, T> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** A list without repetitions. */
  static <T> WireReader<Set<T>> set(WireReader<T> reader) {
    return value -> Collections.unmodifiableSet(new LinkedHashSet<>(list(reader).read(value)));
  }

  /** A list without repetitions, in order. */
  static <T> WireReader<Set<T>> ordered(Comparator<? super T> order, WireReader<T> reader) {
    return value -> {
      List<T> found = new ArrayList<>(list(reader).read(value));
      found.sort(order);
      return Collections.unmodifiableSet(new LinkedHashSet<>(found));
    };
  }

  /** The order of texts on the wire: that of their code points. */
  static int byCodePoints(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int at = 0; at < length; at++) {
      char left = one.charAt(at);
      char right = other.charAt(at);
      if (left != right) {
        boolean pairs = Character.isSurrogate(left) != Character.isSurrogate(right);
        return pairs ? (Character.isSurrogate(left) ? 1 : -1) : Character.compare(left, right);
      }
    }
    return Integer.compare(one.length(), other.length());
  }

  /** An object with any members. */
  static <K, T> WireReader<Map<K, T>> map(WireReader<K> key, WireReader<T> reader) {
    return value -> {
      WireObject object = value.object();
      Map<K, T> found = new LinkedHashMap<>();
      for (int at = 0; at < object.size(); at++) {
        String name = object.names().get(at);
        found.put(key.read(WireValue.named(name)), reader.read(object.values().get(at)));
      }
      return Collections.unmodifiableMap(found);
    };
  }

  /** The key of a map that is a number, as its text. */
  static <K> WireReader<K> key(WireReader<K> reader) {
    return value -> {
      String name = value.text();
      if (!NUMBER.matcher(name).matches()) {
        throw new WireMisfit("it is no key of this map");
      }
      return reader.read(WireValue.whole(name));
    };
  }

  static <T> WireReader<Optional<T>> nullable(WireReader<T> reader) {
    return value -> value.isNull() ? Optional.empty() : Optional.of(reader.read(value));
  }

  /** The name of a variant, which stands among the members of its object. */
  static String tag(WireValue value, String tag) throws WireMisfit {
    return value.object().required(tag, Wire::text);
  }

  /** What stands beside the name of a variant. */
  static WireValue content(WireValue value, String content) throws WireMisfit {
    WireObject object = value.object();
    WireValue found = object.find(content);
    return found == null ? WireValue.none(object.depth()) : found;
  }

  /** The name of a variant: a text, or the name of the only member. */
  static String variant(WireValue value) throws WireMisfit {
    if (value.isText()) {
      return value.text();
    }
    WireObject object = value.object();
    if (object.size() != 1) {
      throw new WireMisfit("it is none of its variants");
    }
    return object.names().get(0);
  }

  /** What the variant holds. */
  static WireValue held(WireValue value) throws WireMisfit {
    return value.isText() ? WireValue.none(0) : value.object().values().get(0);
  }

  /** An array of a number of elements. */
  static List<WireValue> places(WireValue value, int count) throws WireMisfit {
    List<WireValue> elements = value.elements();
    if (elements.size() != count) {
      throw new WireMisfit("it is no array of " + count);
    }
    return elements;
  }
}
