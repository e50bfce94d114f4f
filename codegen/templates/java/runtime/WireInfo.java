import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is known of a failure: before any answer, and by one. */
final class WireInfo {
  final Who who;
  @Nullable String code;
  int status;
  @Nullable String title;
  @Nullable String detail;
  @Nullable String type;
  @Nullable String instance;
  @Nullable String requestId;
  @Nullable Retry retry;
  @Nullable Retry advised;

  /**
   * The seconds that the answer asks for, as a number without a sign; nothing where it does not.
   */
  @Nullable Long after;

  boolean truncated;
  boolean idempotent;
  int attempts = 1;
  @Nullable RawResponse response;

  WireInfo(Who who) {
    this.who = who;
  }

  /** The same of somebody else's. */
  WireInfo as(Who other) {
    WireInfo copy = new WireInfo(other);
    copy.code = code;
    copy.status = status;
    copy.title = title;
    copy.detail = detail;
    copy.type = type;
    copy.instance = instance;
    copy.requestId = requestId;
    copy.retry = retry;
    copy.advised = advised;
    copy.after = after;
    copy.truncated = truncated;
    copy.idempotent = idempotent;
    copy.attempts = attempts;
    copy.response = response;
    return copy;
  }

  /** What the answer says of a repeat, else what is declared, else what its status means. */
  Retry advice() {
    if (advised != null) {
      return advised;
    }
    return retry != null ? retry : Retry.ofStatus(status);
  }

  boolean isRetryable() {
    Retry advice = advice();
    return advice == Retry.BACKOFF || (advice == Retry.IDEMPOTENT && idempotent);
  }

  @Nullable Duration delay() {
    if (after == null) {
      return null;
    }
    // More than a Duration holds is as good as for ever.
    return Duration.ofSeconds(after < 0 ? Long.MAX_VALUE : after);
  }

  @Nullable String id() {
    return instance != null && !instance.isEmpty() ? instance : requestId;
  }

  /** What went wrong this time, in the API's words; the title where it says no more. */
  String text() {
    if (detail != null && !detail.isEmpty()) {
      return detail;
    }
    return title == null ? "" : title;
  }

  /** What travels where an exception is serialized. */
  record Packed(
      Who who,
      @Nullable String code,
      int status,
      @Nullable String title,
      @Nullable String detail,
      @Nullable String type,
      @Nullable String instance,
      @Nullable String requestId,
      @Nullable Retry retry,
      @Nullable Retry advised,
      @Nullable Long after,
      boolean idempotent,
      int attempts)
      implements Serializable {

    WireInfo info() {
      WireInfo info = new WireInfo(who);
      info.code = code;
      info.status = status;
      info.title = title;
      info.detail = detail;
      info.type = type;
      info.instance = instance;
      info.requestId = requestId;
      info.retry = retry;
      info.advised = advised;
      info.after = after;
      info.idempotent = idempotent;
      info.attempts = attempts;
      return info;
    }
  }

  Packed packed() {
    return new Packed(
        who,
        code,
        status,
        title,
        detail,
        type,
        instance,
        requestId,
        retry,
        advised,
        after,
        idempotent,
        attempts);
  }
}
