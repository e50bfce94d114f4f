import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls that are made again. */
final class WireRetries<T extends @Nullable Object> {
  private final Retries retries;
  private final Supplier<CompletableFuture<T>> attempt;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final long begun = System.nanoTime();

  private WireRetries(Retries retries, Supplier<CompletableFuture<T>> attempt) {
    this.retries = retries;
    this.attempt = attempt;
  }

  /** Makes attempts until one succeeds or may not be followed. */
  static <T extends @Nullable Object> CompletableFuture<T> repeat(
      Retries retries, Supplier<CompletableFuture<T>> attempt) {
    WireRetries<T> all = new WireRetries<>(retries, attempt);
    all.start(1);
    return all.result;
  }

  /** A future that gives up what it waits for where it is cancelled. */
  static <T extends @Nullable Object> CompletableFuture<T> cancelling(
      CompletableFuture<T> call, CompletableFuture<?> inside) {
    var unused =
        call.whenComplete(
            (output, thrown) -> {
              if (call.isCancelled()) {
                inside.cancel(true);
              }
            });
    return call;
  }

  private void start(int made) {
    CompletableFuture<T> call = attempt.get();
    var unusedResult =
        result.whenComplete(
            (output, thrown) -> {
              if (result.isCancelled()) {
                call.cancel(true);
              }
            });
    var unusedCall =
        call.whenComplete((output, thrown) -> finish(made, output, WireWait.unwrapped(thrown)));
  }

  private void finish(int made, T output, @Nullable Throwable thrown) {
    if (thrown == null) {
      result.complete(output);
      return;
    }
    Optional<Duration> delay = Optional.empty();
    if (thrown instanceof OrdersException failure) {
      failure.info().attempts = made;
      Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
      double drawn = ThreadLocalRandom.current().nextDouble();
      delay = retries.delay(failure, made, elapsed, drawn);
    }
    if (delay.isEmpty() || result.isDone()) {
      result.completeExceptionally(thrown);
      return;
    }
    CompletableFuture.delayedExecutor(WireWait.millis(delay.get()), TimeUnit.MILLISECONDS)
        .execute(
            () -> {
              if (!result.isDone()) {
                start(made + 1);
              }
            });
  }
}
