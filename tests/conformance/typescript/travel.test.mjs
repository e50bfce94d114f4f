// How failures travel: through a second copy of the package, JSON, structuredClone, threads and whatever prints them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { format, inspect } from "node:util";
import { Worker } from "node:worker_threads";
import { SECRET, base, client, copy, fakeFetch, orders } from "./package.mjs";

const { OrderNotFoundError, TooManyResultsError, OrdersError, DeclaredError, safe } = orders;

test("an error of one line", () => {
  const error = new OrderNotFoundError({ orderId: "42" });
  assert.equal(error.name, "OrderNotFoundError");
  assert.equal(Object.hasOwn(error, "name"), false);
  assert.deepEqual([error.who, error.code, error.status, error.orderId], ["api", "OrderNotFound", 404, "42"]);
  assert.equal(error.message, "The order does not exist");
});

test("what is of which class, through a second copy", () => {
  const error = new copy.OrderNotFoundError({ orderId: "42" });
  assert.notEqual(copy.OrderNotFoundError, OrderNotFoundError);
  for (const known of [OrderNotFoundError, DeclaredError, OrdersError, Error]) assert.ok(error instanceof known, known.name);
  for (const no of [TooManyResultsError, orders.GatewayError, orders.UndeclaredError]) assert.ok(!(error instanceof no), no.name);
  class Own extends OrderNotFoundError {}
  assert.ok(!(error instanceof Own));
  assert.ok(new Own({ orderId: "1" }) instanceof Own);
  assert.ok(new Own({ orderId: "1" }) instanceof copy.OrderNotFoundError);
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

test("a thread hands its failure over", async () => {
  const worker = new Worker(fileURLToPath(new URL("thread.mjs", import.meta.url)));
  const [json, cloned] = await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
  const error = OrdersError.fromJSON(json);
  assert.ok(error instanceof orders.OutOfStockError);
  assert.deepEqual(error.lines[0].warehouses, { Hamburg: 1 });
  assert.equal(error.requestId, "of the thread");
  // As it is, the engine makes a plain error of it, and what it says stays.
  assert.ok(cloned instanceof Error && !(cloned instanceof OrdersError));
  assert.equal(cloned.message, error.message);
});

test("what is no failure's JSON is unmodelled", () => {
  for (const json of [undefined, null, 7, "x", [], {}, { who: "nobody" }, { who: "api" }, { who: "api", code: "OutOfStock" }]) {
    const error = OrdersError.fromJSON(json);
    assert.ok(error instanceof OrdersError);
    assert.equal(error.who, json?.who === "api" && json.code === undefined ? "undeclared" : "unmodelled");
  }
});

const failing = (problem) => async () => {
  throw problem;
};
const refused = Object.assign(new TypeError(`fetch failed: ${SECRET}`, { cause: { code: "ECONNREFUSED", url: base } }), { input: base });
const secret = { "x-token": SECRET };
const answers = [
  ["transport", failing(refused)],
  ["transport", failing(SECRET)],
  ["transport", async () => new Response(SECRET.repeat(1000)), { limit: 100 }],
  ["unmodelled", fakeFetch([{ status: 502, body: `<html>${SECRET}</html>`, headers: secret }])],
  ["unmodelled", fakeFetch([{ status: 200, body: { id: { secret: SECRET } }, headers: secret }])],
  ["gateway", fakeFetch([{ status: 429, body: { message: "Too Many Requests" }, headers: secret }])],
  ["undeclared", fakeFetch([{ status: 423, headers: { "x-error-code": "OnHold", ...secret }, body: { code: "OnHold" } }])],
  ["platform", fakeFetch([{ status: 500, headers: { "x-error-code": "InternalError", ...secret }, body: { code: "InternalError" } }])],
  ["api", fakeFetch([new OrderNotFoundError({ orderId: "42" })])],
];
const order = { customerId: 7n, lines: [], note: SECRET, idempotencyKey: SECRET };
const calls = [(client) => client.getOrder(SECRET), (client) => client.searchOrders({ cursor: SECRET }), (client) => client.placeOrder(order)];

for (const [at, [who, fetch, options]] of answers.entries()) {
  test(`no secret in what is printed of ${who} (${at}), and it comes back from JSON`, async () => {
    for (const call of calls) {
      const failed = await safe(call(client(fetch, { retries: false, ...options })));
      const { error } = failed;
      // A call that may not fail so has no such class.
      assert.ok(error.who === who || (who === "api" && error.who === "undeclared"));
      const all = { depth: 9, showHidden: true };
      const printed = [String(error), error.stack, error.message, JSON.stringify({ error }), inspect(failed, all), format("%o %O %s %j", error, error, error, error)];
      printed.push(inspect(structuredClone(error), all), inspect(new AggregateError([error]), all), inspect(new Error("x", { cause: error }), all));
      for (const text of printed) assert.ok(!text.includes(SECRET), text);
      const back = OrdersError.fromJSON(JSON.parse(JSON.stringify(error)));
      assert.deepEqual(back.toJSON(), error.toJSON());
      assert.equal(back.constructor, error.constructor);
    }
  });
}

test("no secret in what is thrown of an address or printed of a client", () => {
  for (const wrong of [`ftp://${SECRET}`, SECRET, `https://127.0.0.1/?key=${SECRET}`, `https://127.0.0.1/#${SECRET}`]) {
    assert.throws(() => new orders.Client(wrong), (error) => error instanceof TypeError && !inspect(error).includes(SECRET));
  }
  assert.ok(!inspect(client(fetch), { depth: 9, showHidden: true }).includes(SECRET));
});
