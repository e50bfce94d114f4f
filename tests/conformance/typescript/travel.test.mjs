// How failures travel, and what a call does: against the built package, whose folder `PACKAGE` names; `COPY` is a second one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";

const load = (folder, name) => import(pathToFileURL(`${folder}/dist/${name}.js`));
const one = await load(process.env.PACKAGE, "index");
const other = await load(process.env.COPY, "index");
const { fakeFetch } = await load(process.env.PACKAGE, "testing");
const { Client, OrderNotFoundError, TooManyResultsError, OrdersError, DeclaredError, safe } = one;

const SECRET = "s3cr3t";
const base = `https://user:${SECRET}@127.0.0.1:9/prod`;
const client = (fetch, more) =>
  new Client(base, { fetch, headers: { "x-api-key": SECRET }, retries: { firstMs: 1 }, ...more });

test("an error of one line", () => {
  const error = new OrderNotFoundError({ orderId: "42" });
  assert.equal(error.name, "OrderNotFoundError");
  assert.equal(Object.hasOwn(error, "name"), false);
  assert.deepEqual([error.who, error.code, error.status, error.orderId], ["api", "OrderNotFound", 404, "42"]);
  assert.equal(error.message, "The order does not exist");
});

test("what is of which class, through a second copy", () => {
  const error = new other.OrderNotFoundError({ orderId: "42" });
  assert.notEqual(other.OrderNotFoundError, OrderNotFoundError);
  for (const known of [OrderNotFoundError, DeclaredError, OrdersError, Error]) assert.ok(error instanceof known, known.name);
  for (const no of [TooManyResultsError, one.GatewayError, one.UndeclaredError]) assert.ok(!(error instanceof no), no.name);
  class Own extends OrderNotFoundError {}
  assert.ok(!(error instanceof Own));
  assert.ok(new Own({ orderId: "1" }) instanceof Own);
  assert.ok(new Own({ orderId: "1" }) instanceof other.OrderNotFoundError);
  for (const nothing of [null, undefined, {}, new Error("x"), "OrderNotFound"]) assert.ok(!(nothing instanceof OrdersError));
});

test("JSON and structuredClone keep every digit", () => {
  const found = 18446744073709551615n;
  const error = new TooManyResultsError({ found, limit: 1n }, { requestId: "r", retryAfter: 7 });
  const json = JSON.parse(JSON.stringify(error));
  assert.equal(json.fields.found, "18446744073709551615");
  for (const travelled of [json, structuredClone(error.toJSON())]) {
    const back = OrdersError.fromJSON(travelled);
    assert.ok(back instanceof TooManyResultsError);
    assert.deepEqual([back.found, back.requestId, back.retryAfter, back.message], [found, "r", 7, error.message]);
  }
});

const failing = (problem) => async () => {
  throw problem;
};
const refused = Object.assign(new TypeError("fetch failed", { cause: { code: "ECONNREFUSED", url: base } }), { input: base });
const html = { status: 502, body: `<html>${SECRET}</html>`, headers: { "x-token": SECRET } };
const gateway = { status: 429, body: { message: "Too Many Requests" }, headers: { "x-token": SECRET } };
const unknown = { status: 423, headers: { "x-error-code": "OnHold" }, body: { code: "OnHold" } };
const reserved = { status: 500, headers: { "x-error-code": "InternalError" }, body: { code: "InternalError" } };
const answers = [
  ["transport", failing(refused)],
  ["unmodelled", fakeFetch([html])],
  ["gateway", fakeFetch([gateway])],
  ["undeclared", fakeFetch([unknown])],
  ["platform", fakeFetch([reserved])],
  ["api", fakeFetch([new OrderNotFoundError({ orderId: "42" })])],
];

for (const [who, fetch] of answers) {
  test(`no secret in what is printed of ${who}, and it comes back from JSON`, async () => {
    const { ok, error } = await safe(client(fetch).getOrder("42"));
    assert.deepEqual([ok, error.who], [false, who]);
    const printed = [String(error), inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), error.stack];
    for (const text of printed) assert.ok(!text.includes(SECRET), text);
    const back = OrdersError.fromJSON(JSON.parse(JSON.stringify(error)));
    assert.deepEqual(back.toJSON(), error.toJSON());
    assert.equal(back.constructor, error.constructor);
  });
}

test("repeats as the advice says, and no other", async () => {
  const slow = new one.TooManyRequestsError({ used: 7 }, { retryAfter: 0 });
  const order = { id: "1", customerId: 18446744073709551615n, state: "mended", lines: [], total: { units: -1n, currency: "EUR" } };
  const fetch = fakeFetch([slow, slow, { body: order }]);
  assert.deepEqual(await client(fetch).getOrder("a/b"), { ...order, placedBy: undefined });
  assert.equal(fetch.requests.length, 3);
  assert.equal(fetch.requests[0].url, `${base}/orders/a%2Fb`);
  const missing = fakeFetch([new OrderNotFoundError({ orderId: "42" })]);
  assert.equal((await safe(client(missing).getOrder("42"))).error.attempts, 1);
  assert.equal(missing.requests.length, 1);
  const long = fakeFetch([new one.TooManyRequestsError({ used: 7 }, { retryAfter: 21 })]);
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
