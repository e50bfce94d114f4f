import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An error of the API that this package does not know: the API is newer. Its members are read by
 * name only: once the code is declared, the same answer is an exception of its own class.
 */
public final class UndeclaredException extends OrdersException {
  private static final long serialVersionUID = 1L;

  private final transient WireObject object;

  UndeclaredException(WireInfo info, WireObject object) {
    super(info, info.text(), null);
    this.object = object;
  }

  /** {@return the summary, the same each time; empty where there is none} */
  public String title() {
    return Objects.requireNonNullElse(info().title, "");
  }

  /** {@return what went wrong this time, in the API's words; the title where it says no more} */
  public String detail() {
    return info().text();
  }

  /**
   * A member as JSON, with every digit.
   *
   * @param name its name
   * @return its value, if there is one
   */
  public Optional<Json> member(String name) {
    int at = object.names().indexOf(name);
    return at < 0 ? Optional.empty() : Optional.of(Json.trusted(object.values().get(at).json()));
  }

  /** {@return the names of all members, in their order} */
  public List<String> memberNames() {
    return List.copyOf(object.names());
  }

  /** {@return all members as JSON, in their order} */
  Map<String, String> all() {
    Map<String, String> found = new LinkedHashMap<>();
    for (int at = 0; at < object.size(); at++) {
      found.put(object.names().get(at), object.values().get(at).json());
    }
    return found;
  }

  @Override
  String members() {
    WireWriter out = new WireWriter();
    out.open();
    object.putAll(out);
    out.close();
    return out.done();
  }
}
