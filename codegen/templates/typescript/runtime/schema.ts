// The types of a contract, as data: what is read and written by them.

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
  | { readonly set: Type }
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
  | Tagged
  | { readonly untagged: readonly Variant[] };

/** A union whose values say which variant they are. */
export interface Tagged {
  readonly style: "plain" | "external" | "internal" | "adjacent";
  /** The member that names the variant; `plain` has no other. */
  readonly tag: string;
  /** The member that holds what is in it, of `adjacent` alone. */
  readonly content?: string;
  /** The name here of a variant that this client does not know. */
  readonly unknown: string;
  readonly variants: readonly Variant[];
}

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

/** Whether a member may be left out. */
export function isOptional(field: Field): boolean {
  const { type } = field;
  return (
    field.optional === true || (typeof type === "object" && "option" in type)
  );
}

/** The members of a shape that is a structure. */
export function structOf(shape: Shape): readonly Field[] | undefined {
  return typeof shape === "object" && "struct" in shape
    ? shape.struct
    : undefined;
}
