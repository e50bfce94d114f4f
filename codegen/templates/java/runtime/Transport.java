import java.util.concurrent.CompletableFuture;

/**
 * Sends requests: over {@link java.net.http.HttpClient} by default, or over whatever else there is.
 */
@FunctionalInterface
public interface Transport {
  /**
   * Sends a request once, follows no redirect, and reads the whole answer.
   *
   * @param request what to send
   * @return the answer, whatever its status; cancelling it gives the exchange up
   */
  CompletableFuture<RawResponse> send(Request request);
}
