// A caller of the orders in TypeScript, as a reader would copy it:
//   node caller.ts https://api.example.com/prod 42
import process from "node:process";
import { Client, safe } from "orders-client";

const [base = "http://127.0.0.1:9000", orderId = "41"] = process.argv.slice(2);
const token = process.env["ORDERS_TOKEN"] ?? "";
const client = new Client(base, { headers: { authorization: token } });

async function state(orderId: string): Promise<string> {
  const read = await safe(client.getOrder(orderId));
  if (read.ok) return `order ${read.value.id} is ${read.value.state}`;
  const { error } = read;
  if (error.who !== "api") {
    return `${error.who}: ${error.message}, after ${error.attempts} attempts`;
  }
  switch (error.code) {
    case "OrderNotFound":
      return `there is no order ${error.orderId}`;
    case "OrderArchived":
      return `order ${error.orderId} lies in the archive of ${error.ticket.year}`;
    case "NotSignedIn":
    case "StoreUnavailable":
      return `${error.title}; ask about ${error.requestId ?? "it"}`;
    case "TooManyRequests":
    case "Maintenance":
      return `later: in ${error.retryAfter ?? 60} s`;
    default:
      return error satisfies never;
  }
}

console.log(await state(orderId));
