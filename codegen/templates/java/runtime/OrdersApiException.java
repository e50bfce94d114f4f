import java.util.Objects;
import java.util.Optional;

/** An error that the API declares. A new version of the API may declare more of them. */
public abstract non-sealed class OrdersApiException extends OrdersException {
  private static final long serialVersionUID = 1L;

  OrdersApiException(WireInfo info) {
    super(info, info.text(), null);
  }

  /** {@return the error's stable name} */
  public final String errorCode() {
    return Objects.requireNonNullElse(info().code, "");
  }

  /** {@return the summary, the same each time; empty where there is none} */
  public final String title() {
    return Objects.requireNonNullElse(info().title, "");
  }

  /** {@return what went wrong this time, in the API's words; the title where it says no more} */
  public final String detail() {
    return info().text();
  }

  /** {@return where the error is described, if somewhere} */
  public final Optional<String> type() {
    return Optional.ofNullable(info().type);
  }

  /** {@return this, whatever set it was caught by} */
  public final OrdersApiException asException() {
    return this;
  }

  /** {@return the problem as it travels, in JSON} */
  public final String toJson() {
    WireWriter out = new WireWriter();
    WireInfo info = info();
    out.open();
    out.member("code", WireWriter::text, errorCode());
    out.member("status", WireWriter::integer, info.status);
    out.optional("title", WireWriter::text, Optional.ofNullable(info.title));
    out.optional("detail", WireWriter::text, Optional.ofNullable(info.detail));
    out.optional("type", WireWriter::text, Optional.ofNullable(info.type));
    out.optional("instance", WireWriter::text, Optional.ofNullable(info.instance));
    if (info.advised != null) {
      out.member("retryable", WireWriter::text, info.advised.word());
    }
    if (info.after != null) {
      out.raw("retryAfter", Long.toUnsignedString(info.after));
    }
    putMembers(out);
    out.close();
    return out.done();
  }

  @Override
  final String members() {
    WireWriter out = new WireWriter();
    out.open();
    putMembers(out);
    out.close();
    return out.done();
  }

  abstract void putMembers(WireWriter out);
}
