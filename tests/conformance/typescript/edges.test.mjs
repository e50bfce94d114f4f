// The edges of integers and dates, where one is taken and the next is not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { orders } from "./package.mjs";

const caught = (code, members, headers = {}) => {
  const body = `{"code":"${code}"${Object.entries(members).map(([name, raw]) => `,"${name}":${raw}`).join("")}}`;
  return orders.decode("OrdersDeclaredError", { status: 500, headers: { "x-error-code": code, ...headers }, body });
};
const reason = '{"kind":"cardExpired"}';
const EDGES = [
  ["u64", ["0", "18446744073709551615"], ["-1", "18446744073709551616"], (found) => caught("TooManyResults", { found, limit: "1" })],
  ["i64", ["-9223372036854775808", "9223372036854775807"], ["-9223372036854775809", "9223372036854775808"], (bankReference) => caught("PaymentDeclined", { reason, bankReference })],
  ["u32", ["0", "4294967295"], ["-1", "4294967296", "1.0", "1e0", "-0", "01"], (used) => caught("TooManyRequests", { used })],
  ["u16", ["0", "65535"], ["-1", "65536"], (year) => caught("OrderArchived", { orderId: '""', ticket: `{"year":${year},"shelf":[1,""]}` })],
];
for (const [type, inside, outside, of] of EDGES) {
  test(`the edges of ${type}`, () => {
    for (const raw of inside) assert.equal(of(raw).who, "api", raw);
    for (const raw of outside) assert.equal(of(raw).who, "unmodelled", raw);
  });
}

test("a year of two digits is of this century up to 69", () => {
  const headers = { date: "Thursday, 01-Jan-70 00:00:00 GMT", "retry-after": "Tuesday, 31-Dec-69 23:59:59 GMT" };
  const seconds = (Date.UTC(2069, 11, 31, 23, 59, 59) - Date.UTC(1970, 0, 1)) / 1000;
  assert.equal(caught("NotSignedIn", {}, headers).retryAfter, seconds);
});
