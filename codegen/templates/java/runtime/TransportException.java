import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Nobody answered: the request could not be made, was not sent, or its answer was lost or is
 * refused. Its cause says why; one whose message may quote what was sent or received is in {@link
 * #thrown} alone, and what stands in its place shows its name and stack.
 */
public final class TransportException extends OrdersException {
  private static final long serialVersionUID = 1L;

  /** What can happen to a request. */
  public enum Kind {
    /** It could not be made of the input, or not signed. */
    REQUEST,

    /** It was not sent: there is no connection. */
    CONNECT,

    /** There was no answer in time. */
    TIMEOUT,

    /** The thread that waited was interrupted. */
    INTERRUPTED,

    /** The answer was lost on the way. */
    LOST,

    /** The answer is larger than an answer of API Gateway can be. */
    REFUSED
  }

  private final transient Kind kind;
  private final transient @Nullable Throwable thrown;

  TransportException(WireInfo info, Kind kind, String message, @Nullable Throwable thrown) {
    super(info, message, WireCause.printable(thrown));
    this.kind = kind;
    this.thrown = thrown;
  }

  /**
   * What was thrown, as it was: its message may quote what was sent or received.
   *
   * @return the same as the cause, or what that stands for
   */
  public Optional<Throwable> thrown() {
    return Optional.ofNullable(thrown);
  }

  /** {@return what happened} */
  public Kind kind() {
    return kind;
  }

  @Override
  String members() {
    return "{}";
  }

  @Override
  String kindName() {
    return kind.name();
  }
}
