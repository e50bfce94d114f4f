// A thread that hands a failure over: as JSON, and as it is.
import { parentPort } from "node:worker_threads";
import { client, fakeFetch, orders } from "./package.mjs";

const line = { line: { sku: "teapot", quantity: 3 }, available: 1, warehouses: { Hamburg: 1 } };
const fetch = fakeFetch([new orders.OutOfStockError({ lines: [line] }, { instance: "of the thread" })]);
const { error } = await orders.safe(client(fetch).placeOrder({ customerId: 7n, lines: [] }));
parentPort.postMessage([error.toJSON(), error]);
