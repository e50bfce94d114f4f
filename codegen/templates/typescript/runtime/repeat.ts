// Attempts: which failures are repeated, and after how long.

import { isFailure } from "./brand.js";
import type { AnyFailure } from "./failure.js";
import { LONGEST, type Signal, host } from "./host.js";
import type { Retries } from "./options.js";

/** Makes attempts until one succeeds, or none may be made any more. */
export async function repeated(
  attempt: () => Promise<unknown>,
  retries: Retries | false | undefined,
  signal: Signal | undefined,
): Promise<unknown> {
  const begun = Date.now();
  for (let made = 1; ; made += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isFailure(error)) throw error;
      Object.assign(error, { attempts: made });
      const delay = delayOf(error, made, Date.now() - begun, retries);
      if (delay === undefined) throw error;
      await sleep(delay, signal);
    }
  }
}

/**
 * How long to wait before the next attempt; nothing where there is none. A part
 * that is drawn comes on top of what the answer asks for.
 */
function delayOf(
  failure: AnyFailure,
  made: number,
  elapsedMs: number,
  retries: Retries | false = {},
): number | undefined {
  if (retries === false) return undefined;
  const { attempts = 3, firstMs = 100, longestMs = 20_000 } = retries;
  if (made >= attempts || !failure.isRetryable) return undefined;
  const asked = (failure.retryAfter ?? 0) * 1000;
  const left = longestMs - asked;
  if (left < 0) return undefined;
  const delay =
    asked + Math.min(firstMs * 2 ** (made - 1), left) * Math.random();
  const { deadlineMs } = retries;
  const late = deadlineMs !== undefined && elapsedMs + delay > deadlineMs;
  return late ? undefined : delay;
}

/** Waits; where the signal ends that, its reason is thrown. */
async function sleep(
  milliseconds: number,
  signal: Signal | undefined,
): Promise<void> {
  const engine = host.engine();
  await new Promise<void>((resolve) => {
    const end = (): void => {
      engine.clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = engine.setTimeout(end, Math.min(milliseconds, LONGEST));
    signal?.addEventListener("abort", end);
    if (signal?.aborted) end();
  });
  if (signal?.aborted) throw signal.reason;
}
