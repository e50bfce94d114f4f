// The calls of an API over HTTP.

import { isFunctionError, isSuccess } from "./answer.js";
import { bounded } from "./bounds.js";
import { isFailure } from "./brand.js";
import { beside, decode, output, unmodelled } from "./decode.js";
import type { ErrorSet, Family, RawResponse } from "./failure.js";
import { host } from "./host.js";
import { Unfit } from "./json.js";
import type { CallOptions, ClientOptions, OutgoingRequest } from "./options.js";
import { repeated } from "./repeat.js";
import { type Operation, isIdempotent, lowered, request } from "./request.js";
import { send } from "./send.js";
import { NoAnswer, transport, unmade } from "./transport.js";

/** The calls of an API. */
export class Api {
  readonly #base: string;
  readonly #options: ClientOptions;
  readonly #family: Family;

  constructor(base: string, options: ClientOptions, family: Family) {
    if (!isBase(base)) {
      // It may hold what is secret: it is not said.
      throw new TypeError(
        "the API's address is no URL of HTTP, or has a query or a fragment",
      );
    }
    this.#base = base.replace(/\/+$/, "");
    this.#options = options;
    this.#family = family;
  }

  call<T>(
    operation: Operation,
    set: ErrorSet,
    input: unknown,
    options: CallOptions = {},
  ): Promise<T> {
    const { retries = this.#options.retries, signal } = options;
    const attempt = (): Promise<unknown> =>
      this.#attempt(operation, set, input, options);
    return repeated(attempt, retries, signal) as Promise<T>;
  }

  async #attempt(
    operation: Operation,
    set: ErrorSet,
    input: unknown,
    options: CallOptions,
  ): Promise<unknown> {
    const { fetch, limit = 10 * 1024 * 1024 } = this.#options;
    const timeoutMs = options.timeoutMs ?? this.#options.timeoutMs ?? 35_000;
    let response: RawResponse;
    try {
      response = await bounded(
        { timeoutMs, signal: options.signal },
        async (attempt) => {
          const made = await this.#request(operation, input, options);
          // Nobody waits for the answer any more.
          if (attempt.signal.aborted) throw attempt.signal.reason;
          attempt.sent = true;
          return send(made, fetch, limit, attempt.signal);
        },
      );
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      throw transport(this.#family, error, isIdempotent(operation));
    }
    return this.#answer(operation, set, response);
  }

  async #request(
    operation: Operation,
    input: unknown,
    options: CallOptions,
  ): Promise<OutgoingRequest> {
    const { headers, sign } = this.#options;
    try {
      const common = typeof headers === "function" ? await headers() : headers;
      const given = {
        ...lowered(common ?? {}),
        ...lowered(options.headers ?? {}),
      };
      const { types } = this.#family;
      const made = request(types, this.#base, operation, input, given);
      if (sign === undefined) return made;
      const signed = lowered(await sign(made));
      return { ...made, headers: { ...made.headers, ...signed } };
    } catch (error) {
      if (error instanceof Unfit) throw unmade(error.message);
      // Another client's failure is none of this API's.
      if (isFailure(error)) throw unmade("its headers failed", error);
      throw error;
    }
  }

  #answer(operation: Operation, set: ErrorSet, response: RawResponse): unknown {
    const { trust } = this.#options;
    const options = { trust, idempotent: isIdempotent(operation) };
    if (!isSuccess(response)) {
      throw decode(this.#family, set, response, options);
    }
    const about = beside(response, options);
    if (isFunctionError(response.body)) {
      const reason = "it is the error of a function that came as a success";
      throw unmodelled(this.#family, undefined, reason, about);
    }
    return output(this.#family, operation.output, about);
  }
}

function isBase(base: string): boolean {
  try {
    const { protocol, search, hash } = new (host.engine().URL)(base);
    return /^https?:$/.test(protocol) && search === "" && hash === "";
  } catch {
    return false;
  }
}
