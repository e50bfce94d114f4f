import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What calls have in common, whatever carries them: how one waits, and what comes of it. */
final class WireWait {
  /** Reads the output of what has none. Below JDK 22, NullAway knows no generic types' nulls. */
  @SuppressWarnings("NullAway")
  static final WireReader<@Nullable Void> NOTHING = WireValue::nothing;

  private WireWait() {}

  /** Reads a success. What an operation without an output writes is null, or nothing. */
  static <T extends @Nullable Object> T output(byte[] bytes, WireReader<T> reader)
      throws WireMisfit {
    WireBody body = new WireBody(bytes);
    if (body.isFunctionError()) {
      throw new WireMisfit("it is the error of a function that came as a success");
    }
    try {
      return reader.read(body.whole());
    } catch (WireMisfit misfit) {
      throw new WireMisfit("the output does not fit: " + misfit.reason());
    }
  }

  static @Nullable Throwable unwrapped(@Nullable Throwable thrown) {
    Throwable found = thrown;
    while (found instanceof CompletionException && found.getCause() != null) {
      found = found.getCause();
    }
    return found;
  }

  /** Waits for a call. A failure has the stack of who waits. */
  static <T extends @Nullable Object> T await(CompletableFuture<T> call) {
    try {
      return call.get();
    } catch (InterruptedException interrupted) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      WireInfo info = new WireInfo(Who.TRANSPORT);
      info.retry = Retry.IDEMPOTENT;
      throw new TransportException(
          info, TransportException.Kind.INTERRUPTED, "the call was interrupted", interrupted);
    } catch (ExecutionException wrapper) {
      Throwable thrown = unwrapped(wrapper.getCause());
      if (thrown instanceof OrdersException failure) {
        Throwable unused = failure.fillInStackTrace();
        throw failure;
      }
      throw new IllegalStateException(thrown);
    }
  }

  /** Waits for a call, and says what came of it. */
  static <T extends @Nullable Object> Result<T> attempted(CompletableFuture<T> call) {
    try {
      return new Result.Ok<>(await(call));
    } catch (OrdersException failure) {
      return new Result.Failed<>(failure);
    }
  }

  static long millis(Duration duration) {
    return Math.max(0, duration.toMillis());
  }
}
