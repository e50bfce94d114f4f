// From an answer to a failure: the error that it is, typed where the API declares it.

import {
  type Answer,
  bodyText,
  decoded,
  raw,
  requestIdOf,
  unmarked,
} from "./answer.js";
import { retryAfterOf } from "./delay.js";
import {
  type About,
  type AnyFailure,
  type DeclaredClass,
  type ErrorSet,
  type Family,
  type Parts,
  type PlatformDetail,
  type RawResponse,
  type Retry,
  Untyped,
  type Who,
  asRetry,
  retryOf,
  shown,
} from "./failure.js";
import { gateway, stock } from "./gateway.js";
import { Unfit, put } from "./json.js";
import { origin } from "./origin.js";
import { RESERVED, sentence } from "./platform.js";
import { type Said, plain, readProblem } from "./problem.js";
import type { Type } from "./schema.js";

/** How an answer is decoded. */
export interface DecodeOptions {
  /**
   * What proves that an answer is the API's own: `marks` are our header, the
   * media type of a problem or `x-amzn-errortype`; with `bodies` a code in the
   * body is enough.
   */
  readonly trust?: "marks" | "bodies" | undefined;
  /** Whether the request's method is one that may be repeated. */
  readonly idempotent?: boolean | undefined;
}

/** Decodes an answer that is no success. */
export function decode(
  family: Family,
  set: ErrorSet,
  answer: Answer,
  options: DecodeOptions = {},
): AnyFailure {
  const whole = raw(answer);
  const body = unmarked(whole.body);
  const response = { ...whole, body };
  const about = beside(whole, options);
  const from = origin(options.trust === "bodies", response);
  if (from.by === "gateway") {
    return gateway(family, from.kind, from.types, body, about);
  }
  if (from.by === "stranger") {
    const said = decoded(body);
    const kind = said === undefined ? said : stock(whole.status, said);
    if (kind !== undefined) return gateway(family, kind, "", body, about);
    const reason =
      from.code === undefined
        ? "it names no error"
        : "nothing shows that the API wrote it";
    return unmodelled(family, from.code, reason, about);
  }
  const problem = fromProblem(family, set, from.code, body);
  const full = aboutOf(problem.known, about);
  return problem.ok
    ? problem.make(full)
    : unmodelled(family, from.code, problem.reason, full);
}

/** What an answer says whoever wrote it. */
export function beside(response: RawResponse, options: DecodeOptions): About {
  return {
    status: response.status,
    requestId: requestIdOf(response),
    retryAfter: retryAfterOf(response),
    idempotent: options.idempotent ?? false,
    response,
  };
}

/** What of a problem stays after it is read. */
interface Known {
  readonly code: string;
  readonly said: Said;
  readonly retry: Retry | undefined;
}

type Decoded =
  | {
      readonly ok: true;
      readonly make: (about: About) => AnyFailure;
      readonly known: Known;
    }
  | { readonly ok: false; readonly reason: string; readonly known: Known };

/** Decodes a problem whose code is known. */
export function fromProblem(
  family: Family,
  set: ErrorSet,
  code: string,
  body: Uint8Array,
): Decoded {
  const declared = set.find((error) => error.code === code);
  if (declared !== undefined) return fromDeclared(family, declared, body);
  const reserved = RESERVED.get(code);
  const read = readProblem(body, 0, (members) => members.all());
  bound(read.said, reserved?.status ?? 500);
  const known = { code, said: read.said, retry: reserved?.retry };
  if (read.reason !== undefined) {
    return { ok: false, reason: read.reason, known };
  }
  const members = new Untyped(read.value);
  if (reserved === undefined) {
    const make = (about: About): AnyFailure =>
      new family.Undeclared(parts("undeclared", code, about), members);
    return { ok: true, known, make };
  }
  const detail: PlatformDetail =
    code === "InvalidPayload"
      ? {
          kind: reserved.kind,
          path: plain(members.get("path")) ?? "",
          reason: plain(members.get("reason")) ?? "",
        }
      : { kind: reserved.kind };
  const make = (about: About): AnyFailure =>
    new family.Platform(
      { ...parts("platform", code, about), message: sentence(detail) },
      detail,
    );
  return { ok: true, known, make };
}

function fromDeclared(
  family: Family,
  declared: DeclaredClass,
  body: Uint8Array,
): Decoded {
  const { code, status, retry, fields } = declared;
  const read = readProblem(body, status, (members) => {
    const out: { [name: string]: unknown } = {};
    for (const field of fields) {
      const { reader: values } = family.types;
      const value = members.take<unknown>(
        field.name,
        (reader) => values.member(field, reader),
        () => values.missing(field),
      );
      put(out, field.member ?? field.name, value);
    }
    return out;
  });
  bound(read.said, status);
  const known = { code, said: read.said, retry };
  const reason = read.said.truncated
    ? "the function left the error's fields out"
    : read.reason;
  if (reason !== undefined) return { ok: false, reason, known };
  const make = (about: About): AnyFailure =>
    new declared(read.value as never, about);
  return { ok: true, known, make };
}

function bound(said: Said, known: number): void {
  if (said.status < 400 || said.status > 599) said.status = known;
}

/** What a failure is made of. */
export function parts(who: Who, code: string | undefined, about: About): Parts {
  const detail = about.detail ?? about.title ?? "";
  return { ...about, who, code, message: shown(detail || (code ?? who)) };
}

/** What a problem says of itself, with what is known beside. */
export function aboutOf(known: Known, beside: About): About {
  const { said, retry } = known;
  return {
    ...beside,
    title: said.title,
    detail: said.detail,
    type: said.type,
    instance: said.instance,
    status: beside.status ?? said.status,
    requestId: said.instance ?? beside.requestId,
    retry:
      asRetry(said.retryable) ?? retry ?? retryOf(beside.status ?? said.status),
    retryAfter: said.retryAfter ?? beside.retryAfter,
  };
}

/** An answer that nothing explains. */
export function unmodelled(
  family: Family,
  code: string | undefined,
  reason: string,
  about: About,
): AnyFailure {
  const coded = code === undefined ? "" : ` and code ${shown(code)}`;
  const message = `a response with status ${about.status ?? 0}${coded} that can't be read: ${shown(reason)}`;
  const retry = about.retry ?? retryOf(about.status);
  const who = "unmodelled";
  return new family.Unmodelled({ ...about, who, code, message, retry }, reason);
}

/** The output of an operation, or an unmodelled failure. */
export function output(family: Family, type: Type, about: About): unknown {
  const { body } = about.response ?? { body: new Uint8Array() };
  try {
    const text = bodyText(body);
    if (text === undefined) throw new Unfit("it is not UTF-8");
    // A 204 has no body; an operation without an output has null for one.
    const said = body.length === 0 ? "null" : text;
    return family.types.reader.parse(type, said);
  } catch (error) {
    if (!(error instanceof Unfit)) throw error;
    const reason = `the output does not fit: ${error.message}`;
    throw unmodelled(family, undefined, reason, about);
  }
}
