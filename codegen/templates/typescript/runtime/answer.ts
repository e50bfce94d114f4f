// An answer of HTTP: its headers, its body, and what it says whoever wrote it.

import type { RawResponse } from "./failure.js";
import { host } from "./host.js";

/** An answer to decode. */
export interface Answer {
  readonly status: number;
  /** Pairs of names and values, a `Headers`, or an object. */
  readonly headers?:
    | Iterable<readonly [string, string]>
    | { forEach(each: (value: string, name: string) => void): void }
    | { readonly [name: string]: string | readonly string[] | undefined }
    | undefined;
  readonly body?: Uint8Array | string | undefined;
}

/** An answer with its headers in one form. */
export function raw(answer: Answer): RawResponse {
  const headers: [string, string][] = [];
  const push = (value: string, name: string): void => {
    headers.push([name.toLowerCase(), value]);
  };
  const from = answer.headers ?? [];
  if (Symbol.iterator in from) {
    for (const [name, value] of from) push(value, name);
  } else if (typeof from["forEach"] === "function") {
    (from as { forEach(each: typeof push): void }).forEach(push);
  } else {
    for (const [name, values] of Object.entries(from)) {
      for (const value of [values ?? []].flat()) push(String(value), name);
    }
  }
  const { status, body = "" } = answer;
  const bytes = typeof body === "string" ? host.encode(body) : body;
  return { status, headers, body: bytes };
}

/** The values of a header that are plain texts. */
export function all(response: RawResponse, name: string): string[] {
  return response.headers.flatMap(([known, value]) =>
    known === name && /^[\t -~]*$/.test(value) ? [value] : [],
  );
}

/** The first value of a header, if it is a plain text. */
export function header(
  response: RawResponse,
  name: string,
): string | undefined {
  const found = response.headers.find(([known]) => known === name)?.[1];
  return found !== undefined && /^[\t -~]*$/.test(found) ? found : undefined;
}

/** A header's value without the blanks around it. */
export function trim(text: string): string {
  return text.replace(/^[ \t\n\r\f\v]+|[ \t\n\r\f\v]+$/g, "");
}

/**
 * Whether an answer is a success: its status is one, and no `x-error-code`
 * says otherwise.
 */
export function isSuccess(answer: Answer): boolean {
  const { status, headers } = raw(answer);
  const coded = headers.some(([name]) => name === "x-error-code");
  return status >= 200 && status < 300 && !coded;
}

/** A body without the byte-order mark. */
export function unmarked(body: Uint8Array): Uint8Array {
  const marked = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  return marked ? body.subarray(3) : body;
}

/** A body as a text; nothing where it is not UTF-8. */
export function decoded(body: Uint8Array): string | undefined {
  try {
    return host.decode(body);
  } catch {
    return undefined;
  }
}

/** A body as a text, without its byte-order mark. */
export function bodyText(body: Uint8Array): string | undefined {
  return decoded(unmarked(body));
}

/** Whether the body of a success is the error of a function. */
export function isFunctionError(body: Uint8Array | string): boolean {
  const said = typeof body === "string" ? body : ascii(unmarked(body), 17);
  return /^\ufeff?\{"error(?:Message|Type)":"/.test(said);
}

/** The first bytes as a text, one character each. */
export function ascii(bytes: Uint8Array, length: number): string {
  return String.fromCharCode(...bytes.subarray(0, length));
}

/** The id of a request, as the gateway names it. */
export function requestIdOf(response: RawResponse): string | undefined {
  return (
    header(response, "x-amzn-requestid") ?? header(response, "apigw-requestid")
  );
}
