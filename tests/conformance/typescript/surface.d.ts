// dist/index.d.ts

/** What is known of a failure; everything has a default. */
export interface About extends Problem {
    /** The HTTP status. */
    readonly status?: number | undefined;
    /** The id to quote when asking for help. */
    readonly requestId?: string | undefined;
    /** What a repeat of the request means. */
    readonly retry?: Retry | undefined;
    /** The seconds to wait before a repeat. */
    readonly retryAfter?: number | undefined;
    /** Whether the request's method is one that may be repeated. */
    readonly idempotent?: boolean | undefined;
    /** How many attempts were made. */
    readonly attempts?: number | undefined;
    /** The answer as it came. */
    readonly response?: RawResponse | undefined;
}

/**
 * The order is worth more than this customer may order.
 *
 * Status 422. A repeat fails the same way.
 *
 * See https://docs.example.com/errors/AmountTooLarge
 */
export declare class AmountTooLargeError extends DeclaredError {
    static readonly code = "AmountTooLarge";
    static readonly status = 422;
    static readonly retry = "never";
    static readonly title = "The order is worth more than this customer may order";
    static readonly fields: readonly rt.Field[];
    readonly code: "AmountTooLarge";
    /** What the order is worth. */
    readonly amount: t.Money;
    /** What it may be worth. */
    readonly limit: t.Money;
    constructor(fields: AmountTooLargeErrorFields, about?: rt.About);
}

/** The members of `AmountTooLargeError`. */
export interface AmountTooLargeErrorFields {
    /** What the order is worth. */
    readonly amount: t.Money;
    /** What it may be worth. */
    readonly limit: t.Money;
}

/** An answer to decode. */
export interface Answer {
    readonly status: number;
    /** Pairs of names and values, a `Headers`, or an object. */
    readonly headers?: Iterable<readonly [string, string]> | {
        forEach(each: (value: string, name: string) => void): void;
    } | {
        readonly [name: string]: string | readonly string[] | undefined;
    } | undefined;
    readonly body?: Uint8Array | string | undefined;
}

/** What gets an order back from the archive. */
export interface ArchiveTicket {
    /** The year of the archive. */
    readonly year: number;
    /** Its shelf and place. */
    readonly shelf: readonly [number, string];
    /** Who put it there. */
    readonly clerk?: string | undefined;
}

/** A promise that rejects with one of these failures. */
export type Call<T, F> = Promise<T> & {
    readonly [failure]?: F;
};

/** Options of one call, which go before the client's. */
export interface CallOptions {
    /** An `AbortSignal` that ends the call, which then throws the signal's reason. */
    readonly signal?: Signal | undefined;
    /** How long one attempt may take. */
    readonly timeoutMs?: number | undefined;
    /** Headers beside the client's. */
    readonly headers?: HeaderList | undefined;
    /** When this call is made again; `false` for never. */
    readonly retries?: Retries | false | undefined;
}

/** The API `orders`: The orders of a small shop */
export declare class Client {
    #private;
    /** A client of the API at this address. */
    constructor(base: string, options?: rt.ClientOptions);
    /**
     * Reads an order.
     *
     * `GET /orders/{order_id}`
     */
    getOrder(orderId: string, options?: rt.CallOptions): rt.Call<t.Order, e.GetOrderFailure>;
    /**
     * Lists orders.
     *
     * `GET /orders`
     */
    searchOrders(input: t.SearchOrders, options?: rt.CallOptions): rt.Call<t.OrderPage, e.SearchOrdersFailure>;
    /**
     * Places an order. A repeat with the same `Idempotency-Key` gets the order of the first time.
     *
     * `POST /orders`
     */
    placeOrder(input: t.PlaceOrder, options?: rt.CallOptions): rt.Call<t.Order, e.PlaceOrderFailure>;
    /**
     * Says that the function is there.
     *
     * `GET /health`
     */
    health(options?: rt.CallOptions): rt.Call<t.Health, e.CommonFailure>;
}

/** Options of a client. */
export interface ClientOptions extends Pick<DecodeOptions, "trust"> {
    /** What sends requests. The default is the global `fetch`. */
    readonly fetch?: FetchLike | undefined;
    /** Headers of each request, or a function that makes them for each attempt. */
    readonly headers?: HeaderList | (() => HeaderList | Promise<HeaderList>) | undefined;
    /** Signs each attempt: the headers that it gives are added to the request's. */
    readonly sign?: ((request: OutgoingRequest) => HeaderList | Promise<HeaderList>) | undefined;
    /** How long one attempt may take, from its headers to the end of the answer. The default is 35 s. */
    readonly timeoutMs?: number | undefined;
    /** How many bytes an answer may have. The default is 10 MiB. */
    readonly limit?: number | undefined;
    /** When a call is made again; `false` for never. */
    readonly retries?: Retries | false | undefined;
}

/** Every error that `health` declares. */
export type CommonError = NotSignedInError | TooManyRequestsError | MaintenanceError | StoreUnavailableError;

/** What a call can fail with that declares `CommonError`. */
export type CommonFailure = CommonError | OrdersOtherFailure;

/**
 * The customer may not order.
 *
 * Status 403. A repeat fails the same way.
 *
 * See https://docs.example.com/errors/CustomerBlocked
 */
export declare class CustomerBlockedError extends DeclaredError {
    static readonly code = "CustomerBlocked";
    static readonly status = 403;
    static readonly retry = "never";
    static readonly title = "The customer may not order";
    static readonly fields: readonly rt.Field[];
    readonly code: "CustomerBlocked";
    /** The customer. */
    readonly customerId: bigint;
    /** The case to quote. */
    readonly caseNumber: string;
    /** A word from the shop, in any language. */
    readonly note: string;
    constructor(fields: CustomerBlockedErrorFields, about?: rt.About);
}

/** The members of `CustomerBlockedError`. */
export interface CustomerBlockedErrorFields {
    /** The customer. */
    readonly customerId: bigint;
    /** The case to quote. */
    readonly caseNumber: string;
    /** A word from the shop, in any language. */
    readonly note: string;
}

/** A decimal number as a text: it loses no digit. */
export type Decimal = string;

/** An error that the API declares. */
export declare abstract class DeclaredError extends OrdersError {
    #private;
    readonly who: "api";
    readonly code: string;
    readonly status: number;
    readonly title: string;
    readonly detail: string;
    constructor(of: rt.DeclaredClass, about: rt.About | undefined);
    /** Its own members as JSON, by their names on the wire. */
    members(): rt.Untyped;
    protected shown(): {
        [name: string]: rt.JsonValue | undefined;
    };
}

/** Why a bank declines. */
export type DeclineReason = {
    /** Not enough money. */
    readonly kind: "insufficientFunds";
    /** How much is missing. */
    readonly missing: Money;
} | {
    /** The card is out of date. */
    readonly kind: "cardExpired";
} | {
    readonly kind: "unknown";
    readonly raw: rt.JsonValue;
};

/** How an answer is decoded. */
export interface DecodeOptions {
    /**
     * What proves that an answer is the API's own: `marks` are our header, the
     * media type of a problem or `x-amzn-errortype`; with `bodies` a code in the
     * body is enough.
     */
    readonly trust?: "marks" | "bodies" | undefined;
    /** Whether the request's method is one that may be repeated. */
    readonly idempotent?: boolean | undefined;
}

/** A span of time. */
export interface Duration {
    readonly seconds: bigint;
    readonly nanoseconds: number;
}

/** A failure as plain JSON. */
export interface FailureJson {
    readonly name: string;
    readonly who: Who;
    readonly message: string;
    readonly code?: string;
    readonly status?: number;
    readonly requestId?: string;
    readonly retry: Retry;
    readonly retryAfter?: number;
    readonly isRetryable: boolean;
    readonly attempts: number;
    readonly [member: string]: JsonValue;
}

/** What is given to `fetch` beside the address. */
export interface FetchInit {
    readonly method: string;
    readonly headers: {
        readonly [name: string]: string;
    };
    readonly body?: string;
    readonly redirect: "manual";
    /** An `AbortSignal`. */
    readonly signal: any;
}

/** `fetch`, or whatever does the same. */
export type FetchLike = (url: string, init: FetchInit) => Promise<FetchResponse>;

/** What is used of the answer of `fetch`. */
export interface FetchResponse {
    readonly status: number;
    readonly headers: {
        forEach(each: (value: string, name: string) => void): void;
    };
    /** A stream of bytes, if there is one. */
    readonly body?: unknown;
    arrayBuffer(): Promise<ArrayBuffer>;
}

/** Options of a function's calls, or of one of them, which go before. */
export interface FunctionOptions {
    /** An `AbortSignal` that ends the call, which then throws the signal's reason. */
    readonly signal?: Signal | undefined;
    /** How long one attempt may take. There is no default. */
    readonly timeoutMs?: number | undefined;
    /** When a call is made again; `false` for never. */
    readonly retries?: Retries | false | undefined;
}

/** API Gateway answered itself. */
export declare class GatewayError extends OrdersError {
    readonly who: "gateway";
    readonly code: undefined;
    /** Which error of API Gateway it is. */
    readonly kind: rt.GatewayKind;
    /** `x-amzn-errortype` as it came; empty if only the code tells. */
    readonly errorType: string;
    constructor(parts: rt.Parts, detail: rt.GatewayDetail);
    protected shown(): {
        [name: string]: rt.JsonValue | undefined;
    };
}

/** Which error of API Gateway it is. */
export type GatewayKind = "ACCESS_DENIED" | "API_CONFIGURATION_ERROR" | "AUTHORIZER_CONFIGURATION_ERROR" | "AUTHORIZER_FAILURE" | "BAD_REQUEST" | "BAD_REQUEST_BODY" | "BAD_REQUEST_PARAMETERS" | "EXPIRED_TOKEN" | "FORBIDDEN" | "INCOMPLETE_SIGNATURE" | "INTEGRATION_FAILURE" | "INTEGRATION_TIMEOUT" | "INTERNAL_SERVER_ERROR" | "INVALID_API_KEY" | "INVALID_SIGNATURE" | "MISSING_AUTHENTICATION_TOKEN" | "OTHER" | "QUOTA_EXCEEDED" | "REQUEST_TOO_LARGE" | "RESOURCE_NOT_FOUND" | "THROTTLED" | "UNAUTHORIZED" | "UNRECOGNIZED_CLIENT" | "UNSUPPORTED_MEDIA_TYPE" | "WAF_FILTERED";

/** Which order to read. */
export interface GetOrder {
    /** The order's id. */
    readonly orderId: string;
}

/** Every error that `get_order` declares. */
export type GetOrderError = OrderNotFoundError | OrderArchivedError | NotSignedInError | TooManyRequestsError | MaintenanceError | StoreUnavailableError;

/** What a call can fail with that declares `GetOrderError`. */
export type GetOrderFailure = GetOrderError | OrdersOtherFailure;

/** Headers by their names. */
export type HeaderList = {
    readonly [name: string]: string;
};

/** How the function feels. */
export interface Health {
    /** Its version. */
    readonly version: string;
}

/**
 * The cursor is none that this API gave out.
 *
 * Status 400. A repeat fails the same way.
 *
 * See https://docs.example.com/errors/InvalidCursor
 */
export declare class InvalidCursorError extends DeclaredError {
    static readonly code = "InvalidCursor";
    static readonly status = 400;
    static readonly retry = "never";
    static readonly title = "The cursor is none that this API gave out";
    static readonly fields: readonly rt.Field[];
    readonly code: "InvalidCursor";
    /** The cursor as it came. */
    readonly cursor: string;
    /** Where it stops to make sense. */
    readonly position: number;
    constructor(fields: InvalidCursorErrorFields, about?: rt.About);
}

/** The members of `InvalidCursorError`. */
export interface InvalidCursorErrorFields {
    /** The cursor as it came. */
    readonly cursor: string;
    /** Where it stops to make sense. */
    readonly position: number;
}

/** Invokes the function with a payload, as `Invoke` of an AWS SDK does. */
export type Invoke = (payload: string, 
/** An `AbortSignal`. */
signal: any) => Promise<Invoked>;

/** What Lambda answers to an invocation. */
export interface Invoked {
    /** What `FunctionError` says, if the function failed. */
    readonly functionError?: string | undefined;
    readonly payload?: Uint8Array | string | undefined;
}

/** Any JSON value. An integer that a double can't hold is a bigint. */
export type JsonValue = null | boolean | number | bigint | string | readonly JsonValue[] | {
    readonly [name: string]: JsonValue;
};

/** Those of `OrderState` that this client knows. */
export type KnownOrderState = "open" | "paid" | "sent";

/** One article of an order. */
export interface Line {
    /** The article. */
    readonly sku: string;
    /** How many. */
    readonly quantity: number;
}

/**
 * The shop is closed for maintenance.
 *
 * Status 503. The request was not carried out: repeat it after a delay.
 *
 * See https://docs.example.com/errors/Maintenance
 */
export declare class MaintenanceError extends DeclaredError {
    static readonly code = "Maintenance";
    static readonly status = 503;
    static readonly retry = "backoff";
    static readonly title = "The shop is closed for maintenance";
    static readonly fields: readonly rt.Field[];
    readonly code: "Maintenance";
    /** When it opens again. */
    readonly until: string;
    constructor(fields: MaintenanceErrorFields, about?: rt.About);
}

/** The members of `MaintenanceError`. */
export interface MaintenanceErrorFields {
    /** When it opens again. */
    readonly until: string;
}

/** An amount of money. */
export interface Money {
    /** In the currency's smallest unit. */
    readonly units: bigint;
    /** ISO 4217. */
    readonly currency: string;
}

/**
 * The caller is not signed in.
 *
 * Status 401. A repeat fails the same way.
 *
 * See https://docs.example.com/errors/NotSignedIn
 */
export declare class NotSignedInError extends DeclaredError {
    static readonly code = "NotSignedIn";
    static readonly status = 401;
    static readonly retry = "never";
    static readonly title = "The caller is not signed in";
    static readonly fields: readonly rt.Field[];
    readonly code: "NotSignedIn";
    constructor(_fields?: rt.None, about?: rt.About);
}

/** An order. */
export interface Order {
    /** Its id. */
    readonly id: string;
    /** Who ordered. */
    readonly customerId: bigint;
    /** Where it stands. */
    readonly state: OrderState;
    /** What was ordered. */
    readonly lines: readonly Line[];
    /** What it is worth. */
    readonly total: Money;
    /** Who placed it, where that is known. */
    readonly placedBy?: string | undefined;
}

/**
 * The order was moved to the archive.
 *
 * Status 410. A repeat fails the same way.
 *
 * See https://docs.example.com/archive
 */
export declare class OrderArchivedError extends DeclaredError {
    static readonly code = "OrderArchived";
    static readonly status = 410;
    static readonly retry = "never";
    static readonly title = "The order was moved to the archive";
    static readonly fields: readonly rt.Field[];
    readonly code: "OrderArchived";
    /** The id that was asked for. */
    readonly orderId: string;
    /** What to quote to get it back. */
    readonly ticket: t.ArchiveTicket;
    constructor(fields: OrderArchivedErrorFields, about?: rt.About);
}

/** The members of `OrderArchivedError`. */
export interface OrderArchivedErrorFields {
    /** The id that was asked for. */
    readonly orderId: string;
    /** What to quote to get it back. */
    readonly ticket: t.ArchiveTicket;
}

/**
 * The order does not exist.
 *
 * Status 404. A repeat fails the same way.
 *
 * See https://docs.example.com/errors/OrderNotFound
 */
export declare class OrderNotFoundError extends DeclaredError {
    static readonly code = "OrderNotFound";
    static readonly status = 404;
    static readonly retry = "never";
    static readonly title = "The order does not exist";
    static readonly fields: readonly rt.Field[];
    readonly code: "OrderNotFound";
    /** The id that was asked for. */
    readonly orderId: string;
    constructor(fields: OrderNotFoundErrorFields, about?: rt.About);
}

/** The members of `OrderNotFoundError`. */
export interface OrderNotFoundErrorFields {
    /** The id that was asked for. */
    readonly orderId: string;
}

/** A page of orders. */
export interface OrderPage {
    /** The orders. */
    readonly orders: readonly Order[];
    /** Where the next page begins, if there is one. */
    readonly nextCursor?: string | undefined;
}

/**
 * Where an order stands.
 *
 * - `open`: Not yet paid.
 * - `paid`: Paid, not yet sent.
 * - `sent`: On its way.
 */
export type OrderState = KnownOrderState | (string & {});

/** Every error that the API declares. */
export type OrdersDeclaredError = OrderNotFoundError | OrderArchivedError | NotSignedInError | TooManyRequestsError | MaintenanceError | StoreUnavailableError | InvalidCursorError | TooManyResultsError | OutOfStockError | PaymentDeclinedError | AmountTooLargeError | CustomerBlockedError;

/** Whatever a call fails with. */
export declare abstract class OrdersError extends Error {
    #private;
    /** Who answered. */
    readonly who: rt.Who;
    /** The error's code, if one is known. */
    readonly code: string | undefined;
    /** The HTTP status, if there was an answer. */
    readonly status: number | undefined;
    /** The id to quote when asking for help. */
    readonly requestId: string | undefined;
    /** What a repeat of the request means. */
    readonly retry: rt.Retry;
    /** The seconds to wait before a repeat, if the answer says so. */
    readonly retryAfter: number | undefined;
    /** Whether this very request may be repeated. */
    readonly isRetryable: boolean;
    /** How many attempts were made. */
    readonly attempts: number;
    /** What kind of error it is, in a sentence. */
    readonly title: string | undefined;
    /** What went wrong this time. */
    readonly detail: string | undefined;
    /** Where the error is described. */
    readonly type: string | undefined;
    /** This very occurrence, as the function names it. */
    readonly instance: string | undefined;
    constructor(parts: rt.Parts);
    /** The answer as it came: it is never printed. */
    get response(): rt.RawResponse | undefined;
    /** What JSON shows of it: neither bytes nor headers. */
    toJSON(): rt.FailureJson;
    /** What it has beside what every failure has. */
    protected shown(): {
        [name: string]: rt.JsonValue | undefined;
    };
    /** A failure from what `toJSON` made of it. */
    static fromJSON(json: unknown): OrdersFailure;
    static [Symbol.hasInstance](value: unknown): boolean;
}

/** What any call can fail with. */
export type OrdersFailure = OrdersDeclaredError | OrdersOtherFailure;

/** What every call can fail with, beside what is declared. */
export type OrdersOtherFailure = UndeclaredError | PlatformError | GatewayError | TransportError | UnmodelledError;

/**
 * Some lines are not in stock.
 *
 * Status 409. A repeat fails the same way.
 *
 * See https://docs.example.com/errors/OutOfStock
 */
export declare class OutOfStockError extends DeclaredError {
    static readonly code = "OutOfStock";
    static readonly status = 409;
    static readonly retry = "never";
    static readonly title = "Some lines are not in stock";
    static readonly fields: readonly rt.Field[];
    readonly code: "OutOfStock";
    /** The lines, with what is there. */
    readonly lines: readonly t.StockLine[];
    /** What could be had instead. */
    readonly suggestion: string | undefined;
    constructor(fields: OutOfStockErrorFields, about?: rt.About);
}

/** The members of `OutOfStockError`. */
export interface OutOfStockErrorFields {
    /** The lines, with what is there. */
    readonly lines: readonly t.StockLine[];
    /** What could be had instead. */
    readonly suggestion?: string | undefined;
}

/** A request that is about to be sent. */
export interface OutgoingRequest {
    readonly method: string;
    readonly url: string;
    readonly headers: HeaderList;
    readonly body: string | undefined;
}

/**
 * The bank declined the payment.
 *
 * Status 402. A repeat fails the same way.
 *
 * See https://docs.example.com/errors/PaymentDeclined
 */
export declare class PaymentDeclinedError extends DeclaredError {
    static readonly code = "PaymentDeclined";
    static readonly status = 402;
    static readonly retry = "never";
    static readonly title = "The bank declined the payment";
    static readonly fields: readonly rt.Field[];
    readonly code: "PaymentDeclined";
    /** Why. */
    readonly reason: t.DeclineReason;
    /** The bank's own number for it. */
    readonly bankReference: bigint;
    constructor(fields: PaymentDeclinedErrorFields, about?: rt.About);
}

/** The members of `PaymentDeclinedError`. */
export interface PaymentDeclinedErrorFields {
    /** Why. */
    readonly reason: t.DeclineReason;
    /** The bank's own number for it. */
    readonly bankReference: bigint;
}

/** An order to place. */
export interface PlaceOrder {
    /** Who orders. */
    readonly customerId: bigint;
    /** What. */
    readonly lines: readonly Line[];
    /** A word to the shop. */
    readonly note?: string | undefined;
    /** Labels of the customer's own. */
    readonly labels?: {
        readonly [key: string]: string;
    } | undefined;
    /** Only see whether it could be placed. */
    readonly dryRun?: boolean | undefined;
    /** A name of the caller's for this very order: with it, a repeat places nothing twice. */
    readonly idempotencyKey?: string | undefined;
}

/** Every error that `place_order` declares. */
export type PlaceOrderError = OutOfStockError | PaymentDeclinedError | AmountTooLargeError | CustomerBlockedError | NotSignedInError | TooManyRequestsError | MaintenanceError | StoreUnavailableError;

/** What a call can fail with that declares `PlaceOrderError`. */
export type PlaceOrderFailure = PlaceOrderError | OrdersOtherFailure;

/** The function could not answer. */
export declare class PlatformError extends OrdersError {
    readonly who: "platform";
    readonly code: string;
    /** What happened. */
    readonly kind: rt.PlatformKind;
    /** Of `INVALID_PAYLOAD`: the place in the input. */
    readonly path: string | undefined;
    /** Of `INVALID_PAYLOAD`: what is wrong there. */
    readonly reason: string | undefined;
    constructor(parts: rt.Parts, detail: rt.PlatformDetail);
    protected shown(): {
        [name: string]: rt.JsonValue | undefined;
    };
}

/** What happened to the function. */
export type PlatformKind = "INVALID_PAYLOAD" | "INTERNAL" | "TIMEOUT" | "EXITED" | "OUT_OF_MEMORY" | "RESPONSE_TOO_LARGE" | "INIT";

/** An answer as it came. */
export interface RawResponse {
    readonly status: number;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: Uint8Array;
}

/** What came of a call. */
export type Result<T, F> = {
    readonly ok: true;
    readonly value: T;
    readonly error?: undefined;
} | {
    readonly ok: false;
    readonly error: F;
    readonly value?: undefined;
};

/** When a call that failed is made again. */
export interface Retries {
    /** How many attempts there are in all. The default is 3. */
    readonly attempts?: number | undefined;
    /** The longest first delay, which doubles with each attempt. The default is 100 ms. */
    readonly firstMs?: number | undefined;
    /**
     * The longest delay. The default is 20 s. Where the answer asks for a longer
     * one, there is no other attempt.
     */
    readonly longestMs?: number | undefined;
    /** How long after the beginning of the call the last attempt may begin. There is no default. */
    readonly deadlineMs?: number | undefined;
}

/** What a repeat of the request means. */
export type Retry = "never" | "backoff" | "idempotent";

/** Which orders to list. */
export interface SearchOrders {
    /** Only orders in this state. */
    readonly state?: OrderState | undefined;
    /** Only orders of this customer. */
    readonly customerId?: bigint | undefined;
    /** How many to list. */
    readonly limit?: number | undefined;
    /** Where the last list ended. */
    readonly cursor?: string | undefined;
}

/** Every error that `search_orders` declares. */
export type SearchOrdersError = InvalidCursorError | TooManyResultsError | NotSignedInError | TooManyRequestsError | MaintenanceError | StoreUnavailableError;

/** What a call can fail with that declares `SearchOrdersError`. */
export type SearchOrdersFailure = SearchOrdersError | OrdersOtherFailure;

/** What is decoded by the name of a set. */
export interface Sets {
    readonly GetOrderError: GetOrderFailure;
    readonly SearchOrdersError: SearchOrdersFailure;
    readonly PlaceOrderError: PlaceOrderFailure;
    readonly CommonError: CommonFailure;
    /** Every error of the API. */
    readonly OrdersDeclaredError: OrdersFailure;
}

/** What of an `AbortSignal` is used. */
export interface Signal {
    readonly aborted: boolean;
    readonly reason: unknown;
    addEventListener(type: "abort", listener: () => void): void;
    removeEventListener(type: "abort", listener: () => void): void;
}

/** One line that is not in stock. */
export interface StockLine {
    /** The line. */
    readonly line: Line;
    /** How many there are. */
    readonly available: number;
    /** Where they are, by warehouse. */
    readonly warehouses: {
        readonly [key: string]: number;
    };
}

/**
 * Service Unavailable.
 *
 * Status 503. The request may have been carried out: repeat it only if that does no harm.
 *
 * See https://docs.example.com/errors/StoreUnavailable
 */
export declare class StoreUnavailableError extends DeclaredError {
    static readonly code = "StoreUnavailable";
    static readonly status = 503;
    static readonly retry = "idempotent";
    static readonly title = "Service Unavailable";
    static readonly fields: readonly rt.Field[];
    readonly code: "StoreUnavailable";
    constructor(_fields?: rt.None, about?: rt.About);
}

/** A date and a time as RFC 3339 writes them. */
export type Timestamp = string;

/**
 * Too many requests from this customer.
 *
 * Status 429. The request was not carried out: repeat it after a delay.
 *
 * See https://docs.example.com/errors/TooManyRequests
 */
export declare class TooManyRequestsError extends DeclaredError {
    static readonly code = "TooManyRequests";
    static readonly status = 429;
    static readonly retry = "backoff";
    static readonly title = "Too many requests from this customer";
    static readonly fields: readonly rt.Field[];
    readonly code: "TooManyRequests";
    /** Requests of the last minute. */
    readonly used: number;
    constructor(fields: TooManyRequestsErrorFields, about?: rt.About);
}

/** The members of `TooManyRequestsError`. */
export interface TooManyRequestsErrorFields {
    /** Requests of the last minute. */
    readonly used: number;
}

/**
 * The search matches more orders than can be listed.
 *
 * Status 422. A repeat fails the same way.
 *
 * See https://docs.example.com/errors/TooManyResults
 */
export declare class TooManyResultsError extends DeclaredError {
    static readonly code = "TooManyResults";
    static readonly status = 422;
    static readonly retry = "never";
    static readonly title = "The search matches more orders than can be listed";
    static readonly fields: readonly rt.Field[];
    readonly code: "TooManyResults";
    /** How many match: more than a double can count. */
    readonly found: bigint;
    /** How many can be listed. */
    readonly limit: bigint;
    constructor(fields: TooManyResultsErrorFields, about?: rt.About);
}

/** The members of `TooManyResultsError`. */
export interface TooManyResultsErrorFields {
    /** How many match: more than a double can count. */
    readonly found: bigint;
    /** How many can be listed. */
    readonly limit: bigint;
}

/** There is no answer. */
export declare class TransportError extends OrdersError {
    #private;
    readonly who: "transport";
    readonly code: undefined;
    /** Why. */
    readonly kind: rt.TransportKind;
    /** Whether the function may have got the request. */
    readonly mayHaveBeenSent: boolean;
    constructor(parts: rt.Parts, detail: rt.TransportDetail);
    /** The error of the HTTP library; it may hold the address. */
    get source(): unknown;
    protected shown(): {
        [name: string]: rt.JsonValue | undefined;
    };
}

/** Why there is no answer. */
export type TransportKind = 
/** It did not come in time. */
"timeout"
/** The connection failed. */
 | "connection"
/** The request can't be made. */
 | "request"
/** The answer is refused: it is too large, or leads elsewhere. */
 | "refused";

/** An error that the function named and this client does not know. */
export declare class UndeclaredError extends OrdersError {
    #private;
    readonly who: "undeclared";
    readonly code: string;
    constructor(parts: rt.Parts, members: rt.Untyped);
    /** Its members, each as the JSON text that it came as. */
    members(): rt.Untyped;
    protected shown(): {
        [name: string]: rt.JsonValue | undefined;
    };
}

/** An answer that nothing explains. */
export declare class UnmodelledError extends OrdersError {
    readonly who: "unmodelled";
    /** What is wrong with it. */
    readonly reason: string;
    constructor(parts: rt.Parts, reason: string);
    protected shown(): {
        [name: string]: rt.JsonValue | undefined;
    };
}

/** Members of an error, each as the JSON text that it came as. */
export declare class Untyped {
    #private;
    constructor(members?: readonly (readonly [string, string])[]);
    /** The JSON text of a member. */
    get(name: string): string | undefined;
    /** All of them, by their names. */
    entries(): readonly (readonly [string, string])[];
}

/** Who answered. */
export type Who = "api" | "undeclared" | "platform" | "gateway" | "transport" | "unmodelled";

/** Decodes an answer that is no success, by the name of a set of errors. */
export declare function decode<K extends keyof Sets>(set: K, answer: rt.Answer, options?: rt.DecodeOptions): Sets[K];

/** Decodes the `Cause` of a failed task of Step Functions. */
export declare function decodeCause<K extends keyof Sets>(set: K, cause: string): Sets[K];

/** Decodes the payload of an invocation whose `FunctionError` is set. */
export declare function decodeInvocation<K extends keyof Sets>(set: K, payload: Uint8Array | string): Sets[K];

/** Whether the body of a success is the error of a function. */
export declare function isFunctionError(body: Uint8Array | string): boolean;

/** Whether this client knows it. */
export declare function isKnownOrderState(value: OrderState): value is KnownOrderState;

/**
 * Whether an answer is a success: its status is one, and no `x-error-code`
 * says otherwise.
 */
export declare function isSuccess(answer: Answer): boolean;

/**
 * Waits for a call and gives its value or its typed failure. Whatever is no
 * failure of a client's, as the reason of the caller's own signal, is thrown.
 */
export declare function safe<T, F>(call: Call<T, F>): Promise<Result<T, F>>;

/** A span of time in milliseconds. */
export declare function toMilliseconds(duration: Duration): number;

// dist/testing.d.ts

/** What a fake answers: by hand, or as the function throws an error. */
export type Fake = FakeAnswer | DeclaredError;

/** An answer by hand. */
export interface FakeAnswer {
    /** The status. The default is 200. */
    readonly status?: number;
    readonly headers?: {
        readonly [name: string]: string;
    };
    /** A text as it is, anything else as JSON. */
    readonly body?: JsonValue;
}

/** A `fetch` that remembers what it was asked. */
export interface FakeFetch extends FetchLike {
    readonly requests: readonly OutgoingRequest[];
}

/** The answer that the function makes of a declared error. */
export interface Thrown {
    readonly status: number;
    readonly headers: {
        readonly [name: string]: string;
    };
    readonly body: string;
}

/** An answer as the function makes it of a declared error, for `decode`. */
export declare function answerOf(error: DeclaredError): Thrown;

/**
 * A `fetch` that gives these answers one by one, and the last one again and
 * again; or what a function says.
 */
export declare function fakeFetch(answers: readonly Fake[] | ((request: OutgoingRequest) => Fake)): FakeFetch;

