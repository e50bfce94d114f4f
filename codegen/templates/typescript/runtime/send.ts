// One request, sent by `fetch`, and the whole of its answer.

import { raw } from "./answer.js";
import type { RawResponse } from "./failure.js";
import { type Signal, host } from "./host.js";
import type {
  FetchInit,
  FetchLike,
  FetchResponse,
  OutgoingRequest,
} from "./options.js";
import { NoAnswer, unanswered } from "./transport.js";

/** Sends a request, and waits for its answer with no more bytes than this. */
export async function send(
  request: OutgoingRequest,
  given: FetchLike | undefined,
  limit: number,
  signal: Signal,
): Promise<RawResponse> {
  const fetch = given ?? (host.engine().fetch as FetchLike | undefined);
  if (fetch === undefined) {
    const message = "there is no `fetch` here: give the client one";
    throw new NoAnswer("request", message, { sent: false });
  }
  const { method, url, headers, body } = request;
  const head = { method, headers, redirect: "manual", signal } as const;
  const init: FetchInit = body === undefined ? head : { ...head, body };
  try {
    const response = await fetch(url, init);
    // What a browser says of an answer that leads elsewhere.
    if (response.status === 0) {
      throw refused("the answer leads elsewhere, which is not followed");
    }
    const { status, headers } = response;
    return raw({ status, headers, body: await whole(response, limit) });
  } catch (error) {
    throw error instanceof NoAnswer ? error : unanswered(error);
  }
}

function refused(message: string): NoAnswer {
  return new NoAnswer("refused", message, { sent: true });
}

interface Chunks {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array }>;
    cancel(): Promise<void>;
  };
}

/** The bytes of an answer, as many as may be. */
async function whole(
  response: FetchResponse,
  limit: number,
): Promise<Uint8Array> {
  const large = `the answer has more than ${limit} bytes: raise \`limit\` if that is right`;
  const stream = response.body as Partial<Chunks> | null | undefined;
  if (typeof stream?.getReader !== "function") {
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes.length > limit) throw refused(large);
    return bytes;
  }
  const reader = (stream as Chunks).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done || value === undefined) break;
    length += value.length;
    if (length > limit) {
      reader.cancel().catch(() => undefined);
      throw refused(large);
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
