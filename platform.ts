/** Failures that the platform made because the function could not answer. */
import type { PlatformKind, Retry } from "./caught.ts";

/** What the codes that the runtime keeps for itself say, each with its status. */
export const RESERVED: ReadonlyMap<string, readonly [status: number, kind: PlatformKind]> = new Map([
  ["InvalidPayload", [400, "INVALID_PAYLOAD"]],
  ["InternalError", [500, "INTERNAL"]],
  ["FunctionTimeout", [504, "TIMEOUT"]],
]);

/** What a repeat means, where the answer does not say it itself. */
export function retryOfPlatform(kind: PlatformKind): Retry {
  switch (kind) {
    case "INVALID_PAYLOAD":
    case "RESPONSE_TOO_LARGE":
      return "never";
    case "INIT":
      return "backoff";
    case "INTERNAL":
    case "TIMEOUT":
    case "EXITED":
    case "OUT_OF_MEMORY":
      return "idempotent";
  }
}

/** What happened, in a sentence, where the answer has none. */
export function sentenceOf(kind: PlatformKind): string {
  switch (kind) {
    case "INVALID_PAYLOAD":
      return "the input does not fit";
    case "INTERNAL":
      return "the function failed";
    case "TIMEOUT":
      return "the function ran out of time";
    case "EXITED":
      return "the function's process ended";
    case "OUT_OF_MEMORY":
      return "the function ran out of memory";
    case "RESPONSE_TOO_LARGE":
      return "the function's answer was too large";
    case "INIT":
      return "the function could not start";
  }
}
