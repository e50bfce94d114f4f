import org.jspecify.annotations.Nullable;

/**
 * What came of a call: its output or its failure.
 *
 * @param <T> the output
 */
public sealed interface Result<T extends @Nullable Object> {
  /**
   * The call succeeded.
   *
   * @param <T> the output
   * @param value what the operation gives
   */
  record Ok<T extends @Nullable Object>(T value) implements Result<T> {}

  /**
   * The call failed.
   *
   * @param <T> the output that there might have been
   * @param failure why
   */
  record Failed<T extends @Nullable Object>(OrdersException failure) implements Result<T> {}

  /**
   * The output, or the failure as an exception.
   *
   * @return what the operation gives
   */
  default T orElseThrow() {
    if (this instanceof Ok<T> ok) {
      return ok.value();
    }
    throw ((Failed<T>) this).failure();
  }
}
