//! The events, as AWS's documentation and recordings have them.

use super::{Front, rest};
use crate::binary::Binary;
use crate::context;
use crate::json::Json;
use crate::received;
use crate::route::Segment;
use crate::{Call, Caller, Route};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

pub(super) fn of(front: Front, call: &Call, route: Option<&Route>, binary: &Binary) -> Value {
    match front {
        Front::RestProxy => rest::of(call, route, binary),
        Front::HttpApi1 => proxy(front, call, route),
        Front::HttpApi | Front::FunctionUrl => http(front, call, route),
        Front::Balancer => balancer(call, false),
        Front::BalancerOfMany => balancer(call, true),
    }
}

/// Nothing where there is none, as AWS writes it.
fn or_null(map: Map<String, Value>) -> Value {
    if map.is_empty() { Value::Null } else { map.into() }
}

fn body(call: &Call) -> Value {
    if call.body.is_empty() { Value::Null } else { call.body.clone().into() }
}

fn each(pairs: impl Iterator<Item = (String, String)>) -> (Map<String, Value>, Map<String, Value>) {
    let (mut single, mut multi) = (Map::new(), Map::new());
    for (name, value) in pairs {
        if let Some(Value::Array(values)) = multi.get_mut(&name) {
            values.push(value.clone().into());
        } else {
            multi.insert(name.clone(), json!([value.clone()]));
        }
        single.insert(name, value.into());
    }
    (single, multi)
}

fn headers(call: &Call) -> impl Iterator<Item = (String, String)> {
    call.headers.iter().map(|(name, value)| (name.clone(), value.clone()))
}

/// The path's parameters, as the path has them.
fn path_parameters(path: &str, route: Option<&Route>) -> Map<String, Value> {
    let path = path.strip_prefix('/').unwrap_or(path);
    let path = path.strip_suffix('/').unwrap_or(path);
    let mut rest = Some(path);
    let mut found = Map::new();
    for segment in route.into_iter().flat_map(|route| &route.segments) {
        let Some(left) = rest else { break };
        let (first, behind) = left.split_once('/').map_or((left, None), |(first, behind)| (first, Some(behind)));
        match segment {
            Segment::Literal(_) => {}
            Segment::Parameter(name) => drop(found.insert(name.clone(), first.into())),
            Segment::Rest(name) => drop(found.insert(name.clone(), left.into())),
        }
        rest = behind;
    }
    found
}

pub(super) fn proxy(front: Front, call: &Call, route: Option<&Route>) -> Value {
    let is_rest = front == Front::RestProxy;
    let path = front.path(&call.path);
    let resource = route.map_or("/{proxy+}", |route| route.path.as_str());
    let (headers, multi_headers) = if is_rest { each(rest::headers(call)) } else { each(headers(call)) };
    let (query, multi_query) = each(call.queries());
    let identity: Map<_, _> = identity(call).collect();
    let mut context = json!({
        "accountId": "123456789012",
        "apiId": "local",
        "domainName": call.header("host").unwrap_or_default(),
        "extendedRequestId": "local",
        "httpMethod": call.method,
        "identity": identity,
        "path": format!("/{}{path}", call.stage),
        "protocol": "HTTP/1.1",
        "requestId": call.request_id,
        "requestTimeEpoch": call.epoch_millis,
        "resourceId": "local",
        "resourcePath": resource,
        "stage": call.stage,
    });
    if let (Some(authorizer), Some(context)) =
        (call.caller.as_ref().and_then(Caller::authorizer), context.as_object_mut())
    {
        context.insert("authorizer".to_owned(), plain(authorizer));
    }
    // Recorded of REST APIs: several slashes in front are one.
    let shown = if is_rest { format!("/{}", path.trim_start_matches('/')) } else { path.clone() };
    let mut event = json!({
        "resource": resource,
        "path": shown,
        "httpMethod": call.method,
        "headers": headers,
        "multiValueHeaders": multi_headers,
        "queryStringParameters": or_null(query),
        "multiValueQueryStringParameters": or_null(multi_query),
        "pathParameters": or_null(path_parameters(&shown, route)),
        "stageVariables": or_null(call.stage_variables.iter().map(|(name, value)| (name.clone(), Value::from(value.clone()))).collect()),
        "requestContext": context,
        "body": body(call),
        "isBase64Encoded": false,
    });
    if let (Front::HttpApi1, Some(event)) = (front, event.as_object_mut()) {
        event.insert("version".to_owned(), "1.0".into());
    }
    event
}

fn http(front: Front, call: &Call, route: Option<&Route>) -> Value {
    let path = front.path(&call.path);
    let key = match (front, route) {
        (Front::HttpApi, Some(route)) => format!("{} {}", call.method, route.path),
        _ => "$default".to_owned(),
    };
    let mut headers = Map::new();
    for (name, value) in &call.headers {
        headers.insert(name.to_ascii_lowercase(), value.clone().into());
    }
    if front == Front::FunctionUrl {
        let tls = [("x-amzn-tls-version", "TLSv1.3"), ("x-amzn-tls-cipher-suite", "TLS_AES_128_GCM_SHA256")];
        let tls = tls.map(|(name, value)| (name, value.to_owned()));
        for (name, value) in received::added(call).into_iter().chain(tls) {
            headers.insert(name.to_ascii_lowercase(), value.into());
        }
    }
    // Recorded of function URLs: a body of several parts is bytes.
    let media = call.header("content-type").unwrap_or_default().trim_start();
    let is_binary = front == Front::FunctionUrl
        && media.get(..10).is_some_and(|kind| kind.eq_ignore_ascii_case("multipart/"))
        && !call.body.is_empty();
    let cookies = headers
        .remove("cookie")
        .and_then(|cookie| Some(cookie.as_str()?.split("; ").map(str::to_owned).collect::<Vec<_>>()));
    let mut query: Map<String, Value> = Map::new();
    for (name, value) in call.queries() {
        let joined = match query.get(&name).and_then(Value::as_str) {
            Some(known) => format!("{known},{value}"),
            None => value,
        };
        query.insert(name, joined.into());
    }
    // A function URL is known by its domain's name.
    let host = match front {
        Front::FunctionUrl => "local.lambda-url.us-east-1.on.aws",
        _ => call.header("host").unwrap_or_default(),
    };
    let mut context = json!({
        "accountId": "123456789012",
        "apiId": "local",
        "domainName": host,
        "domainPrefix": host.split('.').next().unwrap_or_default(),
        "http": {
            "method": call.method,
            "path": path,
            "protocol": "HTTP/1.1",
            "sourceIp": call.source_ip,
            "userAgent": call.header("user-agent").unwrap_or_default(),
        },
        "requestId": call.request_id,
        "routeKey": key,
        "stage": "$default",
        "time": context::request_time(call.epoch_millis),
        "timeEpoch": call.epoch_millis,
    });
    // A function URL knows signatures alone.
    let authorizer = authorizer(call).filter(|found| front == Front::HttpApi || found.get("iam").is_some());
    if let (Some(authorizer), Some(context)) = (authorizer, context.as_object_mut()) {
        context.insert("authorizer".to_owned(), authorizer);
    }
    let mut event = json!({
        "version": "2.0",
        "routeKey": key,
        "rawPath": path,
        "rawQueryString": call.query_string,
        "headers": headers,
        "requestContext": context,
        "isBase64Encoded": is_binary,
    });
    // What is not there is left out.
    if let Some(event) = event.as_object_mut() {
        let optional = [
            ("cookies", cookies.map(Value::from)),
            ("queryStringParameters", Some(or_null(query))),
            ("pathParameters", Some(or_null(path_parameters(&path, route)))),
            ("body", Some(if is_binary { STANDARD.encode(&call.body).into() } else { body(call) })),
        ];
        for (name, value) in optional {
            if let Some(value) = value.filter(|value| !value.is_null()) {
                event.insert(name.to_owned(), value);
            }
        }
    }
    event
}

fn balancer(call: &Call, many: bool) -> Value {
    let (mut single, mut multi) = each(headers(call).map(|(name, value)| (name.to_ascii_lowercase(), value)));
    let forwarded = match single.get("x-forwarded-for").and_then(Value::as_str) {
        Some(known) => format!("{known}, {}", call.source_ip),
        None => call.source_ip.clone(),
    };
    single.insert("x-forwarded-for".to_owned(), forwarded.clone().into());
    multi.insert("x-forwarded-for".to_owned(), json!([forwarded]));
    // Nothing is decoded.
    let pairs = call.query_string.split('&').filter(|pair| !pair.is_empty());
    let (query, multi_query) = each(pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (name.to_owned(), value.to_owned())
    }));
    let mut event = json!({
        "requestContext": { "elb": { "targetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/local/0123456789abcdef" } },
        "httpMethod": call.method,
        "path": call.path,
        "body": call.body,
        "isBase64Encoded": false,
    });
    if let Some(event) = event.as_object_mut() {
        let (prefix, headers, query) =
            if many { ("multiValueHeaders", multi, multi_query) } else { ("headers", single, query) };
        event.insert(prefix.to_owned(), headers.into());
        let name = if many { "multiValueQueryStringParameters" } else { "queryStringParameters" };
        event.insert(name.to_owned(), query.into());
    }
    event
}

/// Who calls, with what every request has.
fn identity(call: &Call) -> impl Iterator<Item = (String, Value)> {
    let own = call.caller.iter().flat_map(Caller::identity).map(|(name, value)| (name.clone(), plain(value)));
    let given = [
        ("sourceIp", call.source_ip.clone().into()),
        ("userAgent", call.header("user-agent").map_or(Value::Null, Value::from)),
    ];
    own.chain(given.map(|(name, value)| (name.to_owned(), value)))
}

/// Who calls, as an HTTP API has it.
fn authorizer(call: &Call) -> Option<Value> {
    let caller = call.caller.as_ref()?;
    if let Some(claims) = caller.authorizer().and_then(|authorizer| authorizer.get("claims")) {
        return Some(json!({ "jwt": { "claims": plain(claims), "scopes": null } }));
    }
    if let Some(authorizer) = caller.authorizer() {
        return Some(json!({ "lambda": plain(authorizer) }));
    }
    let names = |name: &str| match name {
        "caller" => "callerId".to_owned(),
        "user" => "userId".to_owned(),
        name => name.to_owned(),
    };
    let iam: Map<_, _> = caller.identity().map(|(name, value)| (names(name), plain(value))).collect();
    (!iam.is_empty()).then(|| json!({ "iam": iam }))
}

/// The same value.
pub(super) fn plain(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(bool) => (*bool).into(),
        Json::Int(number) => i64::try_from(*number).map_or_else(|_| json!(number.to_string()), Value::from),
        Json::Float(number) => (*number).into(),
        Json::Number(text) | Json::Text(text) => text.clone().into(),
        Json::List(list) => list.iter().map(plain).collect(),
        Json::Map(map) => map.iter().map(|(name, value)| (name.clone(), plain(value))).collect(),
    }
}
