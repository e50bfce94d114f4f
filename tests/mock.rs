//! The API without its function: each of its answers is that of the API with it, and nothing that a caller sends is one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use orders_client::{CommonError, GetOrderError, PlaceOrderError, SearchOrdersError};
use serde_json::{Map, Value};
use std::path::Path;
use throwback::client::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use throwback::client::{ErrorSet, Failure, decode};
use throwback_codegen::contract::{Contract, Front};
use throwback_codegen::{Options, emitted};
use throwback_gateway::{Call, Caller, Gateway, Response};

const MOCK: &str = include_str!("../examples/orders/generated/openapi-mock.json");
const OPENAPI: &str = include_str!("../examples/orders/generated/openapi.json");

/// An API: its mock, its document, and its test vectors.
struct Api {
    gateway: Gateway,
    mock: Value,
    real: Value,
    vectors: Value,
}

impl Api {
    fn new(contract: &Contract) -> Self {
        let mut options = Options::default()
            .output("openapi", "openapi.json")
            .output("openapi-mock", "mock.json")
            .output("vectors", "vectors.json");
        options.cors = Some("https://shop.example.com".to_owned());
        let files = emitted(contract, &options).unwrap();
        let text = |name: &str| &files.iter().find(|(path, _)| path == Path::new(name)).unwrap().1;
        let read = |name| serde_json::from_str(text(name)).unwrap();
        let gateway = Gateway::read(text("mock.json")).unwrap();
        assert_eq!(gateway.warnings().len(), 0);
        Self { gateway, mock: read("mock.json"), real: read("openapi.json"), vectors: read("vectors.json") }
    }

    /// Every operation: its path, its method, and what is written of it.
    fn operations(&self) -> impl Iterator<Item = (&String, &String, &Value)> {
        let paths = self.mock["paths"].as_object().unwrap().iter();
        paths.flat_map(|(path, methods)| {
            let methods = methods.as_object().unwrap().iter().filter(|(method, _)| *method != "options");
            methods.map(move |(method, operation)| (path, method, operation))
        })
    }
}

fn ask(gateway: &Gateway, method: &str, path: &str, query: &str, header: Option<&str>) -> Response {
    let path = path.replace(['{', '}'], "");
    let mut call = Call::new(&method.to_uppercase(), &format!("{path}?{query}"));
    call.caller = Some(Caller::default());
    call.headers.extend(header.map(|value| ("X-Mock-Error".to_owned(), value.to_owned())));
    let (route, parameters) = gateway.find(&call.method, &call.path).unwrap();
    call.path_parameters = parameters;
    let event = route.event(gateway, &mut call).unwrap();
    route.mock(gateway, &call, &event)
}

fn problem(response: &Response) -> Map<String, Value> {
    let text = str::from_utf8(&response.body).unwrap();
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The codes under each status, and the answer to who asks for another.
fn codes(operation: &Value) -> Vec<(u16, String)> {
    let responses = operation["responses"].as_object().unwrap().iter();
    let problems = responses.filter(|(_, response)| response["content"]["application/problem+json"].is_object());
    let split = |text: &Value| text.as_str().unwrap().split(", ").map(ToOwned::to_owned).collect::<Vec<_>>();
    problems
        .flat_map(|(status, response)| {
            split(&response["description"]).into_iter().map(|code| (status.parse().unwrap(), code))
        })
        .collect()
}

fn contracts() -> Vec<Contract> {
    let read = |path: &Path| Contract::read(&std::fs::read_to_string(path).unwrap()).unwrap();
    let generated = ["dynamodb", "echo", "failing", "kubernetes", "zoo"];
    let generated = generated.map(|api| read(&Path::new(env!("OUT_DIR")).join(format!("{api}.contract.json"))));
    let orders = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/orders/generated/contract.json"));
    let mut proxied = orders.clone();
    proxied.front = Front::RestProxy;
    generated.into_iter().chain([orders, proxied]).collect()
}

#[test]
fn each_error_comes_as_the_vectors_have_it() {
    let mut compared = 0;
    for contract in contracts() {
        let api = Api::new(&contract);
        let cases = api.vectors["cases"].as_array().unwrap();
        let is_proxied = contract.front == Front::RestProxy;
        for (path, method, operation) in api.operations() {
            for (status, code) in codes(operation) {
                let by_header = ask(&api.gateway, method, path, "mock_error=Nothing&a=1", Some(&code));
                let by_query = ask(&api.gateway, method, path, &format!("a=1&mock_error={code}"), None);
                let (response, same) = (&by_header, &by_query);
                assert_eq!((response.status, &response.body), (same.status, &same.body), "{code}");
                assert_eq!((response.status, response.trace.warnings.len()), (status, 0), "{:?}", response.trace);
                let name = format!("{code} as it should come");
                let clean = cases.iter().find(|case| case["name"] == name.as_str()).unwrap();
                let expected: Map<String, Value> =
                    serde_json::from_str(clean["response"]["body"].as_str().unwrap()).unwrap();
                let mut members = problem(response);
                assert_eq!(members["instance"], "00000000-0000-4000-8000-000000000000");
                members["instance"] = expected["instance"].clone();
                assert_eq!(members, expected, "{code}");
                for header in clean["response"]["headers"].as_array().unwrap() {
                    let (name, value) = (header[0].as_str().unwrap(), header[1].as_str().unwrap());
                    let found = response.header(name);
                    assert!(name == "x-amzn-requestid" || found == Some(value), "{code}: {name} is {found:?}");
                }
                assert_eq!(response.header("access-control-allow-origin"), Some("https://shop.example.com"));
                let exposed = response.header("access-control-expose-headers").unwrap();
                assert!(exposed.contains("x-error-code"), "{exposed}");
                assert_eq!(response.header("x-amzn-errortype"), is_proxied.then_some(code.as_str()));
                compared += 1;
            }
            let success = ask(&api.gateway, method, path, "", None);
            let expected = operation["responses"].as_object().unwrap().keys().next().unwrap();
            assert_eq!(success.status.to_string(), *expected);
            serde_json::from_slice::<Value>(&success.body).unwrap();
            assert_eq!(success.header("access-control-allow-origin"), Some("https://shop.example.com"));
        }
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn nothing_that_a_caller_sends_is_evaluated_or_printed() {
    let api = Gateway::read(MOCK).unwrap();
    let clean = ask(&api, "get", "/orders/{order_id}", "", Some("Unheard"));
    assert_eq!((clean.status, clean.header("x-error-code")), (400, Some("UnknownMockError")));
    let members = problem(&clean);
    let said = members["detail"].as_str().unwrap();
    for code in ["OrderNotFound", "TooManyRequests", "InvalidPayload", "InternalError", "FunctionTimeout"] {
        assert!(said.contains(code), "{said}");
    }
    for hostile in [
        "$input.body",
        "#set($e='OrderNotFound')",
        "'",
        "''",
        "\"",
        "\\",
        "OrderNotFound ",
        "orderNotFound",
        "OrderNotFound' || 'a'=='a",
        "x\"}#end$context.requestId",
        "🫖 é",
        "#stop",
        "constructor",
    ] {
        let percent: String = hostile.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let by_query = ask(&api, "get", "/orders/{order_id}", &format!("mock_error={percent}"), None);
        let by_header = ask(&api, "get", "/orders/{order_id}", "mock_error=OrderNotFound", Some(hostile));
        for response in [by_query, by_header] {
            assert_eq!((response.status, &response.body), (400, &clean.body), "{hostile}");
            assert_eq!(response.header("x-error-code"), Some("UnknownMockError"), "{hostile}");
        }
    }
    // An empty value asks for nothing, and so does an error of another operation's.
    assert_eq!(ask(&api, "get", "/health", "mock_error=", Some("")).status, 200);
    assert_eq!(ask(&api, "get", "/health", "", Some("OrderNotFound")).status, 400);
}

#[test]
fn a_client_sees_nothing_change_when_the_function_comes() {
    let (mut mock, mut real): (Value, Value) =
        (serde_json::from_str(MOCK).unwrap(), serde_json::from_str(OPENAPI).unwrap());
    for document in [&mut mock, &mut real] {
        for method in document["paths"].as_object_mut().unwrap().values_mut().filter_map(|path| path.as_object_mut()) {
            for (_, operation) in method {
                let integration = operation.as_object_mut().unwrap().remove("x-amazon-apigateway-integration");
                let responses = integration.unwrap()["responses"].take();
                for (_, response) in responses.as_object().unwrap() {
                    assert!(operation["responses"][response["statusCode"].as_str().unwrap()].is_object());
                }
                if let Some(parameters) = operation.get_mut("parameters").and_then(Value::as_array_mut) {
                    parameters.retain(|one| one["name"] != "mock_error" && one["name"] != "x-mock-error");
                    if parameters.is_empty() {
                        operation.as_object_mut().unwrap().remove("parameters");
                    }
                }
            }
        }
    }
    assert_eq!(mock, real);
    let api = Api::new(&contracts().pop().unwrap());
    assert_eq!(api.mock["x-amazon-apigateway-gateway-responses"], api.real["x-amazon-apigateway-gateway-responses"]);
    for (path, method, operation) in api.operations() {
        assert_eq!(operation["responses"], api.real["paths"][path][method]["responses"]);
    }
}

#[test]
fn a_browser_may_send_the_header() {
    let mock: Value = serde_json::from_str(MOCK).unwrap();
    let preflight = &mock["paths"]["/orders"]["options"]["x-amazon-apigateway-integration"]["responses"]["default"];
    let allowed = &preflight["responseParameters"]["method.response.header.Access-Control-Allow-Headers"];
    assert!(allowed.as_str().unwrap().contains("x-mock-error"), "{allowed}");
}

#[test]
fn what_can_not_answer_by_itself_has_no_mock() {
    for (word, front) in Front::ALL.into_iter().filter(|(_, front)| ![Front::Rest, Front::RestProxy].contains(front)) {
        let mut contract = contracts().pop().unwrap();
        contract.front = front;
        let refused = emitted(&contract, &Options::default().output("openapi-mock", "mock.json")).unwrap_err();
        let said = refused.to_string();
        assert!(said.contains("`rest` and `rest-proxy`") && said.contains(word), "{said}");
    }
}

/// What the Rust client makes of each error of an operation.
fn caught<E: ErrorSet + std::fmt::Debug>(api: &Gateway, method: &str, path: &str, declared: &[&str]) {
    let mock: Value = serde_json::from_str(MOCK).unwrap();
    for (_, code) in codes(&mock["paths"][path][method]) {
        let response = ask(api, method, path, "", Some(&code));
        let mut headers = HeaderMap::new();
        for (name, value) in &response.headers {
            headers.append(name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value).unwrap());
        }
        let failure: Failure<E> = decode(StatusCode::from_u16(response.status).unwrap(), &headers, &response.body);
        let who = if declared.contains(&code.as_str()) { "api" } else { "platform" };
        assert_eq!((failure.who(), failure.code()), (who, Some(code.as_str())), "{failure:?}");
    }
}

#[test]
fn the_client_reads_each_error_with_its_type() {
    let api = Gateway::read(MOCK).unwrap();
    let common = ["NotSignedIn", "TooManyRequests", "Maintenance", "StoreUnavailable"];
    let with = |own: &[&'static str]| common.iter().chain(own).copied().collect::<Vec<_>>();
    caught::<CommonError>(&api, "get", "/health", &common);
    caught::<GetOrderError>(&api, "get", "/orders/{order_id}", &with(&["OrderNotFound", "OrderArchived"]));
    caught::<SearchOrdersError>(&api, "get", "/orders", &with(&["InvalidCursor", "TooManyResults"]));
    let own = ["OutOfStock", "PaymentDeclined", "AmountTooLarge", "CustomerBlocked"];
    caught::<PlaceOrderError>(&api, "post", "/orders", &with(&own));
}
