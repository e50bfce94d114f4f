/** Headers of an answer, whoever made it. */
import type { HeadersLike } from "./host.ts";

/** Headers in any of their forms. */
export type HeadersInput =
  HeadersLike | Iterable<readonly [string, string]> | Readonly<Record<string, string | readonly string[] | undefined>>;

export type HeaderList = readonly (readonly [name: string, value: string])[];

/** Every line of some headers, the names in small letters. */
export function headerList(headers: HeadersInput): HeaderList {
  const list: [string, string][] = [];
  if (Symbol.iterator in headers) {
    for (const [name, value] of headers as Iterable<readonly [string, string]>) list.push([name.toLowerCase(), value]);
  } else if (typeof headers.forEach === "function") {
    (headers as HeadersLike).forEach((value, name) => list.push([name.toLowerCase(), value]));
  } else {
    for (const [name, values] of Object.entries(headers as Readonly<Record<string, string | readonly string[] | undefined>>)) {
      if (values === undefined) continue;
      for (const value of typeof values === "string" ? [values] : values) list.push([name.toLowerCase(), value]);
    }
  }
  return list;
}

/** The values of a header that are visible ASCII. */
export function allOf(headers: HeaderList, name: string): string[] {
  return headers.filter(([known, value]) => known === name && /^[\t -~]*$/.test(value)).map(([, value]) => value);
}

/** The first value of a header. */
export function first(headers: HeaderList, name: string): string | undefined {
  const value = headers.find(([known]) => known === name)?.[1];
  return value !== undefined && /^[\t -~]*$/.test(value) ? value : undefined;
}

/** The id that the front gave the request: REST APIs and functions the one, HTTP APIs the other. */
export function requestId(headers: HeaderList): string | undefined {
  return first(headers, "x-amzn-requestid") ?? first(headers, "apigw-requestid");
}

const MOST = (1n << 64n) - 1n;

/**
 * `Retry-After` in seconds, or as a date, which counts from the response's own: this machine's clock may be wrong. A fraction is
 * rounded up.
 */
export function retryAfter(headers: HeaderList): number | undefined {
  const after = first(headers, "retry-after")?.trim();
  if (after === undefined) return undefined;
  const [, whole, fraction = "0"] = /^([0-9]+)(?:\.([0-9]+))?$/.exec(after) ?? [];
  if (whole !== undefined) {
    if (BigInt(whole) > MOST) return undefined;
    return Number(whole) + (/[1-9]/.test(fraction) ? 1 : 0);
  }
  const [date, now] = [dateOf(after), dateOf(first(headers, "date")?.trim() ?? "")];
  return date === undefined || now === undefined ? undefined : Math.max(0, Math.floor((date - now) / 1000));
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DATES = [
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>[0-9]{2}) (?<month>[A-Z][a-z]{2}) (?<year>[0-9]{4}) (?<time>[0-9:]{8}) GMT$/,
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>[0-9]{2})-(?<month>[A-Z][a-z]{2})-(?<year>[0-9]{2}) (?<time>[0-9:]{8}) GMT$/,
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<month>[A-Z][a-z]{2}) (?<day>[ 0-9][0-9]) (?<time>[0-9:]{8}) (?<year>[0-9]{4})$/,
];

/** A date in any of HTTP's three forms (RFC 9110 section 5.6.7), in milliseconds. */
function dateOf(text: string): number | undefined {
  for (const form of DATES) {
    const parts = form.exec(text)?.groups;
    if (parts === undefined) continue;
    const month = MONTHS.indexOf(parts["month"] ?? "");
    const [, hour, minute, second] = /^([0-9]{2}):([0-9]{2}):([0-9]{2})$/.exec(parts["time"] ?? "") ?? [];
    if (month < 0 || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || second === undefined) return undefined;
    let year = Number(parts["year"]);
    if (parts["year"]?.length === 2) year += year < 70 ? 2000 : 1900;
    const day = Number(parts["day"]);
    if (year < 1970 || day < 1 || day > new Date(Date.UTC(year, month + 1, 0)).getUTCDate()) return undefined;
    return Date.UTC(year, month, day, Number(hour), Number(minute), Number(second));
  }
  return undefined;
}
