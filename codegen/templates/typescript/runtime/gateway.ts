// The gateway's own answers, by their codes, headers and texts.

import { decoded, trim } from "./answer.js";
import {
  type About,
  type AnyFailure,
  type Family,
  type GatewayKind,
  type Parts,
  type Retry,
  shown,
} from "./failure.js";
import { member, parse } from "./json.js";

/** The kinds that codes name. */
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

/** Which error a code of the gateway means. */
export function kindOfCode(code: string): GatewayKind | undefined {
  const name = /^gateway\.([A-Z0-9_]+)$/.exec(code)?.[1];
  if (name === undefined) return undefined;
  return NAMED.find((known) => known === name) ?? "OTHER";
}

/** What HTTP APIs and function URLs answer, word by word. */
export function stock(status: number, body: string): GatewayKind | undefined {
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

/** The kinds that `x-amzn-errortype` names. */
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

/** A failure that the gateway answered. */
export function gateway(
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
