// The types of an API: what reads its values, and what writes them.

import { ValueReader } from "./read.js";
import type { Named } from "./schema.js";
import { ValueWriter } from "./write.js";

/** The types of an API. */
export class Types {
  /** Reads what the API wrote. */
  readonly reader: ValueReader;
  /** Reads what `toJSON` wrote, where a bigint is a text. */
  readonly lenient: ValueReader;
  readonly writer: ValueWriter;

  constructor(types: readonly Named[]) {
    const shapes = new Map(types.map(({ name, shape }) => [name, shape]));
    this.reader = new ValueReader(shapes, false);
    this.lenient = new ValueReader(shapes, true);
    this.writer = new ValueWriter(shapes);
  }
}
