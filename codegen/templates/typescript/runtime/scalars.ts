// Integers, characters, keys and spans of time: exact, and within their ranges.

import { Reader, Unfit, deep } from "./json.js";
import { type Members, once, split } from "./members.js";
import type { Duration, Type } from "./schema.js";

/** One character. */
export function char(value: string): string {
  if (typeof value !== "string" || Array.from(value).length !== 1) {
    throw new Unfit("it is no character");
  }
  return value;
}

/** Whether an integer of a type is a bigint. */
export function isBig(type: string): boolean {
  return Number(type.slice(1)) > 32;
}

/** The digits of an integer; `toJSON` writes a bigint as a text. */
export function digits(reader: Reader, lenient: boolean): string {
  return lenient && reader.peek() === '"' ? reader.string() : reader.number();
}

/** An integer of a type by its digits, exactly. */
export function integer(type: string, digits: string): number | bigint {
  // Longer ones are out of range, and slow to read.
  if (!/^-?[0-9]{1,64}$/.test(digits) || digits === "-0") {
    throw new Unfit(`it is no integer of type ${type}`);
  }
  const size = Number(type.slice(1));
  const signed = type.startsWith("i");
  if (size <= 32) {
    const value = Number(digits);
    const end = 2 ** (signed ? size - 1 : size);
    if (value >= end || value < (signed ? -end : 0)) throw outside(type);
    return value;
  }
  const value = BigInt(digits);
  const end = 1n << BigInt(signed ? size - 1 : size);
  if (value >= end || value < (signed ? -end : 0n)) throw outside(type);
  return value;
}

function outside(type: string): Unfit {
  return new Unfit(`it is out of the range of ${type}`);
}

/** Refuses a key that is none of its type. */
export function key(type: Type, name: string): void {
  if (type === "char") char(name);
  else if (typeof type === "string" && /^[iu][0-9]/.test(type)) {
    integer(type, name);
  }
}

/** A span of time, which the wire has as an object or as a list. */
export function duration(
  reader: Reader,
  depth: number,
  lenient: boolean,
): Duration {
  deep(depth);
  const listed = reader.peek() === "[";
  const members: Members = listed ? numbered(reader) : split(reader);
  const seconds = once(members, listed ? "0" : "secs");
  const nanoseconds = once(members, listed ? "1" : "nanos");
  if (!seconds || !nanoseconds || members.length !== 2) {
    throw new Unfit("it is no duration");
  }
  const nanos = Number(integer("u32", new Reader(nanoseconds).number()));
  const whole = integer("u64", digits(new Reader(seconds), lenient));
  const sum = BigInt(whole) + BigInt(Math.floor(nanos / 1e9));
  integer("u64", String(sum));
  return { seconds: sum, nanoseconds: nanos % 1e9 };
}

function numbered(reader: Reader): [string, string][] {
  const members: [string, string][] = [];
  reader.list((at) => members.push([String(at), reader.skip()]));
  return members;
}

/** The elements of a set: each once and in order, texts by code points. */
export function ordered(elements: unknown[]): unknown[] {
  const sorted = elements.sort((one, other) => {
    if (typeof one === "string" && typeof other === "string") {
      return compare(one, other);
    }
    const [left, right] = [one as bigint, other as bigint];
    return left < right ? -1 : Number(left > right);
  });
  return sorted.filter((element, at) => at === 0 || element !== sorted[at - 1]);
}

function compare(one: string, other: string): number {
  const [left, right] = [Array.from(one), Array.from(other)];
  for (const [at, sign] of left.entries()) {
    const [a, b] = [sign.codePointAt(0), right[at]?.codePointAt(0)];
    if (a !== b) return (a ?? 0) - (b ?? -1);
  }
  return left.length - right.length;
}
