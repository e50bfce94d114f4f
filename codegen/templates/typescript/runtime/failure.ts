// What every failure has, whoever made it.

import type { JsonValue } from "./json.js";
import type { Field } from "./schema.js";
import type { Types } from "./types.js";

/** Who answered. */
export type Who =
  "api" | "undeclared" | "platform" | "gateway" | "transport" | "unmodelled";

/** What a repeat of the request means. */
export type Retry = "never" | "backoff" | "idempotent";

/** An answer as it came. */
export interface RawResponse {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
}

/** What the body of an error brings beside the error's own members. */
export interface Problem {
  /** What kind of error it is, in a sentence. */
  readonly title?: string | undefined;
  /** What went wrong this time: the message of the failure. */
  readonly detail?: string | undefined;
  /** Where the error is described. */
  readonly type?: string | undefined;
  /** This very occurrence, as the function names it. */
  readonly instance?: string | undefined;
}

/** What is known of a failure; everything has a default. */
export interface About extends Problem {
  /** The HTTP status. */
  readonly status?: number | undefined;
  /** The id to quote when asking for help. */
  readonly requestId?: string | undefined;
  /** What a repeat of the request means. */
  readonly retry?: Retry | undefined;
  /** The seconds to wait before a repeat. */
  readonly retryAfter?: number | undefined;
  /** Whether the request's method is one that may be repeated. */
  readonly idempotent?: boolean | undefined;
  /** How many attempts were made. */
  readonly attempts?: number | undefined;
  /** The answer as it came. */
  readonly response?: RawResponse | undefined;
}

/** What a failure is made of. */
export interface Parts extends About {
  readonly who: Who;
  readonly code: string | undefined;
  readonly message: string;
}

/** Whether a repeat may help. */
export function isRetryable(retry: Retry, idempotent: boolean): boolean {
  return retry === "backoff" || (retry === "idempotent" && idempotent);
}

/** The members of an error that has none. */
export type None = { readonly [name: string]: never };

/** What the status alone says of a repeat. */
export function retryOf(status: number | undefined): Retry {
  if (status === 429) return "backoff";
  return status === 502 || status === 503 || status === 504
    ? "idempotent"
    : "never";
}

/** A word of advice, if it is one. */
export function asRetry(word: string | undefined): Retry | undefined {
  return word === "never" || word === "backoff" || word === "idempotent"
    ? word
    : undefined;
}

/** A failure of any API's client. */
export interface AnyFailure extends Error {
  readonly who: Who;
  readonly code: string | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly retry: Retry;
  readonly retryAfter: number | undefined;
  readonly isRetryable: boolean;
  readonly attempts: number;
}

/** A failure as plain JSON. */
export interface FailureJson {
  readonly name: string;
  readonly who: Who;
  readonly message: string;
  readonly code?: string;
  readonly status?: number;
  readonly requestId?: string;
  readonly retry: Retry;
  readonly retryAfter?: number;
  readonly isRetryable: boolean;
  readonly attempts: number;
  readonly [member: string]: JsonValue;
}

/** The class of a declared error, as the decoder needs it. */
export interface DeclaredClass {
  readonly code: string;
  readonly status: number;
  readonly retry: Retry;
  readonly title: string;
  readonly fields: readonly Field[];
  new (fields: never, about?: About): AnyFailure;
}

/** The errors that are declared together. */
export type ErrorSet = readonly DeclaredClass[];

/** The classes of an API. */
export interface Family {
  readonly types: Types;
  readonly errors: ErrorSet;
  readonly Undeclared: new (parts: Parts, members: Untyped) => AnyFailure;
  readonly Platform: new (parts: Parts, kind: PlatformDetail) => AnyFailure;
  readonly Gateway: new (parts: Parts, kind: GatewayDetail) => AnyFailure;
  readonly Transport: new (parts: Parts, kind: TransportDetail) => AnyFailure;
  readonly Unmodelled: new (parts: Parts, reason: string) => AnyFailure;
}

/** What happened to the function. */
export type PlatformKind =
  | "INVALID_PAYLOAD"
  | "INTERNAL"
  | "TIMEOUT"
  | "EXITED"
  | "OUT_OF_MEMORY"
  | "RESPONSE_TOO_LARGE"
  | "INIT";

/** What a platform's failure says. */
export interface PlatformDetail {
  readonly kind: PlatformKind;
  /** Of `INVALID_PAYLOAD`: the place in the input. */
  readonly path?: string | undefined;
  /** Of `INVALID_PAYLOAD`: what is wrong there. */
  readonly reason?: string | undefined;
}

/** Which error of API Gateway it is. */
export type GatewayKind =
  | "ACCESS_DENIED"
  | "API_CONFIGURATION_ERROR"
  | "AUTHORIZER_CONFIGURATION_ERROR"
  | "AUTHORIZER_FAILURE"
  | "BAD_REQUEST"
  | "BAD_REQUEST_BODY"
  | "BAD_REQUEST_PARAMETERS"
  | "EXPIRED_TOKEN"
  | "FORBIDDEN"
  | "INCOMPLETE_SIGNATURE"
  | "INTEGRATION_FAILURE"
  | "INTEGRATION_TIMEOUT"
  | "INTERNAL_SERVER_ERROR"
  | "INVALID_API_KEY"
  | "INVALID_SIGNATURE"
  | "MISSING_AUTHENTICATION_TOKEN"
  | "OTHER"
  | "QUOTA_EXCEEDED"
  | "REQUEST_TOO_LARGE"
  | "RESOURCE_NOT_FOUND"
  | "THROTTLED"
  | "UNAUTHORIZED"
  | "UNRECOGNIZED_CLIENT"
  | "UNSUPPORTED_MEDIA_TYPE"
  | "WAF_FILTERED";

/** What a gateway's failure says. */
export interface GatewayDetail {
  readonly kind: GatewayKind;
  /** `x-amzn-errortype` as it came; empty if only the code tells. */
  readonly errorType: string;
}

/** Why there is no answer. */
export type TransportKind =
  /** It did not come in time. */
  | "timeout"
  /** The connection failed. */
  | "connection"
  /** The request can't be made. */
  | "request"
  /** The answer is refused: it is too large, or leads elsewhere. */
  | "refused";

/** What a failure without an answer says. */
export interface TransportDetail {
  readonly kind: TransportKind;
  /** Whether the function may have got the request. */
  readonly mayHaveBeenSent: boolean;
  /** The error of the HTTP library; it is never printed. */
  readonly source?: unknown;
}

/** Members of an error, each as the JSON text that it came as. */
export class Untyped {
  readonly #members: readonly (readonly [string, string])[];

  constructor(members: readonly (readonly [string, string])[] = []) {
    this.#members = members;
  }

  /** The JSON text of a member. */
  get(name: string): string | undefined {
    return this.#members.find(([known]) => known === name)?.[1];
  }

  /** All of them, by their names. */
  entries(): readonly (readonly [string, string])[] {
    return this.#members;
  }
}

/** A text as it is shown: cut, and without what a terminal obeys. */
export function shown(text: string): string {
  const start = Array.from(text.slice(0, 8192)).slice(0, 4096).join("");
  const escaped = start.replace(
    // eslint-disable-next-line no-control-regex
    /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (found) => `\\u{${found.charCodeAt(0).toString(16)}}`,
  );
  return start.length < text.length ? `${escaped}…` : escaped;
}

/** What is given, without what is left open. */
export function given<T extends object>(all: T): Partial<T> {
  const said: Partial<T> = {};
  for (const name of Object.keys(all) as (keyof T)[]) {
    if (all[name] !== undefined) said[name] = all[name];
  }
  return said;
}
