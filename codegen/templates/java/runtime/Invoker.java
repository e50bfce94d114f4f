/** Invokes a function with a payload: over the SDK of AWS, or over nothing, as a test does. */
@FunctionalInterface
public interface Invoker {
  /**
   * Invokes the function once.
   *
   * @param payload the event, in JSON
   * @return what came of it
   * @throws Exception why the function was not reached
   */
  Invoked invoke(byte[] payload) throws Exception;
}
