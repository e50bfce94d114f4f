//! Every answer that API Gateway gives for itself, as configured by what is generated and as it is in stock, reaches the
//! client as what it is, and never as an error of the function's.

#![allow(clippy::unwrap_used, clippy::panic)]

use orders_client::GetOrderError;
use serde_json::Value;
use std::time::Duration;
use throwback::Retry;
use throwback::client::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use throwback::client::{Failure, GatewayKind, decode};
use throwback_gateway::{Call, Gateway, Response, ResponseType};

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

fn get_order(status: u16, pairs: &[(&str, &str)], body: impl AsRef<[u8]>) -> Failure<GetOrderError> {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value).unwrap());
    }
    decode(StatusCode::from_u16(status).unwrap(), &headers, body.as_ref())
}

fn caught(response: &Response) -> Failure<GetOrderError> {
    let pairs: Vec<_> = response.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    get_order(response.status, &pairs, &response.body)
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
fn the_code_alone_is_enough_and_the_function_goes_before_it() {
    let [generated, _] = gateways();
    let response = generated.gateway_response(ResponseType::QuotaExceeded, &call());
    // A proxy on the way, or a browser, may drop the header.
    let alone = get_order(429, &[("x-error-code", "gateway.QUOTA_EXCEEDED")], &response.body);
    assert!(matches!(&alone, Failure::Gateway(error) if error.kind() == GatewayKind::QuotaExceeded), "{alone:?}");
    assert_eq!(alone.to_string(), "API Gateway answered 429 QuotaExceeded: Limit Exceeded");
    assert_eq!(response.header("x-error-code"), Some("gateway.QUOTA_EXCEEDED"));
    // Any JSON may have such a code.
    assert_eq!(get_order(429, &[], &response.body).who(), "unmodelled");
    let unknown = get_order(429, &[("x-error-code", "gateway.TO_COME")], r#"{"code":"gateway.TO_COME"}"#);
    assert!(matches!(&unknown, Failure::Gateway(error) if error.kind() == GatewayKind::Other), "{unknown:?}");
    let gateway = ("x-amzn-errortype", "TooManyRequestsException");
    let body = r#"{"code":"TooManyRequests","status":429,"used":61}"#;
    let function = get_order(429, &[("x-error-code", "TooManyRequests"), gateway], body);
    assert!(matches!(&function, Failure::Api(GetOrderError::TooManyRequests(_))), "{function:?}");
    // A body that is cut, empty or a page leaves the header, and the kind.
    for body in [&response.body[..40], b"", b"<html>", b"\xEF\xBB\xBF{}", br#"{"message":null}"#] {
        let failure = get_order(429, &[gateway], body);
        assert!(matches!(&failure, Failure::Gateway(error) if error.kind() == GatewayKind::Throttled), "{failure:?}");
    }
}

#[test]
fn gateway_errors_are_told_apart_by_their_type() {
    let kinds = [
        ("AccessDeniedException", GatewayKind::AccessDenied),
        ("BadRequestException", GatewayKind::BadRequest),
        ("ExpiredTokenException", GatewayKind::ExpiredToken),
        ("ForbiddenException", GatewayKind::Forbidden),
        ("forbiddenexception", GatewayKind::Forbidden),
        ("WafFilteredException", GatewayKind::WafFiltered),
        ("IncompleteSignatureException", GatewayKind::IncompleteSignature),
        ("InvalidSignatureException", GatewayKind::InvalidSignature),
        ("InternalServerErrorException:http://internal.amazon.com/coral/x/", GatewayKind::InternalServerError),
        ("LimitExceededException", GatewayKind::QuotaExceeded),
        ("MissingAuthenticationTokenException", GatewayKind::MissingAuthenticationToken),
        ("RequestTooLargeException", GatewayKind::RequestTooLarge),
        ("ResourceNotFoundException", GatewayKind::ResourceNotFound),
        ("com.amazon.coral.service#TOOMANYREQUESTSEXCEPTION:", GatewayKind::Throttled),
        ("TooManyRequestsException#more", GatewayKind::Throttled),
        ("Other, UnauthorizedException", GatewayKind::Unauthorized),
        ("UnrecognizedClientException , UnrecognizedClientException", GatewayKind::UnrecognizedClient),
        ("SomethingNew", GatewayKind::Other),
        ("", GatewayKind::Other),
    ];
    for (text, kind) in kinds {
        let failure = get_order(403, &[("x-amzn-ErrorType", text)], "{}");
        let Failure::Gateway(gateway) = &failure else { panic!("{text}: {failure:?}") };
        assert_eq!((gateway.kind(), gateway.error_type()), (kind, text));
        assert_eq!((failure.code(), failure.status(), failure.who()), (None, Some(403), "gateway"));
    }
    let lines = &[("x-amzn-errortype", "Mine"), ("x-amzn-errortype", "ForbiddenException")];
    let Failure::Gateway(gateway) = get_order(403, lines, "") else { panic!("not the gateway's") };
    assert_eq!((gateway.kind(), gateway.error_type()), (GatewayKind::Forbidden, "Mine, ForbiddenException"));
}

#[test]
fn gateway_errors_say_what_a_repeat_means() {
    let typed = |status, kind| get_order(status, &[("x-amzn-errortype", kind), ("x-amzn-requestid", "gw")], "");
    assert_eq!(typed(429, "TooManyRequestsException").retry(), Retry::Backoff);
    assert!(typed(429, "TooManyRequestsException").is_retryable());
    // The status of throttling, but no request will pass before the period ends.
    assert_eq!(typed(429, "LimitExceededException").retry(), Retry::Never);
    assert_eq!(typed(504, "InternalServerErrorException").retry(), Retry::Idempotent);
    assert_eq!(typed(500, "Unheard").retry(), Retry::Idempotent);
    assert_eq!(typed(429, "Unheard").retry(), Retry::Backoff);
    assert_eq!(typed(503, "Unheard").retry(), Retry::Idempotent);
    assert_eq!(typed(403, "ForbiddenException").request_id(), Some("gw"));

    let body = |body: &str| get_order(403, &[("x-amzn-errortype", "ForbiddenException")], body).to_string();
    assert_eq!(body(r#"{"message":"Forbidden"}"#), "API Gateway answered 403 ForbiddenException: Forbidden");
    assert_eq!(body(r#"{"Message":"denied"}"#), "API Gateway answered 403 ForbiddenException: denied");
    assert_eq!(body(r#"{"message":null}"#), "API Gateway answered 403 ForbiddenException");
    assert_eq!(body("<html>"), "API Gateway answered 403 ForbiddenException");
    let later = get_order(429, &[("x-amzn-errortype", "TooManyRequestsException"), ("retry-after", " 7 ")], "");
    assert_eq!(later.retry_after(), Some(Duration::from_secs(7)));
}
