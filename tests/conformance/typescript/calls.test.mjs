// What a call does: its request, its repeats, its time and its end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { answerOf, base, client, copy, fakeFetch, orders } from "./package.mjs";

const { OrderNotFoundError, TransportError, safe } = orders;
const html = { status: 502, body: "<html>" };

test("repeats as the advice says, and no other", async () => {
  const slow = new orders.TooManyRequestsError({ used: 7 }, { retryAfter: 0 });
  const order = { id: "1", customerId: 18446744073709551615n, state: "mended", lines: [], total: { units: -1n, currency: "EUR" } };
  const fetch = fakeFetch([slow, slow, { body: order }]);
  assert.deepEqual(await client(fetch).getOrder("a/b"), { ...order, placedBy: undefined });
  assert.equal(fetch.requests.length, 3);
  assert.equal(fetch.requests[0].url, `${base}/orders/a%2Fb`);
  const missing = fakeFetch([new OrderNotFoundError({ orderId: "42" })]);
  assert.equal((await safe(client(missing).getOrder("42"))).error.attempts, 1);
  assert.equal(missing.requests.length, 1);
  const long = fakeFetch([new orders.TooManyRequestsError({ used: 7 }, { retryAfter: 21 })]);
  assert.equal((await safe(client(long).getOrder("42"))).error.retryAfter, 21);
  assert.equal(long.requests.length, 1);
  // It may have been carried out, and a POST is not repeated then.
  const down = fakeFetch([html]);
  const input = { customerId: 7n, lines: [{ sku: "teapot", quantity: 1 }], dryRun: true, idempotencyKey: "k" };
  const failed = await safe(client(down).placeOrder(input));
  assert.deepEqual([failed.error.isRetryable, down.requests.length], [false, 1]);
  const [{ url, headers, body }] = down.requests;
  assert.equal(url, `${base}/orders?dryRun=true`);
  assert.equal(headers["idempotency-key"], "k");
  assert.equal(body, '{"customerId":7,"lines":[{"sku":"teapot","quantity":1}]}');
});

test("what can't be sent is not sent", async () => {
  const fetch = fakeFetch([{}]);
  for (const id of ["", ".", ".."]) {
    const { error } = await safe(client(fetch).getOrder(id));
    assert.deepEqual([error.who, error.kind, error.isRetryable], ["transport", "request", false]);
  }
  const { error } = await safe(client(fetch).searchOrders({ customerId: 2n ** 64n }));
  assert.equal(error.kind, "request");
  assert.equal(fetch.requests.length, 0);
});

test("a timeout is ours, an abort the caller's", async () => {
  const never = () => new Promise(() => {});
  const { error } = await safe(client(never, { timeoutMs: 5, retries: false }).getOrder("42"));
  assert.deepEqual([error.who, error.kind, error.retry], ["transport", "timeout", "idempotent"]);
  const reason = { mine: true };
  const controller = new AbortController();
  const call = safe(client(never).getOrder("42", { signal: controller.signal }));
  setTimeout(() => controller.abort(reason), 5);
  await assert.rejects(call, (thrown) => thrown === reason);
  await assert.rejects(safe(client(never).getOrder("42", { signal: AbortSignal.abort(reason) })), (thrown) => thrown === reason);
  // The body is bounded too.
  const body = new ReadableStream({ pull: () => new Promise(() => {}) });
  const stalls = async () => new Response(body, { status: 200 });
  const late = await safe(client(stalls, { timeoutMs: 5, retries: false }).getOrder("42"));
  assert.equal(late.error.kind, "timeout");
});

test("a body that is too large is refused", async () => {
  const large = async () => new Response("x".repeat(100));
  const { error } = await safe(client(large, { limit: 99 }).getOrder("42"));
  assert.deepEqual([error.kind, error.retry], ["refused", "never"]);
});

test("headers are made and signed for each attempt", async () => {
  const fetch = fakeFetch([{ body: { version: "1" } }]);
  const made = client(fetch, { headers: async () => ({ "X-Token": "t" }), sign: ({ headers }) => ({ sig: headers["x-token"] }) });
  assert.deepEqual(await made.health(), { version: "1" });
  assert.equal(fetch.requests[0].headers.sig, "t");
});

test("what is signed replaces what was there, whatever its letters", async () => {
  const fetch = fakeFetch([{ body: { version: "1" } }]);
  const made = client(fetch, { headers: { authorization: "a" }, sign: () => ({ Authorization: "b" }) });
  await made.health({ headers: { "X-Api-Key": "of the call" } });
  assert.deepEqual(fetch.requests[0].headers, { accept: "application/json", authorization: "b", "x-api-key": "of the call" });
});

test("a header that can't be sent is not sent", async () => {
  const fetch = fakeFetch([{}]);
  for (const headers of [{ "x y": "1" }, { x: "a\nb" }, { x: "€" }, { x: undefined }]) {
    const { error } = await safe(client(fetch, { headers }).health());
    assert.deepEqual([error.kind, error.mayHaveBeenSent, fetch.requests.length], ["request", false, 0]);
  }
});

test("what `headers` throws is thrown as it is, but for another client's failure", async () => {
  const mine = new Error("no token");
  const throws = (error) => () => {
    throw error;
  };
  await assert.rejects(safe(client(fetch, { headers: throws(mine) }).health()), (thrown) => thrown === mine);
  const foreign = new copy.TooManyRequestsError({ used: 1 });
  for (const options of [{ headers: throws(foreign) }, { sign: throws(foreign) }]) {
    const { error } = await safe(client(fetch, options).health());
    assert.ok(error instanceof TransportError);
    assert.deepEqual([error.kind, error.source, error.attempts], ["request", foreign, 1]);
  }
});

test("a signal and the time end a call while its headers are made, and nothing is sent then", async () => {
  const fetch = fakeFetch([{ body: { version: "1" } }]);
  let go;
  const headers = () => new Promise((resolve) => (go = () => resolve({})));
  const controller = new AbortController();
  const call = safe(client(fetch, { headers }).health({ signal: controller.signal }));
  controller.abort("mine");
  await assert.rejects(call, (thrown) => thrown === "mine");
  go();
  const { error } = await safe(client(fetch, { headers, timeoutMs: 5, retries: false }).health());
  assert.deepEqual([error.kind, error.mayHaveBeenSent, error.retry], ["timeout", false, "backoff"]);
  go();
  await new Promise(setImmediate);
  assert.equal(fetch.requests.length, 0);
});

test("a time that no timer takes is no time", async () => {
  const fetch = fakeFetch([{ body: { version: "1" } }]);
  for (const timeoutMs of [Infinity, 2 ** 31]) assert.ok((await safe(client(fetch, { timeoutMs }).health())).ok);
});

test("nothing stays on the caller's signal", async () => {
  let listeners = 0;
  const signal = {
    aborted: false,
    reason: undefined,
    addEventListener: () => (listeners += 1),
    removeEventListener: () => (listeners -= 1),
  };
  const busy = new orders.TooManyRequestsError({ used: 1 }, { retryAfter: 0 });
  await safe(client(fakeFetch([busy, busy, { body: { version: "1" } }])).health({ signal }));
  await safe(client(async () => Promise.reject(new Error("x"))).health({ signal }));
  assert.equal(listeners, 0);
});

test("a fake without answers says so", async () => {
  const { error } = await safe(client(fakeFetch([]), { retries: false }).health());
  assert.equal(error.source.message, "there is no answer");
});

test("an input's member that every object has is not taken for one that is given", async () => {
  const fetch = fakeFetch([{}]);
  await safe(client(fetch).placeOrder({ customerId: 7n, lines: [], labels: { constructor: "x" } }));
  assert.equal(fetch.requests[0].body, '{"customerId":7,"lines":[],"labels":{"constructor":"x"}}');
});

test("a path's parameter is escaped whole", async () => {
  const fetch = fakeFetch([{}]);
  await safe(client(fetch).getOrder("a/b?!'()*é"));
  assert.equal(fetch.requests[0].url, `${base}/orders/a%2Fb%3F%21%27%28%29%2A%C3%A9`);
});

test("the answer of an error is what the function makes of it", () => {
  const { status, headers, body } = answerOf(new OrderNotFoundError({ orderId: "42" }));
  assert.deepEqual([status, headers], [404, { "content-type": "application/problem+json", "x-error-code": "OrderNotFound" }]);
  const title = "The order does not exist";
  const said = { code: "OrderNotFound", title, status: 404, detail: title, retryable: "never", orderId: "42" };
  assert.deepEqual(JSON.parse(body), said);
});
