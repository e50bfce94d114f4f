// What the client that hey-api makes of the plain document knows of errors: that this compiles is the check.

import { getOrder } from "./client";
import type { GetOrderError503, SearchOrdersErrors, TooManyResults } from "./client/types.gen";

/** Errors that share a status are told apart by their codes. */
export function told(error: GetOrderError503): string {
    switch (error.code) {
        case "Maintenance":
            return error.until;
        case "StoreUnavailable":
            return error.title;
        default:
            return error satisfies never;
    }
}

/** A status has the errors that the operation can answer with. */
export function many(error: SearchOrdersErrors[422]): TooManyResults["found"] {
    const code: "TooManyResults" = error.code;
    const status: 422 = error.status;
    return code.length + status + error.found;
}

/** A call gives back one of all. */
export async function asked(): Promise<string | undefined> {
    const { error } = await getOrder({ path: { order_id: "42" } });
    if (error?.code === "OrderNotFound" && "orderId" in error) {
        return error.orderId;
    }
    return error?.title;
}
