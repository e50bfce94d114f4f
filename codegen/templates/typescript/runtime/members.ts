// The members of JSON objects, each with the text of its value.

import { Reader, Unfit, text } from "./json.js";

/** Members by their names, in their order. */
export type Members = readonly (readonly [name: string, raw: string])[];

/** The members of an object. */
export function split(reader: Reader): [string, string][] {
  const members: [string, string][] = [];
  reader.object((name) => {
    members.push([name, reader.skip()]);
  });
  return members;
}

/** An object of these members. */
export function joined(members: Members): string {
  return `{${members.map(([name, raw]) => `${text(name)}:${raw}`).join(",")}}`;
}

/** The text of a member that stands there once. */
export function once(members: Members, name: string): string | undefined {
  let raw: string | undefined;
  for (const member of members) {
    if (member[0] !== name) continue;
    if (raw !== undefined) throw twice(name);
    raw = member[1];
  }
  return raw;
}

/** The only member. */
export function single(members: Members): readonly [string, string] {
  const [only, second] = members;
  if (only === undefined || second !== undefined) {
    throw new Unfit("a variant is an object of one member");
  }
  return only;
}

/** What is wrong with a member that stands there twice. */
export function twice(name: string): Unfit {
  return new Unfit(`duplicate field \`${name}\``);
}
