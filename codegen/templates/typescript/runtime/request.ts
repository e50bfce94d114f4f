// From an operation's input to its request.

import { Reader, Unfit } from "./json.js";
import { joined, split } from "./members.js";
import type { HeaderList, OutgoingRequest } from "./options.js";
import type { Type } from "./schema.js";
import type { Types } from "./types.js";

/** An operation, as the contract has it. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly query: readonly string[];
  /** Members that travel as headers, each with its header. */
  readonly headers: readonly (readonly [string, string])[];
  /** Whether members stand in the body, or which one is the body. */
  readonly body: boolean | { readonly payload: string };
  readonly input: Type;
  readonly output: Type;
}

/** Whether a request of this method may be repeated. */
export function isIdempotent({ method }: Operation): boolean {
  return ["GET", "HEAD", "PUT", "DELETE"].includes(method);
}

/** The request of an operation, with these headers of the caller's. */
export function request(
  types: Types,
  base: string,
  operation: Operation,
  input: unknown,
  given: HeaderList,
): OutgoingRequest {
  const { method, path, query, body: place } = operation;
  const written = types.writer.write(operation.input, input);
  const members = new Map(
    written.startsWith("{") ? split(new Reader(written)) : [],
  );
  const take = (name: string): string | undefined => {
    const found = members.get(name);
    members.delete(name);
    return found;
  };
  const url = base + pathOf(path, take) + queryOf(query, take);
  const headers = lowered(given);
  for (const [name, header] of operation.headers) {
    const value = scalar(take(name));
    if (value === undefined) continue;
    if (value.trim() !== value || !/^[ -~]*$/.test(value)) {
      const what = `\`${name}\` can't be sent as the header \`${header}\``;
      throw new Unfit(what);
    }
    headers[header.toLowerCase()] = value;
  }
  headers["accept"] = "application/json";
  let body: string | undefined;
  if (typeof place === "object") {
    body = take(place.payload) ?? "null";
  } else if (place) {
    const apart =
      path.includes("{") || query.length > 0 || operation.headers.length > 0;
    body = apart ? joined([...members]) : written;
  }
  if (body !== undefined) headers["content-type"] = "application/json";
  return { method, url, headers, body };
}

type Take = (name: string) => string | undefined;

function pathOf(path: string, take: Take): string {
  const segments = path.split("/").map((segment) => {
    const name = /^\{(.*)\}$/.exec(segment)?.[1];
    if (name === undefined) return segment;
    const value = scalar(take(name)) ?? "";
    // A path would lead elsewhere by them.
    if (/^\.{0,2}$/.test(value)) {
      throw new Unfit(`the path parameter \`${name}\` can't be \`${value}\``);
    }
    return encode(value);
  });
  return segments.join("/");
}

function queryOf(names: readonly string[], take: Take): string {
  const said: string[] = [];
  for (const name of names) {
    const raw = take(name);
    if (raw === undefined || raw === "null") continue;
    const value = raw.startsWith("[") ? listed(name, raw) : encode(plain(raw));
    said.push(`${encode(name)}=${value}`);
  }
  return said.length === 0 ? "" : `?${said.join("&")}`;
}

/** Headers in small letters, each one that can be sent. */
export function lowered(given: HeaderList): { [name: string]: string } {
  const headers: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(given)) {
    const sendable =
      typeof value === "string" &&
      /^[\t -~\u0080-\u00ff]*$/.test(value) &&
      /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);
    if (!sendable) throw new Unfit(`the header \`${name}\` can't be sent`);
    headers[name.toLowerCase()] = value;
  }
  return headers;
}

/** A value that is no object and no list, as a text; nothing for null. */
function scalar(raw: string | undefined): string | undefined {
  return raw === undefined || raw === "null" ? undefined : plain(raw);
}

function plain(raw: string): string {
  return raw.startsWith('"') ? (JSON.parse(raw) as string) : raw;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function listed(name: string, raw: string): string {
  const texts: string[] = [];
  const reader = new Reader(raw);
  reader.list(() => texts.push(scalar(reader.skip()) ?? ""));
  const empty = texts.length === 1 && texts[0] === "";
  if (empty || texts.some((text) => text.includes(","))) {
    throw new Unfit(
      `an element of the query's list \`${name}\` is empty or holds a comma, which stands between them`,
    );
  }
  return texts.map(encode).join(",");
}
