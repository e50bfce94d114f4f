//! Every call: each declared error, and everything else that can go wrong.

use crate::caller::Caller;
use crate::caught::{Case, Caught};
use crate::client::{
    CommonError, Failure, GetOrderError, Line, Order, PlaceOrder, PlaceOrderError, SearchOrders, SearchOrdersError,
};
use crate::server::Server;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Debug;
use std::time::Duration;
use throwback::Retry;
use throwback::client::{Endpoint, ErrorSet, Reqwest};
use throwback_cli::serve::Front;

/// How long a caller waits: longer than a function may take, which a server of its own does not know.
const PATIENCE: Duration = Duration::from_secs(3);

/// Calls, matches one variant of the operation's enum, and keeps what was caught.
macro_rules! api {
    ($caller:ident.$operation:ident($argument:expr), $set:ident::$variant:ident, $expected:expr) => {{
        let result = $caller.$operation($argument).await;
        let debug = format!("{result:#?}");
        let caught = match result {
            Err(Failure::Api($set::$variant(error))) => Caught::declared(
                concat!(stringify!($set), "::", stringify!($variant)),
                error.problem(),
                &error.members(),
            ),
            other => anything_else(&other),
        };
        Case {
            operation: stringify!($operation),
            thrown: stringify!($variant),
            expected: $expected,
            caught,
            headers: (Some(stringify!($variant)), $caller.headers()),
            debug,
            by_nature: false,
        }
    }};
}

/// Makes every call.
pub(crate) async fn run(server: &Server) -> Result<Vec<Case>, Box<dyn Error>> {
    let (url, front) = (server.url(), server.front);
    let http = Reqwest::from(Reqwest::builder().timeout(PATIENCE).build()?);
    let (caller, stranger) = match front {
        Front::Invoke => (Caller::invoking(http.clone(), &url), Caller::invoking(http, &url)),
        _ => (Caller::over_http(&http, &url, Some("Bearer ann")), Caller::over_http(&http, &url, None)),
    };
    let mut cases = declared(&caller, front).await;
    cases.push(not_signed_in(&stranger, front).await);
    cases.extend(shared(&caller).await);
    cases.extend(undeclared(&caller, front).await);
    cases.extend(gone(&caller, server).await?);
    Ok(cases)
}

/// What the front answers to whom it does not let in; here nothing but an API of API Gateway's asks who calls.
async fn not_signed_in(stranger: &Caller, front: Front) -> Case {
    let expected = match front {
        Front::Rest | Front::RestProxy | Front::HttpApi | Front::HttpApi1 => {
            Caught::plain("Gateway(Unauthorized)", 401).detail("Unauthorized")
        }
        _ => Caught::plain("a success", 200),
    };
    let result = stranger.get_order("42").await;
    by_nature(front, case("get_order", "nothing: the caller did not sign in", &result, expected))
}

fn anything_else<T, E: ErrorSet>(result: &Result<T, Failure<E>>) -> Caught {
    match result {
        Ok(_) => Caught::plain("a success", 200),
        Err(failure) => Caught::failure(failure),
    }
}

fn search(cursor: Option<&str>) -> SearchOrders {
    SearchOrders { state: None, customer_id: None, limit: Some(50), cursor: cursor.map(ToOwned::to_owned) }
}

fn order(customer_id: u64, sku: &str, quantity: u32) -> PlaceOrder {
    PlaceOrder {
        customer_id,
        lines: vec![Line { sku: sku.to_owned(), quantity }],
        note: None,
        labels: None,
        dry_run: None,
        idempotency_key: None,
    }
}

/// The errors of one operation each.
async fn declared(client: &Caller, front: Front) -> Vec<Case> {
    // An HTTP API decodes a path before it routes: there, a slash or a question mark would end the id.
    let id = if matches!(front, Front::HttpApi | Front::HttpApi1) { "41 – ½%" } else { "41 / ½?" };
    let fields = json!({ "orderId": id });
    let detail = format!("order {id} does not exist");
    let not_found = Caught::api("GetOrderError::OrderNotFound", 404, &detail, fields);
    let fields = json!({ "orderId": "7", "ticket": { "year": 1999, "shelf": [12, "Überseite „B“ \\ 3"] } });
    let archived = Caught::api("GetOrderError::OrderArchived", 410, "order 7 was archived in 1999", fields);
    let fields = json!({ "cursor": "ab🫖", "position": 2 });
    let detail = "`ab🫖` is no cursor: it breaks off at 2";
    let invalid_cursor = Caught::api("SearchOrdersError::InvalidCursor", 400, detail, fields);
    let fields = json!({ "found": u64::MAX, "limit": 50 });
    let detail = "18446744073709551615 orders match, at most 50 can be listed";
    let too_many = Caught::api("SearchOrdersError::TooManyResults", 422, detail, fields);
    let line = json!({ "sku": "samovar", "quantity": 3, "available": 1, "warehouses": { "Łódź": 1, "São Paulo": 0 } });
    let fields = json!({ "lines": [line], "suggestion": "teapot" });
    let out_of_stock = Caught::api("PlaceOrderError::OutOfStock", 409, "1 of the lines are not in stock", fields);
    let reason = json!({ "kind": "insufficientFunds", "missing": { "units": 2500, "currency": "EUR" } });
    let fields = json!({ "reason": reason, "bankReference": i64::MIN });
    let detail = "the bank said no: InsufficientFunds { missing: Money { units: 2500, currency: \"EUR\" } }";
    let declined = Caught::api("PlaceOrderError::PaymentDeclined", 402, detail, fields);
    let euros = |units: i64| json!({ "units": units, "currency": "EUR" });
    let fields = json!({ "amount": euros(1_250_000_000), "limit": euros(10_000_000) });
    let detail = "an order of 12500000.00 EUR is over the limit of 100000.00 EUR";
    let too_large = Caught::api("PlaceOrderError::AmountTooLarge", 422, detail, fields);
    let note = "«Désolé», 申し訳ありません, it's \"over\" 🫖 $!x #end\n\u{7f}\u{2028}";
    let fields = json!({ "customerId": 9_007_199_254_740_993_u64, "caseNumber": "C-2026/117", "note": note });
    let detail = format!("customer 9007199254740993 is blocked: {note}");
    let blocked = Caught::api("PlaceOrderError::CustomerBlocked", 403, &detail, fields);

    let empty_card = PlaceOrder {
        labels: Some(BTreeMap::from([("card".to_owned(), "empty".to_owned())])),
        dry_run: Some(true),
        ..order(7, "teapot", 2)
    };
    vec![
        api!(client.get_order(id), GetOrderError::OrderNotFound, not_found),
        api!(client.get_order("7"), GetOrderError::OrderArchived, archived),
        api!(client.search_orders(&search(Some("ab🫖"))), SearchOrdersError::InvalidCursor, invalid_cursor),
        api!(client.search_orders(&search(None)), SearchOrdersError::TooManyResults, too_many),
        api!(client.place_order(&order(7, "samovar", 3)), PlaceOrderError::OutOfStock, out_of_stock),
        api!(client.place_order(&empty_card), PlaceOrderError::PaymentDeclined, declined),
        api!(client.place_order(&order(7, "teapot", 1_000_000)), PlaceOrderError::AmountTooLarge, too_large),
        api!(client.place_order(&order(9_007_199_254_740_993, "teapot", 1)), PlaceOrderError::CustomerBlocked, blocked),
    ]
}

/// The errors that every operation shares, each through another one.
async fn shared(client: &Caller) -> Vec<Case> {
    let not_signed_in = Caught::api("GetOrderError::NotSignedIn", 401, "sign in first", json!({}));
    let detail = "slow down: 61 requests in a minute";
    // Two and a half seconds, rounded up.
    let too_many = Caught::api("SearchOrdersError::TooManyRequests", 429, detail, json!({ "used": 61 })).after(3);
    let fields = json!({ "until": "six o'clock" });
    let closed = Caught::api("PlaceOrderError::Maintenance", 503, "closed until six o'clock", fields);
    let closed = closed.retry(Retry::Backoff).after(3_600);
    let noted = PlaceOrder { note: Some("closed".to_owned()), ..order(7, "teapot", 1) };
    // The address and the cause stay in the function: the detail is HTTP's own phrase.
    let unavailable = Caught::api("GetOrderError::StoreUnavailable", 503, "Service Unavailable", json!({}));
    vec![
        api!(client.get_order("signed-out"), GetOrderError::NotSignedIn, not_signed_in),
        api!(client.search_orders(&search(Some("hurry"))), SearchOrdersError::TooManyRequests, too_many),
        api!(client.place_order(&noted), PlaceOrderError::Maintenance, closed),
        api!(client.get_order("store-down"), GetOrderError::StoreUnavailable, unavailable),
    ]
}

/// What no enum declares.
async fn undeclared(client: &Caller, front: Front) -> Vec<Case> {
    let next = Caught::plain("Undeclared(OrderOnHold)", 423).retry(Retry::Backoff);
    let next = next.detail("order on-hold is on hold").fields(json!({ "orderId": "on-hold", "queue": u64::MAX }));
    let reason = "invalid type: string \"two\", expected u32";
    let invalid =
        Caught::plain("Platform(InvalidPayload)", 400).fields(json!({ "path": "lines[0].quantity", "reason": reason }));
    let place_order = Endpoint::post("/orders").query(&["dryRun"]).body();
    let misfit: Value = json!({ "customerId": 7, "lines": [{ "sku": "teapot", "quantity": "two" }] });
    let nowhere = Endpoint::get("/nowhere");
    let no_route = match front {
        Front::Rest | Front::RestProxy => {
            Caught::plain("Gateway(MissingAuthenticationToken)", 403).detail("Missing Authentication Token")
        }
        Front::HttpApi | Front::HttpApi1 => Caught::plain("Gateway(ResourceNotFound)", 404).detail("Not Found"),
        Front::Invoke => {
            let reason = "the event names no operation of this function: it has `get_order`, `search_orders`, \
                          `place_order`, `health`";
            Caught::plain("Platform(InvalidPayload)", 400).fields(json!({ "path": "operation", "reason": reason }))
        }
        // The function says so itself.
        _ => Caught::plain("Gateway(ResourceNotFound)", 404),
    };
    let mut cases = Vec::new();
    let held = client.get_order("on-hold").await;
    cases.push(named(client, "OrderOnHold", ("get_order", "OrderOnHold, from a newer function"), &held, next));
    let misfits = client.anything::<Order, PlaceOrderError>("place_order", &place_order, &misfit).await;
    cases.push(named(client, "InvalidPayload", ("place_order", "an input that does not fit"), &misfits, invalid));
    for (word, thrown) in [("impossible", "an error marked `internal`"), ("panic", "a panic")] {
        let internal = Caught::plain("Platform(Internal)", 500).retry(Retry::Idempotent);
        let result = client.get_order(word).await;
        cases.push(named(client, "InternalError", ("get_order", thrown), &result, internal));
    }
    let lost = client.anything::<Value, CommonError>("nowhere", &nowhere, &()).await;
    cases.push(by_nature(front, case("(none)", "an unknown route", &lost, no_route)));
    cases
}

/// What a function does that can't answer any more. It can't say so: what stands before it does, each in its own way.
async fn gone(client: &Caller, server: &Server) -> Result<Vec<Case>, Box<dyn Error>> {
    let front = server.front;
    // Nobody can say how far the function came.
    let lambda = |kind: &str, status| Caught::plain(&format!("Platform({kind})"), status).retry(Retry::Idempotent);
    let expected = |kind: &str, status| match front {
        Front::Rest if status == 504 => lambda(kind, status),
        // The mapping hides what it does not know.
        Front::Rest => lambda("Internal", status),
        // Lambda's own words reach the caller.
        Front::Invoke => lambda(kind, status),
        Front::RestProxy => {
            Caught::plain("Gateway(InternalServerError)", 502).retry(Retry::Idempotent).detail("Internal server error")
        }
        Front::HttpApi | Front::HttpApi1 => {
            Caught::plain("Gateway(InternalServerError)", 500).retry(Retry::Idempotent).detail("Internal Server Error")
        }
        Front::FunctionUrl => Caught::plain("Gateway(InternalServerError)", 502).retry(Retry::Idempotent),
        Front::Axum => Caught::nothing(),
        // A load balancer's page says nothing that another one's could not say.
        _ => Caught::unmodelled(502, Retry::Idempotent),
    };
    let slept = client.get_order("sleep").await;
    let mut cases = vec![case("get_order", "nothing, for too long", &slept, expected("Timeout", 504))];
    for (word, thrown, kind) in
        [("exit", "an exit", "Exited"), ("abort", "an abort", "Exited"), ("kill", "a killed process", "OutOfMemory")]
    {
        let result = server.killed(client.get_order(word)).await?;
        cases.push(case("get_order", thrown, &result, expected(kind, 500)));
    }
    Ok(cases.into_iter().map(|case| by_nature(front, case)).collect())
}

/// A case in which another one answers than behind a custom integration, or says more.
fn by_nature(front: Front, case: Case) -> Case {
    Case { by_nature: front != Front::Rest, ..case }
}

fn case<T: Debug, E: ErrorSet>(
    operation: &'static str,
    thrown: &'static str,
    result: &Result<T, Failure<E>>,
    expected: Caught,
) -> Case {
    let caught = anything_else(result);
    Case { operation, thrown, expected, caught, headers: (None, None), debug: format!("{result:#?}"), by_nature: false }
}

/// The same where the answer's headers name a code.
fn named<T: Debug, E: ErrorSet>(
    caller: &Caller,
    code: &'static str,
    (operation, thrown): (&'static str, &'static str),
    result: &Result<T, Failure<E>>,
    expected: Caught,
) -> Case {
    Case { headers: (Some(code), caller.headers()), ..case(operation, thrown, result, expected) }
}
