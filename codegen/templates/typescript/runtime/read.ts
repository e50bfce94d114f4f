// Values from JSON texts, by their types.

import { DEPTH, Reader, Unfit, deep, double, put } from "./json.js";
import { type Members, joined, once, single, split, twice } from "./members.js";
import { char, digits, duration, integer, key, ordered } from "./scalars.js";
import {
  type Field,
  type Shape,
  type Tagged,
  type Type,
  type Variant,
  isOptional,
  structOf,
} from "./schema.js";

type Values = { [name: string]: unknown };

/** Reads values of an API's types. */
export class ValueReader {
  readonly #shapes: ReadonlyMap<string, Shape>;
  readonly #lenient: boolean;

  /** `lenient` takes a bigint as the text that `toJSON` makes of it. */
  constructor(shapes: ReadonlyMap<string, Shape>, lenient: boolean) {
    this.#shapes = shapes;
    this.#lenient = lenient;
  }

  /** Reads a whole text. */
  parse(type: Type, text: string): unknown {
    const reader = new Reader(text);
    const value = this.read(type, reader, DEPTH);
    reader.end();
    return value;
  }

  /** Reads the next value of a text. */
  read(type: Type, reader: Reader, depth: number): unknown {
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
          return duration(reader, depth, this.#lenient);
        case "f32":
        case "f64":
          return double(reader.number());
        default:
          return integer(type, digits(reader, this.#lenient));
      }
    }
    if ("option" in type) {
      if (next !== "n") return this.read(type.option, reader, depth);
      return nothing(reader);
    }
    if ("named" in type) {
      const shape = this.#shapes.get(type.named) ?? "unit";
      return this.#readShape(shape, reader, depth);
    }
    deep(depth);
    if ("list" in type) return this.#readList(type.list, reader, depth);
    if ("set" in type) return ordered(this.#readList(type.set, reader, depth));
    if ("tuple" in type) return this.#readTuple(type.tuple, reader, depth);
    const map: Values = {};
    reader.object((name) => {
      key(type.key, name);
      put(map, name, this.read(type.map, reader, depth - 1));
    });
    return map;
  }

  #readList(type: Type, reader: Reader, depth: number): unknown[] {
    const list: unknown[] = [];
    reader.list(() => list.push(this.read(type, reader, depth - 1)));
    return list;
  }

  #readTuple(types: readonly Type[], reader: Reader, depth: number): unknown[] {
    deep(depth);
    const tuple: unknown[] = [];
    reader.list((at) => {
      const type = types[at];
      if (type === undefined) throw new Unfit("too many elements");
      tuple.push(this.read(type, reader, depth - 1));
    });
    if (tuple.length < types.length) throw new Unfit("too few elements");
    return tuple;
  }

  #readShape(shape: Shape, reader: Reader, depth: number): unknown {
    if (shape === "unit") return this.read("unit", reader, depth);
    if ("newtype" in shape) return this.read(shape.newtype, reader, depth);
    if ("elements" in shape) {
      return this.#readTuple(shape.elements, reader, depth);
    }
    if ("struct" in shape) return this.#struct(shape.struct, reader, depth);
    if ("untagged" in shape) {
      const raw = reader.skip();
      for (const variant of shape.untagged) {
        try {
          const inner = new Reader(raw);
          return this.#readShape(variant.shape, inner, depth);
        } catch (error) {
          if (!(error instanceof Unfit)) throw error;
        }
      }
      throw new Unfit("no variant fits");
    }
    if (shape.style === "plain") {
      if (reader.peek() === '"') return reader.string();
      // A variant without members may stand in an object too.
      deep(depth);
      const [only] = single(split(reader));
      return only;
    }
    return this.#readTagged(shape, reader, depth);
  }

  #readTagged(shape: Tagged, reader: Reader, depth: number): Values {
    const { style, tag, content, unknown } = shape;
    const find = (name: string): Variant | undefined =>
      shape.variants.find((variant) => variant.name === name);
    const start = reader.at;
    const other = (): Values => {
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
      return this.#variant(variant, tag, raw, depth - 1);
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
      return this.#variant(variant, tag, raw ?? "null", depth - 1);
    }
    if (variant.shape === "unit") return { [tag]: variant.name };
    const rest = members.filter(([name]) => name !== tag);
    const struct = structOf(variant.shape);
    if (struct !== undefined) {
      return { [tag]: variant.name, ...this.members(struct, rest, depth) };
    }
    return this.#variant(variant, tag, joined(rest), depth);
  }

  /** A variant by its own content. */
  #variant(variant: Variant, tag: string, raw: string, depth: number): Values {
    const reader = new Reader(raw);
    const value = this.#readShape(variant.shape, reader, depth);
    if (variant.shape === "unit") return { [tag]: variant.name };
    if (structOf(variant.shape) !== undefined) {
      return { [tag]: variant.name, ...(value as Values) };
    }
    return { [tag]: variant.name, value };
  }

  /** A structure that stands alone. */
  #struct(fields: readonly Field[], reader: Reader, depth: number): Values {
    deep(depth);
    // What stands beside the others is what they leave.
    if (fields.some((field) => field.flatten)) {
      return this.members(fields, split(reader), depth);
    }
    const found: unknown[] = [];
    reader.object((name) => {
      const at = fields.findIndex((field) => field.name === name);
      const field = fields[at];
      if (field === undefined) {
        reader.skip();
        return;
      }
      if (at in found) throw twice(name);
      found[at] = this.member(field, reader, depth - 1);
    });
    const out: Values = {};
    for (const [at, field] of fields.entries()) {
      const value = at in found ? found[at] : this.missing(field);
      put(out, field.member ?? field.name, value);
    }
    return out;
  }

  /** The members of a structure, of those that stand in an object. */
  members(
    fields: readonly Field[],
    members: Members,
    depth: number = DEPTH,
  ): Values {
    const out: Values = {};
    const left = (): Members => {
      const known = new Set(
        fields.filter((field) => !field.flatten).map((field) => field.name),
      );
      return members.filter(([name]) => !known.has(name));
    };
    for (const field of fields) {
      const value = field.flatten
        ? this.#rest(field, left(), depth)
        : this.field(field, once(members, field.name), depth - 1);
      put(out, field.member ?? field.name, value);
    }
    return out;
  }

  /** What stands beside the others, and so no deeper than they. */
  #rest(field: Field, members: Members, depth: number): unknown {
    const { type } = field;
    if (typeof type === "object" && "named" in type) {
      const struct = structOf(this.#shapes.get(type.named) ?? "unit");
      if (struct !== undefined) return this.members(struct, members, depth);
    }
    return this.field(field, joined(members), depth);
  }

  /** A member, by its text if there is one. */
  field(field: Field, raw: string | undefined, depth: number = DEPTH): unknown {
    return raw === undefined
      ? this.missing(field)
      : this.member(field, new Reader(raw), depth);
  }

  /** A member that stands there. */
  member(field: Field, reader: Reader, depth: number = DEPTH): unknown {
    return isOptional(field) && reader.peek() === "n"
      ? nothing(reader)
      : this.read(field.type, reader, depth);
  }

  /** A member that does not stand there. */
  missing(field: Field): unknown {
    if (isOptional(field)) return undefined;
    throw new Unfit(`missing field \`${field.name}\``);
  }
}

/** What is null, and so not there. */
function nothing(reader: Reader): unknown {
  if (reader.literal() === "null") return undefined;
  throw new Unfit("not null");
}
