/** Errors that API Gateway made itself: which, and what a repeat means. */
import type { GatewayKind, Retry } from "./caught.ts";

const NAMED: readonly string[] = [
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
] satisfies GatewayKind[];

/** The code of a generated gateway response, from its header or its body. */
export function kindOfCode(code: string): GatewayKind | undefined {
  const name = /^gateway\.([A-Z0-9_]+)$/.exec(code)?.[1];
  if (name === undefined) return undefined;
  return NAMED.includes(name) ? (name as GatewayKind) : "OTHER";
}

const STOCK: readonly (readonly [status: number, body: string, kind: GatewayKind])[] = [
  [401, '{"message":"Unauthorized"}', "UNAUTHORIZED"],
  [403, '{"message":"Forbidden"}', "FORBIDDEN"],
  [404, '{"message":"Not Found"}', "RESOURCE_NOT_FOUND"],
  [429, '{"message":"Too Many Requests"}', "THROTTLED"],
  [500, '{"message":"Internal Server Error"}', "INTERNAL_SERVER_ERROR"],
  [502, "Internal Server Error", "INTERNAL_SERVER_ERROR"],
  [503, '{"message":"Service Unavailable"}', "INTEGRATION_TIMEOUT"],
];

/** What HTTP APIs and function URLs answer themselves, which no header tells: their very words, and nothing beside them. */
export function kindOfStock(status: number, body: string | undefined): GatewayKind | undefined {
  return STOCK.find(([known, text]) => known === status && text === body)?.[2];
}

const VALUES: Readonly<Record<string, GatewayKind>> = {
  accessdeniedexception: "ACCESS_DENIED",
  authorizerconfigurationexception: "AUTHORIZER_CONFIGURATION_ERROR",
  authorizerfailureexception: "AUTHORIZER_FAILURE",
  badrequestexception: "BAD_REQUEST",
  expiredtokenexception: "EXPIRED_TOKEN",
  forbiddenexception: "FORBIDDEN",
  incompletesignatureexception: "INCOMPLETE_SIGNATURE",
  internalservererrorexception: "INTERNAL_SERVER_ERROR",
  invalidsignatureexception: "INVALID_SIGNATURE",
  limitexceededexception: "QUOTA_EXCEEDED",
  missingauthenticationtokenexception: "MISSING_AUTHENTICATION_TOKEN",
  requesttoolargeexception: "REQUEST_TOO_LARGE",
  resourcenotfoundexception: "RESOURCE_NOT_FOUND",
  toomanyrequestsexception: "THROTTLED",
  unauthorizedexception: "UNAUTHORIZED",
  unrecognizedclientexception: "UNRECOGNIZED_CLIENT",
  waffilteredexception: "WAF_FILTERED",
};

/** One value of `x-amzn-errortype`, cut at `:` and `#` as AWS's protocols ask. */
function kindOfValue(value: string): GatewayKind | undefined {
  const [named = ""] = value.trim().split(":", 1);
  const parts = named.split("#").map((part) => part.toLowerCase());
  const known = parts.find((part) => Object.hasOwn(VALUES, part));
  return known === undefined ? undefined : VALUES[known];
}

/** The values of `x-amzn-errortype`; the status and the stock message tell apart what shares a name. */
export function kindOfHeader(header: string, status: number, message: string | undefined): GatewayKind {
  const kinds = header.split(",").map(kindOfValue);
  const kind = kinds.find((found) => found !== undefined) ?? "OTHER";
  if (kind === "BAD_REQUEST") {
    if (status === 415) return "UNSUPPORTED_MEDIA_TYPE";
    if (status === 400 && message === "Invalid request body") return "BAD_REQUEST_BODY";
    if (status === 400 && message?.startsWith("Missing required request parameters") === true) {
      return "BAD_REQUEST_PARAMETERS";
    }
  }
  if (kind === "INTERNAL_SERVER_ERROR") {
    if (message === "Endpoint request timed out") return "INTEGRATION_TIMEOUT";
    if (status === 504) return "INTEGRATION_FAILURE";
  }
  return kind;
}

/**
 * What a repeat means. A quota used up stays so until the period ends, although its status is the 429 of throttling; behind
 * any 5xx the function may have run.
 */
export function retryOfGateway(kind: GatewayKind, status: number): Retry {
  if (kind === "THROTTLED" || (kind === "OTHER" && status === 429)) return "backoff";
  return status >= 500 ? "idempotent" : "never";
}
