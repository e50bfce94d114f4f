import org.jspecify.annotations.Nullable;

/** Reads a value of one type. */
@FunctionalInterface
interface WireReader<T extends @Nullable Object> {
  T read(WireValue value) throws WireMisfit;
}
