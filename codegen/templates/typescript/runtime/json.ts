// Our own strict reader of JSON, and the writer: no number is made a double
// before its type is known.

/** Any JSON value. An integer that a double can't hold is a bigint. */
export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** What is wrong with a JSON text, or does not fit its type. */
export class Unfit extends Error {}

/** How deep a value may be that is read. */
export const DEPTH = 127;

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// eslint-disable-next-line no-control-regex
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
/** Either half of a surrogate pair. */
const HALF = /[\ud800-\udfff]/;
/** A half alone: by `u`, a whole pair is another character. */
const LONE = /\p{Surrogate}/u;
const LITERAL = /true|false|null/y;

/** A JSON text, and how far it has been read. */
export class Reader {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The next character that is no white space; empty at the end. */
  peek(): string {
    for (;;) {
      const next = this.text.charAt(this.at);
      if (next !== " " && next !== "\n" && next !== "\t" && next !== "\r") {
        return next;
      }
      this.at += 1;
    }
  }

  /** Goes over a sign if it is the next. */
  sign(sign: string): boolean {
    const found = this.peek() === sign;
    if (found) this.at += 1;
    return found;
  }

  expect(sign: string): void {
    if (!this.sign(sign)) throw new Unfit(`expected \`${sign}\``);
  }

  end(): void {
    if (this.peek() !== "") throw new Unfit("trailing characters");
  }

  /** Goes over a token; where it began. */
  #pass(token: RegExp): number {
    this.peek();
    const start = this.at;
    token.lastIndex = start;
    if (!token.test(this.text)) throw new Unfit("it is no JSON");
    this.at = token.lastIndex;
    return start;
  }

  #token(of: RegExp): string {
    return this.text.slice(this.#pass(of), this.at);
  }

  /** A text, without half of a surrogate pair. */
  string(): string {
    const start = this.at;
    const token = this.#token(STRING);
    const text = token.includes("\\")
      ? (JSON.parse(token) as string)
      : token.slice(1, -1);
    if (isBroken(text)) {
      this.at = start;
      throw new Unfit("lone surrogate");
    }
    return text;
  }

  /** The text of a number. */
  number(): string {
    const next = this.peek();
    if (next !== "-" && (next < "0" || next > "9")) {
      throw new Unfit("it is no number");
    }
    return this.#token(NUMBER);
  }

  /** `true`, `false` or `null`. */
  literal(): string {
    return this.#token(LITERAL);
  }

  /** Goes over a value of any depth, and gives its text. */
  skip(): string {
    this.peek();
    const start = this.at;
    const open: string[] = [];
    for (;;) {
      let value = true;
      switch (this.peek()) {
        case "{":
          this.at += 1;
          if (!this.sign("}")) {
            open.push("}");
            this.#name();
            value = false;
          }
          break;
        case "[":
          this.at += 1;
          if (!this.sign("]")) {
            open.push("]");
            value = false;
          }
          break;
        case '"':
          this.#pass(STRING);
          break;
        case "t":
        case "f":
        case "n":
          this.#pass(LITERAL);
          break;
        default:
          this.#pass(NUMBER);
      }
      if (!value) continue;
      for (;;) {
        const close = open.at(-1);
        if (close === undefined) return this.text.slice(start, this.at);
        if (this.sign(",")) {
          if (close === "}") this.#name();
          break;
        }
        this.expect(close);
        open.pop();
      }
    }
  }

  #name(): void {
    this.#pass(STRING);
    this.expect(":");
  }

  /** The elements of a list, each read by `read`. */
  list(read: (at: number) => void): void {
    this.expect("[");
    if (this.sign("]")) return;
    for (let at = 0; ; at += 1) {
      read(at);
      if (this.sign("]")) return;
      this.expect(",");
    }
  }

  /** The members of an object, each read by `read`. */
  object(read: (name: string) => void): void {
    this.expect("{");
    if (this.sign("}")) return;
    for (;;) {
      const name = this.string();
      this.expect(":");
      read(name);
      if (this.sign("}")) return;
      this.expect(",");
    }
  }

  /** Any value. */
  any(depth: number = DEPTH): JsonValue {
    switch (this.peek()) {
      case "{": {
        deep(depth);
        const object: { [name: string]: JsonValue } = {};
        this.object((name) => {
          put(object, name, this.any(depth - 1));
        });
        return object;
      }
      case "[": {
        deep(depth);
        const list: JsonValue[] = [];
        this.list(() => list.push(this.any(depth - 1)));
        return list;
      }
      case '"':
        return this.string();
      case "t":
      case "f":
        return this.literal() === "true";
      case "n":
        this.literal();
        return null;
      default:
        return anyNumber(this.number());
    }
  }
}

/** Whether half of a surrogate pair stands alone. */
function isBroken(text: string): boolean {
  return HALF.test(text) && LONE.test(text);
}

/** Refuses what is nested too deep. */
export function deep(depth: number): void {
  if (depth <= 0) throw new Unfit("recursion limit exceeded");
}

/** Sets a member, whatever its name is. */
export function put<T>(
  object: { [name: string]: T },
  name: string,
  value: T,
): void {
  if (name === "__proto__") {
    Object.defineProperty(object, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    object[name] = value;
  }
}

/** A double, or a refusal. */
export function double(text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number)) throw new Unfit("number out of range");
  return number;
}

function anyNumber(text: string): number | bigint {
  const number = double(text);
  if (/[.eE]/.test(text) || Number.isSafeInteger(number)) return number;
  const exact = BigInt(text);
  return exact >= -(2n ** 63n) && exact < 2n ** 64n ? exact : number;
}

/** Reads a whole text as any JSON value; nothing where it is none. */
export function parse(text: string): JsonValue | undefined {
  try {
    const reader = new Reader(text);
    const value = reader.any();
    reader.end();
    return value;
  } catch (error) {
    if (error instanceof Unfit) return undefined;
    throw error;
  }
}

/** A member of a value, if it is an object that has it. */
export function member(value: JsonValue | undefined, name: string): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return undefined;
  }
  return Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

/** Writes any JSON value: each bigint by its digits. */
export function write(value: JsonValue): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new Unfit("it is no number");
    return JSON.stringify(value);
  }
  if (typeof value === "string") return text(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) {
    return `[${(value as readonly JsonValue[]).map(write).join(",")}]`;
  }
  const members = Object.entries(value as { [name: string]: JsonValue });
  const written = members.map(
    ([name, member]) => `${text(name)}:${write(member)}`,
  );
  return `{${written.join(",")}}`;
}

/** Writes a text. */
export function text(value: string): string {
  if (typeof value !== "string") throw new Unfit("it is no text");
  if (isBroken(value)) throw new Unfit("lone surrogate");
  return JSON.stringify(value);
}
