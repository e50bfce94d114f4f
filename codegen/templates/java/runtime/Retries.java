import java.time.Duration;
import java.util.Optional;

/**
 * When a call that failed is made again: by the advice that its failure carries, after a delay that
 * is drawn from nothing up to a bound, which doubles with each attempt. A {@code Retry-After} is
 * never shortened.
 *
 * @param attempts how many there are in all; 1 makes no call again
 * @param first the most that is waited before the second attempt
 * @param longest the most that is waited at once; where {@code Retry-After} asks for more, there is
 *     no further attempt
 * @param deadline how long after the first attempt began the last one may begin
 */
public record Retries(int attempts, Duration first, Duration longest, Optional<Duration> deadline) {
  /** Three attempts, after up to 100 ms and then 200 ms, and never more than 60 s. */
  public static final Retries STANDARD =
      new Retries(3, Duration.ofMillis(100), Duration.ofSeconds(60), Optional.empty());

  /** No call is made again. */
  public static final Retries NONE = STANDARD.withAttempts(1);

  /**
   * Refuses what makes no sense.
   *
   * @param attempts how many there are in all; 1 makes no call again
   * @param first the most that is waited before the second attempt
   * @param longest the most that is waited at once
   * @param deadline how long after the first attempt began the last one may begin
   */
  public Retries {
    if (attempts < 1 || first.isNegative() || longest.isNegative()) {
      throw new IllegalArgumentException("there is at least one attempt, and no negative delay");
    }
  }

  /**
   * The same with another number of attempts.
   *
   * @param count how many there are in all
   * @return the other settings
   */
  public Retries withAttempts(int count) {
    return new Retries(count, first, longest, deadline);
  }

  /**
   * The same with another first delay.
   *
   * @param delay the most that is waited before the second attempt
   * @return the other settings
   */
  public Retries withFirst(Duration delay) {
    return new Retries(attempts, delay, longest, deadline);
  }

  /**
   * The same with another longest delay.
   *
   * @param delay the most that is waited at once
   * @return the other settings
   */
  public Retries withLongest(Duration delay) {
    return new Retries(attempts, first, delay, deadline);
  }

  /**
   * The same with a deadline.
   *
   * @param time how long after the first attempt began the last one may begin
   * @return the other settings
   */
  public Retries withDeadline(Duration time) {
    return new Retries(attempts, first, longest, Optional.of(time));
  }

  /** How long to wait before the next attempt, if there is to be one. A draw is from 0 to 1. */
  Optional<Duration> delay(OrdersException failure, int made, Duration elapsed, double drawn) {
    Duration asked = failure.retryAfter().orElse(Duration.ZERO);
    if (made >= attempts || !failure.isRetryable() || asked.compareTo(longest) > 0) {
      return Optional.empty();
    }
    Duration bound = longest.minus(asked);
    Duration doubled = first.multipliedBy(1L << Math.min(made - 1, 20));
    if (doubled.compareTo(bound) < 0) {
      bound = doubled;
    }
    Duration delay = asked.plusMillis((long) (drawn * bound.toMillis()));
    boolean late = deadline.isPresent() && elapsed.plus(delay).compareTo(deadline.get()) > 0;
    return late ? Optional.empty() : Optional.of(delay);
  }
}
