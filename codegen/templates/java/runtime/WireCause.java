import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Stands for a cause whose message may quote what was sent or received, and has its name and its
 * stack alone.
 */
final class WireCause extends IOException {
  private static final long serialVersionUID = 1L;

  /** How many bytes an answer has at most: API Gateway's own limit. */
  static final int LONGEST = 10 << 20;

  /** The answer is larger than an answer of API Gateway can be. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge() {
      super("its body has more than " + LONGEST + " bytes");
    }
  }

  private WireCause(Throwable original) {
    super(original.getClass().getName());
    setStackTrace(original.getStackTrace());
  }

  /** The cause itself where nothing of it can be secret. */
  static @Nullable Throwable printable(@Nullable Throwable thrown) {
    if (thrown == null) {
      return null;
    }
    boolean plain =
        thrown instanceof TooLarge
            || thrown instanceof ConnectException
            || thrown instanceof HttpTimeoutException
            || thrown instanceof TimeoutException
            || thrown instanceof InterruptedException
            || thrown instanceof ClosedChannelException
            || thrown instanceof EOFException
            || thrown instanceof SSLException;
    return plain ? thrown : new WireCause(thrown);
  }
}
