import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Calls over HTTP, each attempt of them. */
final class WireCall {
  private WireCall() {}

  /** Calls an operation with its input as JSON. */
  static <T extends @Nullable Object> CompletableFuture<T> start(
      WireSettings settings, WireEndpoint endpoint, String input, WireReader<T> output) {
    return WireRetries.repeat(settings.retries(), () -> attempt(settings, endpoint, input, output));
  }

  /** Makes a request, and sends it once. */
  private static <T extends @Nullable Object> CompletableFuture<T> attempt(
      WireSettings settings, WireEndpoint endpoint, String input, WireReader<T> output) {
    Request request;
    try {
      request = WireRequest.of(settings.base(), settings.headers(), endpoint, input);
    } catch (WireMisfit misfit) {
      return CompletableFuture.failedFuture(unmade(misfit.reason(), null));
    }
    if (settings.signer() != null) {
      try {
        request = settings.signer().apply(request);
      } catch (RuntimeException thrown) {
        return CompletableFuture.failedFuture(unmade("its signer failed", thrown));
      }
    }
    CompletableFuture<RawResponse> sent;
    try {
      sent = settings.transport().send(request);
    } catch (RuntimeException thrown) {
      sent = CompletableFuture.failedFuture(thrown);
    }
    CompletableFuture<RawResponse> bounded = bounded(sent, settings);
    CompletableFuture<T> call =
        bounded.handle((answer, thrown) -> finish(settings, endpoint, output, answer, thrown));
    return WireRetries.cancelling(call, bounded);
  }

  /** The time of one attempt ends head and body. */
  private static CompletableFuture<RawResponse> bounded(
      CompletableFuture<RawResponse> sent, WireSettings settings) {
    CompletableFuture<RawResponse> copy = sent.copy();
    CompletableFuture<RawResponse> bounded =
        settings
            .timeout()
            .map(time -> copy.orTimeout(time.toNanos(), TimeUnit.NANOSECONDS))
            .orElse(copy);
    var unused =
        bounded.whenComplete(
            (answer, thrown) -> {
              if (thrown != null) {
                sent.cancel(true);
              }
            });
    return bounded;
  }

  private static <T extends @Nullable Object> T finish(
      WireSettings settings,
      WireEndpoint endpoint,
      WireReader<T> output,
      @Nullable RawResponse answer,
      @Nullable Throwable thrown) {
    boolean idempotent = endpoint.isIdempotent();
    if (answer == null) {
      throw lost(WireWait.unwrapped(thrown), idempotent);
    }
    if (!WireOrigin.isSuccess(answer)) {
      throw WireDecoder.decode(endpoint.errors(), settings.trust(), idempotent, answer);
    }
    try {
      return WireWait.output(answer.bytes(), output);
    } catch (WireMisfit misfit) {
      WireInfo info = new WireInfo(Who.UNMODELLED);
      info.status = answer.status();
      info.requestId = WireOrigin.requestId(answer);
      info.after = WireOrigin.retryAfter(answer);
      info.idempotent = idempotent;
      info.response = answer;
      throw new UnmodelledException(info, misfit.reason());
    }
  }

  private static TransportException unmade(String why, @Nullable Throwable cause) {
    WireInfo info = new WireInfo(Who.TRANSPORT);
    info.retry = Retry.NEVER;
    return new TransportException(
        info, TransportException.Kind.REQUEST, "the request can't be made: " + why, cause);
  }

  private static TransportException lost(@Nullable Throwable thrown, boolean idempotent) {
    WireInfo info = new WireInfo(Who.TRANSPORT);
    info.idempotent = idempotent;
    info.retry = Retry.IDEMPOTENT;
    String name = thrown == null ? "nothing came" : thrown.getClass().getSimpleName();
    if (thrown instanceof WireCause.TooLarge large) {
      info.retry = Retry.NEVER;
      String why = "the response is refused: " + large.getMessage();
      return new TransportException(info, TransportException.Kind.REFUSED, why, large);
    }
    if (thrown instanceof ConnectException || thrown instanceof HttpConnectTimeoutException) {
      info.retry = Retry.BACKOFF;
      String why = "the request was not sent: " + name;
      return new TransportException(info, TransportException.Kind.CONNECT, why, thrown);
    }
    if (thrown instanceof TimeoutException || thrown instanceof HttpTimeoutException) {
      String why = "the request got no response in time";
      return new TransportException(info, TransportException.Kind.TIMEOUT, why, thrown);
    }
    String why = "the request got no response: " + name;
    boolean io = thrown instanceof IOException;
    info.retry = io || thrown == null ? Retry.IDEMPOTENT : Retry.NEVER;
    return new TransportException(info, TransportException.Kind.LOST, why, thrown);
  }
}
