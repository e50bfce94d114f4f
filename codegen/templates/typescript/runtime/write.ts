// Values as JSON texts, by their types.

import {
  type JsonValue,
  Reader,
  Unfit,
  text,
  write as writeAny,
} from "./json.js";
import { joined, split } from "./members.js";
import { char, integer, isBig, key } from "./scalars.js";
import {
  type Field,
  type Shape,
  type Type,
  isOptional,
  structOf,
} from "./schema.js";

/** Writes values of an API's types. */
export class ValueWriter {
  readonly #shapes: ReadonlyMap<string, Shape>;

  constructor(shapes: ReadonlyMap<string, Shape>) {
    this.#shapes = shapes;
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
          const { seconds, nanoseconds } = object(value);
          const secs = integer("u64", String(seconds));
          const nanos = integer("u32", String(nanoseconds));
          return `{"secs":${secs},"nanos":${nanos}}`;
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
      return this.#writeShape(this.#shapes.get(type.named) ?? "unit", value);
    }
    if ("list" in type) return this.#writeList(type.list, value);
    if ("set" in type) return this.#writeList(type.set, value);
    if ("tuple" in type) return this.#writeTuple(type.tuple, value);
    const members = Object.entries(object(value)).map(([name, member]) => {
      key(type.key, name);
      return `${text(name)}:${this.write(type.map, member)}`;
    });
    return `{${members.join(",")}}`;
  }

  #writeList(type: Type, value: unknown): string {
    if (!Array.isArray(value)) throw new Unfit("no list");
    return `[${value.map((element) => this.write(type, element)).join(",")}]`;
  }

  #writeTuple(types: readonly Type[], value: unknown): string {
    if (!Array.isArray(value) || value.length !== types.length) {
      throw new Unfit("no such tuple");
    }
    return `[${types.map((type, at) => this.write(type, value[at])).join(",")}]`;
  }

  #writeShape(shape: Shape, value: unknown): string {
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
    const inside = structOf(variant.shape) ? value : members["value"];
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
      const member = own(from, field.member ?? field.name);
      if (member === undefined && isOptional(field)) continue;
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

function object(value: unknown): { readonly [name: string]: unknown } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Unfit("no object");
  }
  return value as { readonly [name: string]: unknown };
}

/** A member, which nothing that every object has is taken for. */
function own(
  from: { readonly [name: string]: unknown },
  name: string,
): unknown {
  const inherited = name in Object.prototype && !Object.hasOwn(from, name);
  return inherited ? undefined : from[name];
}
