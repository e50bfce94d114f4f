import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The members of one object. Every member that is read stands there once. */
final class WireObject {
  /** From so many members on they are looked up without going over them. */
  private static final int MANY = 12;

  private static final int TWICE = -1;

  private final int depth;
  private final List<String> names = new ArrayList<>();
  private final List<WireValue> values = new ArrayList<>();
  private @Nullable Map<String, Integer> index;
  private @Nullable WireMisfit wrong;

  WireObject(int depth) {
    this.depth = depth;
  }

  void add(String name, WireValue value) {
    names.add(name);
    values.add(value);
    index = null;
  }

  /** Says why the rest of it could not be read. */
  WireObject wrong(WireMisfit misfit) {
    if (wrong == null) {
      wrong = misfit;
    }
    return this;
  }

  /** Why it could not be read to its end. */
  @Nullable WireMisfit wrong() {
    return wrong;
  }

  void whole() throws WireMisfit {
    if (wrong != null) {
      throw wrong;
    }
  }

  List<String> names() {
    return names;
  }

  List<WireValue> values() {
    return values;
  }

  int size() {
    return names.size();
  }

  /** A member, which may stand there once. */
  @Nullable WireValue find(String name) throws WireMisfit {
    int at = names.size() < MANY ? searched(name) : indexed(name);
    if (at == TWICE) {
      throw new WireMisfit("duplicate field `" + name + "`");
    }
    return at == names.size() ? null : values.get(at);
  }

  private int searched(String name) {
    int found = names.size();
    for (int at = 0; at < names.size(); at++) {
      if (names.get(at).equals(name)) {
        found = found == names.size() ? at : TWICE;
      }
    }
    return found;
  }

  private int indexed(String name) {
    if (index == null) {
      index = new HashMap<>();
      for (int at = 0; at < names.size(); at++) {
        index.merge(names.get(at), at, (first, second) -> TWICE);
      }
    }
    return index.getOrDefault(name, names.size());
  }

  /** Asks of every member that it stands there once. */
  void once() throws WireMisfit {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new WireMisfit("duplicate field `" + name + "`");
      }
    }
  }

  void reach() throws WireMisfit {
    for (WireValue value : values) {
      value.reach();
    }
  }

  void putAll(WireWriter out) {
    for (int at = 0; at < names.size(); at++) {
      out.raw(names.get(at), values.get(at).json());
    }
  }

  /** A member that has to be there. */
  <T extends @Nullable Object> T required(String name, WireReader<T> reader) throws WireMisfit {
    WireValue value = find(name);
    if (value == null) {
      throw new WireMisfit("missing field `" + name + "`");
    }
    try {
      return reader.read(value);
    } catch (WireMisfit misfit) {
      throw WireMisfit.at(name, misfit);
    }
  }

  /** A member that may be left out, or null. */
  <T> Optional<T> optional(String name, WireReader<T> reader) throws WireMisfit {
    WireValue value = find(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.read(value));
    } catch (WireMisfit misfit) {
      throw WireMisfit.at(name, misfit);
    }
  }

  /** What stands among the members of the object around it. */
  <T> T flat(WireReader<T> reader, String... others) throws WireMisfit {
    return reader.read(without(others));
  }

  /** The same, where it may be left out. */
  <T> Optional<T> flatOptional(WireReader<T> reader, String... others) {
    try {
      return Optional.of(reader.read(without(others)));
    } catch (WireMisfit misfit) {
      return Optional.empty();
    }
  }

  /** An object of all members but some. */
  private WireValue without(String... others) {
    Set<String> left = Set.of(others);
    WireObject found = new WireObject(depth);
    for (int at = 0; at < names.size(); at++) {
      if (!left.contains(names.get(at))) {
        found.add(names.get(at), values.get(at));
      }
    }
    return WireValue.of(found, depth - 1);
  }

  int depth() {
    return depth;
  }
}
