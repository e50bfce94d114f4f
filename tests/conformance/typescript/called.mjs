// Calls the orders function behind a front in every way that it can fail, and says what was caught, one line of JSON each.
//
//   node called.mjs PACKAGE FRONT URL, with ORDERS_TOKEN
import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, front, url] = process.argv.slice(2);
const orders = await import(pathToFileURL(`${folder}/dist/index.js`));
const authorization = process.env.ORDERS_TOKEN;

/** The calls of a client over HTTP, or of the function that the AWS SDK invokes. */
function calls() {
  const options = { headers: { authorization }, retries: false };
  if (front !== "invoke") return new orders.Client(url, options);
  const { InvokeCommand, LambdaClient } = createRequire(`${process.cwd()}/`)("@aws-sdk/client-lambda");
  const credentials = { accessKeyId: "none", secretAccessKey: "none" };
  const lambda = new LambdaClient({ endpoint: url, region: "eu-central-1", credentials, maxAttempts: 1 });
  const invoke = async (payload, abortSignal) => {
    const sent = payload.replace('"note":"two"', '"note":2');
    const invoked = await lambda.send(new InvokeCommand({ FunctionName: "orders", Payload: sent }), { abortSignal });
    return { functionError: invoked.FunctionError, payload: invoked.Payload };
  };
  return new orders.OrdersFunction(invoke, { retries: false });
}

/** An address where nobody listens. */
async function nowhere() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return `http://127.0.0.1:${port}`;
}

const api = calls();
const get = (orderId) => (front === "invoke" ? api.getOrder({ orderId }) : api.getOrder(orderId));
const line = { sku: "teapot", quantity: 1 };
const order = (different) => api.placeOrder({ customerId: 7n, lines: [line], ...different });
const provoked = {
  OrderNotFound: () => get("41"),
  OrderArchived: () => get("7"),
  NotSignedIn: () => get("signed-out"),
  StoreUnavailable: () => get("store-down"),
  InvalidCursor: () => api.searchOrders({ cursor: "xyz" }),
  TooManyRequests: () => api.searchOrders({ cursor: "hurry" }),
  TooManyResults: () => api.searchOrders({ limit: 50 }),
  OutOfStock: () => order({ lines: [{ sku: "samovar", quantity: 3 }] }),
  PaymentDeclined: () => order({ dryRun: true, labels: { card: "empty" } }),
  AmountTooLarge: () => order({ lines: [{ ...line, quantity: 1_000_000 }] }),
  CustomerBlocked: () => order({ customerId: 9_007_199_254_740_993n }),
  Maintenance: () => order({ note: "closed" }),
  "an input that is none": () => order({ note: "two" }),
  "an error marked `internal`": () => get("impossible"),
  "a panic": () => get("panic"),
  "no answer in time": () => get("sleep"),
  "an exit": () => get("exit"),
  "a process that is killed": () => get("kill"),
};
if (front !== "invoke") {
  // What the types forbid is sent by a `fetch` that changes it.
  const lying = (target, { body, ...init }) => fetch(target, { ...init, body: body.replace('"note":"two"', '"note":2') });
  const client = (base, options) => new orders.Client(base, { headers: { authorization }, retries: false, ...options });
  provoked["an input that is none"] = () => client(url, { fetch: lying }).placeOrder({ customerId: 7n, lines: [line], note: "two" });
  provoked["no such route"] = () => client(`${url}/nowhere`).health();
  provoked["nobody signed in"] = () => client(url, { headers: {} }).getOrder("42");
  provoked["a stranger"] = () => client(url, { headers: { authorization: "Bearer eve" } }).getOrder("42");
  provoked["nobody there"] = async () => client(await nowhere()).health();
  provoked["a time that is too short"] = () => client(url, { timeoutMs: 100 }).getOrder("sleep");
} else {
  provoked["a time that is too short"] = () => api.getOrder({ orderId: "sleep" }, { timeoutMs: 100 });
}

for (const [what, call] of Object.entries(provoked)) {
  const result = await orders.safe(call());
  const { error } = result;
  if (result.ok) console.log(JSON.stringify({ what, id: result.value.id }));
  else if (!(error instanceof orders.OrdersError)) throw error;
  else if (error.who === "api" && !(error instanceof orders[`${error.code}Error`])) throw new TypeError(`${error.code} is of no class`);
  else console.log(JSON.stringify({ what, ...error.toJSON() }));
}
const found = await get("42");
const page = await api.searchOrders({ state: "sent" });
const placed = await order({});
const { version } = await api.health();
console.log(JSON.stringify({ what: "success", id: found.id, customer: typeof found.customerId, page: Array.isArray(page.orders), lines: placed.lines, version: typeof version }));
