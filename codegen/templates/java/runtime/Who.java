/** Who answered a call that failed. */
public enum Who {
  /** The API, with an error that it declares. */
  API,

  /** The API, with an error that this package does not know: the API is newer. */
  UNDECLARED,

  /** The platform in place of the function, which could not answer. */
  PLATFORM,

  /** API Gateway itself. */
  GATEWAY,

  /** Nobody. */
  TRANSPORT,

  /** Somebody of whom nothing is known. */
  UNMODELLED;

  String word() {
    return switch (this) {
      case API -> "api";
      case UNDECLARED -> "undeclared";
      case PLATFORM -> "platform";
      case GATEWAY -> "gateway";
      case TRANSPORT -> "transport";
      case UNMODELLED -> "unmodelled";
    };
  }
}
