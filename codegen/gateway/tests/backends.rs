//! What is evaluated of backends that are no Lambda functions, and of what a request puts into any backend's request, beyond
//! what was recorded.

#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};
use throwback_gateway::{Backend, BackendRequest, BackendResponse, Call, Gateway, Response, ResponseType};

const FUNCTION: &str = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations";

/// An API with one operation, `POST /a/{id}`, behind this integration.
fn gateway(integration: &Value) -> Gateway {
    let response = json!({ "description": "", "headers": { "x-a": {}, "x-b": {}, "x-c": {}, "x-d": {} } });
    let document = json!({ "openapi": "3.0.1", "paths": { "/a/{id}": { "post": {
        "operationId": "o",
        "responses": { "200": response, "404": response },
        "x-amazon-apigateway-integration": integration,
    } } } });
    Gateway::read(&document.to_string()).unwrap_or_else(|error| panic!("{error}"))
}

fn call(gateway: &Gateway, target: &str) -> Call {
    let mut call = Call::new("POST", target);
    call.path_parameters = gateway.find("POST", &call.path).unwrap().1;
    call
}

fn ask(gateway: &Gateway, call: &mut Call) -> BackendRequest {
    gateway.routes()[0].ask(gateway, call).unwrap_or_else(|response| panic!("{:?}", response.trace))
}

fn header<'a>(request: &'a BackendRequest, name: &str) -> Option<&'a str> {
    request.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

fn text(response: &Response) -> &str {
    std::str::from_utf8(&response.body).unwrap()
}

#[test]
fn every_source_of_a_request_is_mapped() {
    let gateway = gateway(&json!({
        "type": "http", "httpMethod": "PUT", "uri": "https://b.example/{id}/{stage}?x=1",
        "requestParameters": {
            "integration.request.path.id": "method.request.path.id",
            "integration.request.path.stage": "stageVariables.name",
            "integration.request.querystring.all": "method.request.multivaluequerystring.q",
            "integration.request.querystring.last": "method.request.querystring.q",
            "integration.request.querystring.none": "method.request.querystring.none",
            "integration.request.header.x-literal": "'l'",
            "integration.request.header.x-id": "context.requestId",
            "integration.request.header.x-own": "method.request.header.own",
            "integration.request.header.x-body": "method.request.body",
            "integration.request.header.x-part": "method.request.body.a[0].b",
            "integration.request.header.x-absent": "method.request.body.none",
            "integration.request.header.x-injected": "method.request.querystring.line",
        },
        "requestTemplates": { "application/json": "$input.json('$.a')" },
    }));
    let mut call = call(&gateway, "/a/7%20x?q=1&q=2&line=a%0d%0aevil:%201");
    call.body = r#"{"a":[{"b":3}]}"#.to_owned();
    call.headers.insert("OWN".to_owned(), "o".to_owned());
    call.stage_variables.insert("name".to_owned(), "v".to_owned());
    let request = ask(&gateway, &mut call);
    assert_eq!((request.method.as_str(), request.body.as_str()), ("PUT", r#"[{"b":3}]"#));
    assert_eq!(request.uri, "https://b.example/7%20x/v?x=1&all=1&all=2&last=2");
    for (name, value) in [
        ("x-literal", Some("l")),
        ("x-id", Some("00000000-0000-4000-8000-000000000000")),
        ("x-own", Some("o")),
        ("x-body", Some(r#"{"a":[{"b":3}]}"#)),
        ("x-part", Some("3")),
        ("x-absent", None),
        ("x-injected", None),
        ("evil", None),
    ] {
        assert_eq!(header(&request, name), value, "{name}");
    }
    let response = gateway.routes()[0].relay(&gateway, &call, &BackendResponse { status: 200, ..Default::default() });
    for warned in ["`{id}` is put into the address", "`x-injected` holds a control character"] {
        assert!(response.trace.warnings.iter().any(|warning| warning.contains(warned)), "{:?}", response.trace);
    }
}

#[test]
fn what_a_template_overrides_goes_before_what_is_mapped() {
    let template = "#set($context.requestOverride.path.id = 'o')#set($context.requestOverride.querystring.q = 2)\
                    #set($context.requestOverride.header['X-A'] = \"$input.path('$.a')\"){}";
    let gateway = gateway(&json!({
        "type": "http", "httpMethod": "POST", "uri": "https://b.example/{id}",
        "requestParameters": {
            "integration.request.path.id": "method.request.path.id",
            "integration.request.querystring.q": "'1'",
            "integration.request.header.x-a": "'mapped'",
        },
        "requestTemplates": { "application/json": template },
    }));
    let mut call = call(&gateway, "/a/7");
    call.body = r#"{"a":"set"}"#.to_owned();
    let request = ask(&gateway, &mut call);
    assert_eq!((request.uri.as_str(), header(&request, "x-a")), ("https://b.example/o?q=2", Some("set")));
    // A header that no mapping can set, no override can.
    let refused = template.replace("X-A", "Content-Length");
    let gateway = self::gateway(&json!({
        "type": "http", "httpMethod": "POST", "uri": "https://b.example/{id}",
        "requestTemplates": { "application/json": refused },
    }));
    assert_eq!(gateway.routes()[0].ask(&gateway, &mut call).unwrap_err().status, 500);
}

#[test]
fn an_answer_is_mapped_by_its_status_and_its_headers() {
    let responses = json!({
        "default": { "statusCode": "200" },
        r"4\d{2}": { "statusCode": "404", "responseTemplates": { "application/json": "$input.path('$.why')" },
            "responseParameters": {
                "method.response.header.x-a": "integration.response.header.X-One",
                "method.response.header.x-b": "integration.response.multivalueheader.x-many",
                "method.response.header.x-c": "integration.response.body.why",
                "method.response.header.x-d": "context.stage",
            } },
    });
    let gateway = gateway(
        &json!({ "type": "aws", "httpMethod": "POST", "uri": "arn:aws:apigateway:us-east-1:sqs:path/1/q", "responses": responses }),
    );
    let route = &gateway.routes()[0];
    assert_eq!(route.backend(), Backend::Service);
    let call = call(&gateway, "/a/7?q=1");
    let headers = [("x-one", "1"), ("X-Many", "2"), ("x-many", "3"), ("x-other", "4")];
    let answer = |status, body: &str| BackendResponse {
        status,
        headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        body: body.as_bytes().to_vec(),
    };
    let response = route.relay(&gateway, &call, &answer(410, r#"{"why":"gone"}"#));
    assert_eq!((response.status, text(&response)), (404, "gone"));
    assert_eq!(response.trace.error_message.as_deref(), Some("410"));
    let seen = ["x-a", "x-b", "x-c", "x-d", "x-other"].map(|name| response.header(name));
    assert_eq!(seen, [Some("1"), Some("2,3"), Some("gone"), Some("local"), None]);
    let plain = route.relay(&gateway, &call, &answer(500, "as it is"));
    assert_eq!((plain.status, text(&plain), plain.header("x-other")), (200, "as it is", None));
    assert_eq!(plain.header("content-type"), Some("application/json"));
}

#[test]
fn a_proxy_passes_what_it_gets_both_ways() {
    let gateway = gateway(&json!({
        "type": "http_proxy", "httpMethod": "ANY", "uri": "https://b.example",
        "requestTemplates": { "application/json": "unused" },
    }));
    let mut call = call(&gateway, "/a/7?q=%C3%A9&q=2");
    call.body = "as it is".to_owned();
    let request = ask(&gateway, &mut call);
    assert_eq!((request.method.as_str(), request.body.as_str()), ("POST", "as it is"));
    assert_eq!(request.uri, "https://b.example?q=%C3%A9&q=2");
    let headers = [("Set-Cookie", "a=1"), ("set-cookie", "b=2"), ("bad name", "x"), ("x-bad", "a\nb"), ("Server", "s")];
    let answer = BackendResponse {
        status: 503,
        headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        body: vec![0xff, 0],
    };
    let response = gateway.routes()[0].relay(&gateway, &call, &answer);
    assert_eq!((response.status, response.body.as_slice()), (503, [0xff, 0].as_slice()));
    let seen =
        ["set-cookie", "bad name", "x-bad", "server", "x-amzn-remapped-server"].map(|name| response.header(name));
    assert_eq!(seen, [Some("a=1, b=2"), None, None, None, Some("s")]);
    let odd = BackendResponse { status: 101, ..answer };
    assert_eq!(gateway.routes()[0].relay(&gateway, &call, &odd).status, 500);
}

#[test]
fn a_backend_is_what_it_is() {
    let of = |integration: Value| {
        let gateway = gateway(&integration);
        let mut call = call(&gateway, "/a/7");
        let route = &gateway.routes()[0];
        let asked = route.ask(&gateway, &mut call).is_ok();
        let relayed = route.relay(&gateway, &call, &BackendResponse { status: 200, ..Default::default() }).status;
        (route.backend(), asked, relayed, route.mock(&gateway, &call, r#"{"statusCode":200}"#).trace.gateway)
    };
    let responses = json!({ "default": { "statusCode": "200" } });
    let failed = Some(ResponseType::IntegrationFailure);
    let http = json!({ "type": "http", "httpMethod": "GET", "uri": "http://b.example", "responses": responses });
    let function = json!({ "type": "aws", "httpMethod": "POST", "uri": FUNCTION, "responses": responses });
    assert_eq!(of(http), (Backend::Http, true, 200, failed));
    assert_eq!(of(function), (Backend::Lambda, false, 500, failed));
    assert_eq!(of(json!({ "type": "mock", "responses": responses })), (Backend::Mock, false, 500, None));
}

#[test]
fn a_function_that_nobody_waits_for_is_only_started() {
    let with = |kind: &str, source: &str| {
        gateway(&json!({
            "type": kind, "httpMethod": "POST", "uri": FUNCTION, "responses": { "default": { "statusCode": "200" } },
            "requestParameters": { "integration.request.header.X-Amz-Invocation-Type": source },
        }))
    };
    let waits = |gateway: &Gateway, own: Option<&str>| {
        let mut call = call(gateway, "/a/7");
        call.headers.extend(own.map(|own| ("kind".to_owned(), own.to_owned())));
        let event = gateway.routes()[0].event(gateway, &mut call).map_err(|response| response.status);
        (gateway.routes()[0].waits(&call), event.is_ok())
    };
    let event = with("aws", "'Event'");
    assert_eq!(waits(&event, None), (false, true));
    let mut call = call(&event, "/a/7");
    event.routes()[0].event(&event, &mut call).unwrap();
    let response = event.routes()[0].respond(&event, &call, b"", false);
    assert_eq!((response.status, text(&response)), (200, ""));
    let own = with("aws", "method.request.header.kind");
    assert_eq!(
        [None, Some("Event"), Some("x")].map(|kind| waits(&own, kind)),
        [(true, true), (false, true), (true, false)]
    );
    // A proxy integration has to have the reply.
    assert_eq!(waits(&with("aws_proxy", "'Event'"), None), (true, true));
}

#[test]
fn a_gateway_response_takes_its_headers_from_the_request() {
    let sources = [
        "method.request.path.id",
        "method.request.querystring.q",
        "method.request.multivaluequerystring.q",
        "method.request.header.own",
        "method.request.multivalueheader.OWN",
        "context.error.responseType",
        "stageVariables.name",
        "'l'",
        "method.request.header.none",
    ];
    let mapped = sources.iter().enumerate().map(|(n, source)| (format!("gatewayresponse.header.x-{n}"), json!(source)));
    let document = json!({
        "openapi": "3.0.1",
        "paths": { "/a/{id}": { "post": { "responses": {}, "x-amazon-apigateway-integration": { "type": "mock" } } } },
        "x-amazon-apigateway-gateway-responses": {
            "THROTTLED": { "responseParameters": Value::Object(mapped.collect()) },
            "UNAUTHORIZED": { "responseParameters": { "gatewayresponse.header.x": "'x'" } },
        },
    });
    let gateway = Gateway::read(&document.to_string()).unwrap();
    let mut call = call(&gateway, "/a/7?q=1&q=2");
    call.headers.insert("Own".to_owned(), "o".to_owned());
    call.stage_variables.insert("name".to_owned(), "v".to_owned());
    let response = gateway.gateway_response(ResponseType::Throttled, &call);
    let found: Vec<_> = (0..sources.len()).map(|n| response.header(&format!("x-{n}")).unwrap_or("none")).collect();
    assert_eq!(found, ["7", "2", "1,2", "o", "o", "THROTTLED", "v", "l", "none"]);
    let wrong = document.to_string().replace("'x'", "method.request.body");
    assert!(Gateway::read(&wrong).unwrap_err().to_string().contains("`method.request.body` is not known"));
}

#[test]
fn no_mutilated_integration_panics() {
    let integrations = [
        json!({ "type": "http", "httpMethod": "ANY", "uri": "https://${stageVariables.h}/{id}?a={id}",
            "requestParameters": { "integration.request.path.id": "method.request.body.a" },
            "responses": { "default": { "statusCode": "200", "responseParameters": {
                "method.response.header.x-a": "integration.response.body.a" } } } }),
        json!({ "type": "aws", "httpMethod": "POST", "uri": "arn:aws:apigateway:r:s3:path/{b}", "contentHandling": "CONVERT_TO_TEXT" }),
        json!({ "type": "http_proxy", "httpMethod": "GET", "uri": "http://h" }),
    ];
    let odd = [
        json!(null),
        json!(1),
        json!("${"),
        json!("{"),
        json!([{}]),
        json!({ "": {} }),
        json!("a:b:apigateway:::"),
        json!(""),
    ];
    for integration in integrations {
        let mut pointers: Vec<String> =
            vec!["/type".into(), "/uri".into(), "/httpMethod".into(), "/requestParameters".into()];
        pointers.extend([
            "/responses".into(),
            "/requestParameters/integration.request.path.id".into(),
            "/contentHandling".into(),
        ]);
        for (pointer, odd) in pointers.iter().flat_map(|pointer| odd.iter().map(move |odd| (pointer, odd))) {
            let mut mutilated = integration.clone();
            match mutilated.pointer_mut(pointer) {
                Some(place) => *place = odd.clone(),
                None => continue,
            }
            let document = json!({ "openapi": "3.0.1", "paths": { "/a/{id}": { "post": {
                "responses": { "200": { "headers": { "x-a": {} } } }, "x-amazon-apigateway-integration": mutilated } } } });
            let Ok(gateway) = Gateway::read(&document.to_string()) else { continue };
            for target in ["/a/%00?x=%ff&=&%0a", "/a/{id}", "//a/7/"] {
                let mut call = Call::new("POST", target);
                call.body = "{\"a\":\"\u{1}{b}\"}".to_owned();
                let route = &gateway.routes()[0];
                let _ = route.ask(&gateway, &mut call);
                let _ = route.event(&gateway, &mut call);
                let answer =
                    BackendResponse { status: 0, headers: vec![(String::new(), "\0".into())], body: vec![0xff] };
                let _ = route.relay(&gateway, &call, &answer);
            }
        }
    }
}
