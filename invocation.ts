/** Functions called without API Gateway: a direct `Invoke`, and a task of Step Functions. */
import type { Caught, PlatformKind } from "./caught.ts";
import { type Asked, type Codes, isCode, ofProblem, unmodelled } from "./decode.ts";
import { retryOfStatus } from "./caught.ts";
import { bytesOf, lossy, utf8 } from "./host.ts";
import { parsed, textOf } from "./json.ts";
import { RESERVED, retryOfPlatform } from "./platform.ts";
import { membersOf } from "./schema.ts";

/** Decodes the payload of an `Invoke` whose `FunctionError` is set, or the `Cause` of a failed task. */
export function caughtOfPayload<E>(codes: Codes<E>, asked: Asked, payload: Uint8Array | string): Caught<E> {
  const text = typeof payload === "string" ? payload : utf8(payload);
  const value = text === undefined ? undefined : parsed(text);
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const known = isObject ? value : undefined;
  // What is no payload at all is a text of the platform's.
  const plain = isObject ? "" : (text ?? lossy(payload as Uint8Array));
  const message = textOf(known, "errorMessage") ?? cut(plain) ?? plain;
  const tagged = tag(message);
  const { attempts } = asked;
  if (tagged !== undefined) {
    const [code, body] = tagged;
    const found = ofProblem(codes, code, body);
    if (found.who !== "unmodelled") return { ...found, about: { ...found.about, attempts } };
    if (codes.has(code) || RESERVED.has(code)) {
      const response = {
        status: found.about.status,
        headers: [],
        body: typeof payload === "string" ? bytesOf(payload) : payload,
      };
      return unmodelled(code, found.reason, found.problem, found.retry, asked, response);
    }
  }
  const kind = kindOf(textOf(known, "errorType") ?? "", message);
  const status = kind === "TIMEOUT" ? 504 : 500;
  const detail = message === "" ? undefined : message.trimEnd();
  const about = { status, detail, requestId: requestIdOf(message), attempts };
  if (tagged !== undefined) {
    // A tagged message whose problem can't be read keeps its code.
    const members = isObject && text !== undefined ? membersOf(text) : [];
    return { who: "undeclared", code: tagged[0], members, about: { ...about, retry: retryOfStatus(status) } };
  }
  const code = kind === "TIMEOUT" ? "FunctionTimeout" : "InternalError";
  return { who: "platform", kind, code, about: { ...about, retry: retryOfPlatform(kind) } };
}

/** What happened to the function: by `errorType`, and by the text where older platforms give no type. */
function kindOf(errorType: string, message: string): PlatformKind {
  // As behind API Gateway, a timeout is told by its text alone.
  if (message.includes("Task timed out after ")) return "TIMEOUT";
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
      // On Lambda nobody but the kernel kills a process so, and that where memory has run out.
      return message.includes("signal: killed") ? "OUT_OF_MEMORY" : "EXITED";
    case "Extension.ExitError":
    case "Extension.Crash":
      return "EXITED";
    case "":
      if (message.includes("signal: killed")) return "OUT_OF_MEMORY";
      // `Runtime exited …`, which managed instances write in lower case.
      if (message.includes("untime exited with") || message.includes("Process exited before completing request")) {
        return "EXITED";
      }
      return message.includes("exceeded maximum allowed payload size") ? "RESPONSE_TOO_LARGE" : "INTERNAL";
    default:
      return "INTERNAL";
  }
}

/** The request id in a text of Lambda's: `RequestId: ID …`, in older timeouts `DATE ID Task timed out …`. */
function requestIdOf(message: string): string | undefined {
  const late = message.indexOf(" Task timed out after ");
  const id = message.startsWith("RequestId: ")
    ? message.slice(11).split(" ", 1)[0]
    : late < 0
      ? undefined
      : message.slice(0, late).split(" ").at(-1);
  return id !== undefined && /^[0-9a-fA-F-]+$/.test(id) ? id : undefined;
}

/** The message of a payload that was cut: what stands before it holds nothing of a caller's. */
function cut(payload: string): string | undefined {
  const message = /^\{"(?:errorType":"[A-Za-z][A-Za-z0-9_-]{0,63}","errorMessage|errorMessage)":"([^]*)$/.exec(payload)?.[1];
  return message !== undefined && tag(message) !== undefined ? message : undefined;
}

/** Takes a message apart: `[OrderNotFound] {…}`. */
function tag(message: string): readonly [code: string, problem: string] | undefined {
  const end = message.indexOf("] ");
  if (!message.startsWith("[") || end < 0) return undefined;
  const code = message.slice(1, end);
  return isCode(code) ? [code, message.slice(end + 2)] : undefined;
}
