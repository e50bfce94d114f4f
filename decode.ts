/** From an answer to what it is: who wrote it, by what proves it, and what was said. */
import { type Caught, type Declared, type Received, type Retry, retryOfStatus } from "./caught.ts";
import { kindOfCode, kindOfHeader, kindOfStock, retryOfGateway } from "./gateway.ts";
import { type HeaderList, allOf, first, requestId, retryAfter } from "./headers.ts";
import { lossy, utf8 } from "./host.ts";
import { Unfit, parsed, textOf } from "./json.ts";
import { RESERVED, retryOfPlatform } from "./platform.ts";
import { type Problem, aboutOf, retryOf, split, statusOf } from "./problem.ts";
import { readMembers } from "./schema.ts";

/** The errors of a set, by their codes. */
export type Codes<E> = ReadonlyMap<string, Declared<E>>;

/**
 * What proves that an answer is the API's own: `marks`, which are the header `x-error-code`, the media type
 * `application/problem+json` and `x-amzn-errortype`; or `bodies`, where a `code` in the body is enough, for an API behind a
 * mapping that sets none of these.
 */
export type Trust = "marks" | "bodies";

/** What is known of the request. */
export interface Asked {
  readonly trust: Trust;
  readonly idempotent: boolean;
  readonly attempts: number;
}

/** Whether a text can be a code. */
export function isCode(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(text);
}

/** Whether an answer is a success: its status is, and no `x-error-code` says otherwise. */
export function isSuccess(status: number, headers: HeaderList): boolean {
  return status >= 200 && status <= 299 && !headers.some(([name]) => name === "x-error-code");
}

/** Whether the body of a success is what Lambda says of a function that failed, which a mapping let pass. */
export function isFunctionError(text: string): boolean {
  return text.startsWith('{"errorMessage":"') || text.startsWith('{"errorType":"');
}

/** A text without the byte-order mark that some fronts write. */
export function withoutMark(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

type Origin =
  | { readonly by: "function"; readonly code: string }
  | { readonly by: "gateway"; readonly kind: ReturnType<typeof kindOfCode>; readonly types: string }
  | { readonly by: "stranger"; readonly code: string | undefined };

/** Our header first, then a code in the body with something to prove it, then API Gateway's header alone. */
function originOf(trust: Trust, headers: HeaderList, text: string | undefined, loose: string): Origin {
  const named = first(headers, "x-error-code")?.split(",", 1)[0]?.trim();
  if (named !== undefined && isCode(named)) return { by: "function", code: named };
  const types = allOf(headers, "x-amzn-errortype");
  const kind = named === undefined ? undefined : kindOfCode(named);
  if (kind !== undefined) return { by: "gateway", kind, types: types.join(", ") };
  const code = codeOf(text, loose);
  const marked = trust === "bodies" || isProblem(headers);
  if (code !== undefined && isCode(code)) {
    if (marked || types.some((type) => names(type, code))) return { by: "function", code };
    if (types.length === 0) return { by: "stranger", code };
  } else if (code !== undefined && (marked || types.length > 0)) {
    return { by: "gateway", kind: kindOfCode(code), types: types.join(", ") };
  }
  return types.length === 0
    ? { by: "stranger", code: undefined }
    : { by: "gateway", kind: undefined, types: types.join(", ") };
}

/** Whether every `Content-Type` is a problem's. A comma in a parameter's quotes joins no two values. */
function isProblem(headers: HeaderList): boolean {
  const values = headers.filter(([name]) => name === "content-type");
  return (
    values.length > 0 &&
    values.every(([, value]) =>
      value
        .split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
        .every((one) => one.split(";", 1)[0]?.trim().toLowerCase() === "application/problem+json"),
    )
  );
}

/** Whether `x-amzn-errortype` names this code, cut at `:` and `#`. */
function names(types: string, code: string): boolean {
  const wanted = code.toLowerCase();
  const values = types.split(",").map((value) => value.split(":", 1)[0]?.trim() ?? "");
  return values.some((value) => value.split("#").some((part) => part.toLowerCase() === wanted));
}

/** The code that a body names. The wire's own form has it first, so that a look suffices. */
function codeOf(text: string | undefined, loose: string): string | undefined {
  const plain = /^\{"code":"([A-Za-z0-9_-]*)"/.exec(loose)?.[1];
  if (plain !== undefined && isCode(plain)) return plain;
  const code = text === undefined ? undefined : textOf(parsed(text), "code");
  return code !== undefined && (isCode(code) || kindOfCode(code) !== undefined) ? code : undefined;
}

/** Decodes an answer that is no success. */
export function caught<E>(codes: Codes<E>, asked: Asked, response: Received): Caught<E> {
  const { status, headers, body } = response;
  const { idempotent, attempts } = asked;
  const whole = utf8(body);
  const text = whole === undefined ? undefined : withoutMark(whole);
  const origin = originOf(asked.trust, headers, text, text ?? withoutMark(lossy(body)));
  const known = { status, idempotent, attempts, response };
  const delay = retryAfter(headers);
  if (origin.by === "function") {
    const found = ofProblem(codes, origin.code, text);
    const about = { ...found.about, ...known };
    if (found.who === "unmodelled") {
      return unmodelled(origin.code, found.reason, found.problem, found.retry, asked, response);
    }
    return {
      ...found,
      about: { ...about, requestId: about.instance ?? requestId(headers), retryAfter: about.retryAfter ?? delay },
    };
  }
  const stock = origin.by === "stranger" ? kindOfStock(status, text) : undefined;
  if (origin.by === "gateway" || stock !== undefined) {
    const errorType = origin.by === "gateway" ? origin.types : "";
    const value = text === undefined ? undefined : parsed(text);
    const said = ["detail", "message", "Message", "title"].map((name) => textOf(value, name)).find((one) => one !== undefined);
    const kind = (origin.by === "gateway" ? origin.kind : stock) ?? kindOfHeader(errorType, status, said);
    const retry = retryOfGateway(kind, status);
    return { who: "gateway", kind, errorType, said, about: { ...known, retry, retryAfter: delay, requestId: requestId(headers) } };
  }
  const reason = origin.code === undefined ? "it names no error" : "nothing shows that the API wrote it";
  return unmodelled(origin.code, reason, undefined, undefined, asked, response);
}

type Found<E> =
  | Exclude<Caught<E>, { readonly who: "unmodelled" }>
  | {
      readonly who: "unmodelled";
      readonly reason: string;
      readonly problem: Problem;
      readonly retry: Retry | undefined;
      readonly about: { readonly status: number; readonly instance?: undefined; readonly retryAfter?: undefined };
    };

/** Decodes a problem whose code is known. */
export function ofProblem<E>(codes: Codes<E>, code: string, text: string | undefined): Found<E> {
  const { problem, members, wrong } = split(text);
  const declared = codes.get(code);
  const reserved = RESERVED.get(code);
  const status = statusOf(problem, declared?.status ?? reserved?.[0] ?? 500);
  const lost = (reason: string, retry: Retry | undefined): Found<E> => ({
    who: "unmodelled",
    reason,
    problem,
    retry,
    about: { status },
  });
  if (declared !== undefined) {
    if (problem.truncated === true) return lost("the function left the error's fields out", declared.retry);
    if (wrong !== undefined) return lost(wrong, declared.retry);
    try {
      const fields = readMembers(declared.fields, members);
      return { who: "api", declared, fields, about: aboutOf(problem, status, declared.retry) };
    } catch (error) {
      if (error instanceof Unfit) return lost(error.message, declared.retry);
      throw error;
    }
  }
  const kind = reserved?.[1];
  const retry = kind === undefined ? undefined : retryOfPlatform(kind);
  if (wrong !== undefined) return lost(wrong, retry);
  const seen = new Set<string>();
  for (const [name] of members) {
    if (seen.has(name)) return lost(`duplicate field \`${name}\``, retry);
    seen.add(name);
  }
  if (kind === undefined) {
    return { who: "undeclared", code, members, about: aboutOf(problem, status, retryOfStatus(status)) };
  }
  const about = aboutOf(problem, status, retryOfPlatform(kind));
  if (kind !== "INVALID_PAYLOAD") return { who: "platform", kind, code, about };
  return { who: "platform", kind, code, path: said(members, "path"), reason: said(members, "reason"), about };
}

function said(members: readonly (readonly [string, string])[], name: string): string {
  const raw = members.find(([known]) => known === name)?.[1];
  const value = raw === undefined ? undefined : parsed(raw);
  return typeof value === "string" ? value : "";
}

/** An answer that nothing explains; of an error of the API's whose fields are lost, as much as could be read. */
export function unmodelled<E>(
  code: string | undefined,
  reason: string,
  problem: Problem | undefined,
  retry: Retry | undefined,
  asked: Asked,
  response: Received,
): Caught<E> {
  const { status, headers } = response;
  const byStatus = retryOfStatus(status);
  return {
    who: "unmodelled",
    code,
    reason,
    about: {
      status,
      response,
      idempotent: asked.idempotent,
      attempts: asked.attempts,
      title: problem?.title,
      detail: problem?.detail ?? problem?.title,
      requestId: problem?.instance ?? requestId(headers),
      retry: problem === undefined ? byStatus : retryOf(problem, retry ?? byStatus),
      retryAfter: problem?.retryAfter ?? retryAfter(headers),
    },
  };
}
