// What a client and its calls may be told.

import type { DecodeOptions } from "./decode.js";
import type { Signal } from "./host.js";

/** What is given to `fetch` beside the address. */
export interface FetchInit {
  readonly method: string;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
  readonly redirect: "manual";
  /** An `AbortSignal`. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly signal: any;
}

/** What is used of the answer of `fetch`. */
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

/** Headers by their names. */
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
  /** How many attempts there are in all. The default is 3. */
  readonly attempts?: number | undefined;
  /** The longest first delay, which doubles with each attempt. The default is 100 ms. */
  readonly firstMs?: number | undefined;
  /**
   * The longest delay. The default is 20 s. Where the answer asks for a longer
   * one, there is no other attempt.
   */
  readonly longestMs?: number | undefined;
  /** How long after the beginning of the call the last attempt may begin. There is no default. */
  readonly deadlineMs?: number | undefined;
}

/** Options of a client. */
export interface ClientOptions extends Pick<DecodeOptions, "trust"> {
  /** What sends requests. The default is the global `fetch`. */
  readonly fetch?: FetchLike | undefined;
  /** Headers of each request, or a function that makes them for each attempt. */
  readonly headers?:
    HeaderList | (() => HeaderList | Promise<HeaderList>) | undefined;
  /** Signs each attempt: the headers that it gives are added to the request's. */
  readonly sign?:
    | ((request: OutgoingRequest) => HeaderList | Promise<HeaderList>)
    | undefined;
  /** How long one attempt may take, from its headers to the end of the answer. The default is 35 s. */
  readonly timeoutMs?: number | undefined;
  /** How many bytes an answer may have. The default is 10 MiB. */
  readonly limit?: number | undefined;
  /** When a call is made again; `false` for never. */
  readonly retries?: Retries | false | undefined;
}

/** Options of one call, which go before the client's. */
export interface CallOptions {
  /** An `AbortSignal` that ends the call, which then throws the signal's reason. */
  readonly signal?: Signal | undefined;
  /** How long one attempt may take. */
  readonly timeoutMs?: number | undefined;
  /** Headers beside the client's. */
  readonly headers?: HeaderList | undefined;
  /** When this call is made again; `false` for never. */
  readonly retries?: Retries | false | undefined;
}
