// What every engine has, without the types of a browser or of Node.

interface Decoder {
  decode(bytes: Uint8Array): string;
}

interface Host {
  readonly TextEncoder: new () => { encode(text: string): Uint8Array };
  readonly TextDecoder: new (
    label: string,
    options: { fatal: boolean; ignoreBOM: boolean },
  ) => Decoder;
  readonly AbortController: new () => {
    readonly signal: Signal;
    abort(reason?: unknown): void;
  };
  readonly URL: new (url: string) => {
    readonly protocol: string;
    readonly search: string;
    readonly hash: string;
  };
  readonly fetch: unknown;
  setTimeout(call: () => void, milliseconds: number): unknown;
  clearTimeout(timer: unknown): void;
}

/** What of an `AbortSignal` is used. */
export interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** The longest time that timers take: with a longer one they end at once. */
export const LONGEST: number = 2 ** 31 - 1;

const engine = globalThis as unknown as Host;

/** The engine, by what is used of it. */
export const host: {
  encode(text: string): Uint8Array;
  decode(bytes: Uint8Array): string;
  decodeLoosely(bytes: Uint8Array): string;
  engine(): Host;
} = {
  encode: (text) => new engine.TextEncoder().encode(text),
  /** Refuses what is not UTF-8; a byte-order mark stays. */
  decode: (bytes) => (strict ??= decoder(true)).decode(bytes),
  decodeLoosely: (bytes) => decoder(false).decode(bytes),
  engine: () => engine,
};

/** Made once, for it takes longer than what it does. */
let strict: Decoder | undefined;

function decoder(fatal: boolean): Decoder {
  return new engine.TextDecoder("utf-8", { fatal, ignoreBOM: true });
}
