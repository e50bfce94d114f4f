// Failures as plain JSON, and back.

import {
  type About,
  type AnyFailure,
  type Family,
  type FailureJson,
  type GatewayKind,
  type Parts,
  type PlatformKind,
  type TransportKind,
  Untyped,
  type Who,
  asRetry,
  given,
} from "./failure.js";
import { type JsonValue, Unfit, member, parse } from "./json.js";

/** A failure as plain JSON, without bytes and headers. */
export function toJson(
  failure: AnyFailure,
  more: { readonly [name: string]: JsonValue | undefined },
): FailureJson {
  const { name, who, message, code, status, requestId } = failure;
  const { retry, retryAfter, isRetryable, attempts } = failure;
  const head = { name, who, message, code, status, requestId };
  const all = { ...head, retry, retryAfter, isRetryable, attempts, ...more };
  return given(all) as unknown as FailureJson;
}

/** Members as plain JSON, each integer that a double can't hold as a text. */
export function membersJson(members: Untyped): JsonValue {
  const said = members.entries().map(([name, value]) => [name, loose(value)]);
  return plainly(Object.fromEntries(said) as JsonValue);
}

/** Any JSON value without bigints. */
function plainly(value: JsonValue): JsonValue {
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(plainly);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, plainly(member)]),
  );
}

/** Any JSON of a text; the text itself where it is none. */
function loose(raw: string): JsonValue {
  return parse(raw) ?? raw;
}

/**
 * A failure from what `toJSON` made of it. An error that this client does not
 * declare is an undeclared one; what is no failure at all is unmodelled.
 */
export function fromJson(family: Family, json: unknown): AnyFailure {
  const value = json as JsonValue | undefined;
  const said = (name: string): string | undefined => {
    const found = member(value, name);
    return typeof found === "string" ? found : undefined;
  };
  const count = (name: string): number | undefined => {
    const found = member(value, name);
    return typeof found === "number" ? found : undefined;
  };
  const retry = asRetry(said("retry")) ?? "never";
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
  switch (said("who")) {
    case "api":
    case "undeclared": {
      const members = fieldsOf(value);
      const declared = family.errors.find((error) => error.code === code);
      if (declared === undefined || said("who") === "undeclared") {
        return new family.Undeclared(made("undeclared"), new Untyped(members));
      }
      try {
        const { lenient } = family.types;
        return new declared(
          lenient.members(declared.fields, members) as never,
          about,
        );
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
        kind: (kind ?? "connection") as TransportKind,
        mayHaveBeenSent: member(value, "mayHaveBeenSent") === true,
      });
    default:
      return new family.Unmodelled(
        made("unmodelled"),
        said("reason") ?? "it is no failure",
      );
  }
}

/** The error's own members, each as its text. */
function fieldsOf(value: JsonValue | undefined): [string, string][] {
  const fields = member(value, "fields") ?? {};
  return Object.entries(fields).map(([name, field]) => [
    name,
    JSON.stringify(field),
  ]);
}
