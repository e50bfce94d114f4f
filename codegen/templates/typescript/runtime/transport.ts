// Why there is no answer.

import {
  type AnyFailure,
  type Family,
  type Retry,
  type TransportKind,
  shown,
} from "./failure.js";

/** Why there is no answer, before a client makes its failure of it. */
export class NoAnswer extends Error {
  readonly kind: TransportKind;
  /** Whether the function may have got the request. */
  readonly sent: boolean;
  /** What was thrown, if something was. */
  readonly source: unknown;

  constructor(
    kind: TransportKind,
    message: string,
    { sent, source }: { sent: boolean; source?: unknown },
  ) {
    super(message);
    this.kind = kind;
    this.sent = sent;
    this.source = source;
  }
}

/** The failure of a request that can't be made. */
export function unmade(why: string, source?: unknown): NoAnswer {
  const message = `the request can't be made: ${shown(why)}`;
  return new NoAnswer("request", message, { sent: false, source });
}

/** The failure of what was thrown in place of an answer. */
export function unanswered(source: unknown): NoAnswer {
  const code = codeOf(source);
  const sent = code === undefined || !UNSENT.test(code);
  const why = code === undefined ? unsaid() : ` (${code})`;
  const message = `the request got no response${why}`;
  return new NoAnswer("connection", message, { sent, source });
}

/** The failure of a client that got no answer. */
export function transport(
  family: Family,
  reason: NoAnswer,
  idempotent: boolean,
): AnyFailure {
  const { kind, message, sent, source } = reason;
  let retry: Retry = "never";
  if (kind === "timeout" || kind === "connection") {
    retry = sent ? "idempotent" : "backoff";
  }
  const who = "transport";
  const parts = { who, code: undefined, message, retry, idempotent } as const;
  return new family.Transport(parts, { kind, mayHaveBeenSent: sent, source });
}

/** Codes of connections that never were. */
const UNSENT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;

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
function unsaid(): string {
  return "document" in globalThis
    ? ", or a browser may not read it (CORS)"
    : "";
}
