//! What others make of the events that `serve` makes.

use aws_lambda_events::alb::AlbTargetGroupRequest;
use aws_lambda_events::apigw::{ApiGatewayProxyRequest, ApiGatewayV2httpRequest};
use lambda_http::RequestExt;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use throwback_gateway::{Call, Caller, Front, Gateway};

/// An API with one route, for the fronts that have some.
const OPENAPI: &str = r#"{
  "openapi": "3.0.1", "info": { "title": "a", "version": "1" },
  "paths": { "/orders/{order_id}": { "post": {
    "responses": { "200": {} },
    "x-amazon-apigateway-integration": { "type": "aws_proxy", "httpMethod": "POST",
      "uri": "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:1:function:f/invocations" } } } }
}"#;

/// How many events were made, and what is wrong with them.
pub fn checked() -> (usize, Vec<String>) {
    let gateway = Gateway::read(OPENAPI).unwrap_or_else(|error| panic!("{error}"));
    let (mut made, mut wrong) = (0, Vec::new());
    for target in ["/orders/42", "/orders/a%2Fb%20c", "/orders/7?x=1&y=a%20b&x=2&z", "/orders/7?q=%C3%A9%26&empty="] {
        for body in ["", "{\"a\":\"é\"}"] {
            for caller in
                [None, Some(r#"{"authorizer":{"claims":{"sub":"ann"}}}"#), Some(r#"{"identity":{"userArn":"arn"}}"#)]
            {
                let mut call = Call::new("POST", target);
                call.body = body.to_owned();
                call.caller = caller.map(|caller| Caller::read(caller).unwrap_or_else(|error| panic!("{error}")));
                for (name, value) in
                    [("host", "api.example.com"), ("Content-Type", "application/json"), ("X-Odd", "a, \"b\"")]
                {
                    call.headers.insert(name.to_owned(), value.to_owned());
                }
                for (word, front) in Front::ALL {
                    let path = front.path(&call.path);
                    // An HTTP API finds no route behind a slash that was encoded.
                    let Some((route, parameters)) = gateway.find("POST", &path) else { continue };
                    call.path_parameters = parameters;
                    made += 1;
                    let event = front.event(&call, front.has_routes().then_some(route));
                    let fault = read(&event, &call, &path).or_else(|| round_trip(front, &event));
                    wrong.extend(fault.map(|why| format!("{word} {target} {body}: {why}\n  {event}")));
                }
            }
        }
    }
    (made, wrong)
}

/// What lambda_http reads, beside what was sent.
fn read(event: &str, call: &Call, path: &str) -> Option<String> {
    let request = match lambda_http::request::from_str(event) {
        Ok(request) => request,
        Err(error) => return Some(format!("lambda_http refuses it: {error}")),
    };
    let body = String::from_utf8_lossy(request.body()).into_owned();
    let queries: Vec<_> = call.queries().collect();
    let differs = |what: &str, expected: &str, found: &str| {
        (expected != found).then(|| format!("{what}: sent {expected:?}, read {found:?}"))
    };
    let header =
        |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let parameters = request.query_string_parameters();
    let query = queries.iter().find_map(|(name, _)| {
        let last = queries.iter().rev().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
        let all = parameters.all(name).unwrap_or_default();
        differs(&format!("query `{name}`"), last.unwrap_or_default(), all.last().copied().unwrap_or_default())
    });
    differs("method", &call.method, request.method().as_str())
        .or_else(|| differs("path", path, request.raw_http_path()))
        .or_else(|| differs("body", &call.body, &body))
        .or_else(|| differs("header", "a, \"b\"", &header("x-odd")))
        .or_else(|| differs("host", "api.example.com", &header("host")))
        .or(query)
}

/// What the types of aws_lambda_events keep of it: each member that they write has to be the one that they read.
fn round_trip(front: Front, event: &str) -> Option<String> {
    fn kept<T: DeserializeOwned + Serialize>(event: &str) -> Result<(), String> {
        let typed: T = serde_json::from_str(event).map_err(|error| format!("aws_lambda_events refuses it: {error}"))?;
        let written = serde_json::to_value(&typed).map_err(|error| error.to_string())?;
        let sent: Value = serde_json::from_str(event).map_err(|error| error.to_string())?;
        lost("", &sent, &written)
    }
    match front {
        Front::RestProxy | Front::HttpApi1 => kept::<ApiGatewayProxyRequest>(event),
        Front::HttpApi | Front::FunctionUrl => kept::<ApiGatewayV2httpRequest>(event),
        Front::Balancer | Front::BalancerOfMany => kept::<AlbTargetGroupRequest>(event),
    }
    .err()
}

/// The first member of what was sent that is not as it was. They leave out what they do not know, and what is nothing.
fn lost(at: &str, sent: &Value, written: &Value) -> Result<(), String> {
    match (sent, written) {
        (Value::Object(sent), Value::Object(written)) => sent.iter().try_for_each(|(name, value)| {
            // They write a header's name in lower case.
            let found = written.get(name).or_else(|| written.get(&name.to_ascii_lowercase()));
            found.map_or(Ok(()), |found| lost(&format!("{at}/{name}"), value, found))
        }),
        (Value::Null, _) => Ok(()),
        _ if sent == written => Ok(()),
        _ => Err(format!("{at}: sent {sent}, kept {written}")),
    }
}
