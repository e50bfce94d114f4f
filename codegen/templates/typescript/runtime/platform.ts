// What happens to a function before it can answer.

import {
  type PlatformDetail,
  type PlatformKind,
  type Retry,
  shown,
} from "./failure.js";

/** The codes that no API declares. */
export const RESERVED: ReadonlyMap<
  string,
  {
    readonly status: number;
    readonly kind: PlatformKind;
    readonly retry: Retry;
  }
> = new Map([
  ["InvalidPayload", { status: 400, kind: "INVALID_PAYLOAD", retry: "never" }],
  ["InternalError", { status: 500, kind: "INTERNAL", retry: "idempotent" }],
  ["FunctionTimeout", { status: 504, kind: "TIMEOUT", retry: "idempotent" }],
]);

/** What a repeat means after what happened. */
export function platformRetry(kind: PlatformKind): Retry {
  switch (kind) {
    case "INVALID_PAYLOAD":
    case "RESPONSE_TOO_LARGE":
      return "never";
    case "INIT":
      return "backoff";
    default:
      return "idempotent";
  }
}

/** What happened, in a sentence. */
export function sentence(detail: PlatformDetail): string {
  switch (detail.kind) {
    case "INVALID_PAYLOAD":
      if (!detail.reason) return "the input does not fit";
      return detail.path
        ? `the input does not fit at \`${shown(detail.path)}\`: ${shown(detail.reason)}`
        : `the input does not fit: ${shown(detail.reason)}`;
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

/** What happened, by what Lambda says of it. */
export function kindOf(errorType: string, message: string): PlatformKind {
  const says = (text: string): boolean => message.includes(text);
  if (says("Task timed out after ")) return "TIMEOUT";
  switch (errorType) {
    case "Sandbox.Timedout":
      return "TIMEOUT";
    case "Runtime.OutOfMemory":
      return "OUT_OF_MEMORY";
    case "Function.ResponseSizeTooLarge":
      return "RESPONSE_TOO_LARGE";
    case "Runtime.InitError":
    case "Runtime.InvalidEntrypoint":
    case "Runtime.InvalidWorkingDir":
    case "Extension.InitError":
    case "Extension.LaunchError":
      return "INIT";
    case "Runtime.ExitError":
      return says("signal: killed") ? "OUT_OF_MEMORY" : "EXITED";
    case "Extension.ExitError":
    case "Extension.Crash":
      return "EXITED";
    case "":
      if (says("signal: killed")) return "OUT_OF_MEMORY";
      if (
        says("untime exited with") ||
        says("Process exited before completing request")
      ) {
        return "EXITED";
      }
      return says("exceeded maximum allowed payload size")
        ? "RESPONSE_TOO_LARGE"
        : "INTERNAL";
    default:
      return "INTERNAL";
  }
}

/** The id of the request in a message of Lambda. */
export function idIn(message: string): string | undefined {
  const start = "RequestId: ";
  let id: string | undefined;
  if (message.startsWith(start)) {
    id = message.slice(start.length).split(" ")[0];
  } else {
    const at = message.indexOf(" Task timed out after ");
    if (at >= 0) id = message.slice(0, at).split(" ").at(-1);
  }
  return id !== undefined && /^[0-9A-Fa-f-]+$/.test(id) ? id : undefined;
}
