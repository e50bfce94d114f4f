/** What the engine gives: declared here, so that neither the DOM's types nor Node's are needed. */

/** What aborts a call: an `AbortSignal`. */
export interface SignalLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** `AbortSignal` where the caller's own types know it. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer T } } ? T : SignalLike;

/** What `fetch` is given. */
export interface FetchInit {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly redirect: "manual";
  readonly signal: Signal;
}

/** What `fetch` answers. */
export interface FetchResponse {
  readonly status: number;
  readonly type?: string;
  readonly headers: HeadersLike;
  readonly body?: BodyLike | null;
  arrayBuffer(): Promise<ArrayBufferLike>;
}

/** Headers as `fetch` has them. */
export interface HeadersLike {
  forEach(each: (value: string, name: string) => void): void;
}

/** A body that is read piece by piece. */
export interface BodyLike {
  getReader(): { read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>; cancel(): Promise<void> };
}

/** `fetch`, or whatever does the same. */
export type FetchLike = (url: string, init: FetchInit) => Promise<FetchResponse>;

interface Host {
  readonly fetch: FetchLike;
  readonly AbortController: new () => { readonly signal: Signal; abort(reason?: unknown): void };
  readonly TextDecoder: new (
    label: "utf-8",
    options: { readonly fatal: boolean; readonly ignoreBOM: true },
  ) => { decode(bytes: Uint8Array): string };
  readonly TextEncoder: new () => { encode(text: string): Uint8Array };
  readonly setTimeout: (run: () => void, milliseconds: number) => unknown;
  readonly clearTimeout: (timer: unknown) => void;
}

export const host: Host = globalThis as unknown as Host;

/** Bytes as text; `undefined` where they are no UTF-8. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new host.TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Bytes as text, with a mark in place of what is no UTF-8. */
export function lossy(bytes: Uint8Array): string {
  return new host.TextDecoder("utf-8", { fatal: false, ignoreBOM: true }).decode(bytes);
}

/** A text as bytes. */
export function bytesOf(text: string): Uint8Array {
  return new host.TextEncoder().encode(text);
}
