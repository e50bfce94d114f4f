// One call: an input becomes a request, the answer a value or a failure.

import {
  beside,
  bodyText,
  decode,
  decodeInvocation,
  isFunctionError,
  isSuccess,
  raw,
  unmodelled,
} from "./decode.js";
import {
  type AnyFailure,
  type ErrorSet,
  type Family,
  type RawResponse,
  type Retry,
  type TransportKind,
  isFailure,
  shown,
} from "./failure.js";
import { type Signal, host } from "./host.js";
import { Reader, Unfit } from "./json.js";
import { type Type, split } from "./schema.js";

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

/** A request as it goes out. */
export interface FetchInit {
  readonly method: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
  readonly redirect: "manual";
  /** An `AbortSignal`. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly signal: any;
}

/** What of an answer is used. */
export interface FetchResponse {
  readonly status: number;
  readonly headers: {
    forEach(each: (value: string, name: string) => void): void;
  };
  /** A stream of bytes, if there is one. */
  readonly body?: unknown;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** `fetch`, or whatever does the same. */
export type FetchLike = (
  url: string,
  init: FetchInit,
) => Promise<FetchResponse>;

/** Headers of the caller's. */
export type HeaderList = { readonly [name: string]: string };

/** A request that is about to be sent. */
export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderList;
  readonly body: string | undefined;
}

/** When a call that failed is made again. */
export interface Retries {
  /** How many attempts there are in all: 3. */
  readonly attempts?: number | undefined;
  /** The longest first delay: 100 ms. It doubles with each attempt. */
  readonly firstMs?: number | undefined;
  /** The longest delay: 20 s. Who is asked to wait longer does not. */
  readonly longestMs?: number | undefined;
  /** By when the last attempt has to begin, from the call on. */
  readonly deadlineMs?: number | undefined;
}

/** What a client may be told. */
export interface ClientOptions {
  /** What sends requests: `fetch`. */
  readonly fetch?: FetchLike | undefined;
  /** Headers of each request, or what makes them. */
  readonly headers?:
    HeaderList | (() => HeaderList | Promise<HeaderList>) | undefined;
  /** Signs a request: the headers that it gives are added. */
  readonly sign?:
    | ((request: OutgoingRequest) => HeaderList | Promise<HeaderList>)
    | undefined;
  /** How long one attempt may take, head and body: 35 s. */
  readonly timeoutMs?: number | undefined;
  /** How large a body may be: 10 MB. */
  readonly limit?: number | undefined;
  /** When a call is made again; `false` for never. */
  readonly retries?: Retries | false | undefined;
  /** What proves that an answer is the API's own. */
  readonly trust?: "marks" | "bodies" | undefined;
}

/** What one call may be told. */
export interface CallOptions {
  /** Ends the call: its reason is thrown as it is. */
  readonly signal?: Signal | undefined;
  /** How long one attempt may take. */
  readonly timeoutMs?: number | undefined;
  /** More headers. */
  readonly headers?: HeaderList | undefined;
  /** When this call is made again. */
  readonly retries?: Retries | false | undefined;
}

/** An operation, as the contract has it. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly query: readonly string[];
  /** Members that travel as headers, each with its header. */
  readonly headers: readonly (readonly [string, string])[];
  /** Whether members stand in the body, or which one is the body. */
  readonly body: boolean | { readonly payload: string };
  readonly input: Type;
  readonly output: Type;
}

const IDEMPOTENT: readonly string[] = ["GET", "HEAD", "PUT", "DELETE"];

/** Codes of connections that never were. */
const UNSENT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;

class Refused extends Error {}

/** The calls of an API. */
export class Api {
  readonly #base: string;
  readonly #options: ClientOptions;
  readonly #family: Family;

  constructor(base: string, options: ClientOptions, family: Family) {
    let protocol = "";
    try {
      protocol = new (host.engine().URL)(base).protocol;
    } catch {
      // Its address may hold what is secret: it is not said.
    }
    if (protocol !== "https:" && protocol !== "http:") {
      throw new TypeError("the API's address is no URL of HTTP");
    }
    this.#base = base.replace(/\/+$/, "");
    this.#options = options;
    this.#family = family;
  }

  async call<T>(
    operation: Operation,
    set: ErrorSet,
    input: unknown,
    options: CallOptions = {},
  ): Promise<T> {
    const attempt = (): Promise<T> =>
      this.#attempt<T>(operation, set, input, options);
    return repeated(attempt, options.retries ?? this.#options.retries, options);
  }

  #failed(
    operation: Operation,
    kind: TransportKind,
    message: string,
    source?: unknown,
    unsent = false,
  ): AnyFailure {
    let retry: Retry = "never";
    if (kind === "timeout") retry = "idempotent";
    if (kind === "connection") retry = unsent ? "backoff" : "idempotent";
    const mayHaveBeenSent = kind !== "request" && !unsent;
    const idempotent = IDEMPOTENT.includes(operation.method);
    const who = "transport";
    const parts = { who, code: undefined, message, retry, idempotent } as const;
    const detail = { kind, mayHaveBeenSent, source };
    return new this.#family.Transport(parts, detail);
  }

  async #attempt<T>(
    operation: Operation,
    set: ErrorSet,
    input: unknown,
    options: CallOptions,
  ): Promise<T> {
    const request = await this.#request(operation, input, options);
    const engine = host.engine();
    const { signal } = options;
    signalled(signal);
    const controller = new engine.AbortController();
    const milliseconds = options.timeoutMs ?? this.#options.timeoutMs ?? 35_000;
    let late = false;
    const abort = (): void => controller.abort(signal?.reason);
    signal?.addEventListener("abort", abort);
    const timer = engine.setTimeout(() => {
      late = true;
      controller.abort();
    }, milliseconds);
    let response: RawResponse;
    try {
      const sent = this.#send(request, controller.signal);
      // What does not heed the signal is left behind.
      response = await Promise.race([sent, aborted(controller.signal)]);
    } catch (error) {
      signalled(signal);
      if (late) {
        const message = `the answer did not come within ${milliseconds} ms`;
        throw this.#failed(operation, "timeout", message, error);
      }
      if (error instanceof Refused) {
        throw this.#failed(operation, "refused", error.message);
      }
      const code = codeOf(error);
      const why = code === undefined ? noCode() : ` (${code})`;
      const unsent = code !== undefined && UNSENT.test(code);
      const message = `the request got no response${why}`;
      throw this.#failed(operation, "connection", message, error, unsent);
    } finally {
      engine.clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    }
    return this.#answer<T>(operation, set, response);
  }

  async #send(request: OutgoingRequest, signal: unknown): Promise<RawResponse> {
    const { method, url, headers, body } = request;
    const head = { method, headers, redirect: "manual", signal } as const;
    const init: FetchInit = body === undefined ? head : { ...head, body };
    const fetch =
      this.#options.fetch ?? (host.engine().fetch as FetchLike | undefined);
    if (fetch === undefined) throw new Refused("there is no `fetch`");
    const response = await fetch(url, init);
    if (response.status === 0) {
      throw new Refused("the answer leads elsewhere, which is not followed");
    }
    const limit = this.#options.limit ?? 10 * 1024 * 1024;
    const bytes = await whole(response, limit);
    return raw({
      status: response.status,
      headers: response.headers,
      body: bytes,
    });
  }

  #answer<T>(operation: Operation, set: ErrorSet, response: RawResponse): T {
    const idempotent = IDEMPOTENT.includes(operation.method);
    const options = { trust: this.#options.trust, idempotent };
    if (!isSuccess(response)) {
      throw decode(this.#family, set, response, options);
    }
    const about = beside(response, options);
    let reason: string;
    if (isFunctionError(response.body)) {
      reason = "it is the error of a function that came as a success";
    } else {
      try {
        return output<T>(this.#family, operation.output, response.body);
      } catch (error) {
        if (!(error instanceof Unfit)) throw error;
        reason = `the output does not fit: ${error.message}`;
      }
    }
    throw unmodelled(this.#family, undefined, reason, about);
  }

  async #request(
    operation: Operation,
    input: unknown,
    options: CallOptions,
  ): Promise<OutgoingRequest> {
    const { headers: given, sign } = this.#options;
    const common = typeof given === "function" ? await given() : given;
    let request: OutgoingRequest;
    try {
      request = this.#made(operation, input, { ...common, ...options.headers });
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      const message = `the request can't be made: ${shown(error.message)}`;
      throw this.#failed(operation, "request", message);
    }
    if (sign === undefined) return request;
    const signed = await sign(request);
    return { ...request, headers: { ...request.headers, ...signed } };
  }

  #made(
    operation: Operation,
    input: unknown,
    given: HeaderList,
  ): OutgoingRequest {
    const { method, path, query, body: place } = operation;
    const written = this.#family.types.write(operation.input, input);
    const members = new Map(
      written.startsWith("{") ? split(new Reader(written)) : [],
    );
    const taken = (name: string): string | undefined => {
      const found = members.get(name);
      members.delete(name);
      return found;
    };
    let url = this.#base;
    for (const segment of path.split("/").slice(1)) {
      const name = /^\{(.*)\}$/.exec(segment)?.[1];
      const value = name === undefined ? segment : (scalar(taken(name)) ?? "");
      if (name !== undefined && /^\.{0,2}$/.test(value)) {
        throw new Unfit(`the path parameter \`${name}\` can't be \`${value}\``);
      }
      url += `/${name === undefined ? value : encode(value)}`;
    }
    let separator = "?";
    for (const name of query) {
      const found = taken(name);
      const value = found?.startsWith("[")
        ? listed(name, found)
        : encode(scalar(found));
      if (value === undefined) continue;
      url += `${separator}${encode(name) ?? ""}=${value}`;
      separator = "&";
    }
    const headers: { [name: string]: string } = {};
    for (const [name, value] of Object.entries(given)) {
      headers[name.toLowerCase()] = value;
    }
    for (const [name, header] of operation.headers) {
      const value = scalar(taken(name));
      if (value === undefined) continue;
      if (value.trim() !== value || !/^[ -~]*$/.test(value)) {
        const what = `\`${name}\` can't be sent as the header \`${header}\``;
        throw new Unfit(what);
      }
      headers[header.toLowerCase()] = value;
    }
    headers["accept"] = "application/json";
    let body: string | undefined;
    if (typeof place === "object") {
      body = taken(place.payload) ?? "null";
    } else if (place) {
      const apart =
        path.includes("{") || query.length > 0 || operation.headers.length > 0;
      const left = [...members].map(
        ([name, value]) => `${JSON.stringify(name)}:${value}`,
      );
      body = apart ? `{${left.join(",")}}` : written;
    }
    if (body !== undefined) headers["content-type"] = "application/json";
    return { method, url, headers, body };
  }
}

function output<T>(family: Family, type: Type, body: Uint8Array): T {
  const text = bodyText(body);
  if (text === undefined) throw new Unfit("it is not UTF-8");
  // A 204 has no body; what an operation without an output writes is null.
  return family.types.parse(type, body.length === 0 ? "null" : text) as T;
}

function signalled(signal: Signal | undefined): void {
  if (signal?.aborted) throw signal.reason;
}

function aborted(signal: Signal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => reject(signal.reason as Error);
    if (signal.aborted) fail();
    else signal.addEventListener("abort", fail);
  });
}

interface Chunks {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array }>;
    cancel(): Promise<void>;
  };
}

/** The bytes of an answer, as many as may be. */
async function whole(
  response: FetchResponse,
  limit: number,
): Promise<Uint8Array> {
  const refused = (): Refused =>
    new Refused(
      `the answer has more than ${limit} bytes: raise \`limit\` if that is right`,
    );
  const stream = response.body as Partial<Chunks> | null | undefined;
  if (typeof stream?.getReader !== "function") {
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length > limit) throw refused();
    return bytes;
  }
  const reader = (stream as Chunks).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done || value === undefined) break;
    length += value.length;
    if (length > limit) {
      reader.cancel().catch(() => undefined);
      throw refused();
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** The code of an error, or of what caused it. */
function codeOf(error: unknown): string | undefined {
  let current = error;
  for (let depth = 0; depth < 8; depth += 1) {
    if (typeof current !== "object" || current === null) return undefined;
    const code: unknown = Reflect.get(current, "code");
    if (typeof code === "string" && /^[A-Z][A-Z0-9_]{2,39}$/.test(code)) {
      return code;
    }
    current = Reflect.get(current, "cause");
  }
  return undefined;
}

/** In a browser, missing headers of CORS look like a lost connection. */
function noCode(): string {
  return "document" in globalThis
    ? ", or a browser may not read it (CORS)"
    : "";
}

function scalar(raw: string | undefined): string | undefined {
  if (raw === undefined || raw === "null") return undefined;
  return raw.startsWith('"') ? (JSON.parse(raw) as string) : raw;
}

function encode(text: string): string;
function encode(text: string | undefined): string | undefined;
function encode(text: string | undefined): string | undefined {
  return text === undefined
    ? undefined
    : encodeURIComponent(text).replace(
        /[!'()*]/g,
        (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
      );
}

function listed(name: string, raw: string): string {
  const texts: string[] = [];
  const reader = new Reader(raw);
  reader.list(() => texts.push(scalar(reader.skip()) ?? ""));
  if (
    texts.some((text) => text.includes(",")) ||
    (texts.length === 1 && texts[0] === "")
  ) {
    throw new Unfit(
      `an element of the query's list \`${name}\` is empty or holds a comma, which stands between them`,
    );
  }
  return texts.map((text) => encode(text)).join(",");
}

/** Makes attempts until one succeeds, or none may be made any more. */
async function repeated<T>(
  attempt: () => Promise<T>,
  retries: Retries | false | undefined,
  { signal }: CallOptions,
): Promise<T> {
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
 * How long to wait before the next attempt; nothing where there is none. What
 * is drawn comes on top of what the answer asks for.
 */
export function delayOf(
  failure: AnyFailure,
  made: number,
  elapsedMs: number,
  retries: Retries | false = {},
  drawn: number = Math.random(),
): number | undefined {
  if (retries === false) return undefined;
  const { attempts = 3, firstMs = 100, longestMs = 20_000 } = retries;
  if (made >= attempts || !failure.isRetryable) return undefined;
  const asked = (failure.retryAfter ?? 0) * 1000;
  const left = longestMs - asked;
  if (left < 0) return undefined;
  const delay = asked + Math.min(firstMs * 2 ** (made - 1), left) * drawn;
  const { deadlineMs } = retries;
  const late = deadlineMs !== undefined && elapsedMs + delay > deadlineMs;
  return late ? undefined : delay;
}

function sleep(
  milliseconds: number,
  signal: Signal | undefined,
): Promise<void> {
  const engine = host.engine();
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const stop = (): void => {
      engine.clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = engine.setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop);
  });
}

/** Invokes a function: what the AWS SDK's `Invoke` takes and gives. */
export type Invoke = (payload: string) => Promise<{
  /** What `FunctionError` says, if the function failed. */
  readonly functionError?: string | undefined;
  readonly payload?: Uint8Array | string | undefined;
}>;

/** What a client of a function may be told. */
export interface FunctionOptions {
  readonly retries?: Retries | false | undefined;
}

/** The calls of a function that is invoked directly. */
export class Invocations {
  readonly #invoke: Invoke;
  readonly #options: FunctionOptions;
  readonly #family: Family;

  constructor(invoke: Invoke, options: FunctionOptions, family: Family) {
    this.#invoke = invoke;
    this.#options = options;
    this.#family = family;
  }

  async call<T>(
    operation: string,
    types: { readonly input: Type; readonly output: Type },
    set: ErrorSet,
    input: unknown,
  ): Promise<T> {
    const attempt = (): Promise<T> =>
      this.#attempt<T>(operation, types, set, input);
    return repeated(attempt, this.#options.retries, {});
  }

  async #attempt<T>(
    operation: string,
    types: { readonly input: Type; readonly output: Type },
    set: ErrorSet,
    input: unknown,
  ): Promise<T> {
    const family = this.#family;
    const failed = (
      kind: TransportKind,
      message: string,
      source?: unknown,
    ): AnyFailure => {
      const sent = kind !== "request";
      const retry: Retry = sent ? "idempotent" : "never";
      const parts = { who: "transport", code: undefined, message } as const;
      const detail = { kind, mayHaveBeenSent: sent, source };
      return new family.Transport({ ...parts, retry }, detail);
    };
    let event: string;
    try {
      const written = family.types.write(types.input, input);
      event = `{"operation":${JSON.stringify(operation)},"input":${written}}`;
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      throw failed("request", `the request can't be made: ${error.message}`);
    }
    let answer: Awaited<ReturnType<Invoke>>;
    try {
      answer = await this.#invoke(event);
    } catch (error) {
      const code = codeOf(error);
      const why = code === undefined ? "" : ` (${code})`;
      throw failed("connection", `the request got no response${why}`, error);
    }
    const payload = answer.payload ?? "";
    if (answer.functionError !== undefined) {
      throw decodeInvocation(family, set, payload);
    }
    const { body } = raw({ status: 200, body: payload });
    try {
      return output<T>(family, types.output, body);
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      const reason = `the output does not fit: ${error.message}`;
      const about = beside({ status: 200, headers: [], body }, {});
      throw unmodelled(family, undefined, reason, about);
    }
  }
}
