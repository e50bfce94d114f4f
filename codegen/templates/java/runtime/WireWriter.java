import java.io.StringWriter;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.io.NumberOutput;

/** Writes JSON in the API's own form. */
final class WireWriter {
  private final StringWriter text = new StringWriter();
  private final JsonGenerator out;

  WireWriter() {
    this.out = WireValue.FACTORY.createGenerator(ObjectWriteContext.empty(), text);
  }

  /** What was written. */
  String done() {
    out.close();
    return text.toString();
  }

  static <T> String written(WirePut<T> put, T value) {
    WireWriter out = new WireWriter();
    put.put(out, value);
    return out.done();
  }

  void open() {
    out.writeStartObject();
  }

  void close() {
    out.writeEndObject();
  }

  void openList() {
    out.writeStartArray();
  }

  void closeList() {
    out.writeEndArray();
  }

  void text(String from) {
    out.writeString(from);
  }

  void truth(Boolean from) {
    out.writeBoolean(from);
  }

  /** An integer, whatever its width. */
  void integer(Number from) {
    out.writeRawValue(from.toString());
  }

  /** The shortest number that gives this one back; null for what JSON has none for. */
  void real(Double from) {
    if (Double.isFinite(from)) {
      out.writeRawValue(NumberOutput.toString(from, true));
    } else {
      out.writeNull();
    }
  }

  void real32(Float from) {
    if (Float.isFinite(from)) {
      out.writeRawValue(NumberOutput.toString(from, true));
    } else {
      out.writeNull();
    }
  }

  void none() {
    out.writeNull();
  }

  void raw(String json) {
    out.writeRawValue(json);
  }

  void raw(String name, String json) {
    out.writeName(name);
    out.writeRawValue(json);
  }

  <T> void member(String name, WirePut<? super T> put, T value) {
    out.writeName(name);
    put.put(this, value);
  }

  <T> void optional(String name, WirePut<? super T> put, Optional<T> value) {
    value.ifPresent(found -> member(name, put, found));
  }

  /** The members of a value among those of the object around it. */
  <T> void flat(WirePut<? super T> put, T value) {
    WireWriter inside = new WireWriter();
    put.put(inside, value);
    try {
      WireValue found = WireValue.whole(inside.done());
      if (found.isObject()) {
        found.object().putAll(this);
      }
    } catch (WireMisfit misfit) {
      throw new IllegalStateException(misfit);
    }
  }

  <T> void flatOptional(WirePut<? super T> put, Optional<T> value) {
    value.ifPresent(found -> flat(put, found));
  }

  static <T> void put(WireWriter out, WirePut<? super T> put, T value) {
    put.put(out, value);
  }

  /** An object of one member. */
  <T> void one(String name, WirePut<? super T> put, T value) {
    open();
    member(name, put, value);
    close();
  }

  /** The name of a variant among its members. */
  <T> void internal(String tag, String name, WirePut<? super T> put, T value) {
    open();
    member(tag, WireWriter::text, name);
    flat(put, value);
    close();
  }

  /** The name of a variant beside what it holds. */
  <T> void adjacent(String tag, String name, String content, WirePut<? super T> put, T value) {
    open();
    member(tag, WireWriter::text, name);
    member(content, put, value);
    close();
  }

  static <T> WirePut<Collection<T>> list(WirePut<? super T> put) {
    return (out, from) -> {
      out.openList();
      from.forEach(element -> put.put(out, element));
      out.closeList();
    };
  }

  static <T> WirePut<Optional<T>> nullable(WirePut<? super T> put) {
    return (out, from) -> from.ifPresentOrElse(found -> put.put(out, found), out::none);
  }

  /** An object, its names in order. */
  static <K extends Comparable<? super K>, T> WirePut<Map<K, T>> map(WirePut<? super T> put) {
    return (out, from) -> {
      out.open();
      new TreeMap<>(from).forEach((name, value) -> out.member(name.toString(), put, value));
      out.close();
    };
  }
}
