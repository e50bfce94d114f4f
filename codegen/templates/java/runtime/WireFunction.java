import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A function behind what invokes it. */
record WireFunction(Invoker invoker, Retries retries, Executor executor) {
  /**
   * Invokes an operation with its input as JSON. Nobody knows whether a second invocation does
   * harm, so only what was not carried out is made again.
   */
  <T extends @Nullable Object> CompletableFuture<T> start(
      String operation, @Nullable Class<?> errors, String input, WireReader<T> output) {
    return WireRetries.repeat(
        retries,
        () ->
            CompletableFuture.supplyAsync(
                () -> attempt(operation, errors, input, output), executor));
  }

  private <T extends @Nullable Object> T attempt(
      String operation, @Nullable Class<?> errors, String input, WireReader<T> output) {
    Invoked invoked = invoked(operation, input);
    if (invoked.functionError().isPresent()) {
      throw WireInvocation.decode(errors, invoked.bytes());
    }
    try {
      return WireWait.output(invoked.bytes(), output);
    } catch (WireMisfit misfit) {
      WireInfo info = new WireInfo(Who.UNMODELLED);
      info.status = 200;
      info.response = RawResponse.owned(200, Map.of(), invoked.bytes());
      throw new UnmodelledException(info, misfit.reason());
    }
  }

  private Invoked invoked(String operation, String input) {
    WireInfo info = new WireInfo(Who.TRANSPORT);
    WireWriter event = new WireWriter();
    event.open();
    event.member("operation", WireWriter::text, operation);
    event.raw("input", input);
    event.close();
    try {
      return invoker.invoke(WireValue.encoded(event.done()));
    } catch (WireMisfit misfit) {
      info.retry = Retry.NEVER;
      throw new TransportException(
          info,
          TransportException.Kind.REQUEST,
          "the event can't be made: " + misfit.reason(),
          null);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      info.retry = Retry.IDEMPOTENT;
      throw new TransportException(
          info, TransportException.Kind.INTERRUPTED, "the call was interrupted", interrupted);
    } catch (Exception thrown) {
      info.retry = Retry.IDEMPOTENT;
      String why = "the function was not reached: " + thrown.getClass().getSimpleName();
      throw new TransportException(info, TransportException.Kind.LOST, why, thrown);
    }
  }
}
