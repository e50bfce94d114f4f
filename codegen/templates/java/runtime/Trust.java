/** What proves that an answer is the API's own. */
public enum Trust {
  /**
   * The header {@code x-error-code}, the media type {@code application/problem+json}, or {@code
   * x-amzn-errortype}. Any other body is a stranger's.
   */
  MARKS,

  /**
   * A code in the body is enough, for an API behind a mapping that sets none of these. Whoever
   * stands on the way can then pass for the API.
   */
  BODIES
}
