/** A text does not fit what is read of it. It is caught where it is read, and has no stack. */
final class WireMisfit extends Exception {
  private static final long serialVersionUID = 1L;

  WireMisfit(String message) {
    super(message, null, false, false);
  }

  static WireMisfit at(String name, WireMisfit inside) {
    return new WireMisfit("`" + name + "`: " + inside.getMessage());
  }

  String reason() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
