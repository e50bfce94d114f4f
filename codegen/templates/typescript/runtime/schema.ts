// Values by the types of the contract: read from their texts, and written.

import {
  DEPTH,
  type JsonValue,
  Reader,
  Unfit,
  deep,
  double,
  parse,
  put,
  text,
  write as writeAny,
} from "./json.js";

/** A decimal number as a text: it loses no digit. */
export type Decimal = string;

/** A date and a time as RFC 3339 writes them. */
export type Timestamp = string;

/** A span of time. */
export interface Duration {
  readonly seconds: bigint;
  readonly nanoseconds: number;
}

/** A span of time in milliseconds. */
export function toMilliseconds(duration: Duration): number {
  return Number(duration.seconds) * 1000 + duration.nanoseconds / 1e6;
}

/** A value of a union that this client does not know. */
export class Unknown {
  readonly raw: JsonValue;

  constructor(raw: JsonValue) {
    this.raw = raw;
  }
}

/** A type of the contract. */
export type Type =
  | "bool"
  | "char"
  | "string"
  | "duration"
  | "any"
  | "unit"
  | `${"i" | "u"}${8 | 16 | 32 | 64 | 128}`
  | "f32"
  | "f64"
  | { readonly option: Type }
  | { readonly list: Type }
  | { readonly map: Type; readonly key: Type }
  | { readonly tuple: readonly Type[] }
  | { readonly named: string };

/** A member of an object. */
export interface Field {
  /** Its name on the wire. */
  readonly name: string;
  /** Its name here, where that is another. */
  readonly member?: string;
  readonly type: Type;
  readonly optional?: true;
  /** Whether its own members stand beside the others. */
  readonly flatten?: true;
}

/** What a named type is. */
export type Shape =
  | "unit"
  | { readonly struct: readonly Field[] }
  | { readonly newtype: Type }
  | { readonly elements: readonly Type[] }
  | {
      readonly style: "plain" | "external" | "internal" | "adjacent";
      readonly tag: string;
      readonly content?: string;
      readonly unknown: string;
      readonly variants: readonly Variant[];
    }
  | { readonly untagged: readonly Variant[] };

/** A variant of a union. */
export interface Variant {
  readonly name: string;
  readonly shape: Shape;
}

/** A type under its name. */
export interface Named {
  readonly name: string;
  readonly shape: Shape;
}

type Members = { [name: string]: unknown };

/** The types of an API. */
export class Types {
  readonly #shapes: ReadonlyMap<string, Shape>;

  constructor(types: readonly Named[]) {
    this.#shapes = new Map(types.map(({ name, shape }) => [name, shape]));
  }

  #shape(name: string): Shape {
    return this.#shapes.get(name) ?? "unit";
  }

  /** Reads a whole text; `lenient` takes the bigints of `toJSON`. */
  parse(type: Type, text: string, lenient = false): unknown {
    const reader = new Reader(text);
    const value = this.read(type, reader, DEPTH, lenient);
    reader.end();
    return value;
  }

  read(type: Type, reader: Reader, depth: number, lenient: boolean): unknown {
    const next = reader.peek();
    if (typeof type === "string") {
      switch (type) {
        case "bool":
          if (next !== "t" && next !== "f") throw new Unfit("no boolean");
          return reader.literal() === "true";
        case "string":
          return reader.string();
        case "char":
          return char(reader.string());
        case "any":
          return reader.any(depth);
        case "unit":
          if (reader.literal() !== "null") throw new Unfit("not null");
          return null;
        case "duration":
          return duration(reader, depth, lenient);
        case "f32":
        case "f64":
          return double(reader.number());
        default:
          return integer(type, digits(reader, lenient));
      }
    }
    if ("option" in type) {
      if (next !== "n") return this.read(type.option, reader, depth, lenient);
      if (reader.literal() !== "null") throw new Unfit("not null");
      return undefined;
    }
    if ("named" in type) {
      return this.#readShape(this.#shape(type.named), reader, depth, lenient);
    }
    deep(depth);
    if ("list" in type) {
      const list: unknown[] = [];
      reader.list(() =>
        list.push(this.read(type.list, reader, depth - 1, lenient)),
      );
      return list;
    }
    if ("tuple" in type) {
      return this.#readTuple(type.tuple, reader, depth, lenient);
    }
    const map: Members = {};
    reader.object((name) => {
      key(type.key, name);
      put(map, name, this.read(type.map, reader, depth - 1, lenient));
    });
    return map;
  }

  #readTuple(
    types: readonly Type[],
    reader: Reader,
    depth: number,
    lenient: boolean,
  ): unknown[] {
    deep(depth);
    const tuple: unknown[] = [];
    reader.list((at) => {
      const type = types[at];
      if (type === undefined) throw new Unfit("too many elements");
      tuple.push(this.read(type, reader, depth - 1, lenient));
    });
    if (tuple.length < types.length) throw new Unfit("too few elements");
    return tuple;
  }

  #readShape(
    shape: Shape,
    reader: Reader,
    depth: number,
    lenient: boolean,
  ): unknown {
    if (shape === "unit") return this.read("unit", reader, depth, lenient);
    if ("newtype" in shape) {
      return this.read(shape.newtype, reader, depth, lenient);
    }
    if ("elements" in shape) {
      return this.#readTuple(shape.elements, reader, depth, lenient);
    }
    if ("struct" in shape) {
      deep(depth);
      return this.#fields(shape.struct, split(reader), depth, lenient);
    }
    if ("untagged" in shape) {
      const raw = reader.skip();
      for (const variant of shape.untagged) {
        try {
          const inner = new Reader(raw);
          return this.#readShape(variant.shape, inner, depth, lenient);
        } catch (error) {
          if (!(error instanceof Unfit)) throw error;
        }
      }
      return new Unknown(new Reader(raw).any(depth));
    }
    const { style, tag, content, unknown } = shape;
    if (style === "plain") {
      if (reader.peek() === '"') return reader.string();
      // A variant without members may stand in an object too.
      deep(depth);
      const [only] = single(split(reader));
      return only;
    }
    const find = (name: string): Variant | undefined =>
      shape.variants.find((variant) => variant.name === name);
    const start = reader.at;
    const other = (): Members => {
      reader.at = start;
      return { [tag]: unknown, raw: reader.any(depth) };
    };
    if (style === "external") {
      if (reader.peek() === '"') {
        const variant = find(reader.string());
        if (variant === undefined) return other();
        if (variant.shape !== "unit") throw new Unfit("no variant alone");
        return { [tag]: variant.name };
      }
      deep(depth);
      const [name, raw] = single(split(reader));
      const variant = find(name);
      if (variant === undefined) return other();
      return this.#variant(variant, tag, raw, depth - 1, lenient);
    }
    deep(depth);
    const members = split(reader);
    const named = once(members, tag);
    if (named === undefined) throw new Unfit(`missing field \`${tag}\``);
    const variant = find(new Reader(named).string());
    if (variant === undefined) return other();
    if (style === "adjacent") {
      const raw = once(members, content ?? "");
      if (raw === undefined && variant.shape !== "unit") {
        throw new Unfit(`missing field \`${content ?? ""}\``);
      }
      return this.#variant(variant, tag, raw ?? "null", depth - 1, lenient);
    }
    if (variant.shape === "unit") return { [tag]: variant.name };
    const rest = members.filter(([name]) => name !== tag);
    if (typeof variant.shape === "object" && "struct" in variant.shape) {
      const { struct } = variant.shape;
      return {
        [tag]: variant.name,
        ...this.#fields(struct, rest, depth, lenient),
      };
    }
    return this.#variant(variant, tag, joined(rest), depth, lenient);
  }

  /** A variant by its own content. */
  #variant(
    variant: Variant,
    tag: string,
    raw: string,
    depth: number,
    lenient: boolean,
  ): Members {
    const reader = new Reader(raw);
    const value = this.#readShape(variant.shape, reader, depth, lenient);
    if (variant.shape === "unit") return { [tag]: variant.name };
    if (typeof variant.shape === "object" && "struct" in variant.shape) {
      return { [tag]: variant.name, ...(value as Members) };
    }
    return { [tag]: variant.name, value };
  }

  /** The members of a structure, of those that stand in an object. */
  #fields(
    fields: readonly Field[],
    members: readonly (readonly [string, string])[],
    depth: number,
    lenient: boolean,
  ): Members {
    const out: Members = {};
    const known = new Set(
      fields.filter((field) => !field.flatten).map((field) => field.name),
    );
    for (const field of fields) {
      let raw: string | undefined;
      if (field.flatten) {
        raw = joined(members.filter(([name]) => !known.has(name)));
      } else {
        raw = once(members, field.name);
      }
      // Beside the others, nothing lies deeper.
      const inside = field.flatten ? depth : depth - 1;
      const value = this.field(field, raw, inside, lenient);
      put(out, field.member ?? field.name, value);
    }
    return out;
  }

  /** A member, by its text if there is one. */
  field(
    field: Field,
    raw: string | undefined,
    depth: number = DEPTH,
    lenient = false,
  ): unknown {
    const optional = field.optional === true || isOption(field.type);
    if (raw === undefined || (raw === "null" && optional)) {
      if (optional) return undefined;
      throw new Unfit(`missing field \`${field.name}\``);
    }
    return this.read(field.type, new Reader(raw), depth, lenient);
  }

  /** A value as JSON. */
  write(type: Type, value: unknown): string {
    if (typeof type === "string") {
      switch (type) {
        case "bool":
          if (typeof value !== "boolean") throw new Unfit("no boolean");
          return String(value);
        case "string":
          return text(value as string);
        case "char":
          return text(char(value as string));
        case "any":
          return writeAny(value as JsonValue);
        case "unit":
          return "null";
        case "duration": {
          const { seconds, nanoseconds } = value as Duration;
          integer("u64", String(seconds));
          integer("u32", String(nanoseconds));
          return `{"secs":${seconds},"nanos":${nanoseconds}}`;
        }
        case "f32":
        case "f64":
          if (typeof value !== "number") throw new Unfit("no number");
          return writeAny(value);
        default:
          if (typeof value !== (isBig(type) ? "bigint" : "number")) {
            throw new Unfit(`no integer of type ${type}`);
          }
          return String(integer(type, String(value)));
      }
    }
    if ("option" in type) {
      return value === undefined || value === null
        ? "null"
        : this.write(type.option, value);
    }
    if ("named" in type) {
      return this.#writeShape(this.#shape(type.named), value);
    }
    if ("list" in type) {
      if (!Array.isArray(value)) throw new Unfit("no list");
      const list = value.map((element) => this.write(type.list, element));
      return `[${list.join(",")}]`;
    }
    if ("tuple" in type) return this.#writeTuple(type.tuple, value);
    const members = Object.entries(object(value)).map(([name, member]) => {
      key(type.key, name);
      return `${text(name)}:${this.write(type.map, member)}`;
    });
    return `{${members.join(",")}}`;
  }

  #writeTuple(types: readonly Type[], value: unknown): string {
    if (!Array.isArray(value) || value.length !== types.length) {
      throw new Unfit("no such tuple");
    }
    return `[${types.map((type, at) => this.write(type, value[at])).join(",")}]`;
  }

  #writeShape(shape: Shape, value: unknown): string {
    if (value instanceof Unknown) return writeAny(value.raw);
    if (shape === "unit") return "null";
    if ("newtype" in shape) return this.write(shape.newtype, value);
    if ("elements" in shape) return this.#writeTuple(shape.elements, value);
    if ("struct" in shape) return joined(this.members(shape.struct, value));
    if ("untagged" in shape) {
      for (const variant of shape.untagged) {
        try {
          return this.#writeShape(variant.shape, value);
        } catch (error) {
          if (!(error instanceof Unfit)) throw error;
        }
      }
      throw new Unfit("no variant fits");
    }
    if (shape.style === "plain") return text(value as string);
    const members = object(value);
    const { [shape.tag]: named } = members;
    const variant = shape.variants.find((variant) => variant.name === named);
    if (variant === undefined) {
      if (named !== shape.unknown) throw new Unfit("no such variant");
      return writeAny(members["raw"] as JsonValue);
    }
    const tag = text(variant.name);
    const struct =
      typeof variant.shape === "object" && "struct" in variant.shape;
    const inside = struct ? value : members["value"];
    const content = this.#writeShape(variant.shape, inside);
    if (shape.style === "external") {
      return variant.shape === "unit" ? tag : `{${tag}:${content}}`;
    }
    const head = `{${text(shape.tag)}:${tag}`;
    if (variant.shape === "unit") return `${head}}`;
    if (shape.style === "adjacent") {
      return `${head},${text(shape.content ?? "")}:${content}}`;
    }
    return content === "{}" ? `${head}}` : `${head},${content.slice(1)}`;
  }

  /** The members of a structure, each as its text. */
  members(fields: readonly Field[], value: unknown): [string, string][] {
    const from = object(value);
    const out: [string, string][] = [];
    for (const field of fields) {
      const member = from[field.member ?? field.name];
      const optional = field.optional === true || isOption(field.type);
      if (member === undefined && optional) {
        continue;
      }
      const written = this.write(field.type, member);
      if (field.flatten) {
        out.push(...split(new Reader(written)));
      } else {
        out.push([field.name, written]);
      }
    }
    return out;
  }
}

function isOption(type: Type): boolean {
  return typeof type === "object" && "option" in type;
}

function object(value: unknown): { readonly [name: string]: unknown } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Unfit("no object");
  }
  return value as { readonly [name: string]: unknown };
}

/** The members of an object, each with its text. */
export function split(reader: Reader): [string, string][] {
  const members: [string, string][] = [];
  reader.object((name) => {
    members.push([name, reader.skip()]);
  });
  return members;
}

/** Members as an object. */
export function joined(
  members: readonly (readonly [string, string])[],
): string {
  return `{${members.map(([name, raw]) => `${text(name)}:${raw}`).join(",")}}`;
}

function once(
  members: readonly (readonly [string, string])[],
  name: string,
): string | undefined {
  const found = members.filter(([known]) => known === name);
  if (found.length > 1) throw new Unfit(`duplicate field \`${name}\``);
  return found[0]?.[1];
}

function single(members: readonly [string, string][]): [string, string] {
  const [only, second] = members;
  if (only === undefined || second !== undefined) {
    throw new Unfit("a variant is an object of one member");
  }
  return only;
}

function char(value: string): string {
  if (typeof value !== "string" || [...value].length !== 1) {
    throw new Unfit("it is no character");
  }
  return value;
}

/** Whether an integer of a type is a bigint. */
function isBig(type: string): boolean {
  return Number(type.slice(1)) > 32;
}

function digits(reader: Reader, lenient: boolean): string {
  return lenient && reader.peek() === '"' ? reader.string() : reader.number();
}

/** An integer of a type by its text, exactly. */
export function integer(type: string, text: string): number | bigint {
  // Longer ones are out of range, and slow to read.
  if (!/^-?[0-9]{1,64}$/.test(text) || text === "-0") {
    throw new Unfit(`it is no integer of type ${type}`);
  }
  const value = BigInt(text);
  const bits = BigInt(type.slice(1));
  const signed = type.startsWith("i");
  const least = signed ? -(2n ** (bits - 1n)) : 0n;
  const end = signed ? 2n ** (bits - 1n) : 2n ** bits;
  if (value < least || value >= end) {
    throw new Unfit(`it is out of the range of ${type}`);
  }
  return isBig(type) ? value : Number(value);
}

function key(type: Type, name: string): void {
  if (type === "char") char(name);
  else if (typeof type === "string" && /^[iu][0-9]/.test(type)) {
    integer(type, name);
  }
}

function duration(reader: Reader, depth: number, lenient: boolean): Duration {
  deep(depth);
  const [first, second] =
    reader.peek() === "[" ? ["0", "1"] : ["secs", "nanos"];
  const members: [string, string][] = [];
  if (first === "0") {
    reader.list((at) => members.push([String(at), reader.skip()]));
  } else {
    members.push(...split(reader));
  }
  const seconds = once(members, first ?? "");
  const nanoseconds = once(members, second ?? "");
  if (!seconds || !nanoseconds || members.length !== 2) {
    throw new Unfit("it is no duration");
  }
  const nanos = Number(integer("u32", digits(new Reader(nanoseconds), false)));
  const whole = digits(new Reader(seconds), lenient);
  const more = BigInt(Math.floor(nanos / 1e9));
  const sum = BigInt(integer("u64", whole)) + more;
  integer("u64", String(sum));
  return { seconds: sum, nanoseconds: nanos % 1e9 };
}

/** Any JSON of a text; the text itself where it is none. */
export function loose(raw: string): JsonValue {
  return parse(raw) ?? raw;
}
