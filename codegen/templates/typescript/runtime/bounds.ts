// What ends an attempt: its time, or the caller's own signal.

import { LONGEST, type Signal, host } from "./host.js";
import { NoAnswer } from "./transport.js";

/** What may end an attempt. */
export interface Bounds {
  readonly timeoutMs: number;
  /** The caller's own signal. */
  readonly signal: Signal | undefined;
}

/** The state of an attempt. */
export interface Attempt {
  /** Ends with the time or with the caller's own signal. */
  readonly signal: Signal;
  /** Whether the function may have got the request. */
  sent: boolean;
}

/**
 * Does the work of one attempt in its time. Where the caller's signal ends it,
 * its reason is thrown as it is.
 */
export async function bounded<T>(
  { timeoutMs, signal }: Bounds,
  work: (attempt: Attempt) => Promise<T>,
): Promise<T> {
  if (signal?.aborted) throw signal.reason;
  const engine = host.engine();
  const controller = new engine.AbortController();
  const attempt = { signal: controller.signal, sent: false, late: false };
  const stop = (): void => {
    controller.abort(signal?.reason);
  };
  signal?.addEventListener("abort", stop);
  const end = (): void => {
    attempt.late = true;
    controller.abort();
  };
  const timer =
    timeoutMs > LONGEST ? undefined : engine.setTimeout(end, timeoutMs);
  try {
    // What does not heed the signal is left behind.
    return await Promise.race([work(attempt), aborted(attempt.signal)]);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (!attempt.late) throw error;
    const message = `the answer did not come within ${timeoutMs} ms`;
    const { sent } = attempt;
    throw new NoAnswer("timeout", message, { sent, source: error });
  } finally {
    engine.clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

/** Throws once the signal is aborted; both live as long as one attempt. */
async function aborted(signal: Signal): Promise<never> {
  await new Promise<void>((resolve) => {
    signal.addEventListener("abort", resolve);
    if (signal.aborted) resolve();
  });
  throw signal.reason;
}
