//! The same enums on a server of axum's: the same answers, byte for byte, to the same client.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use lambda_runtime::{Context, LambdaEvent, Service};
use orders::Shop;
use orders::handlers::{get_order, health, place_order, search_orders};
use orders_axum::handlers;
use orders_client::{Client, Failure, GetOrderError, Line, PlaceOrder, PlaceOrderError, SearchOrders};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use throwback::axum::{Json, Path, Query, check, complete, route};
use throwback::client::{GatewayKind, PlatformKind};
use throwback::{ApiError, InternalError, InvalidPayload, Operation, operation, operations, routes};
use throwback_gateway::{Call, Front};
use throwback_tests::behind::{self, Behind};

/// A document of which fronts without routes use nothing.
const NO_ROUTE: &str = r#"{"openapi":"3.0.1","info":{"title":"a","version":"1"},"paths":{"/a":{"get":{"responses":{"200":{}},"x-amazon-apigateway-integration":{"type":"mock","responses":{"default":{"statusCode":"200"}}}}}}}"#;

/// A server on loopback; it ends with the test's runtime.
async fn serve() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, orders_axum::app()).await });
    url
}

/// The function of the same API behind its URL.
fn function() -> Behind {
    let mut function = Behind::new(NO_ROUTE, |event| async move {
        let operations = operations![get_order, search_orders, place_order, health];
        behind::answer(Shop::default(), operations, &event).await
    });
    function.front = Some(Front::FunctionUrl);
    function
}

/// What a router answers: status, headers and body.
async fn asked(mut app: Router, request: http::request::Builder, body: &str) -> (u16, http::HeaderMap, Value) {
    let Ok(response) = app.call(request.body(Body::from(body.to_owned())).unwrap()).await;
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    (parts.status.as_u16(), parts.headers, serde_json::from_slice(&body).unwrap_or_default())
}

fn code(headers: &http::HeaderMap) -> &str {
    headers.get("x-error-code").and_then(|code| code.to_str().ok()).unwrap_or_default()
}

fn json_request(method: &str, path: &str) -> http::request::Builder {
    Request::builder().method(method).uri(path).header("content-type", "application/json")
}

/// Every status, header and byte; what does not fit is refused in the same words.
#[tokio::test]
async fn a_server_answers_as_a_function_does() {
    let (url, function) = (serve().await, function());
    let order = |lines: Value| json!({ "customerId": 7, "lines": lines }).to_string();
    let teapots = json!([{ "sku": "teapot", "quantity": 2 }]);
    let cases = [
        ("GET", "/orders/nope", String::new()),
        ("GET", "/orders/41%20%2F%20%C2%BD%3F", String::new()),
        ("GET", "/orders/7", String::new()),
        ("GET", "/orders/signed-out", String::new()),
        ("GET", "/orders/hurry", String::new()),
        ("GET", "/orders/closed", String::new()),
        ("GET", "/orders/store-down", String::new()),
        ("GET", "/orders/impossible", String::new()),
        ("GET", "/orders/panic", String::new()),
        ("GET", "/orders/42", String::new()),
        ("GET", "/orders?cursor=ab%F0%9F%AB%96", String::new()),
        ("GET", "/orders?limit=5&limit=6&state=open", String::new()),
        ("GET", "/orders?limit=many", String::new()),
        ("GET", "/orders?state=lost", String::new()),
        ("GET", "/orders?customerId=-1", String::new()),
        ("GET", "/health", String::new()),
        ("GET", "/nowhere", String::new()),
        ("POST", "/orders", order(teapots.clone())),
        ("POST", "/orders?dryRun=true", order(json!([{ "sku": "samovar", "quantity": 3 }]))),
        ("POST", "/orders", order(json!([{ "sku": "teapot", "quantity": "two" }]))),
        ("POST", "/orders?dryRun=perhaps", order(teapots)),
        ("POST", "/orders", "{".to_owned()),
    ];
    let http = reqwest::Client::new();
    for (method, path, body) in cases {
        let mut call = Call::new(method, path);
        call.headers.insert("content-type".to_owned(), "application/json".to_owned());
        call.body.clone_from(&body);
        let expected = function.respond(call).await;
        let request = http.request(method.parse().unwrap(), format!("{url}{path}"));
        let response = request.header("content-type", "application/json").body(body).send().await.unwrap();
        assert_eq!(response.status().as_u16(), expected.status, "{method} {path}");
        // The ids that a function URL gives each request: nothing gives the server one.
        let ids = ["x-amzn-requestid", "x-amzn-trace-id"];
        for (name, value) in expected.headers.iter().filter(|(name, _)| !ids.contains(&name.as_str())) {
            let found = response.headers().get(name).and_then(|value| value.to_str().ok());
            assert_eq!(found, Some(value.as_str()), "{method} {path} {name}");
        }
        let id = ",\"instance\":\"00000000-0000-4000-8000-000000000000\"";
        let expected = String::from_utf8(expected.body).unwrap().replace(id, "");
        assert_eq!(response.text().await.unwrap(), expected, "{method} {path}");
    }
}

#[tokio::test]
async fn the_generated_client_knows_the_server() {
    let url = serve().await;
    let client = Client::connect(&url).unwrap();
    let Err(Failure::Api(GetOrderError::OrderNotFound(error))) = client.get_order("a/b \"c\"").await else {
        panic!("another failure");
    };
    assert_eq!(error.order_id, "a/b \"c\"");
    let input = order(7, "teapot", 2);
    let placed = client.place_order(&input).await.unwrap();
    assert_eq!(client.get_order(&placed.id).await.unwrap().lines, input.lines);
    let Err(Failure::Platform(panicked)) = client.get_order("panic").await else { panic!("no panic") };
    assert_eq!(*panicked.kind(), PlatformKind::Internal);
    let nowhere = Client::connect(format!("{url}/nowhere")).unwrap();
    let Err(Failure::Gateway(gateway)) = nowhere.health().await else { panic!("a route") };
    assert_eq!((gateway.kind(), gateway.status()), (GatewayKind::ResourceNotFound, 404));
    let response = reqwest::Client::new().delete(format!("{url}/orders/42")).send().await.unwrap();
    assert_eq!((response.status().as_u16(), code(response.headers())), (405, "gateway.METHOD_NOT_ALLOWED"));
    assert_eq!(response.headers()["allow"], "GET,HEAD");
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

/// `lambda_http` reads each front's event, and writes what that front takes.
#[tokio::test]
async fn the_same_router_answers_in_a_function() {
    let mut function = Behind::new(include_str!("../examples/orders/generated/openapi.json"), |event| async move {
        let event = LambdaEvent::new(serde_json::from_str(&event).unwrap(), context());
        // A REST API's stage stands before the path, unless AWS_LAMBDA_HTTP_IGNORE_STAGE_IN_PATH is set.
        let app = orders_axum::app().nest("/local", orders_axum::app());
        let answer = lambda_http::Adapter::from(app).call(event).await.unwrap();
        (serde_json::to_string(&answer).unwrap(), false)
    });
    for (word, front) in Front::ALL {
        function.front = Some(front);
        let client = Client::new(function.clone(), "https://api.example.com");
        let found = client.get_order("42").await;
        assert!(found.is_ok_and(|order| order.id == "42"), "{word}: {:?}", function.last.lock());
        let Err(failure) = client.get_order("½ \"c\"").await else { panic!("{word}: an order") };
        assert_eq!(failure.request_id(), Some("8f5c"), "{word}");
        let Failure::Api(GetOrderError::OrderNotFound(error)) = failure else { panic!("{word}: {failure}") };
        assert_eq!(error.order_id, "½ \"c\"", "{word}");
        let search =
            SearchOrders { state: None, customer_id: None, limit: Some(50), cursor: Some("ab🫖".to_owned()) };
        let Err(Failure::Api(invalid)) = client.search_orders(&search).await else { panic!("{word}: orders") };
        assert!(invalid.to_string().contains("ab🫖"), "{word}: {invalid}");
        let Err(Failure::Api(PlaceOrderError::OutOfStock(error))) = client.place_order(&order(7, "samovar", 3)).await
        else {
            panic!("{word}: another failure")
        };
        assert_eq!(error.lines[0].warehouses["Łódź"], 1, "{word}");
        assert_eq!(client.place_order(&order(7, "teapot", 2)).await.unwrap().customer_id, 7, "{word}");
        let Err(Failure::Platform(panicked)) = client.get_order("panic").await else { panic!("{word}: no panic") };
        assert_eq!(*panicked.kind(), PlatformKind::Internal, "{word}");
    }
}

fn context() -> Context {
    let mut context = Context::default();
    "8f5c".clone_into(&mut context.request_id);
    context
}

/// The enums are the same ones, so that a client of the function is one of the server.
#[test]
fn the_contract_is_that_of_the_function() {
    let function: Value = serde_json::from_str(include_str!("../examples/orders/generated/contract.json")).unwrap();
    let server: Value = serde_json::from_str(include_str!("../examples/orders-axum/generated/contract.json")).unwrap();
    for part in ["name", "sets", "errors"] {
        assert_eq!(server[part], function[part], "{part}");
    }
    let of = |contract: &Value| -> Vec<Value> {
        let operations = contract["operations"].as_array().unwrap().iter();
        operations
            .map(|one| json!([one["name"], one["method"], one["path"], one["output"], one["status"], one["set"]]))
            .collect()
    };
    assert_eq!(of(&server), of(&function));
    assert_eq!(server["front"], "axum");
    // Neither what a query is read into, nor what a body is not.
    let types = server["types"].as_array().unwrap();
    assert!(types.iter().all(|def| def["name"] != "Placing"));
}

#[derive(Debug, Serialize, Deserialize)]
struct Seen {
    path: Value,
    query: Value,
    body: Value,
}

#[derive(Debug, Serialize, Deserialize)]
struct Names {
    first: String,
    second: u8,
}

#[derive(Debug, Serialize, Deserialize)]
struct Listed {
    ids: Vec<u32>,
    exact: Option<bool>,
}

fn seen(path: impl Serialize, query: impl Serialize, body: impl Serialize) -> Json<Seen> {
    let value = |it: Result<Value, _>| it.unwrap_or_default();
    let (path, query, body) = (serde_json::to_value(path), serde_json::to_value(query), serde_json::to_value(body));
    Json(Seen { path: value(path), query: value(query), body: value(body) })
}

#[operation(GET, "/named/{first}/{second}")]
async fn named(Path(path): Path<Names>, Query(query): Query<Listed>) -> Json<Seen> {
    seen(path, query, ())
}

#[operation(GET, "/tuple/{first}/{second}")]
async fn tuple(Path(path): Path<(String, u8)>) -> Json<Seen> {
    seen(path, (), ())
}

#[derive(Debug, Serialize, Deserialize)]
struct Id(u64);

#[operation(PUT, "/one/{id}")]
async fn one(Path(Id(id)): Path<Id>, body: Option<Json<Names>>) -> Json<Seen> {
    seen(id, (), body.map(|Json(body)| body))
}

#[operation(GET, "/map/{first}/{second}")]
async fn map(Path(path): Path<BTreeMap<String, u8>>) -> Json<Seen> {
    seen(path, (), ())
}

#[derive(Debug, Serialize, Deserialize)]
struct Limit {
    limit: u8,
}

#[operation(GET, "/queries")]
async fn queries(Query(listed): Query<Listed>, Query(limit): Query<Limit>) -> Json<Seen> {
    seen((), (listed, limit), ())
}

trait Store: Clone + Send + Sync + 'static {
    fn held(&self) -> u8;
}

impl Store for u8 {
    fn held(&self) -> u8 {
        *self
    }
}

/// What it is over says nothing of the contract.
#[operation(GET, "/held")]
async fn held<S: Store>(State(Shelf(store)): State<Shelf<S>>) -> Json<u8> {
    Json(store.held())
}

#[derive(Clone)]
struct Shelf<S>(S);

#[tokio::test]
async fn extractors_take_what_a_contract_says() {
    let app: Router = complete(routes![named, tuple, one, map, queries]).merge(routes![held].with_state(Shelf(7_u8)));
    let of = |path, query, body| json!({ "path": path, "query": query, "body": body });
    let (names, listed) = (json!({ "first": "a/b", "second": 7 }), json!({ "ids": [1, 2], "exact": true }));
    let (_, _, body) =
        asked(app.clone(), json_request("GET", "/named/a%2Fb/7?ids=1,2&exact=false&exact=true"), "").await;
    assert_eq!(body, of(names.clone(), listed, Value::Null));
    let (_, _, body) = asked(app.clone(), json_request("GET", "/tuple/a%2Fb/7"), "").await;
    assert_eq!(body, of(json!(["a/b", 7]), Value::Null, Value::Null));
    let (_, _, body) = asked(app.clone(), json_request("PUT", "/one/18446744073709551615"), &names.to_string()).await;
    assert_eq!(body, of(json!(u64::MAX), Value::Null, names));
    let (_, _, body) = asked(app.clone(), Request::builder().method("PUT").uri("/one/1"), "").await;
    assert_eq!(body, of(json!(1), Value::Null, Value::Null));
    let (_, _, body) = asked(app.clone(), json_request("GET", "/map/7/8"), "").await;
    assert_eq!(body, of(json!({ "first": 7, "second": 8 }), Value::Null, Value::Null));
    let (_, _, body) = asked(app.clone(), json_request("GET", "/queries?ids=1,2&limit=3"), "").await;
    assert_eq!(body, of(Value::Null, json!([{ "ids": [1, 2], "exact": null }, { "limit": 3 }]), Value::Null));
    let (_, _, body) = asked(app, json_request("GET", "/held"), "").await;
    assert_eq!(body, json!(7));
    // Where its state does not say it, its author does.
    let app = Router::new().route(held::INFO.path, route(&held::INFO, held::<u8>)).with_state(Shelf(7));
    assert_eq!(asked(app, json_request("GET", "/held"), "").await.2, json!(7));
}

#[tokio::test]
async fn what_does_not_fit_is_refused_with_its_place() {
    let app: Router = complete(routes![named, tuple, one]);
    let large = format!("{{\"first\":\"{}\"}}", "a".repeat(3 << 20));
    let cases = [
        ("GET", "/named/a/b?ids=1", "", "second", "invalid type: string \"b\", expected u8"),
        ("GET", "/named/a/7", "", "", "missing field `ids`"),
        ("GET", "/named/a/7?ids=1,x", "", "ids[1]", "invalid type: string \"x\", expected u32"),
        ("GET", "/tuple/a/256", "", "second", "invalid value: integer `256`, expected u8"),
        ("PUT", "/one/-1", "{}", "id", "invalid value: integer `-1`, expected u64"),
        ("PUT", "/one/1", "{\"first\":7}", "first", "invalid type: integer `7`, expected a string"),
        ("PUT", "/one/1", "{", "", "the body is not valid JSON: EOF while parsing an object at line 1 column 1"),
        (
            "PUT",
            "/one/1",
            &large,
            "",
            "the body can't be read: Failed to buffer the request body: length limit exceeded",
        ),
    ];
    for (method, target, body, path, reason) in cases {
        let (status, headers, problem) = asked(app.clone(), json_request(method, target), body).await;
        assert_eq!((status, code(&headers)), (400, "InvalidPayload"), "{target} {problem}");
        assert_eq!((&problem["path"], &problem["reason"]), (&json!(path), &json!(reason)), "{target}");
    }
    // A page of another origin may send this without being asked.
    let form = Request::builder().method("PUT").uri("/one/1").header("content-type", "text/plain");
    let (status, _, problem) = asked(app, form, "{}").await;
    assert_eq!((status, &problem["code"]), (400, &json!("InvalidPayload")));
}

/// A request's id is its own, on whatever thread and between whatever others its handler runs.
#[tokio::test]
async fn each_error_names_its_request() {
    #[operation(GET, "/later/{id}")]
    async fn later(Path(id): Path<u32>) -> Result<Json<()>, GoneError> {
        for _ in 0..id % 7 {
            tokio::task::yield_now().await;
        }
        assert!(id % 5 != 0, "a shelf fell over");
        Err(GoneError::Gone)
    }
    let app: Router = complete(routes![later]);
    let tasks: Vec<_> = (0..200)
        .map(|id| {
            let request = json_request("GET", &format!("/later/{id}")).header("x-request-id", format!("r-{id}"));
            tokio::spawn(asked(app.clone(), request, ""))
        })
        .collect();
    for (id, task) in tasks.into_iter().enumerate() {
        let (status, _, problem) = task.await.unwrap();
        assert_eq!(status, if id % 5 == 0 { 500 } else { 410 });
        assert_eq!(problem["instance"], format!("r-{id}"));
    }
    // None that is no id.
    for wrong in ["a b", "", &"a".repeat(129)] {
        let request = json_request("GET", "/later/1").header("x-request-id", wrong);
        assert_eq!(asked(app.clone(), request, "").await.2.get("instance"), None, "{wrong}");
    }
    assert_eq!(asked(app.clone(), json_request("GET", "/later/1"), "").await.2.get("instance"), None);
    let unrouted = json_request("GET", "/nowhere").header("x-request-id", "r-1");
    assert_eq!(asked(app, unrouted, "").await.2["instance"], "r-1");
}

#[derive(Debug, thiserror::Error, ApiError)]
enum GoneError {
    #[error("gone")]
    #[api_error(status = 410)]
    Gone,
}

#[tokio::test]
async fn a_router_of_ones_own_is_checked() {
    let all = [named::INFO, tuple::INFO, one::INFO];
    assert_eq!(check(&complete(routes![named, tuple, one]), &all).await, Ok(()));
    let router = Router::new()
        .route("/named/{a}/{b}", get(named).post(tuple))
        .route("/tuple/{a}/{b}", post(tuple))
        .route("/one/{other}", any(one));
    let missing = check(&router, &[named::INFO, tuple::INFO, one::INFO, handlers::health::INFO]).await.unwrap_err();
    assert_eq!(
        missing.to_string(),
        "`tuple`: `/tuple/{first}/{second}` takes POST, and no GET\n\
         `one`: `/one/{id}` can't be seen: a layer or a handler for any method answers it with 200 OK\n\
         `health`: there is no route `/health`"
    );
    assert_eq!(
        check(&Router::new().nest("/named", Router::new().route("/{a}/{b}", get(named))), &[named::INFO]).await,
        Ok(())
    );
}

#[test]
fn what_is_no_enum_of_the_authors_is_a_response_too() {
    let invalid = InvalidPayload::new("a", "no number").into_response();
    assert_eq!(
        (invalid.status().as_u16(), &invalid.headers()["x-error-code"]),
        (400, &"InvalidPayload".parse().unwrap())
    );
    assert_eq!(InternalError.into_response().status(), 500);
    let panicked = throwback::axum::panicked(Box::new("a shelf fell over"));
    assert_eq!(
        (panicked.status().as_u16(), &panicked.headers()["x-error-code"]),
        (500, &"InternalError".parse().unwrap())
    );
}

/// An author may write his own.
#[derive(Debug, thiserror::Error, ApiError)]
#[api_error(own_response)]
enum OwnError {
    #[error("gone")]
    #[api_error(status = 410)]
    Gone,
}

impl IntoResponse for OwnError {
    fn into_response(self) -> Response {
        (axum::http::StatusCode::GONE, "mine").into_response()
    }
}

#[test]
fn an_author_may_write_a_response_by_hand() {
    assert!(!OwnError::Gone.into_response().headers().contains_key("x-error-code"));
}
