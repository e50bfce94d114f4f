//! What AWS was recorded or is documented to do with a reply.
#![allow(clippy::unwrap_used)]

use super::*;

fn call() -> Call {
    Call::new("GET", "/")
}

fn answered(front: Front, payload: &str) -> (u16, String) {
    let response = front.respond(&call(), payload.as_bytes(), false);
    (response.status, String::from_utf8(response.body).unwrap())
}

/// `test_aws_proxy_response_payload_format_validation`, recorded on 15 November 2024.
#[test]
fn a_rest_proxy_takes_what_it_was_recorded_to_take() {
    let front = Front::RestProxy;
    let bad = (502, r#"{"message": "Internal server error"}"#.to_owned());
    for wrong in [
        r#"{"statusCode":200,"wrong":1}"#,
        r#"{"statusCode":"wrongValue"}"#,
        r#"{"statusCode":200,"multiValueHeaders":{"test-multi":"value1"}}"#,
        r#""just a string""#,
        "no JSON",
    ] {
        assert_eq!(answered(front, wrong), bad, "{wrong}");
    }
    // Asserted in `test_lambda_aws_proxy_response_format`; the recording above failed in the function.
    assert_eq!(answered(front, "{}"), (200, String::new()));
    assert_eq!(front.respond(&call(), b"1", false).header("x-amzn-errortype"), Some("InternalServerErrorException"));
    assert_eq!(answered(front, r#"{"statusCode":"201"}"#), (201, String::new()));
    assert_eq!(answered(front, r#"{"headers":{"a":"b"}}"#), (200, String::new()));
    assert_eq!(answered(front, r#"{"statusCode":200,"headers":null}"#), (200, String::new()));
    let encoded = r#"{"statusCode":200,"body":"dGVzdC1kYXRh","isBase64Encoded":true}"#;
    assert_eq!(answered(front, encoded), (200, "dGVzdC1kYXRh".to_owned()));
    let headers = front.respond(&call(), br#"{"statusCode":200,"headers":{"test-multi":"value-solo","header-bool":true},"multiValueHeaders":{"test-multi":["value-multi"]}}"#, false);
    assert_eq!(
        (headers.header("test-multi"), headers.header("header-bool")),
        (Some("value-multi, value-solo"), Some("true"))
    );
    assert_eq!(headers.header("content-type"), Some("application/json"));
}

/// `test_lambda_url_invocation`, recorded on 24 November 2025; the developer guide says the same of HTTP APIs.
#[test]
fn payload_2_infers_a_success() {
    for front in [Front::FunctionUrl, Front::HttpApi] {
        assert_eq!(answered(front, r#"{"hello":"world"}"#), (200, r#"{"hello":"world"}"#.to_owned()));
        assert_eq!(answered(front, r#""hello""#), (200, "hello".to_owned()));
        assert_eq!(answered(front, "5"), (200, "5".to_owned()));
        assert_eq!(answered(front, r#"{"statusCode":404,"body":"x"}"#), (404, "x".to_owned()));
    }
}

#[test]
fn a_function_that_fails_says_nothing() {
    let status = |front: Front| front.respond(&call(), br#"{"errorType":"A","errorMessage":"[A] {}"}"#, true).status;
    assert_eq!(Front::ALL.map(|(_, front)| status(front)), [502, 500, 500, 502, 502, 502]);
}

#[test]
fn a_balancer_wants_a_status_and_no_more_than_a_megabyte() {
    for front in [Front::Balancer, Front::BalancerOfMany] {
        assert_eq!(answered(front, r#"{"body":"x"}"#).0, 502);
        assert_eq!(answered(front, r#"{"statusCode":"200"}"#).0, 502);
        let long = format!(r#"{{"statusCode":200,"body":"{}"}}"#, "x".repeat(1_048_576));
        assert_eq!(answered(front, &long).0, 502);
        assert_eq!(answered(front, &long[..0]).0, 502);
    }
    let both = br#"{"statusCode":200,"headers":{"a":"1"},"multiValueHeaders":{"a":["2"]}}"#;
    assert_eq!(Front::Balancer.respond(&call(), both, false).header("a"), Some("1"));
    assert_eq!(Front::BalancerOfMany.respond(&call(), both, false).header("a"), Some("2"));
}

/// A proxy integration of a document is one, whoever evaluates the rest.
#[test]
fn a_document_may_hold_a_proxy_integration() {
    let document = r#"{"openapi":"3.0.1","info":{"title":"a","version":"1"},"paths":{"/a/{b}":{"get":{"responses":{},
        "x-amazon-apigateway-integration":{"type":"aws_proxy","httpMethod":"POST","uri":"arn:aws:apigateway:e:lambda:path/2015-03-31/functions/f/invocations"}}}}}"#;
    let gateway = crate::Gateway::read(document).unwrap();
    let mut call = Call::new("GET", "/a/x%2Fy?q=1");
    let (route, parameters) = gateway.find("GET", &call.path).unwrap();
    call.path_parameters = parameters;
    let event: serde_json::Value = serde_json::from_str(&route.event(&gateway, &mut call).unwrap()).unwrap();
    assert_eq!((&event["resource"], &event["pathParameters"]["b"]), (&"/a/{b}".into(), &"x%2Fy".into()));
    let answer = |payload: &[u8], failed| route.respond(&gateway, &call, payload, failed).status;
    assert_eq!((answer(br#"{"statusCode":404}"#, false), answer(br#"{"errorMessage":"[A] {}"}"#, true)), (404, 502));
}
