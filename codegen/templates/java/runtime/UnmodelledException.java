/**
 * An answer that nothing explains, kept whole: a page of somebody on the way, or a body that does
 * not fit its code.
 */
public final class UnmodelledException extends OrdersException {
  private static final long serialVersionUID = 1L;

  private final transient String reason;

  UnmodelledException(WireInfo info, String reason) {
    super(info, sentence(info, reason), null);
    this.reason = reason;
  }

  private static String sentence(WireInfo info, String reason) {
    String code = info.code == null ? "" : " and code " + info.code;
    return "a response with status " + info.status + code + " that can't be read: " + reason;
  }

  /** {@return why it could not be read} */
  public String reason() {
    return reason;
  }

  @Override
  String members() {
    return WireWriter.written(
        (out, text) -> {
          out.open();
          out.member("reason", WireWriter::text, text);
          out.close();
        },
        reason);
  }
}
