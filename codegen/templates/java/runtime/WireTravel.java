import org.jspecify.annotations.Nullable;

/** Exceptions that travelled, serialized. */
final class WireTravel {
  private WireTravel() {}

  static OrdersException rebuilt(
      WireInfo info, WireObject members, String kind, String message, @Nullable Throwable cause)
      throws WireMisfit {
    members.whole();
    return switch (info.who) {
      case API -> declared(info, members);
      case UNDECLARED -> new UndeclaredException(info, members);
      case PLATFORM -> PlatformException.of(PlatformException.Kind.valueOf(kind), info, members);
      case GATEWAY ->
          new GatewayException(
              info,
              GatewayException.Kind.valueOf(kind),
              WireDecoder.textOf(members.required("errorType", value -> value)),
              WireDecoder.textOf(members.required("message", value -> value)));
      case TRANSPORT ->
          new TransportException(info, TransportException.Kind.valueOf(kind), message, cause);
      case UNMODELLED -> new UnmodelledException(info, members.required("reason", Wire::text));
    };
  }

  private static OrdersException declared(WireInfo info, WireObject members) throws WireMisfit {
    WireDeclared declared = info.code == null ? null : WireErrors.find(info.code);
    if (declared == null) {
      throw new WireMisfit("this package does not know its code");
    }
    return declared.reader().read(info, members);
  }
}
