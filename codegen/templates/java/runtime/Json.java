/**
 * Any JSON value, as its text, with every digit.
 *
 * @param text the JSON
 */
public record Json(String text) {
  /**
   * Checks that it is JSON.
   *
   * @param text the JSON
   */
  public Json {
    try {
      var unused = WireValue.whole(text);
    } catch (WireMisfit misfit) {
      throw new IllegalArgumentException("this is no JSON", misfit);
    }
  }

  /** One whose text was read already. */
  static Json trusted(String text) {
    return new Json(text);
  }

  static Json read(WireValue value) throws WireMisfit {
    value.reach();
    return new Json(value.json());
  }

  static void put(WireWriter out, Json from) {
    out.raw(from.text());
  }

  /** {@return the JSON} */
  @Override
  public String toString() {
    return text;
  }
}
