// The calls of a function that is invoked directly.

import { raw } from "./answer.js";
import { bounded } from "./bounds.js";
import { beside, output } from "./decode.js";
import type { ErrorSet, Family } from "./failure.js";
import type { Signal } from "./host.js";
import { decodeInvocation } from "./invocation.js";
import { Unfit, text } from "./json.js";
import type { Retries } from "./options.js";
import { repeated } from "./repeat.js";
import type { Type } from "./schema.js";
import { NoAnswer, transport, unanswered, unmade } from "./transport.js";

/** What Lambda answers to an invocation. */
export interface Invoked {
  /** What `FunctionError` says, if the function failed. */
  readonly functionError?: string | undefined;
  readonly payload?: Uint8Array | string | undefined;
}

/** Invokes the function with a payload, as `Invoke` of an AWS SDK does. */
export type Invoke = (
  payload: string,
  /** An `AbortSignal`. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  signal: any,
) => Promise<Invoked>;

/** Options of a function's calls, or of one of them, which go before. */
export interface FunctionOptions {
  /** An `AbortSignal` that ends the call, which then throws the signal's reason. */
  readonly signal?: Signal | undefined;
  /** How long one attempt may take. There is no default. */
  readonly timeoutMs?: number | undefined;
  /** When a call is made again; `false` for never. */
  readonly retries?: Retries | false | undefined;
}

/** An operation without a route, as the contract has it. */
export interface Invocation {
  readonly name: string;
  readonly input: Type;
  readonly output: Type;
}

/** The calls of a function that is invoked directly. */
export class Invocations {
  readonly #invoke: Invoke;
  readonly #options: FunctionOptions;
  readonly #family: Family;

  constructor(invoke: Invoke, options: FunctionOptions, family: Family) {
    this.#invoke = invoke;
    this.#options = options;
    this.#family = family;
  }

  call<T>(
    invocation: Invocation,
    set: ErrorSet,
    input: unknown,
    options: FunctionOptions = {},
  ): Promise<T> {
    const all = { ...this.#options, ...options };
    const attempt = (): Promise<unknown> =>
      this.#attempt(invocation, set, input, all);
    return repeated(attempt, all.retries, all.signal) as Promise<T>;
  }

  async #attempt(
    { name, input: type, output: returned }: Invocation,
    set: ErrorSet,
    input: unknown,
    { timeoutMs = Infinity, signal }: FunctionOptions,
  ): Promise<unknown> {
    const family = this.#family;
    let invoked: Invoked;
    try {
      const written = this.#written(type, input);
      const event = `{"operation":${text(name)},"input":${written}}`;
      invoked = await bounded({ timeoutMs, signal }, async (attempt) => {
        attempt.sent = true;
        try {
          return await this.#invoke(event, attempt.signal);
        } catch (error) {
          throw unanswered(error);
        }
      });
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      throw transport(family, error, false);
    }
    const { functionError, payload = "" } = invoked;
    if (functionError !== undefined) {
      throw decodeInvocation(family, set, payload);
    }
    const answer = raw({ status: 200, body: payload });
    return output(family, returned, beside(answer, {}));
  }

  #written(type: Type, input: unknown): string {
    try {
      return this.#family.types.writer.write(type, input);
    } catch (error) {
      throw error instanceof Unfit ? unmade(error.message) : error;
    }
  }
}
