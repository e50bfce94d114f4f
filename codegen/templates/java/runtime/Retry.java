import org.jspecify.annotations.Nullable;

/** What a repeat of a request means. */
public enum Retry {
  /** It fails the same way. */
  NEVER,

  /** The request was not carried out, and may be repeated after a delay. */
  BACKOFF,

  /** The request may have been carried out, and may be repeated where that does no harm. */
  IDEMPOTENT;

  static @Nullable Retry of(@Nullable String word) {
    if (word == null) {
      return null;
    }
    return switch (word) {
      case "never" -> NEVER;
      case "backoff" -> BACKOFF;
      case "idempotent" -> IDEMPOTENT;
      default -> null;
    };
  }

  String word() {
    return switch (this) {
      case NEVER -> "never";
      case BACKOFF -> "backoff";
      case IDEMPOTENT -> "idempotent";
    };
  }

  static Retry ofStatus(int status) {
    return switch (status) {
      case 429 -> BACKOFF;
      case 502, 503, 504 -> IDEMPOTENT;
      default -> NEVER;
    };
  }
}
