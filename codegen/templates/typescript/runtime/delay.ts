// How long an answer asks to wait.

import { header, trim } from "./answer.js";
import type { RawResponse } from "./failure.js";

/** The largest number of 64 bits. */
const MOST = 2n ** 64n - 1n;

/** A number of seconds that 64 bits hold. */
export function seconds(text: string): number | undefined {
  if (!/^[0-9]{1,40}$/.test(text)) return undefined;
  const value = BigInt(text);
  return value > MOST ? undefined : Number(value);
}

/** What `Retry-After` says in seconds, of which a part counts as a whole. */
export function retryAfterOf(response: RawResponse): number | undefined {
  const given = header(response, "retry-after");
  if (given === undefined) return undefined;
  const after = trim(given);
  const number = /^([0-9]+)(?:\.([0-9]+))?$/.exec(after);
  if (number !== null) {
    const whole = seconds((number[1] ?? "").replace(/^0+(?=.)/, ""));
    const more = /[1-9]/.test(number[2] ?? "") ? 1 : 0;
    return whole === undefined ? undefined : whole + more;
  }
  const date = header(response, "date");
  const from = date === undefined ? undefined : httpDate(trim(date));
  const until = httpDate(after);
  if (from === undefined || until === undefined) return undefined;
  return Math.max(0, until - from);
}

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** A date of HTTP (RFC 9110 section 5.6.7) in seconds. */
function httpDate(text: string): number | undefined {
  const time = "([0-9]{2}):([0-9]{2}):([0-9]{2})";
  const fixed = new RegExp(
    `^[A-Z][a-z]{2}, ([0-9]{2}) ([A-Z][a-z]{2}) ([0-9]{4}) ${time} GMT$`,
  ).exec(text);
  const old = new RegExp(
    `^[A-Z][a-z]{5,8}, ([0-9]{2})-([A-Z][a-z]{2})-([0-9]{2}) ${time} GMT$`,
  ).exec(text);
  const c = new RegExp(
    `^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ 0-9][0-9]) ${time} ([0-9]{4})$`,
  ).exec(text);
  let parts: (string | undefined)[];
  if (fixed !== null) parts = fixed.slice(1);
  else if (old !== null) parts = old.slice(1);
  else if (c !== null) parts = [c[2], c[1], c[6], c[3], c[4], c[5]];
  else return undefined;
  const month = MONTHS.indexOf(parts[1] ?? "?") / 3;
  const numbers = parts.map(Number);
  const [day = 0, , written = 0, hour = 0, minute = 0, second = 0] = numbers;
  let year = written;
  if (old !== null) year += written < 70 ? 2000 : 1900;
  if (!Number.isInteger(month) || month < 0) return undefined;
  if (hour > 23 || minute > 59 || second > 59 || year < 1970) return undefined;
  const at = new Date(Date.UTC(year, month, day, hour, minute, second));
  return at.getUTCDate() === day && day > 0 ? at.getTime() / 1000 : undefined;
}
