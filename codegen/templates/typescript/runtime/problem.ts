// A problem (RFC 9457): its own members, and those of the error.

import { decoded } from "./answer.js";
import { seconds } from "./delay.js";
import { Reader, Unfit } from "./json.js";
import { twice } from "./members.js";

/** What a problem says of itself. */
export interface Said {
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
export class ProblemReader {
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

  /** A member, as `read` reads it, or what `missing` says of it. */
  take<T>(name: string, read: (reader: Reader) => T, missing: () => T): T {
    const at = this.#waiting.findIndex(([known]) => known === name);
    if (at >= 0) {
      const [found] = this.#waiting.splice(at, 1);
      if (this.#waiting.some(([known]) => known === name)) throw twice(name);
      this.#taken.push(name);
      return read(new Reader(found?.[1] ?? ""));
    }
    for (;;) {
      const found = this.#next();
      if (found === undefined) return missing();
      if (found === name) {
        this.#taken.push(name);
        return this.#read(read);
      }
      this.#waiting.push([found, this.#value()]);
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

  /** Reads a value in its place; what does not fit is gone over. */
  #read<T>(read: (reader: Reader) => T): T {
    const start = this.#reader.at;
    try {
      return read(this.#reader);
    } catch (error) {
      this.#reader.at = start;
      this.#value();
      throw error;
    }
  }

  #noObject(): Unfit {
    this.#ended = true;
    return new Unfit("it is no JSON object");
  }
}

/** A raw value that is a text. */
export function plain(value: string | undefined): string | undefined {
  if (value === undefined || !value.startsWith('"')) return undefined;
  try {
    return new Reader(value).string();
  } catch {
    return undefined;
  }
}

/** What of a problem could be read, and what is wrong with it. */
export interface Read<T> {
  readonly value: T | undefined;
  readonly reason: string | undefined;
  readonly said: Said;
}

/** Reads a problem whose status is known by its code. */
export function readProblem<T>(
  body: Uint8Array,
  status: number,
  fields: (members: ProblemReader) => T,
): Read<T> {
  const empty = body.length === 0;
  const text = empty ? "{}" : decoded(body);
  const said: Said = { status, truncated: false };
  if (text === undefined) {
    return { value: undefined, reason: "it is not UTF-8", said };
  }
  const members = new ProblemReader(text, status);
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
  tried(() => {
    members.finish();
  });
  return { value, reason, said: members.said };
}

/** Every member of an object that is not a problem's own; none of what is none. */
export function everyMember(text: string): [string, string][] {
  try {
    return new ProblemReader(text, 0).all();
  } catch (error) {
    if (error instanceof Unfit) return [];
    throw error;
  }
}
