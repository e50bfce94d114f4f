// What has to compile, and what must not.
import * as orders from "orders-client";
import { fakeFetch } from "orders-client/testing";

const client = new orders.Client("https://api.example.com", { fetch });
const faked: orders.FetchLike = fakeFetch([new orders.OrderNotFoundError({ orderId: "42" })]);
client.getOrder("42", { signal: AbortSignal.timeout(5) }) satisfies Promise<orders.Order>;

export function said(error: orders.GetOrderFailure): string {
  switch (error.who) {
    case "api":
      switch (error.code) {
        case "OrderNotFound":
          return error.orderId;
        case "OrderArchived":
          return error.ticket.shelf[1];
        case "NotSignedIn":
        case "TooManyRequests":
        case "Maintenance":
        case "StoreUnavailable":
          return error.title;
        default:
          return error satisfies never;
      }
    case "undeclared":
      return error.members().get("x") ?? error.code;
    case "platform":
    case "gateway":
    case "transport":
      return error.kind;
    case "unmodelled":
      return error.reason;
    default:
      return error satisfies never;
  }
}

export function declined(error: orders.PaymentDeclinedError): bigint | undefined {
  const { reason } = error;
  if (reason.kind === "insufficientFunds") return reason.missing.units;
  // @ts-expect-error A card that has expired misses nothing.
  return reason.missing;
}

// @ts-expect-error Its field is missing.
new orders.OrderNotFoundError({});
// @ts-expect-error A number would lose digits.
new orders.TooManyResultsError({ found: 1, limit: 1n });
// @ts-expect-error A call's failure is none that the API does not declare.
(error: orders.GetOrderFailure): boolean => error.who === "api" && error.code === "OutOfStock";
const state: orders.OrderState = "mended";
export const known: "open" | "paid" | "sent" | undefined = orders.isKnownOrderState(state) ? state : undefined;
export { faked };
