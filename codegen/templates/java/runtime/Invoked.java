import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of an invocation. It prints no byte of its payload. */
public final class Invoked {
  private final @Nullable String functionError;
  private final byte[] payload;

  private Invoked(@Nullable String functionError, byte[] payload) {
    this.functionError = functionError;
    this.payload = payload;
  }

  /**
   * What came of an invocation, as the SDK of AWS has it.
   *
   * @param functionError how the function failed; null where it succeeded
   * @param payload its answer
   * @return the same
   */
  public static Invoked of(@Nullable String functionError, byte[] payload) {
    return new Invoked(functionError, payload.clone());
  }

  /**
   * The payload of a function that failed with a problem, as a test gives it.
   *
   * @param code the error's code
   * @param problem the problem, in JSON
   * @return the payload, in JSON
   */
  public static String failure(String code, String problem) {
    WireWriter out = new WireWriter();
    out.open();
    out.member("errorType", WireWriter::text, code);
    out.member("errorMessage", WireWriter::text, "[" + code + "] " + problem);
    out.close();
    return out.done();
  }

  /** {@return how the function failed, if it did} */
  public Optional<String> functionError() {
    return Optional.ofNullable(functionError).filter(text -> !text.isEmpty());
  }

  byte[] bytes() {
    return payload;
  }

  /** {@return whether it failed} */
  @Override
  public String toString() {
    return functionError().isPresent() ? "failed invocation" : "invocation";
  }
}
