// From an answer to a failure: who answered, and what was said.

import {
  type About,
  type AnyFailure,
  type DeclaredClass,
  type ErrorSet,
  type Family,
  type FailureJson,
  type GatewayKind,
  type Parts,
  type PlatformDetail,
  type PlatformKind,
  type RawResponse,
  type Retry,
  Untyped,
  type Who,
  retryOf,
  shown,
} from "./failure.js";
import { host } from "./host.js";
import { type JsonValue, Reader, Unfit, parse, text } from "./json.js";
import { loose } from "./schema.js";

/** What an answer is decoded from. */
export interface Answer {
  readonly status: number;
  /** Pairs of names and values, a `Headers`, or an object. */
  readonly headers?:
    | Iterable<readonly [string, string]>
    | { forEach(each: (value: string, name: string) => void): void }
    | { readonly [name: string]: string }
    | undefined;
  readonly body?: Uint8Array | string | undefined;
}

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

/** An answer with its headers in one form. */
export function raw(answer: Answer): RawResponse {
  const headers: [string, string][] = [];
  const push = (value: string, name: string): void => {
    headers.push([name.toLowerCase(), value]);
  };
  const from = answer.headers;
  if (from !== undefined) {
    if (Symbol.iterator in from) {
      for (const [name, value] of from) push(value, name);
    } else if (typeof from["forEach"] === "function") {
      (from as { forEach(each: typeof push): void }).forEach(push);
    } else {
      for (const [name, value] of Object.entries(from)) {
        push(String(value), name);
      }
    }
  }
  const { status, body = "" } = answer;
  const bytes = typeof body === "string" ? host.encode(body) : body;
  return { status, headers, body: bytes };
}

/** The values of a header that are plain texts. */
function all(response: RawResponse, name: string): string[] {
  return response.headers.flatMap(([known, value]) =>
    known === name && /^[\t -~]*$/.test(value) ? [value] : [],
  );
}

/** The first value of a header, if it is a plain text. */
function header(response: RawResponse, name: string): string | undefined {
  const found = response.headers.find(([known]) => known === name)?.[1];
  return found !== undefined && /^[\t -~]*$/.test(found) ? found : undefined;
}

/**
 * Whether an answer is a success: its status is one, and no `x-error-code`
 * says otherwise.
 */
export function isSuccess(answer: Answer): boolean {
  const { status, headers } = raw(answer);
  const coded = headers.some(([name]) => name === "x-error-code");
  return status >= 200 && status < 300 && !coded;
}

/** A body without the byte-order mark. */
function unmarked(body: Uint8Array): Uint8Array {
  const marked = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  return marked ? body.subarray(3) : body;
}

/** A body as a text; nothing where it is not UTF-8. */
function decoded(body: Uint8Array): string | undefined {
  try {
    return host.decode(body);
  } catch {
    return undefined;
  }
}

/** A body as a text, without its byte-order mark. */
export function bodyText(body: Uint8Array): string | undefined {
  return decoded(unmarked(body));
}

/** Whether the body of a success is the error of a function. */
export function isFunctionError(body: Uint8Array | string): boolean {
  const said = typeof body === "string" ? body : ascii(unmarked(body), 17);
  return /^\ufeff?\{"error(?:Message|Type)":"/.test(said);
}

function ascii(bytes: Uint8Array, length: number): string {
  return String.fromCharCode(...bytes.subarray(0, length));
}

const CODE = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

function trim(text: string): string {
  return text.replace(/^[ \t\n\r\f\v]+|[ \t\n\r\f\v]+$/g, "");
}

type Origin =
  | { readonly by: "function"; readonly code: string }
  | {
      readonly by: "gateway";
      readonly kind: GatewayKind | undefined;
      readonly types: string;
    }
  | { readonly by: "stranger"; readonly code: string | undefined };

/** Decides who answered. */
function origin(trusted: boolean, response: RawResponse): Origin {
  const given = header(response, "x-error-code");
  const named = given === undefined ? given : trim(given.split(",")[0] ?? "");
  if (named !== undefined && CODE.test(named)) {
    return { by: "function", code: named };
  }
  const errorTypes = all(response, "x-amzn-errortype");
  const types = errorTypes.join(", ");
  const kind = named === undefined ? undefined : kindOfCode(named);
  if (kind !== undefined) return { by: "gateway", kind, types };
  const code = peekCode(response.body);
  const marked = trusted || isProblem(response);
  if (code !== undefined && CODE.test(code)) {
    if (marked || errorTypes.some((types) => names(types, code))) {
      return { by: "function", code };
    }
    return errorTypes.length === 0
      ? { by: "stranger", code }
      : { by: "gateway", kind: undefined, types };
  }
  if (code !== undefined && (marked || errorTypes.length > 0)) {
    return { by: "gateway", kind: kindOfCode(code), types };
  }
  return errorTypes.length === 0
    ? { by: "stranger", code: undefined }
    : { by: "gateway", kind: undefined, types };
}

function isProblem(response: RawResponse): boolean {
  const values = response.headers.filter(([name]) => name === "content-type");
  return (
    values.length > 0 &&
    values.every(([, value]) => {
      if (!/^[\t -~]*$/.test(value)) return false;
      // A comma in a parameter's quotes joins no values.
      const parts = value.replace(/"[^"]*"?/g, '""').split(",");
      return parts.every(
        (part) =>
          trim(part.split(";")[0] ?? "").toLowerCase() ===
          "application/problem+json",
      );
    })
  );
}

function names(types: string, code: string): boolean {
  const wanted = code.toLowerCase();
  return types.split(",").some((value) =>
    trim(value.split(":")[0] ?? "")
      .split("#")
      .some((part) => part.toLowerCase() === wanted),
  );
}

/** The code that a body names. */
function peekCode(body: Uint8Array): string | undefined {
  const plain = /^\{"code":"([A-Za-z0-9_-]*)"/.exec(ascii(body, 80))?.[1];
  if (plain !== undefined && CODE.test(plain)) return plain;
  const said = decoded(body);
  const code = member(said === undefined ? said : parse(said), "code");
  if (typeof code !== "string") return undefined;
  return CODE.test(code) || kindOfCode(code) !== undefined ? code : undefined;
}

function member(value: JsonValue | undefined, name: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return undefined;
  }
  return Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

const NAMED: readonly GatewayKind[] = [
  "ACCESS_DENIED",
  "API_CONFIGURATION_ERROR",
  "AUTHORIZER_CONFIGURATION_ERROR",
  "AUTHORIZER_FAILURE",
  "BAD_REQUEST_BODY",
  "BAD_REQUEST_PARAMETERS",
  "EXPIRED_TOKEN",
  "INTEGRATION_FAILURE",
  "INTEGRATION_TIMEOUT",
  "INVALID_API_KEY",
  "INVALID_SIGNATURE",
  "MISSING_AUTHENTICATION_TOKEN",
  "QUOTA_EXCEEDED",
  "REQUEST_TOO_LARGE",
  "RESOURCE_NOT_FOUND",
  "THROTTLED",
  "UNAUTHORIZED",
  "UNSUPPORTED_MEDIA_TYPE",
  "WAF_FILTERED",
];

function kindOfCode(code: string): GatewayKind | undefined {
  const name = /^gateway\.([A-Z0-9_]+)$/.exec(code)?.[1];
  if (name === undefined) return undefined;
  return NAMED.find((known) => known === name) ?? "OTHER";
}

/** What HTTP APIs and function URLs answer, word by word. */
function stock(status: number, body: string): GatewayKind | undefined {
  switch (`${status} ${body}`) {
    case '401 {"message":"Unauthorized"}':
      return "UNAUTHORIZED";
    case '403 {"message":"Forbidden"}':
      return "FORBIDDEN";
    case '404 {"message":"Not Found"}':
      return "RESOURCE_NOT_FOUND";
    case '429 {"message":"Too Many Requests"}':
      return "THROTTLED";
    case '500 {"message":"Internal Server Error"}':
    case "502 Internal Server Error":
      return "INTERNAL_SERVER_ERROR";
    case '503 {"message":"Service Unavailable"}':
      return "INTEGRATION_TIMEOUT";
    default:
      return undefined;
  }
}

const EXCEPTIONS: ReadonlyMap<string, GatewayKind> = new Map<
  string,
  GatewayKind
>([
  ["accessdeniedexception", "ACCESS_DENIED"],
  ["authorizerconfigurationexception", "AUTHORIZER_CONFIGURATION_ERROR"],
  ["authorizerfailureexception", "AUTHORIZER_FAILURE"],
  ["badrequestexception", "BAD_REQUEST"],
  ["expiredtokenexception", "EXPIRED_TOKEN"],
  ["forbiddenexception", "FORBIDDEN"],
  ["incompletesignatureexception", "INCOMPLETE_SIGNATURE"],
  ["internalservererrorexception", "INTERNAL_SERVER_ERROR"],
  ["invalidsignatureexception", "INVALID_SIGNATURE"],
  ["limitexceededexception", "QUOTA_EXCEEDED"],
  ["missingauthenticationtokenexception", "MISSING_AUTHENTICATION_TOKEN"],
  ["requesttoolargeexception", "REQUEST_TOO_LARGE"],
  ["resourcenotfoundexception", "RESOURCE_NOT_FOUND"],
  ["toomanyrequestsexception", "THROTTLED"],
  ["unauthorizedexception", "UNAUTHORIZED"],
  ["unrecognizedclientexception", "UNRECOGNIZED_CLIENT"],
  ["waffilteredexception", "WAF_FILTERED"],
]);

function kindOfHeader(
  types: string,
  status: number,
  message: string | undefined,
): GatewayKind {
  const kind = types
    .split(",")
    .flatMap((value) => (trim(value).split(":")[0] ?? "").split("#"))
    .map((part) => EXCEPTIONS.get(part.toLowerCase()))
    .find((kind) => kind !== undefined);
  if (kind === "BAD_REQUEST") {
    if (status === 415) return "UNSUPPORTED_MEDIA_TYPE";
    if (status === 400 && message === "Invalid request body") {
      return "BAD_REQUEST_BODY";
    }
    const missing = "Missing required request parameters";
    if (status === 400 && message?.startsWith(missing)) {
      return "BAD_REQUEST_PARAMETERS";
    }
  }
  if (kind === "INTERNAL_SERVER_ERROR") {
    if (message === "Endpoint request timed out") return "INTEGRATION_TIMEOUT";
    if (status === 504) return "INTEGRATION_FAILURE";
  }
  return kind ?? "OTHER";
}

function gatewayRetry(kind: GatewayKind, status: number): Retry {
  if (kind === "THROTTLED" || (kind === "OTHER" && status === 429)) {
    return "backoff";
  }
  return status >= 500 ? "idempotent" : "never";
}

function requestIdOf(response: RawResponse): string | undefined {
  return (
    header(response, "x-amzn-requestid") ?? header(response, "apigw-requestid")
  );
}

/** The largest number of 64 bits. */
const MOST = 2n ** 64n - 1n;

function seconds(text: string): number | undefined {
  if (!/^[0-9]{1,40}$/.test(text)) return undefined;
  const value = BigInt(text);
  return value > MOST ? undefined : Number(value);
}

function retryAfterOf(response: RawResponse): number | undefined {
  const given = header(response, "retry-after");
  if (given === undefined) return undefined;
  const after = trim(given);
  const number = /^([0-9]+)(?:\.([0-9]+))?$/.exec(after);
  if (number !== null) {
    const whole = seconds((number[1] ?? "").replace(/^0+(?=.)/, ""));
    const more = /[1-9]/.test(number[2] ?? "") ? 1 : 0;
    return whole === undefined ? undefined : whole + more;
  }
  const date = header(response, "date");
  const from = date === undefined ? undefined : httpDate(trim(date));
  const until = httpDate(after);
  if (from === undefined || until === undefined) return undefined;
  return Math.max(0, until - from);
}

const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** A date of HTTP (RFC 9110 section 5.6.7) in seconds. */
function httpDate(text: string): number | undefined {
  const time = "([0-9]{2}):([0-9]{2}):([0-9]{2})";
  const fixed = new RegExp(
    `^[A-Z][a-z]{2}, ([0-9]{2}) ([A-Z][a-z]{2}) ([0-9]{4}) ${time} GMT$`,
  ).exec(text);
  const old = new RegExp(
    `^[A-Z][a-z]{5,8}, ([0-9]{2})-([A-Z][a-z]{2})-([0-9]{2}) ${time} GMT$`,
  ).exec(text);
  const c = new RegExp(
    `^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ 0-9][0-9]) ${time} ([0-9]{4})$`,
  ).exec(text);
  let parts: (string | undefined)[];
  if (fixed !== null) parts = fixed.slice(1);
  else if (old !== null) parts = old.slice(1);
  else if (c !== null) parts = [c[2], c[1], c[6], c[3], c[4], c[5]];
  else return undefined;
  const month = MONTHS.indexOf(parts[1] ?? "?") / 3;
  const numbers = parts.map(Number);
  const [day = 0, , written = 0, hour = 0, minute = 0, second = 0] = numbers;
  let year = written;
  if (old !== null) year += written < 70 ? 2000 : 1900;
  if (!Number.isInteger(month) || month < 0) return undefined;
  if (hour > 23 || minute > 59 || second > 59 || year < 1970) return undefined;
  const at = new Date(Date.UTC(year, month, day, hour, minute, second));
  return at.getUTCDate() === day && day > 0 ? at.getTime() / 1000 : undefined;
}

/** What is read of a problem. */
interface Said {
  title?: string | undefined;
  detail?: string | undefined;
  type?: string | undefined;
  instance?: string | undefined;
  retryable?: string | undefined;
  retryAfter?: number | undefined;
  status: number;
  truncated: boolean;
}

/** The members of a problem, read in one pass. */
class Members {
  readonly said: Said;
  readonly #reader: Reader;
  #begun = false;
  #ended = false;
  #waiting: [string, string][] = [];
  readonly #taken: string[] = [];

  constructor(text: string, status: number) {
    this.#reader = new Reader(text);
    this.said = { status, truncated: false };
  }

  /** The text of a member, if it is there. */
  take(name: string): string | undefined {
    const at = this.#waiting.findIndex(([known]) => known === name);
    if (at >= 0) {
      const [found] = this.#waiting.splice(at, 1);
      if (this.#waiting.some(([known]) => known === name)) throw twice(name);
      this.#taken.push(name);
      return found?.[1];
    }
    for (;;) {
      const found = this.#next();
      if (found === undefined) return undefined;
      const value = this.#value();
      if (found === name) {
        this.#taken.push(name);
        return value;
      }
      this.#waiting.push([found, value]);
    }
  }

  /** Reads what is left, so that nothing wrong goes unseen. */
  finish(): void {
    while (this.#next() !== undefined) this.#value();
  }

  /** Every member that is not the problem's. */
  all(): [string, string][] {
    const members: [string, string][] = [];
    const names = new Set<string>();
    let wrong: Unfit | undefined;
    for (;;) {
      const name = this.#next();
      if (name === undefined) break;
      const value = this.#value();
      if (names.has(name)) wrong = twice(name);
      names.add(name);
      members.push([name, value]);
    }
    if (wrong !== undefined) throw wrong;
    return members;
  }

  #next(): string | undefined {
    for (;;) {
      if (!this.#follows()) return undefined;
      let name: string;
      try {
        name = this.#reader.string();
      } catch {
        throw this.#noObject();
      }
      if (!this.#reader.sign(":")) throw this.#noObject();
      if (this.#keep(name)) continue;
      if (!this.#taken.includes(name)) return name;
      this.#value();
      throw twice(name);
    }
  }

  #follows(): boolean {
    if (this.#ended) return false;
    const first = !this.#begun;
    this.#begun = true;
    if (first && !this.#reader.sign("{")) throw this.#noObject();
    const next = this.#reader.peek();
    if (next === "}") {
      this.#reader.at += 1;
      this.#ended = true;
      if (this.#reader.peek() !== "") throw this.#noObject();
      return false;
    }
    if (next === "," && !first) {
      this.#reader.at += 1;
      if (this.#reader.peek() !== '"') throw this.#noObject();
      return true;
    }
    if (next === '"' && first) return true;
    throw this.#noObject();
  }

  #keep(name: string): boolean {
    const { said } = this;
    switch (name) {
      case "code":
        this.#value();
        return true;
      case "title":
      case "detail":
      case "type":
      case "instance":
      case "retryable":
        said[name] = plain(this.#value());
        return true;
      case "status": {
        const value = this.#value();
        if (/^[0-9]{1,5}$/.test(value) && Number(value) < 65536) {
          said.status = Number(value);
        }
        return true;
      }
      case "retryAfter":
        said.retryAfter = seconds(this.#value());
        return true;
      case "truncated":
        said.truncated = this.#value() === "true";
        return true;
      default:
        return false;
    }
  }

  #value(): string {
    try {
      return this.#reader.skip();
    } catch {
      throw this.#noObject();
    }
  }

  #noObject(): Unfit {
    this.#ended = true;
    return new Unfit("it is no JSON object");
  }
}

function twice(name: string): Unfit {
  return new Unfit(`duplicate field \`${name}\``);
}

/** A raw value that is a text. */
function plain(value: string | undefined): string | undefined {
  if (value === undefined || !value.startsWith('"')) return undefined;
  try {
    return new Reader(value).string();
  } catch {
    return undefined;
  }
}

/** What of a problem could be read, and what is wrong with it. */
interface Read<T> {
  readonly value: T | undefined;
  readonly reason: string | undefined;
  readonly said: Said;
}

function readProblem<T>(
  body: Uint8Array,
  status: number,
  fields: (members: Members) => T,
): Read<T> {
  const empty = body.length === 0;
  const text = empty ? "{}" : decoded(body);
  const said: Said = { status, truncated: false };
  if (text === undefined) {
    return { value: undefined, reason: "it is not UTF-8", said };
  }
  const members = new Members(text, status);
  let value: T | undefined;
  let reason: string | undefined;
  const tried = (step: () => void): void => {
    try {
      step();
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      reason ??= empty ? "there is no body" : error.message;
    }
  };
  tried(() => {
    value = fields(members);
  });
  tried(() => members.finish());
  return { value, reason, said: members.said };
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
function fromProblem(
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
      const value = family.types.field(field, members.take(field.name));
      out[field.member ?? field.name] = value;
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

const RESERVED: ReadonlyMap<
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

function platformRetry(kind: PlatformKind): Retry {
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

function sentence(detail: PlatformDetail): string {
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

function parts(who: Who, code: string | undefined, about: About): Parts {
  const detail = about.detail ?? about.title ?? "";
  return { ...about, who, code, message: shown(detail || (code ?? who)) };
}

/** What a problem says of itself, with what is known beside. */
function aboutOf(known: Known, beside: About): About {
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
      word(said.retryable) ?? retry ?? retryOf(beside.status ?? said.status),
    retryAfter: said.retryAfter ?? beside.retryAfter,
  };
}

function word(text: string | undefined): Retry | undefined {
  return text === "never" || text === "backoff" || text === "idempotent"
    ? text
    : undefined;
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

function gateway(
  family: Family,
  known: GatewayKind | undefined,
  errorType: string,
  body: Uint8Array,
  about: About,
): AnyFailure {
  const text = decoded(body);
  const said = text === undefined ? text : parse(text);
  const message = ["detail", "message", "Message", "title"]
    .map((name) => member(said, name))
    .find((found): found is string => typeof found === "string");
  const status = about.status ?? 0;
  const kind = known ?? kindOfHeader(errorType, status, message);
  const head = `API Gateway answered ${status} ${shown(errorType || kind)}`;
  const all: Parts = {
    ...about,
    who: "gateway",
    code: undefined,
    message: message === undefined ? head : `${head}: ${shown(message)}`,
    retry: gatewayRetry(kind, status),
  };
  return new family.Gateway(all, { kind, errorType });
}

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

function everyMember(text: string): [string, string][] {
  try {
    return new Members(text, 0).all();
  } catch (error) {
    if (error instanceof Unfit) return [];
    throw error;
  }
}

function kindOf(errorType: string, message: string): PlatformKind {
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

function idIn(message: string): string | undefined {
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

function cut(payload: string): string | undefined {
  const message =
    /^\{"(?:errorType":"[A-Za-z][A-Za-z0-9_-]{0,63}",")?errorMessage":"([^]*)$/.exec(
      payload,
    )?.[1];
  return message !== undefined && tag(message) ? message : undefined;
}

function tag(
  message: string,
): { readonly code: string; readonly problem: string } | undefined {
  const found = /^\[([A-Za-z][A-Za-z0-9_-]{0,63})\] ([^]*)$/.exec(message);
  return found === null
    ? undefined
    : { code: found[1] ?? "", problem: found[2] ?? "" };
}

/** A failure as plain JSON, without bytes and headers. */
export function toJson(
  failure: AnyFailure,
  more: { readonly [name: string]: JsonValue | undefined },
): FailureJson {
  const { name, who, message, code, status, requestId } = failure;
  const { retry, retryAfter, isRetryable, attempts } = failure;
  const head = { name, who, message, code, status, requestId };
  const all = { ...head, retry, retryAfter, isRetryable, attempts, ...more };
  const said = Object.entries(all).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as unknown as FailureJson;
}

/** Members as plain JSON, each integer that a double can't hold as a text. */
export function membersJson(members: Untyped): JsonValue {
  const said = members.entries().map(([name, value]) => [name, loose(value)]);
  return plainly(Object.fromEntries(said) as JsonValue);
}

/** Any JSON value without bigints. */
export function plainly(value: JsonValue): JsonValue {
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(plainly);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, plainly(member)]),
  );
}

/** A failure from what `toJSON` made of it. */
export function fromJson(family: Family, json: unknown): AnyFailure {
  const value = (json ?? {}) as JsonValue;
  const said = (name: string): string | undefined => {
    const found = member(value, name);
    return typeof found === "string" ? found : undefined;
  };
  const count = (name: string): number | undefined => {
    const found = member(value, name);
    return typeof found === "number" ? found : undefined;
  };
  const retry = word(said("retry")) ?? "never";
  const about: About = {
    title: said("title"),
    detail: said("detail"),
    type: said("type"),
    instance: said("instance"),
    status: count("status"),
    requestId: said("requestId"),
    retry,
    retryAfter: count("retryAfter"),
    attempts: count("attempts"),
    idempotent: retry === "idempotent" && member(value, "isRetryable") === true,
  };
  const code = said("code");
  const message = said("message") ?? "";
  const made = (who: Who): Parts => ({ ...about, who, code, message });
  const kind = said("kind");
  const fields = member(value, "fields");
  const members = Object.entries((fields ?? {}) as object).map(
    ([name, member]): [string, string] => [name, JSON.stringify(member)],
  );
  switch (said("who")) {
    case "api": {
      const declared = family.errors.find((error) => error.code === code);
      if (declared === undefined) break;
      try {
        const own: { [name: string]: unknown } = {};
        for (const field of declared.fields) {
          const found = members.find(([name]) => name === field.name)?.[1];
          const value = family.types.field(field, found, undefined, true);
          own[field.member ?? field.name] = value;
        }
        return new declared(own as never, about);
      } catch (error) {
        if (!(error instanceof Unfit)) throw error;
        return new family.Unmodelled(made("unmodelled"), error.message);
      }
    }
    case "platform":
      return new family.Platform(made("platform"), {
        kind: (kind ?? "INTERNAL") as PlatformKind,
        path: said("path"),
        reason: said("reason"),
      });
    case "gateway":
      return new family.Gateway(made("gateway"), {
        kind: (kind ?? "OTHER") as GatewayKind,
        errorType: said("errorType") ?? "",
      });
    case "transport":
      return new family.Transport(made("transport"), {
        kind: (kind ?? "connection") as "connection",
        mayHaveBeenSent: member(value, "mayHaveBeenSent") === true,
      });
    case "unmodelled":
      return new family.Unmodelled(
        made("unmodelled"),
        said("reason") ?? "it names no error",
      );
  }
  return new family.Undeclared(made("undeclared"), new Untyped(members));
}

/** A declared error as the function writes it. */
export function problemText(
  code: string,
  status: number,
  about: About,
  members: Untyped,
): string {
  const said: [string, string][] = [["code", text(code)]];
  if (about.title !== undefined) said.push(["title", text(about.title)]);
  said.push(["status", String(status)]);
  if (about.detail !== undefined) said.push(["detail", text(about.detail)]);
  if (about.type !== undefined) said.push(["type", text(about.type)]);
  if (about.instance !== undefined) {
    said.push(["instance", text(about.instance)]);
  }
  if (about.retry !== undefined) said.push(["retryable", text(about.retry)]);
  if (about.retryAfter !== undefined) {
    said.push(["retryAfter", String(about.retryAfter)]);
  }
  for (const [name, value] of members.entries()) said.push([name, value]);
  return `{${said.map(([name, value]) => `${text(name)}:${value}`).join(",")}}`;
}
