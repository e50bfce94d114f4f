/** A value that says nothing; {@code null} on the wire. */
public enum Unit {
  /** The only one. */
  UNIT;

  static Unit read(WireValue value) throws WireMisfit {
    value.none();
    return UNIT;
  }

  static void put(WireWriter out, Unit from) {
    out.none();
  }
}
