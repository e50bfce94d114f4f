// The two ways to await a call: what it throws, or what came of it.

import { isFailure } from "./brand.js";

/** Where a call keeps the type of its failure, for `safe` alone. */
declare const failure: unique symbol;

/** A promise that rejects with one of these failures. */
export type Call<T, F> = Promise<T> & { readonly [failure]?: F };

/** What came of a call. */
export type Result<T, F> =
  | { readonly ok: true; readonly value: T; readonly error?: undefined }
  | { readonly ok: false; readonly error: F; readonly value?: undefined };

/**
 * Waits for a call and gives its value or its typed failure. Whatever is no
 * failure of a client's, as the reason of the caller's own signal, is thrown.
 */
export async function safe<T, F>(call: Call<T, F>): Promise<Result<T, F>> {
  try {
    return { ok: true, value: await call };
  } catch (error) {
    if (isFailure(error)) return { ok: false, error: error as F };
    throw error;
  }
}
