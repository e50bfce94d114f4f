import org.jspecify.annotations.Nullable;

/** An error that the API declares: what is known of it before any answer, and how it is read. */
record WireDeclared(
    Class<? extends OrdersApiException> type,
    String code,
    int status,
    String title,
    Retry retry,
    Reader reader) {
  /** Makes the exception of its own members. */
  @FunctionalInterface
  interface Reader {
    OrdersApiException read(WireInfo info, WireObject members) throws WireMisfit;
  }

  /** What is known of one that no answer told. */
  WireInfo info(@Nullable String detail) {
    WireInfo info = new WireInfo(Who.API);
    info.code = code;
    info.status = status;
    info.title = title;
    info.detail = detail;
    info.retry = retry;
    return info;
  }
}
