// How long it takes to decode an error, beside a `switch` by hand over `JSON.parse` that builds typed errors: as ratios, the
// median of several rounds in one run.
//
//   node decode.mjs PACKAGE
import { pathToFileURL } from "node:url";

const [folder] = process.argv.slice(2);
const { decode, OutOfStockError, OrderNotFoundError } = await import(pathToFileURL(`${folder}/dist/index.js`));

class ByHand extends Error {
  constructor(problem, response) {
    super(problem.detail);
    this.name = new.target.name;
    this.code = problem.code;
    this.status = response.status;
    this.requestId = problem.instance ?? response.headers.get("x-amzn-requestid");
    this.title = problem.title;
    this.type = problem.type;
  }
}
class NotFoundByHand extends ByHand {
  constructor(problem, response) {
    super(problem, response);
    this.orderId = problem.orderId;
  }
}
class OutOfStockByHand extends ByHand {
  constructor(problem, response) {
    super(problem, response);
    this.lines = problem.lines;
    this.suggestion = problem.suggestion;
  }
}

const utf8 = new TextDecoder();
function byHand(response) {
  const problem = JSON.parse(utf8.decode(response.body));
  switch (response.headers.get("x-error-code") ?? problem.code) {
    case "OrderNotFound":
      return new NotFoundByHand(problem, response);
    case "OutOfStock":
      return new OutOfStockByHand(problem, response);
    default:
      return new Error(`an unknown error: ${response.status}`);
  }
}

const answer = (status, code, members) => ({
  status,
  headers: new Headers({
    "content-type": "application/problem+json",
    "x-error-code": code,
    "x-amzn-requestid": "b0b4e1b4",
    date: "Mon, 30 Nov 2026 11:00:00 GMT",
    "content-length": "300",
    "access-control-allow-origin": "*",
  }),
  body: new TextEncoder().encode(
    JSON.stringify({ code, title: "A title", status, detail: "what went wrong", type: `https://docs.example.com/${code}`, instance: "id", ...members }),
  ),
});
const lines = Array.from({ length: 20 }, (_, at) => ({ sku: `sku-${at}`, quantity: at, available: 1, warehouses: { Hamburg: 1, "São Paulo": 0 } }));
const cases = [
  ["flat", "GetOrderError", answer(404, "OrderNotFound", { orderId: "42" }), OrderNotFoundError],
  ["nested", "PlaceOrderError", answer(409, "OutOfStock", { lines, suggestion: "teapot" }), OutOfStockError],
];

/** Nanoseconds of one call. */
function timed(call, times) {
  const begun = process.hrtime.bigint();
  for (let at = 0; at < times; at += 1) call();
  return Number(process.hrtime.bigint() - begun) / times;
}

for (const [name, set, response, expected] of cases) {
  if (!(decode(set, response) instanceof expected)) throw new Error(name);
  const [ours, theirs] = [() => decode(set, response), () => byHand(response)];
  timed(ours, 20_000);
  timed(theirs, 20_000);
  const rounds = Array.from({ length: 15 }, () => [timed(ours, 5_000), timed(theirs, 5_000)]);
  const median = (values) => values.sort((one, other) => one - other)[Math.floor(values.length / 2)];
  const ratio = median(rounds.map(([one, other]) => one / other));
  const micros = (at) => (median(rounds.map((round) => round[at])) / 1000).toFixed(1);
  console.log(`decode, ${name}: ${ratio.toFixed(2)} of a switch by hand (${micros(0)} µs beside ${micros(1)} µs)`);
}
