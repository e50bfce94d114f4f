import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Sends requests by the JDK's own client. It reads no more than an answer of API Gateway can be.
 */
final class WireHttp implements Transport {
  private static final int LONGEST = WireCause.LONGEST;

  /** What the client sets itself, and refuses to be given. */
  private static final Set<String> OWN = own();

  private final HttpClient client;

  WireHttp(HttpClient client) {
    if (client.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException(
          "a client that follows redirects takes headers, a key among them, to other hosts");
    }
    this.client = client;
  }

  /** A client with the usual settings, which all clients share that are given no other. */
  static WireHttp standard() {
    return Standard.HTTP;
  }

  private static final class Standard {
    static final WireHttp HTTP =
        new WireHttp(
            HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
  }

  private static Set<String> own() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(List.of("connection", "content-length", "expect", "host", "upgrade"));
    return names;
  }

  @Override
  public CompletableFuture<RawResponse> send(Request request) {
    byte[] bytes = request.body();
    HttpRequest.BodyPublisher body =
        bytes.length == 0
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(bytes);
    HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri());
    builder.method(request.method(), body);
    request
        .headers()
        .forEach(
            (name, values) -> {
              if (!OWN.contains(name)) {
                values.forEach(value -> builder.header(name, value));
              }
            });
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(builder.build(), head -> new Bounded());
    CompletableFuture<RawResponse> answer =
        sent.thenApply(
            found -> RawResponse.owned(found.statusCode(), found.headers().map(), found.body()));
    var unused =
        answer.whenComplete(
            (found, thrown) -> {
              if (answer.isCancelled()) {
                sent.cancel(true);
              }
            });
    return answer;
  }

  /** Reads a body up to a bound. */
  private static final class Bounded implements HttpResponse.BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final List<ByteBuffer> parts = new ArrayList<>();
    private Flow.Subscription subscription = new Nothing();
    private int length;

    @Override
    public CompletionStage<byte[]> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        length += buffer.remaining();
        if (length > LONGEST) {
          subscription.cancel();
          parts.clear();
          body.completeExceptionally(new WireCause.TooLarge());
          return;
        }
        parts.add(buffer);
      }
    }

    @Override
    public void onError(Throwable thrown) {
      body.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
      ByteBuffer whole = ByteBuffer.allocate(length);
      parts.forEach(whole::put);
      body.complete(whole.array());
    }
  }

  /** A subscription before there is one. */
  private record Nothing() implements Flow.Subscription {
    @Override
    public void request(long count) {}

    @Override
    public void cancel() {}
  }
}
