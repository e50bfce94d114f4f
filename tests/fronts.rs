//! One function behind every front: the same answers, byte for byte, and what each front leaves to the function.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unused_async, missing_docs)]

use orders::Shop;
use orders::handlers::{get_order, health, place_order, search_orders};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use throwback::{InternalError, Operations, Payload, Request, operation, operations};
use throwback_gateway::{Call, Caller, Front, Response};
use throwback_tests::behind::{self, Behind};

const OPENAPI: &str = include_str!("../examples/orders/generated/openapi.json");
const ORIGIN: &str = "https://shop.example.com";

fn behind(front: Option<Front>) -> Behind {
    let mut behind = Behind::new(OPENAPI, |event| async move {
        let operations: Operations<Shop> = operations![get_order, search_orders, place_order, health];
        behind::answer(Shop::default(), operations.cors(ORIGIN), &event).await
    });
    behind.front = front;
    behind.caller = Some(Caller::read(r#"{"authorizer":{"claims":{"sub":"ann"}}}"#).unwrap());
    behind
}

/// What a caller can tell of a response: all but the header that only a proxy has, and the id.
fn told(response: &Response) -> (u16, BTreeMap<String, String>, String) {
    let headers = response.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone()));
    let own = ["content-type", "x-error-code", "retry-after", "access-control-allow-origin"];
    let headers = headers.filter(|(name, _)| own.contains(&name.as_str())).collect();
    // A balancer and a function URL know no claims.
    let body = String::from_utf8(response.body.clone()).unwrap().replace(r#","placedBy":"ann""#, "");
    (response.status, headers, body)
}

#[tokio::test]
async fn every_answer_is_the_same_behind_every_front() {
    let order = |note: &str, sku: &str, quantity: &str| {
        format!(r#"{{"customerId":7,"lines":[{{"sku":"{sku}","quantity":{quantity}}}],"note":{}}}"#, Value::from(note))
    };
    let calls = [
        ("GET", "/orders/42", String::new()),
        ("GET", "/orders/41%20%C2%BD%22%5C%27%24x%25", String::new()),
        ("GET", "/orders/7", String::new()),
        ("GET", "/orders/signed-out", String::new()),
        ("GET", "/orders/store-down", String::new()),
        ("GET", "/orders/impossible", String::new()),
        ("GET", "/orders/panic", String::new()),
        ("GET", "/orders?limit=2", String::new()),
        ("GET", "/orders?cursor=hurry&limit=10", String::new()),
        ("GET", "/orders?cursor=ab%F0%9F%AB%96&cursor=x", String::new()),
        ("GET", "/orders?limit=many", String::new()),
        ("GET", "/orders?limit=-1", String::new()),
        ("GET", "/orders?limit=99999999999999999999", String::new()),
        ("GET", "/orders?limit=1.5", String::new()),
        ("GET", "/orders?unknown=1&customerId=18446744073709551615", String::new()),
        ("POST", "/orders?dryRun=true", order("", "teapot", "1")),
        ("POST", "/orders?dryRun=yes", order("", "teapot", "1")),
        ("POST", "/orders", order("closed", "teapot", "1")),
        ("POST", "/orders", order("", "samovar", "3")),
        ("POST", "/orders", order("", "teapot", "\"two\"")),
        ("POST", "/orders", r#"{"dryRun":true}"#.to_owned()),
        ("POST", "/orders", "[]".to_owned()),
        ("POST", "/orders", "{".to_owned()),
        ("POST", "/orders", String::new()),
        ("GET", "/health", String::new()),
        ("GET", "/health?x=1&y", String::new()),
    ];
    let own = behind(None);
    for (method, target, body) in calls {
        let call = || {
            let mut call = Call::new(method, target);
            call.headers.insert("Content-Type".to_owned(), "application/json".to_owned());
            call.headers.insert("Idempotency-Key".to_owned(), "k".to_owned());
            call.caller.clone_from(&own.caller);
            call.body.clone_from(&body);
            call
        };
        let expected = told(&own.respond(call()).await);
        for (word, front) in Front::ALL {
            let response = behind(Some(front)).respond(call()).await;
            assert_eq!(told(&response), expected, "{word} {method} {target} {body}");
            let code = response.header("x-error-code");
            assert_eq!(response.header("x-amzn-errortype"), code, "{word} {method} {target}");
            let exposed = response.header("access-control-expose-headers").unwrap();
            let hidden = ["x-error-code", "retry-after"]
                .into_iter()
                .find(|name| response.header(name).is_some() && !exposed.split(',').any(|exposed| exposed == *name));
            assert_eq!(hidden, None, "{word} {method} {target}");
        }
    }
}

/// Which room.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Room {
    room_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    floor_number: Option<u8>,
}

#[operation(GET, "/rooms/{room_name}")]
async fn room(Payload(room): Payload<Room>) -> Result<Room, InternalError> {
    Ok(room)
}

#[operation(GET, "/rooms/first")]
async fn first(_: Payload<()>) -> Result<String, InternalError> {
    Ok("the first".to_owned())
}

#[operation(DELETE, "/rooms/{room_name}", status = 204)]
async fn clear(_: Payload<Room>) -> Result<(), InternalError> {
    Ok(())
}

/// A parameter whose name nobody behind a front can see.
#[derive(Deserialize)]
pub struct Renamed {
    #[serde(rename = "nr")]
    number: u8,
}

#[operation(GET, "/doors/{number}")]
async fn door(Payload(door): Payload<Renamed>) -> Result<u8, InternalError> {
    Ok(door.number)
}

#[operation(POST, "/rooms")]
async fn add(_: Payload<()>) -> Result<String, InternalError> {
    Ok("added".to_owned())
}

#[operation(GET, "/")]
async fn root(request: Request) -> Result<String, InternalError> {
    Ok(request.stage().unwrap_or("none").to_owned())
}

async fn house(event: &Value) -> Value {
    let operations: Operations = operations![room, first, clear, door, add, root];
    let (answer, failed) = behind::answer((), operations.cors("*"), &event.to_string()).await;
    assert!(!failed, "{answer}");
    serde_json::from_str(&answer).unwrap()
}

/// An event of a function URL.
fn url(method: &str, path: &str, query: &str) -> Value {
    json!({
        "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": query, "headers": {},
        "requestContext": {
            "http": { "method": method, "path": path }, "stage": "$default", "requestId": "r-1",
            "domainName": "abc.lambda-url.eu-central-1.on.aws",
        },
        "isBase64Encoded": false,
    })
}

#[tokio::test]
async fn a_function_without_a_gateway_routes_by_itself() {
    for (method, path, status, body) in [
        ("GET", "/rooms/attic", 200, r#"{"room-name":"attic"}"#),
        ("GET", "/rooms/attic/", 200, r#"{"room-name":"attic"}"#),
        ("GET", "/rooms/first", 200, r#""the first""#),
        ("GET", "/rooms/%66irst", 200, r#""the first""#),
        ("GET", "/rooms/a%2Fb%20c+d", 200, r#"{"room-name":"a/b c+d"}"#),
        ("GET", "/", 200, r#""$default""#),
        ("HEAD", "/rooms/attic", 200, ""),
        ("DELETE", "/rooms/attic", 204, ""),
        // A fixed text comes before a parameter, and then the method counts.
        ("DELETE", "/rooms/first", 405, "gateway.METHOD_NOT_ALLOWED"),
        ("PATCH", "/rooms/attic", 405, "gateway.METHOD_NOT_ALLOWED"),
        ("POST", "/rooms", 200, r#""added""#),
        ("GET", "/rooms", 405, "gateway.METHOD_NOT_ALLOWED"),
        ("GET", "/room", 404, "gateway.RESOURCE_NOT_FOUND"),
        ("GET", "/rooms//", 404, "gateway.RESOURCE_NOT_FOUND"),
        ("GET", "//rooms/attic", 404, "gateway.RESOURCE_NOT_FOUND"),
        ("GET", "/rooms/a/b", 404, "gateway.RESOURCE_NOT_FOUND"),
        ("GET", "/Rooms/attic", 404, "gateway.RESOURCE_NOT_FOUND"),
        ("GET", "/rooms/%FF", 404, "gateway.RESOURCE_NOT_FOUND"),
        ("GET", "/rooms/{room_name}", 200, r#"{"room-name":"{room_name}"}"#),
        ("BREW", "/rooms/attic", 405, "gateway.METHOD_NOT_ALLOWED"),
        // Its log says why.
        ("GET", "/doors/7", 500, "InternalError"),
    ] {
        let reply = house(&url(method, path, "")).await;
        assert_eq!(reply["statusCode"], status, "{method} {path}: {reply}");
        let said = reply["body"].as_str().unwrap();
        assert!(
            said == body || (status >= 400 && said.starts_with(&format!("{{\"code\":\"{body}\""))),
            "{method} {path}: {said}"
        );
        assert_eq!(reply["headers"]["access-control-allow-origin"], "*");
    }
    let allow = &house(&url("PATCH", "/rooms/attic", "")).await["headers"]["allow"];
    assert_eq!(allow, "GET,DELETE,HEAD,OPTIONS");
    let preflight = house(&url("OPTIONS", "/rooms/attic", "")).await;
    assert_eq!((&preflight["statusCode"], &preflight["body"]), (&json!(204), &json!("")));
    assert_eq!(preflight["headers"]["access-control-allow-methods"], "GET,DELETE,HEAD,OPTIONS");
    let problem = house(&url("GET", "/nowhere", "")).await["body"].as_str().unwrap().to_owned();
    let expected =
        r#"{"code":"gateway.RESOURCE_NOT_FOUND","title":"There is no such resource","status":404,"instance":"r-1"}"#;
    assert_eq!(problem, expected);
}

#[tokio::test]
async fn queries_are_read_as_they_were_sent() {
    let mut nothing = url("POST", "/rooms", "x=1");
    nothing["body"] = "no JSON".into();
    assert_eq!(house(&nothing).await["body"], r#""added""#, "nothing is asked for");
    assert_eq!(house(&url("GET", "/rooms/first", "x=1")).await["body"], r#""the first""#);
    let floor =
        async |query: &str| house(&url("GET", "/rooms/attic", query)).await["body"].as_str().unwrap().to_owned();
    assert_eq!(floor("floor-number=3").await, r#"{"room-name":"attic","floor-number":3}"#);
    assert_eq!(floor("floor-number=2&floor%2Dnumber=3").await, r#"{"room-name":"attic","floor-number":3}"#);
    assert_eq!(floor("floorNumber=3&room-name=cellar&&=&x").await, r#"{"room-name":"attic"}"#);
    let refused = floor("floor-number=300").await;
    assert!(
        refused.contains(r#""path":"floor-number","reason":"invalid value: integer `300`, expected u8""#),
        "{refused}"
    );
    let refused = floor("floor-number=03").await;
    assert!(refused.contains(r#""reason":"invalid type: string \"03\", expected u8""#), "{refused}");
}

/// `cargo lambda watch` writes `null` where AWS leaves out or writes an empty text, and takes no reply without `cookies`, which
/// a REST API does not take.
#[tokio::test]
async fn cargo_lambda_is_a_function_url() {
    let mut event = url("GET", "/rooms/attic", "");
    for absent in ["rawQueryString", "body", "pathParameters", "cookies"] {
        event[absent] = Value::Null;
    }
    for absent in ["accountId", "apiId", "authorizer", "authentication"] {
        event["requestContext"][absent] = Value::Null;
    }
    let reply = house(&event).await;
    assert_eq!(reply["body"], r#"{"room-name":"attic"}"#);
    assert_eq!(reply["cookies"], json!([]));
}

/// Stages and base paths stand before the path that a route has.
#[tokio::test]
async fn a_route_is_found_behind_stages_and_base_paths() {
    let http = |stage: &str, key: &str, path: &str, parameters: Value| {
        let mut event = url("GET", path, "");
        event["routeKey"] = key.into();
        event["requestContext"]["stage"] = stage.into();
        event["pathParameters"] = parameters;
        event
    };
    let proxy = |resource: &str, path: &str, parameters: Value| {
        json!({
            "resource": resource, "path": path, "httpMethod": "GET", "headers": null, "multiValueHeaders": null,
            "queryStringParameters": null, "multiValueQueryStringParameters": null, "pathParameters": parameters,
            "stageVariables": null, "requestContext": { "stage": "prod", "requestId": "r-1", "identity": {} },
            "body": null, "isBase64Encoded": false,
        })
    };
    for event in [
        http("prod", "$default", "/prod/rooms/attic", Value::Null),
        http("prod", "GET /rooms/{name}", "/prod/rooms/attic", json!({ "name": "attic" })),
        http("$default", "GET /rooms/{name}", "/house/rooms/attic", json!({ "name": "attic" })),
        http("$default", "ANY /{proxy+}", "/house/rooms/attic", json!({ "proxy": "rooms/attic" })),
        proxy("/rooms/{name}", "/rooms/attic", json!({ "name": "attic" })),
        proxy("/rooms/{name}", "/house/rooms/attic", json!({ "name": "attic" })),
        proxy("/{proxy+}", "/house/rooms/attic", json!({ "proxy": "rooms/attic" })),
        proxy("/{proxy+}", "/rooms/attic/", json!({ "proxy": "rooms/attic" })),
        proxy("/rooms/{proxy+}", "/v1/rooms/attic", json!({ "proxy": "attic" })),
    ] {
        let reply = house(&event).await;
        assert_eq!(reply["body"], r#"{"room-name":"attic"}"#, "{event}");
    }
    // Nobody gets past a path that a balancer or a firewall lets through by putting something before another.
    let reply = house(&url("GET", "/public/rooms/attic", "")).await;
    assert_eq!(reply["statusCode"], 404);
    assert_eq!(house(&proxy("/", "/", Value::Null)).await["body"], r#""prod""#);
}

/// Who answers a wrong method, front by front, as the README's table has it.
#[tokio::test]
async fn a_wrong_method_is_answered_by_who_knows_the_routes() {
    for (word, front) in Front::ALL {
        let response = behind(Some(front)).respond(Call::new("PATCH", "/health")).await;
        let expected = match front {
            Front::RestProxy => 403,
            Front::HttpApi | Front::HttpApi1 => 404,
            Front::FunctionUrl | Front::Balancer | Front::BalancerOfMany => 405,
        };
        assert_eq!(response.status, expected, "{word}");
        assert_eq!(response.header("allow"), (expected == 405).then_some("GET,HEAD,OPTIONS"), "{word}");
    }
}

/// HTTP APIs decode a path before they route; nothing else does, and nobody does it twice.
#[tokio::test]
async fn a_path_is_decoded_once() {
    let encoded = "/rooms/a%252Fb%2Fc%20d%3F";
    let name = |text: &str| json!({ "room-name": text }).to_string();
    let mut http = url("GET", "/rooms/a%2Fb c d", "");
    http["requestContext"]["domainName"] = "api.example.com".into();
    assert_eq!(house(&http).await["body"], name("a%2Fb c d"));
    http["routeKey"] = "GET /rooms/{name}".into();
    http["pathParameters"] = json!({ "name": "a%2Fb c d" });
    assert_eq!(house(&http).await["body"], name("a%2Fb c d"));
    assert_eq!(house(&url("GET", encoded, "")).await["body"], name("a%2Fb/c d?"));
    let proxy = |version: Value, path: &str| {
        json!({
            "version": version, "resource": "/rooms/{name}", "path": path, "httpMethod": "GET",
            "requestContext": { "stage": "prod", "identity": {} }, "isBase64Encoded": false,
        })
    };
    assert_eq!(house(&proxy(Value::Null, encoded)).await["body"], name("a%2Fb/c d?"));
    assert_eq!(house(&proxy("1.0".into(), "/rooms/a%2Fb c d")).await["body"], name("a%2Fb c d"));
    let balanced = json!({
        "requestContext": { "elb": {} }, "httpMethod": "GET", "path": encoded, "headers": {}, "isBase64Encoded": false,
    });
    assert_eq!(house(&balanced).await["body"], name("a%2Fb/c d?"));
}

/// What is of no front's form is an invocation; what is of several is of one, and nothing panics.
#[tokio::test]
async fn mixtures_are_taken_for_one() {
    let answer = async |event: Value| {
        let operations: Operations = operations![room, first];
        behind::answer((), operations, &event.to_string()).await
    };
    let elb = json!({ "elb": { "targetGroupArn": "a" }, "http": { "method": "GET", "path": "/" } });
    let all = json!({
        "version": "2.0", "routeKey": "$default", "rawPath": "/rooms/url", "rawQueryString": "", "httpMethod": "GET",
        "resource": "/rooms/{x}", "path": "/rooms/first", "operation": "room", "input": { "room-name": "envelope" },
        "requestContext": elb, "headers": {}, "isBase64Encoded": false,
    });
    // A balancer, by its description.
    let (reply, _) = answer(all.clone()).await;
    assert!(reply.contains("\"statusDescription\":\"200 OK\"") && reply.contains("the first"), "{reply}");
    for (pointer, odd) in [
        ("/requestContext", Value::Null),
        ("/requestContext", json!([])),
        ("/requestContext", json!("elb")),
        ("/requestContext/elb", json!(true)),
        ("/httpMethod", json!(7)),
        ("/path", Value::Null),
        ("/headers", json!([])),
        ("/headers", json!({ "a": [1] })),
        ("/isBase64Encoded", json!("yes")),
        ("/version", json!(2)),
    ] {
        let mut event = all.clone();
        *event.pointer_mut(pointer).unwrap() = odd;
        let (reply, failed) = answer(event).await;
        assert!(failed || reply.contains("statusCode"), "{pointer}: {reply}");
    }
    let envelope = json!({ "operation": "room", "input": { "room-name": "envelope" } });
    assert_eq!(answer(envelope).await, (r#"{"room-name":"envelope"}"#.to_owned(), false));
    // A body that says where it comes from says nothing.
    let mut event = url("GET", "/rooms/attic", "");
    event["body"] = all.to_string().into();
    assert!(answer(event).await.0.contains(r#"\"room-name\":\"attic\""#));
}

#[tokio::test]
async fn a_body_may_be_base64_and_too_much_is_said_to_be() {
    #[operation(POST, "/echo")]
    async fn echo(Payload(body): Payload<Value>) -> Result<Value, InternalError> {
        Ok(body)
    }
    let event = |body: &str, encoded: bool| {
        let mut event = url("POST", "/echo", "");
        event["body"] = body.into();
        event["isBase64Encoded"] = encoded.into();
        event
    };
    let answer = async |event: Value| {
        let operations: Operations = operations![echo];
        let (reply, _) = behind::answer((), operations, &event.to_string()).await;
        serde_json::from_str::<Value>(&reply).unwrap()
    };
    assert_eq!(answer(event("eyJhIjoiw6kifQ==", true)).await["body"], r#"{"a":"é"}"#);
    let refused = answer(event("/w==", true)).await;
    assert!(refused["body"].as_str().unwrap().contains("the body is not UTF-8"), "{refused}");
    let long = format!("\"{}\"", "x".repeat(1_100_000));
    assert_eq!(answer(event(&long, false)).await["statusCode"], 200);
    let mut balanced = json!({
        "requestContext": { "elb": { "targetGroupArn": "a" } }, "httpMethod": "POST", "path": "/echo", "headers": {},
        "queryStringParameters": {}, "body": long, "isBase64Encoded": false,
    });
    let refused = answer(balanced.clone()).await;
    assert_eq!((&refused["statusCode"], &refused["headers"]["x-error-code"]), (&json!(500), &json!("InternalError")));
    assert!(refused["multiValueHeaders"].is_null());
    balanced["headers"] = Value::Null;
    balanced["multiValueHeaders"] = json!({ "a": ["1", "2"] });
    let refused = answer(balanced).await;
    assert_eq!(refused["multiValueHeaders"]["x-error-code"], json!(["InternalError"]));
    assert!(refused["headers"].is_null());
}

/// A handler alone has no route.
#[tokio::test]
async fn a_handler_without_a_route_says_so() {
    let (reply, failed) = behind::answer((), room, &url("GET", "/rooms/attic", "").to_string()).await;
    let reply: Value = serde_json::from_str(&reply).unwrap();
    assert_eq!(
        (failed, &reply["statusCode"], &reply["headers"]["x-error-code"]),
        (false, &json!(500), &json!("InternalError"))
    );
}

/// Who generates and who evaluates have one word for each front; where nothing of AWS's stands before, nothing is evaluated.
#[test]
fn the_words_are_the_same_everywhere() {
    let generated = throwback_codegen::contract::Front::ALL.map(|(word, _)| word);
    let evaluated = std::iter::once("rest").chain(Front::ALL.map(|(word, _)| word));
    assert_eq!(generated.to_vec(), evaluated.chain(["axum", "invoke"]).collect::<Vec<_>>());
}

/// Every place of an event, by its JSON pointer.
fn places(at: &str, value: &Value, found: &mut Vec<String>) {
    found.push(at.to_owned());
    if let Value::Object(members) = value {
        members.iter().for_each(|(name, value)| {
            places(&format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), value, found);
        });
    }
}

proptest::proptest! {
    /// Whatever an event holds: it is answered as one of HTTP, or as an invocation.
    #[test]
    fn no_event_panics(
        front in 0..Front::ALL.len(),
        path in "(/[a-z%0-9{}.]{0,6}){0,4}/?",
        query in "[a-z=&%0-9+-]{0,20}",
        changes in proptest::collection::vec((proptest::prelude::any::<proptest::sample::Index>(), 0..9_usize, ".{0,8}"), 0..4),
    ) {
        let call = Call::new("GET", &format!("{path}?{query}"));
        let mut event: Value = serde_json::from_str(&Front::ALL[front].1.event(&call, None)).unwrap();
        for (place, kind, text) in changes {
            let mut all = Vec::new();
            places("", &event, &mut all);
            let value = match kind {
                0 => Value::Null,
                1 => json!(true),
                2 => json!(-7.5),
                3 => json!([text]),
                4 => json!({ text: null }),
                5 => json!({ "elb": {}, "http": { "method": text } }),
                6 => json!("2.0"),
                _ => text.into(),
            };
            let at: &String = place.get(&all);
            *event.pointer_mut(at).unwrap() = value;
        }
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let operations: Operations = operations![room, first, clear, add, root];
        let (reply, failed) = runtime.block_on(behind::answer((), operations, &event.to_string()));
        let reply: Value = serde_json::from_str(&reply).unwrap();
        let status = reply["statusCode"].as_u64();
        proptest::prop_assert!(failed || status.is_some_and(|status| (200..600).contains(&status)), "{}: {}", event, reply);
        // Nothing that an event says is the function's fault.
        proptest::prop_assert!(failed || status < Some(500), "{}: {}", event, reply);
    }
}
