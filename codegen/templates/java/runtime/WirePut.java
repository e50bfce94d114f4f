/** Writes a value of one type. */
@FunctionalInterface
interface WirePut<T> {
  void put(WireWriter out, T value);
}
