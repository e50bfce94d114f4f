// The payload of an invocation that failed, as a failure.

import { decoded } from "./answer.js";
import { aboutOf, fromProblem, parts, unmodelled } from "./decode.js";
import {
  type About,
  type AnyFailure,
  type ErrorSet,
  type Family,
  Untyped,
  retryOf,
} from "./failure.js";
import { host } from "./host.js";
import { member, parse } from "./json.js";
import { RESERVED, idIn, kindOf, platformRetry, sentence } from "./platform.js";
import { everyMember } from "./problem.js";

/**
 * Decodes the payload of an invocation that failed, or the `Cause` of a failed
 * task of Step Functions.
 */
export function decodeInvocation(
  family: Family,
  set: ErrorSet,
  payload: Uint8Array | string,
): AnyFailure {
  const bytes = typeof payload === "string" ? host.encode(payload) : payload;
  const text = decoded(bytes);
  const parsed = text === undefined ? undefined : parse(text);
  const isObject =
    typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
  const said = (name: string): string | undefined => {
    const found = member(parsed, name);
    return typeof found === "string" ? found : undefined;
  };
  const errorType = said("errorType") ?? "";
  const whole = isObject ? "" : host.decodeLoosely(bytes);
  const message = said("errorMessage") ?? cut(whole) ?? whole;
  const response = { status: 200, headers: [], body: bytes };
  const about: About = { response, idempotent: false };
  const tagged = tag(message);
  if (tagged !== undefined) {
    const { code, problem } = tagged;
    const read = fromProblem(family, set, code, host.encode(problem));
    if (read.ok) return read.make(aboutOf(read.known, about));
    if (RESERVED.has(code) || set.some((error) => error.code === code)) {
      return unmodelled(family, code, read.reason, aboutOf(read.known, about));
    }
  }
  const kind = kindOf(errorType, message);
  const status = kind === "TIMEOUT" ? 504 : 500;
  const requestId = idIn(message);
  const detail = message === "" ? undefined : message.trimEnd();
  if (tagged !== undefined) {
    const members = everyMember(text ?? "");
    const retry = retryOf(status);
    const full = { ...about, status, requestId, detail, retry };
    return new family.Undeclared(
      parts("undeclared", tagged.code, full),
      new Untyped(members),
    );
  }
  const code = kind === "TIMEOUT" ? "FunctionTimeout" : "InternalError";
  const retry = platformRetry(kind);
  const full = { ...about, status, requestId, detail, retry };
  const made = {
    ...parts("platform", code, full),
    message: sentence({ kind }),
  };
  return new family.Platform(made, { kind });
}

/** The message of a payload that was cut off. */
function cut(payload: string): string | undefined {
  const message =
    /^\{"(?:errorType":"[A-Za-z][A-Za-z0-9_-]{0,63}",")?errorMessage":"([^]*)$/.exec(
      payload,
    )?.[1];
  return message !== undefined && tag(message) ? message : undefined;
}

/** The code in brackets before a problem, as the function writes them. */
function tag(
  message: string,
): { readonly code: string; readonly problem: string } | undefined {
  const found = /^\[([A-Za-z][A-Za-z0-9_-]{0,63})\] ([^]*)$/.exec(message);
  return found === null
    ? undefined
    : { code: found[1] ?? "", problem: found[2] ?? "" };
}
