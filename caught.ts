/** What every failure has, and what was caught, before it becomes an error. */
import type { Fields } from "./schema.ts";

/**
 * Who answered: `api` a declared error of the operation, `undeclared` one that this client does not know, `platform` the
 * function that could not answer, `gateway` API Gateway itself, `transport` nobody, `unmodelled` somebody of whom nothing
 * is proved.
 */
export type Who = "api" | "undeclared" | "platform" | "gateway" | "transport" | "unmodelled";

/**
 * What a repeat of the request means: `never` that it fails the same way, `backoff` that the request was not carried out and
 * may be repeated after a delay, `idempotent` that it may have been, so that only a harmless one may be repeated.
 */
export type Retry = "never" | "backoff" | "idempotent";

/** What happened to a function that could not answer. */
export type PlatformKind =
  "INVALID_PAYLOAD" | "INTERNAL" | "TIMEOUT" | "EXITED" | "OUT_OF_MEMORY" | "RESPONSE_TOO_LARGE" | "INIT";

/** Which error of API Gateway it is: its gateway response types, and what a stock answer does not tell apart. */
export type GatewayKind =
  | "ACCESS_DENIED"
  | "API_CONFIGURATION_ERROR"
  | "AUTHORIZER_CONFIGURATION_ERROR"
  | "AUTHORIZER_FAILURE"
  | "BAD_REQUEST_BODY"
  | "BAD_REQUEST_PARAMETERS"
  | "EXPIRED_TOKEN"
  | "INTEGRATION_FAILURE"
  | "INTEGRATION_TIMEOUT"
  | "INVALID_API_KEY"
  | "INVALID_SIGNATURE"
  | "MISSING_AUTHENTICATION_TOKEN"
  | "QUOTA_EXCEEDED"
  | "REQUEST_TOO_LARGE"
  | "RESOURCE_NOT_FOUND"
  | "THROTTLED"
  | "UNAUTHORIZED"
  | "UNSUPPORTED_MEDIA_TYPE"
  | "WAF_FILTERED"
  | "BAD_REQUEST"
  | "FORBIDDEN"
  | "INTERNAL_SERVER_ERROR"
  | "INCOMPLETE_SIGNATURE"
  | "UNRECOGNIZED_CLIENT"
  | "OTHER";

/**
 * Why there is no answer: `request` it could not be made, `unsent` nobody took it, `lost` it got no response, `timeout` the
 * time was over, `size` the body is too long, `redirect` the answer leads elsewhere.
 */
export type TransportKind = "request" | "unsent" | "lost" | "timeout" | "size" | "redirect";

/** An answer as it came. */
export interface Received {
  readonly status: number;
  /** Names in small letters. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

/** What a failure brings beside what is its own. */
export interface About {
  /** The HTTP status. */
  readonly status?: number | undefined;
  /** The summary, the same each time the error occurs. */
  readonly title?: string | undefined;
  /** What went wrong this time. */
  readonly detail?: string | undefined;
  /** The address of the error's documentation. */
  readonly type?: string | undefined;
  /** The request id under which the function logged the error. */
  readonly instance?: string | undefined;
  /** The id to quote when asking for help. */
  readonly requestId?: string | undefined;
  /** What a repeat of the request means. */
  readonly retry?: Retry | undefined;
  /** Seconds after which the request may be repeated. */
  readonly retryAfter?: number | undefined;
  /** Whether the request's method makes a repeat harmless. */
  readonly idempotent?: boolean | undefined;
  /** How many attempts were made. */
  readonly attempts?: number | undefined;
  /** The answer as it came. */
  readonly response?: Received | undefined;
  /** What this failure comes from. */
  readonly cause?: unknown;
}

/** What the contract says of an error. */
export interface Declared<E> {
  readonly code: string;
  readonly status: number;
  readonly retry: Retry;
  readonly title: string;
  readonly type?: string;
  readonly fields: Fields;
  readonly make: (fields: never, about: About) => E;
}

/** Members as they came, each with its text. */
export type Members = readonly (readonly [name: string, text: string])[];

/** What an answer is. */
export type Caught<E> =
  | { readonly who: "api"; readonly declared: Declared<E>; readonly fields: object; readonly about: About }
  | { readonly who: "undeclared"; readonly code: string; readonly members: Members; readonly about: About }
  | {
      readonly who: "platform";
      readonly kind: PlatformKind;
      readonly code: string;
      readonly path?: string | undefined;
      readonly reason?: string | undefined;
      readonly about: About;
    }
  | {
      readonly who: "gateway";
      readonly kind: GatewayKind;
      readonly errorType: string;
      readonly said: string | undefined;
      readonly about: About;
    }
  | {
      readonly who: "unmodelled";
      readonly code: string | undefined;
      readonly reason: string;
      readonly about: About;
    };

/** What a repeat means by the status alone. */
export function retryOfStatus(status: number): Retry {
  if (status === 429) return "backoff";
  return status === 502 || status === 503 || status === 504 ? "idempotent" : "never";
}

/** Whether a failed request may be sent again. */
export function isRetryable(retry: Retry, idempotent: boolean): boolean {
  return retry === "backoff" || (retry === "idempotent" && idempotent);
}
