// What a failure is an instance of: by a mark, so that a second copy of the
// package, a bundler and a minifier change nothing.

import type { AnyFailure } from "./failure.js";

/** Marks every failure of every client. */
const FAILURE: symbol = Symbol.for("throwback");

/** What every class of an API's failures is told apart by. */
export function brand(
  constructor: { readonly prototype: object },
  name: string,
  brand: symbol,
  literal: string,
): void {
  const hidden = { configurable: true, writable: true, enumerable: false };
  const { prototype } = constructor;
  Object.defineProperty(prototype, "name", { ...hidden, value: name });
  Object.defineProperty(prototype, brand, { ...hidden, value: literal });
  Object.defineProperty(prototype, FAILURE, { ...hidden, value: true });
  Object.defineProperty(constructor, brand, { ...hidden, value: literal });
}

/**
 * Whether a value is of a class: by its brand, so that it may come from
 * another copy of the package. A class of somebody else's has none.
 */
export function isInstance(
  constructor: object,
  value: unknown,
  brand: symbol,
): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (!Object.hasOwn(constructor, brand)) {
    const { prototype } = constructor as { readonly prototype: object };
    return Object.prototype.isPrototypeOf.call(prototype, value);
  }
  const wanted: unknown = Reflect.get(constructor, brand);
  const found: unknown = Reflect.get(value, brand);
  if (typeof wanted !== "string" || typeof found !== "string") return false;
  // `*` is any failure of the API, `api:*` any declared error.
  return wanted.endsWith("*")
    ? found.startsWith(wanted.slice(0, -1))
    : found === wanted;
}

/** Whether a value is a failure of a client of throwback's. */
export function isFailure(value: unknown): value is AnyFailure {
  return (
    typeof value === "object" &&
    value !== null &&
    Reflect.get(value, FAILURE) === true
  );
}
