//! Every answer that API Gateway gives for itself, as configured by what is generated and as it is in stock, reaches the
//! client as what it is, and never as an error of the function's.

#![allow(clippy::unwrap_used, clippy::panic)]

use orders_client::GetOrderError;
use serde_json::Value;
use throwback::Retry;
use throwback::client::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use throwback::client::{Failure, GatewayKind, decode};
use throwback_codegen::gateway::{Call, Gateway, Response, ResponseType};

const OPENAPI: &str = include_str!("../examples/orders/generated/openapi.json");

/// The gateway as it is generated, and without any configuration of its answers.
fn gateways() -> [Gateway; 2] {
    let mut stock: Value = serde_json::from_str(OPENAPI).unwrap();
    stock.as_object_mut().unwrap().remove("x-amazon-apigateway-gateway-responses").unwrap();
    [OPENAPI.to_owned(), stock.to_string()].map(|text| Gateway::read(&text).unwrap())
}

fn call() -> Call {
    let mut call = Call::new("GET", "/orders/42");
    "5d2f".clone_into(&mut call.request_id);
    call
}

fn caught(response: &Response) -> Failure<GetOrderError> {
    let mut headers = HeaderMap::new();
    for (name, value) in &response.headers {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        headers.append(name, HeaderValue::from_str(value).unwrap());
    }
    decode(StatusCode::from_u16(response.status).unwrap(), &headers, &response.body)
}

/// What a client knows of each: from a generated answer, from a stock one, and what a repeat means.
const KINDS: [(ResponseType, GatewayKind, GatewayKind, Retry); 19] = {
    use {GatewayKind as Kind, ResponseType as Type, Retry::*};
    [
        (Type::AccessDenied, Kind::AccessDenied, Kind::AccessDenied, Never),
        (Type::ApiConfigurationError, Kind::ApiConfigurationError, Kind::InternalServerError, Idempotent),
        (
            Type::AuthorizerConfigurationError,
            Kind::AuthorizerConfigurationError,
            Kind::AuthorizerConfigurationError,
            Idempotent,
        ),
        (Type::AuthorizerFailure, Kind::AuthorizerFailure, Kind::AuthorizerFailure, Idempotent),
        (Type::BadRequestBody, Kind::BadRequestBody, Kind::BadRequestBody, Never),
        (Type::BadRequestParameters, Kind::BadRequestParameters, Kind::BadRequestParameters, Never),
        (Type::ExpiredToken, Kind::ExpiredToken, Kind::ExpiredToken, Never),
        (Type::IntegrationFailure, Kind::IntegrationFailure, Kind::IntegrationFailure, Idempotent),
        (Type::IntegrationTimeout, Kind::IntegrationTimeout, Kind::IntegrationTimeout, Idempotent),
        (Type::InvalidApiKey, Kind::InvalidApiKey, Kind::Forbidden, Never),
        (Type::InvalidSignature, Kind::InvalidSignature, Kind::InvalidSignature, Never),
        (Type::MissingAuthenticationToken, Kind::MissingAuthenticationToken, Kind::MissingAuthenticationToken, Never),
        (Type::QuotaExceeded, Kind::QuotaExceeded, Kind::QuotaExceeded, Never),
        (Type::RequestTooLarge, Kind::RequestTooLarge, Kind::RequestTooLarge, Never),
        (Type::ResourceNotFound, Kind::ResourceNotFound, Kind::ResourceNotFound, Never),
        (Type::Throttled, Kind::Throttled, Kind::Throttled, Backoff),
        (Type::Unauthorized, Kind::Unauthorized, Kind::Unauthorized, Never),
        (Type::UnsupportedMediaType, Kind::UnsupportedMediaType, Kind::UnsupportedMediaType, Never),
        (Type::WafFiltered, Kind::WafFiltered, Kind::Forbidden, Never),
    ]
};

#[test]
fn every_type_reaches_the_client_as_what_it_is() {
    assert_eq!(ResponseType::ALL.len(), KINDS.len());
    let [generated, stock] = gateways();
    for (of, by_code, by_header, retry) in KINDS {
        for (gateway, kind) in [(&generated, by_code), (&stock, by_header)] {
            let response = gateway.gateway_response(of, &call());
            let failure = caught(&response);
            let Failure::Gateway(error) = &failure else { panic!("{of:?}: {failure:?}") };
            assert_eq!((error.kind(), failure.retry()), (kind, retry), "{of:?}");
            assert_eq!((failure.status(), failure.code()), (Some(of.default_status()), None), "{of:?}");
            assert_eq!(failure.request_id(), Some("5d2f"));
            assert!(error.message().is_some(), "{of:?}");
        }
    }
}

#[test]
fn a_generated_answer_is_a_problem_that_a_browser_can_read() {
    let [generated, _] = gateways();
    for of in ResponseType::ALL.iter().copied().filter(|of| *of != ResponseType::RequestTooLarge) {
        let response = generated.gateway_response(of, &call());
        let problem: Value = serde_json::from_slice(&response.body).unwrap();
        assert_eq!(problem["code"], format!("gateway.{}", of.name()));
        assert_eq!((&problem["status"], &problem["instance"]), (&response.status.into(), &"5d2f".into()));
        assert!(!problem["title"].as_str().unwrap().is_empty());
        // What goes wrong behind the doors stays there.
        assert_eq!(problem.get("detail").is_some(), response.status < 500, "{of:?}");
        let said = problem.get("retryable").and_then(Value::as_str).and_then(Retry::from_word);
        assert_eq!(said.unwrap_or_else(|| Retry::of_status(response.status)), caught(&response).retry(), "{of:?}");
        assert_eq!(response.header("access-control-allow-origin"), Some("https://shop.example.com"));
        assert!(response.header("access-control-expose-headers").unwrap().contains("x-amzn-errortype"));
    }
}

#[test]
fn the_body_alone_is_enough_and_the_function_goes_before_it() {
    let [generated, _] = gateways();
    let response = generated.gateway_response(ResponseType::QuotaExceeded, &call());
    let status = StatusCode::TOO_MANY_REQUESTS;
    // A proxy on the way, or a browser, may drop the header.
    let alone: Failure<GetOrderError> = decode(status, &HeaderMap::new(), &response.body);
    assert!(matches!(&alone, Failure::Gateway(error) if error.kind() == GatewayKind::QuotaExceeded), "{alone:?}");
    assert_eq!(alone.to_string(), "API Gateway answered 429 QuotaExceeded: Limit Exceeded");
    let unknown: Failure<GetOrderError> = decode(status, &HeaderMap::new(), br#"{"code":"gateway.TO_COME"}"#);
    assert!(matches!(&unknown, Failure::Gateway(error) if error.kind() == GatewayKind::Other), "{unknown:?}");
    let mut headers = HeaderMap::new();
    headers.insert("x-error-code", HeaderValue::from_static("TooManyRequests"));
    headers.insert("x-amzn-errortype", HeaderValue::from_static("TooManyRequestsException"));
    let function: Failure<GetOrderError> =
        decode(status, &headers, br#"{"code":"TooManyRequests","status":429,"used":61}"#);
    assert!(matches!(&function, Failure::Api(GetOrderError::TooManyRequests(_))), "{function:?}");
    // A body that is cut, empty or a page leaves the header, and the kind.
    headers.remove("x-error-code");
    for body in [&response.body[..40], b"", b"<html>", b"\xEF\xBB\xBF{}", br#"{"message":null}"#] {
        let failure: Failure<GetOrderError> = decode(status, &headers, body);
        assert!(matches!(&failure, Failure::Gateway(error) if error.kind() == GatewayKind::Throttled), "{failure:?}");
    }
}
