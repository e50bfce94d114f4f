//! What is known of API Gateway, fact by fact, against small documents.

#![allow(clippy::unwrap_used)]

use super::{Call, Gateway, Response, ResponseType};
use serde_json::{Value, json};

/// A document with one operation, `POST /f`, behind this integration.
fn document(responses: &Value, mut integration: Value) -> Value {
    let defaults = json!({
        "type": "aws",
        "httpMethod": "POST",
        "uri": "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations",
    });
    for (name, value) in defaults.as_object().unwrap() {
        integration.as_object_mut().unwrap().entry(name).or_insert(value.clone());
    }
    json!({
        "openapi": "3.0.1",
        "paths": { "/f": { "post": {
            "operationId": "f",
            "responses": responses,
            "x-amazon-apigateway-integration": integration,
        } } },
    })
}

/// Method responses for these statuses, each with the header `x-e`.
fn statuses(statuses: &[u16]) -> Value {
    let response = json!({ "description": "", "headers": { "x-e": { "schema": { "type": "string" } } } });
    statuses.iter().map(|status| (status.to_string(), response.clone())).collect()
}

fn gateway(document: &Value) -> Gateway {
    Gateway::read(&document.to_string()).unwrap_or_else(|error| panic!("{error}"))
}

fn problems(document: &Value) -> String {
    Gateway::read(&document.to_string()).unwrap_err().to_string()
}

fn respond_to(gateway: &Gateway, call: &Call, payload: &str, error: bool) -> Response {
    gateway.routes()[0].respond(gateway, call, payload.as_bytes(), error)
}

fn respond(gateway: &Gateway, payload: &str, error: bool) -> Response {
    respond_to(gateway, &Call::new("POST", "/f"), payload, error)
}

fn error(message: &str) -> String {
    json!({ "errorType": "E", "errorMessage": message }).to_string()
}

fn text(response: &Response) -> &str {
    std::str::from_utf8(&response.body).unwrap()
}

fn warned(response: &Response, of: &str) -> bool {
    response.trace.warnings.iter().any(|warning| warning.contains(of))
}

#[test]
fn a_pattern_matches_the_whole_error_message_and_nothing_of_a_success() {
    let responses = json!({
        "default": { "statusCode": "200" },
        r"\[A\] [\s\S]*": { "statusCode": "404" },
        "Invalid*": { "statusCode": 400 },
        ".+": { "statusCode": "502" },
    });
    let gateway = gateway(&document(&statuses(&[200, 400, 404, 502]), json!({ "responses": responses })));
    let status = |message: &str| respond(&gateway, &error(message), true).status;
    assert_eq!(status("[A] x\ny"), 404);
    assert_eq!(status("x [A] y"), 502);
    assert_eq!(status("Invalid input"), 502);
    assert_eq!(status("Invalidddd"), 400);
    assert_eq!(status("two\nlines"), 200);
    assert_eq!(status(""), 200);
    assert_eq!(respond(&gateway, r#"{"errorType":"E"}"#, true).status, 200);
    assert_eq!(respond(&gateway, "not json", true).status, 200);
    assert_eq!(respond(&gateway, "\"[A] x\"", true).status, 200);
    assert_eq!(respond(&gateway, r#"{"ok":1}"#, false).status, 200);
    let success = respond(&gateway, &error("[A] x"), false);
    assert_eq!(success.status, 200);
    assert!(warned(&success, "top-level `errorMessage`"));
}

#[test]
fn overlap_takes_the_lowest_status_and_says_so() {
    let responses = json!({ "default": { "statusCode": "200" }, ".+": { "statusCode": "502" }, ".*four.*": { "statusCode": "405" } });
    let gateway = gateway(&document(&statuses(&[200, 405, 502]), json!({ "responses": responses })));
    let response = respond(&gateway, &error("four hundred"), true);
    assert_eq!(response.status, 405);
    assert_eq!(response.trace.matched.len(), 2);
    assert!(warned(&response, "405, 502 all match"));
}

#[test]
fn a_pattern_that_takes_the_empty_string_takes_successes() {
    let responses = json!({ "default": { "statusCode": "200" }, ".*": { "statusCode": "500" } });
    let gateway = gateway(&document(&statuses(&[200, 500]), json!({ "responses": responses })));
    let response = respond(&gateway, "{}", false);
    assert_eq!(response.status, 500);
    assert!(warned(&response, "every success"));
}

#[test]
fn no_match_and_no_default_is_a_configuration_error() {
    let gateway = gateway(&document(&statuses(&[404]), json!({ "responses": { "x": { "statusCode": "404" } } })));
    let response = respond(&gateway, "{}", false);
    assert_eq!((response.status, response.trace.gateway), (500, Some(ResponseType::ApiConfigurationError)));
    assert_eq!(text(&response), r#"{"message": "Internal server error"}"#);
    assert_eq!(response.header("x-amzn-errortype"), Some("InternalServerErrorException"));
    assert!(warned(&response, "No match for output mapping"));
}

#[test]
fn a_status_without_a_method_response_fails_when_it_is_met() {
    let responses = json!({ "default": { "statusCode": "200" }, ".+": { "statusCode": "504" } });
    let gateway = gateway(&document(&statuses(&[200]), json!({ "responses": responses })));
    let response = respond(&gateway, &error("x"), true);
    assert_eq!(response.status, 500);
    assert!(warned(&response, "Output mapping refers to an invalid method response: 504"));
}

#[test]
fn two_patterns_with_one_status_leave_one() {
    let responses =
        json!({ "a": { "statusCode": "404" }, "b": { "statusCode": "404" }, "default": { "statusCode": "200" } });
    let gateway = gateway(&document(&statuses(&[200, 404]), json!({ "responses": responses })));
    assert!(gateway.warnings()[0].to_string().contains("status 404 twice"));
    assert_eq!(respond(&gateway, &error("a"), true).status, 200);
    assert_eq!(respond(&gateway, &error("b"), true).status, 404);
}

#[test]
fn headers_come_from_mapping_expressions_and_overrides() {
    let declared = json!({ "404": { "headers": {
        "x-a": {}, "x-b": {}, "x-c": {}, "x-d": {}, "x-e": {}, "x-f": {}, "Date": {}, "x-n": {}
    } } });
    let parameters = json!({
        "method.response.header.x-a": "'a'",
        "method.response.header.x-b": "integration.response.body.errorType",
        "method.response.header.x-c": "context.requestId",
        "method.response.header.x-d": "integration.response.header.X-Amz-Function-Error",
        "method.response.header.x-e": "integration.response.body.nope",
        "method.response.header.x-f": "integration.response.body.errorMessage.list[0]",
        "method.response.header.Date": "'today'",
        "method.response.header.x-n": "stageVariables.none",
    });
    let template = "#set($context.responseOverride.header['x-a'] = 'b')#set($context.responseOverride.status = 418)x";
    let responses = json!({ ".+": {
        "statusCode": "404", "responseParameters": parameters, "responseTemplates": { "application/json": template }
    } });
    let gateway = gateway(&document(&declared, json!({ "responses": responses })));
    let response = respond(&gateway, &error(r#"{"list":[{"a":1}]}"#), true);
    assert_eq!((response.status, text(&response)), (418, "x"));
    for (name, value) in [
        ("x-a", Some("b")),
        ("x-b", Some("E")),
        ("x-c", Some("00000000-0000-4000-8000-000000000000")),
        ("x-d", Some("Unhandled")),
        ("x-e", None),
        ("x-f", Some(r#"{"a":1}"#)),
        ("x-n", None),
        ("date", None),
        ("x-amzn-remapped-date", Some("today")),
        ("content-type", Some("application/json")),
        ("x-amzn-requestid", Some("00000000-0000-4000-8000-000000000000")),
        ("x-amz-apigw-id", Some("000000000000400=")),
        ("x-amzn-errortype", None),
    ] {
        assert_eq!(response.header(name), value, "{name}");
    }
}

/// The response of an API whose only response has this template.
fn templated(template: &str) -> Response {
    let responses =
        json!({ "default": { "statusCode": "200", "responseTemplates": { "application/json": template } } });
    let gateway = gateway(&document(&statuses(&[200]), json!({ "responses": responses })));
    respond(&gateway, r#"{"a":"x\ny"}"#, false)
}

#[test]
fn overrides_that_do_not_work_out_are_ignored_or_fail() {
    for (value, shown) in [("'404'", "\"404\""), ("99", "99"), ("600", "600"), ("4.5", "\"4.5\"")] {
        let response = templated(&format!("#set($context.responseOverride.status = {value})"));
        assert_eq!(response.status, 200, "{value}");
        assert!(warned(&response, shown), "{:?}", response.trace.warnings);
    }
    for failing in [
        "#set($context.responseOverride.status = 404)#set($context.responseOverride.status = 405)",
        "#set($context.responseOverride.status = 101)",
        "$input.path('$.a').substring(9)",
        "$util.parseJson('{')",
    ] {
        let response = templated(failing);
        assert_eq!((response.status, response.trace.gateway), (500, Some(ResponseType::ApiConfigurationError)));
        assert!(!response.trace.warnings.is_empty(), "{failing}");
    }
    let injected = templated("#set($context.responseOverride.header['x-e'] = $input.path('$.a'))");
    assert_eq!((injected.status, injected.header("x-e")), (200, None));
    assert!(warned(&injected, "control character"));
}

#[test]
fn accept_chooses_the_response_template() {
    let templates = json!({ "application/a": "plain", "application/json": "json", "text/empty": "" });
    let responses = json!({ "default": { "statusCode": "200", "responseTemplates": templates } });
    let gateway = gateway(&document(&statuses(&[200]), json!({ "responses": responses })));
    let body = |accept: Option<&str>| {
        let mut call = Call::new("POST", "/f");
        call.headers.extend(accept.map(|accept| ("Accept".to_owned(), accept.to_owned())));
        let response = respond_to(&gateway, &call, "{\"p\":1}", false);
        assert_eq!(response.header("content-type"), Some("application/json"));
        text(&response).to_owned()
    };
    assert_eq!(body(None), "json");
    assert_eq!(body(Some("application/json; charset=utf-8")), "json");
    assert_eq!(body(Some("text/html, application/json")), "plain");
    assert_eq!(body(Some("*/*")), "plain");
    assert_eq!(body(Some("text/empty")), "{\"p\":1}");
}

#[test]
fn content_type_chooses_the_request_template() {
    let event = |behaviour: &str, templates: Value, media: Option<&str>| {
        let integration = json!({ "passthroughBehavior": behaviour, "requestTemplates": templates });
        let gateway = gateway(&document(&statuses(&[200]), integration));
        let mut call = Call::new("POST", "/f?q=1");
        call.headers.extend(media.map(|media| ("content-type".to_owned(), media.to_owned())));
        call.body = "{\"b\":2}".to_owned();
        gateway.routes()[0].event(&gateway, &mut call).map_err(|response| (response.status, response.trace.gateway))
    };
    let template = || json!({ "application/json": "{\"q\":\"$input.params('q')\"}" });
    let refused = Err((415, Some(ResponseType::UnsupportedMediaType)));
    assert_eq!(event("never", template(), None), Ok("{\"q\":\"1\"}".to_owned()));
    assert_eq!(event("never", template(), Some("APPLICATION/json; charset=x")), Ok("{\"q\":\"1\"}".to_owned()));
    assert_eq!(event("never", template(), Some("text/plain")), refused);
    assert_eq!(event("never", json!({}), None), refused);
    assert_eq!(event("when_no_templates", template(), Some("text/plain")), refused);
    assert_eq!(event("when_no_templates", json!({}), Some("text/plain")), Ok("{\"b\":2}".to_owned()));
    assert_eq!(event("when_no_match", template(), Some("text/plain")), Ok("{\"b\":2}".to_owned()));
    assert_eq!(event("never", json!({ "application/json": "" }), None), Ok("{\"b\":2}".to_owned()));
    let refused = Err((400, Some(ResponseType::BadRequestBody)));
    assert_eq!(event("never", json!({ "application/json": "{,}" }), None), refused);
}

#[test]
fn overrides_of_the_request_template_reach_the_client() {
    let integration = json!({
        "requestTemplates": { "application/json": "#set($context.responseOverride.status = 444){}" },
        "responses": { "default": {
            "statusCode": "200", "responseTemplates": { "application/json": "$context.responseOverride.status" }
        } },
    });
    let gateway = gateway(&document(&statuses(&[200]), integration));
    let mut call = Call::new("POST", "/f");
    assert_eq!(gateway.routes()[0].event(&gateway, &mut call).unwrap(), "{}");
    let response = respond_to(&gateway, &call, "{}", false);
    assert_eq!((response.status, text(&response)), (444, "444"));
}

#[test]
fn a_mock_integration_answers_by_its_status() {
    let integration = json!({
        "type": "mock",
        "requestTemplates": { "application/json": "{\"statusCode\": $input.params('s')}" },
        "responses": {
            "default": { "statusCode": "200", "responseParameters": { "method.response.header.x-e": "'*'" } },
            r"4\d{2}": { "statusCode": "400", "responseTemplates": { "application/json": "four" } },
        },
    });
    let gateway = gateway(&document(&statuses(&[200, 400]), integration));
    let answer = |target: &str| {
        let mut call = Call::new("POST", target);
        let route = &gateway.routes()[0];
        assert!(!route.is_lambda());
        let event = route.event(&gateway, &mut call).unwrap();
        route.mock(&gateway, &call, &event)
    };
    let found = answer("/f?s=200");
    assert_eq!((found.status, text(&found), found.header("x-e")), (200, "", Some("*")));
    assert_eq!(text(&answer("/f?s=404")), "four");
    assert_eq!(answer("/f").status, 500);
}

#[test]
fn gateway_responses_are_customised_type_by_type() {
    let mut document = document(&statuses(&[200]), json!({}));
    document["x-amazon-apigateway-gateway-responses"] = json!({
        "DEFAULT_4XX": {
            "responseParameters": { "gatewayresponse.header.Access-Control-Allow-Origin": "'*'" },
            "responseTemplates": { "application/json":
                "{\"m\":$context.error.messageString,\"n\":\"$context.error.message\",\"t\":\"$context.error.responseType\",\"x\":\"$x #set($y = 1)$context.nope.\"}" },
        },
        "THROTTLED": { "statusCode": "430" },
        "UNAUTHORIZED": { "responseParameters": { "gatewayresponse.header.x-o": "method.request.header.Origin" } },
    });
    let gateway = gateway(&document);
    let mut call = Call::new("GET", "/nope");
    call.headers.insert("origin".to_owned(), "here".to_owned());
    let answer = |kind| gateway.gateway_response(kind, &call);
    let missing = answer(ResponseType::MissingAuthenticationToken);
    assert_eq!(missing.status, 403);
    assert_eq!(missing.header("access-control-allow-origin"), Some("*"));
    assert_eq!(missing.header("x-amzn-errortype"), Some("MissingAuthenticationTokenException"));
    assert_eq!(
        text(&missing),
        r#"{"m":"Missing Authentication Token","n":"Missing Authentication Token","t":"MISSING_AUTHENTICATION_TOKEN","x":"$x #set($y = 1)."}"#
    );
    // A type of its own leaves nothing of the default for its class.
    let throttled = answer(ResponseType::Throttled);
    assert_eq!((throttled.status, text(&throttled)), (430, r#"{"message":"Too Many Requests"}"#));
    assert_eq!(throttled.header("access-control-allow-origin"), None);
    assert_eq!(answer(ResponseType::Unauthorized).header("x-o"), Some("here"));
    assert_eq!(text(&answer(ResponseType::RequestTooLarge)), r#"{"message":"Request Too Long"}"#);
    assert_eq!(text(&answer(ResponseType::IntegrationTimeout)), r#"{"message": "Endpoint request timed out"}"#);
}

#[test]
fn the_method_and_the_path_find_a_resource() {
    let operation = |id: &str| {
        let mut operation = document(&statuses(&[200]), json!({}))["paths"]["/f"]["post"].clone();
        operation["operationId"] = json!(id);
        operation
    };
    let gateway = gateway(&json!({ "openapi": "3.0.1", "paths": {
        "/o/{id}": { "get": operation("one"), "x-amazon-apigateway-any-method": operation("any") },
        "/o/new": { "post": operation("new") },
        "/{proxy+}": { "get": operation("rest") },
    } }));
    let find = |method: &str, path: &str| {
        gateway
            .find(method, path)
            .map(|(route, parameters)| (route.operation_id.clone(), parameters.into_values().next()))
    };
    let found = |id: &str, value: Option<&str>| Some((id.to_owned(), value.map(str::to_owned)));
    assert_eq!(find("GET", "/o/4%2F2"), found("one", Some("4/2")));
    assert_eq!(find("PUT", "/o/42"), found("any", Some("42")));
    assert_eq!(find("POST", "/o/new"), found("new", None));
    // Recorded: a resource without the method leaves the request to the next one.
    assert_eq!(find("GET", "/o/new"), found("one", Some("new")));
    assert_eq!(find("PUT", "/o/new"), found("any", Some("new")));
    assert_eq!(find("GET", "/x/y"), found("rest", Some("x/y")));
    assert_eq!(find("PUT", "/x/y"), None);
    assert_eq!(find("GET", "/"), None);
}

#[test]
fn everything_wrong_in_a_document_is_said_at_once() {
    let mut wrong = document(
        &statuses(&[200]),
        json!({
            "passthroughBehavior": "sometimes",
            "timeoutInMillis": 1,
            "httpMethod": "FETCH",
            "contentHandling": "CONVERT",
            "requestParameters": { "header.x": "'x'", "integration.request.header.x": "x", "integration.request.path.y": 1 },
            "requestTemplates": { "application/json": "#if(true)", "json": "x" },
            "responses": {
                "(": { "statusCode": "404" },
                "a": { "statusCode": "44", "selectionPattern": "x" },
                "b": {},
                "c": { "statusCode": "404", "responseParameters": { "method.response.header.x-e": "'x'" } },
                "default": { "statusCode": "200", "responseParameters": {
                    "method.response.header.x-f": "'x'",
                    "method.response.header.x-e": "x",
                    "header.x": "'x'",
                } },
                "": { "statusCode": "201" },
            },
        }),
    );
    wrong["paths"]["/p/{a"] = json!({});
    wrong["paths"]["/proxy"] = json!({ "get": {
        "responses": {}, "x-amazon-apigateway-integration": { "type": "http_proxy" }
    }, "post": {
        "responses": {}, "x-amazon-apigateway-integration": { "type": "websocket" }
    }, "put": {} });
    wrong["x-amazon-apigateway-gateway-responses"] = json!({ "NOPE": {}, "THROTTLED": { "statusCode": 1 } });
    let found = problems(&wrong);
    for (pointer, message) in [
        ("/paths/~1f/post/x-amazon-apigateway-integration/passthroughBehavior", "`sometimes` is none of"),
        ("/paths/~1f/post/x-amazon-apigateway-integration/timeoutInMillis", "from 50"),
        ("/paths/~1f/post/x-amazon-apigateway-integration/httpMethod", "`FETCH` is none of"),
        ("/paths/~1f/post/x-amazon-apigateway-integration/contentHandling", "`CONVERT` is none of"),
        ("/paths/~1f/post/x-amazon-apigateway-integration/requestParameters/header.x", "is no target"),
        (
            "/paths/~1f/post/x-amazon-apigateway-integration/requestParameters/integration.request.header.x",
            "`x` is not known",
        ),
        (
            "/paths/~1f/post/x-amazon-apigateway-integration/requestTemplates/application~1json",
            "line 1, column 10: `#if`",
        ),
        ("/paths/~1f/post/x-amazon-apigateway-integration/requestTemplates/json", "no media type"),
        ("/paths/~1f/post/x-amazon-apigateway-integration/responses/(", "no regular expression"),
        ("/paths/~1f/post/x-amazon-apigateway-integration/responses/a/statusCode", "`44` is no status"),
        ("/paths/~1f/post/x-amazon-apigateway-integration/responses/a/selectionPattern", "ignores this"),
        ("/paths/~1f/post/x-amazon-apigateway-integration/responses/b", "no `statusCode`"),
        ("/responses/c/responseParameters/method.response.header.x-e", "no method response exists for status 404"),
        ("/responses/default/responseParameters/method.response.header.x-f", "`x-f` is not declared"),
        ("/responses/default/responseParameters/method.response.header.x-e", "`'x'`"),
        ("/responses/default/responseParameters/header.x", "is no target"),
        ("/responses/", "a second default"),
        ("/paths/~1p~1{a", "neither a literal nor one"),
        ("/paths/~1proxy/get/x-amazon-apigateway-integration", "no `uri`"),
        ("/paths/~1proxy/get/x-amazon-apigateway-integration", "no `httpMethod`"),
        ("/paths/~1proxy/post/x-amazon-apigateway-integration/type", "`websocket` is none of"),
        ("/paths/~1proxy/put", "refuses a method without one"),
        ("/x-amazon-apigateway-gateway-responses/NOPE", "no type of gateway response"),
        ("/x-amazon-apigateway-gateway-responses/THROTTLED/statusCode", "`1` is no status"),
    ] {
        let said = found.lines().any(|line| line.contains(pointer) && line.contains(message));
        assert!(said, "{pointer}: {message} is not in\n{found}");
    }
}

#[test]
fn what_is_no_document_is_said_plainly() {
    assert_eq!(Gateway::read("{").unwrap_err().to_string(), "1:1: not JSON: EOF while parsing an object");
    assert_eq!(
        Gateway::read("a: [").unwrap_err().to_string().split(',').next(),
        Some("1:4: not YAML: unclosed bracket '['")
    );
    assert!(problems(&json!({ "swagger": "1.2", "paths": {} })).contains("the version has to be the string `2.0`"));
    for odd in [
        json!(null),
        json!([]),
        json!({}),
        json!({ "openapi": 3, "paths": [1] }),
        json!({ "openapi": "3.0.1", "paths": {} }),
    ] {
        assert!(Gateway::read(&odd.to_string()).is_err(), "{odd}");
    }
    let nested = "[".repeat(100_000);
    assert!(Gateway::read(&nested).is_err());
}

#[test]
fn no_mutilated_document_panics() {
    let whole = document(
        &statuses(&[200, 404]),
        json!({ "requestTemplates": { "application/json": "{}" }, "responses": {
            "default": { "statusCode": "200" },
            "x": { "statusCode": "404", "responseParameters": { "method.response.header.x-e": "'x'" } },
        } }),
    );
    let mut pointers = vec![String::new()];
    let mut at = 0;
    while let Some(pointer) = pointers.get(at).cloned() {
        at += 1;
        if let Some(Value::Object(members)) = whole.pointer(&pointer) {
            pointers
                .extend(members.keys().map(|key| format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))));
        }
    }
    for pointer in &pointers {
        for odd in
            [json!(null), json!(1), json!("$"), json!([{}]), json!({ "": {} }), json!({ "$ref": "#/x" }), json!(true)]
        {
            let mut mutilated = whole.clone();
            *mutilated.pointer_mut(pointer).unwrap() = odd;
            if let Ok(gateway) = Gateway::read(&mutilated.to_string()) {
                for route in gateway.routes() {
                    let _ = route.respond(&gateway, &Call::new("POST", "/f"), b"\xff", true);
                }
            }
        }
    }
}

#[test]
fn what_is_not_evaluated_is_said_where_it_stands() {
    let gateway = Gateway::read(
        r"
openapi: 3.0.1
x-amazon-apigateway-policy: {}
x-amazon-apigateway-api-key-source: AUTHORIZER
x-amazon-apigateway-anything: 1
components:
  securitySchemes:
    sig: { type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: awsSigv4 }
security: [{ sig: [] }]
paths:
  /a:
    trace: {}
    get: &method
      x-amazon-apigateway-other: {}
      responses: { 200: { description: ok } }
      x-amazon-apigateway-integration: { type: mock, responses: { default: { statusCode: 200 } } }
    put: { <<: *method, x-amazon-apigateway-auth: { type: none } }
",
    )
    .unwrap();
    let said: Vec<_> = gateway.warnings().iter().map(ToString::to_string).collect();
    for part in [
        "3:1: /x-amazon-apigateway-policy: not evaluated here: the policy lets everybody in",
        "4:1: /x-amazon-apigateway-api-key-source: an authorizer's key is not evaluated here: keys come in `x-api-key`",
        "5:1: /x-amazon-apigateway-anything: not evaluated here",
        "12:5: /paths/~1a/trace: API Gateway has no method `TRACE`",
        "14:7: /paths/~1a/get/x-amazon-apigateway-other: not evaluated here",
    ] {
        assert!(said.iter().any(|said| said == part), "{part} is not among {said:#?}");
    }
    // A method says itself that everybody may call it, and the document asks the others.
    let admitted = |method: &str| {
        let call = Call::new(method, "/a");
        gateway.find(method, "/a").unwrap().0.admit(&gateway, &call).is_ok()
    };
    assert_eq!((admitted("GET"), admitted("PUT")), (false, true));
}
