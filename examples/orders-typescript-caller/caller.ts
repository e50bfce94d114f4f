// node caller.ts https://api.example.com/prod 42
import process from "node:process";
import { Client, safe } from "orders-client";

const [base = "http://127.0.0.1:9000", orderId = "42"] = process.argv.slice(2);
const authorization = process.env["ORDERS_TOKEN"] ?? "";
const client = new Client(base, { headers: { authorization } });

async function state(orderId: string): Promise<string> {
  const { ok, value, error } = await safe(client.getOrder(orderId));
  if (ok) return `order ${value.id} is ${value.state}`;
  if (error.who !== "api") {
    return `${error.who}: ${error.message}, after ${error.attempts} attempts`;
  }
  switch (error.code) {
    case "OrderNotFound":
      return `there is no order ${error.orderId}`;
    case "OrderArchived":
      return `order ${error.orderId} lies in the archive of ${error.ticket.year}`;
    default:
      return `${error.title}; ask about ${error.requestId ?? "it"}`;
  }
}

console.log(await state(orderId));
