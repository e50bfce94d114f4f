//! What a client pays to read an error: `decode` beside serde's tagged enum, `serde_json::Value`, and the limit, which
//! is the right struct read by someone who knows beforehand which it is.
//!
//! All of them read the same members of the same body and drop them again.
#![allow(missing_docs)]

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::hint::black_box;
use std::process::ExitCode;
use throwback::client::{Failure, decode, http};
use throwback_measure::Comparison;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct StockLine {
    sku: String,
    wanted: u32,
    left: u32,
    warehouses: Vec<Warehouse>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Warehouse {
    name: String,
    in_stock: u32,
    days_away: Option<u8>,
}

/// Writes what the generator writes for these errors, and what a user would.
macro_rules! errors {
    ($($code:literal $name:ident $status:literal { $($field:ident $member:literal: $ty:ty,)* })+) => {
        /// In the form of a generated client.
        mod generated {
            use super::StockLine;
            use throwback::client::v1;

            $(
                #[derive(Debug, Clone, PartialEq)]
                pub(super) struct $name {
                    $($field: $ty,)*
                }
            )+

            #[derive(Debug, Clone, PartialEq)]
            pub(super) enum PlaceOrderError {
                $($name(v1::Thrown<$name>),)+
            }

            v1::declared! {
                $($name($code, $status, Never) { $($field: $member),* })+
            }

            v1::error_sets! {
                PlaceOrderError { $($name),+ }
            }
        }

        /// Whole structs, for those who know which they read.
        #[expect(dead_code, reason = "what is read is not looked at")]
        mod whole {
            use super::{Deserialize, StockLine};

            $(
                #[derive(Debug, Deserialize)]
                #[serde(rename_all = "camelCase")]
                pub(super) struct $name {
                    code: String,
                    title: String,
                    status: u16,
                    detail: String,
                    instance: String,
                    $($field: $ty,)*
                }
            )+

            /// What a match on the code makes of a value.
            #[derive(Debug)]
            pub(super) enum PlaceOrderError {
                $($name(Box<$name>),)+
            }

            impl PlaceOrderError {
                pub(super) fn from_value(value: serde_json::Value) -> Option<serde_json::Result<Self>> {
                    Some(match value["code"].as_str()? {
                        $($code => serde_json::from_value(value).map(Self::$name),)+
                        _ => return None,
                    })
                }
            }
        }

        /// serde's internally tagged enum: the code is the tag.
        #[expect(dead_code, reason = "what is read is not looked at")]
        mod tagged {
            use super::{Deserialize, StockLine};

            $(
                #[derive(Debug, Deserialize)]
                #[serde(rename_all = "camelCase")]
                pub(super) struct $name {
                    title: String,
                    status: u16,
                    detail: String,
                    instance: String,
                    $($field: $ty,)*
                }
            )+

            #[derive(Debug, Deserialize)]
            #[serde(tag = "code")]
            pub(super) enum PlaceOrderError {
                $($name(Box<$name>),)+
            }
        }
    };
}

errors! {
    "NotSignedIn" NotSignedIn 401 {}
    "CustomerBlocked" CustomerBlocked 403 { customer_id "customerId": String, }
    "OutOfStock" OutOfStock 409 { order_id "orderId": String, lines "lines": Vec<StockLine>, }
    "AmountTooLarge" AmountTooLarge 422 {
        customer_id "customerId": String, currency "currency": String, amount "amount": u64, limit "limit": u64,
    }
    "TooManyRequests" TooManyRequests 429 { used "used": u32, }
    "Maintenance" Maintenance 503 { until "until": String, }
}

const FLAT: &str = concat!(
    r#"{"code":"AmountTooLarge","title":"The order is worth more than this customer may order","status":422,"#,
    r#""detail":"customer c-20417 may order up to 500000 EUR, not 1250000","#,
    r#""instance":"8f2e61c0-5b1d-4c8e-9d53-2f1c7a90b6e4","#,
    r#""customerId":"c-20417","currency":"EUR","amount":1250000,"limit":500000}"#,
);

const NESTED: &str = concat!(
    r#"{"code":"OutOfStock","title":"Some lines are not in stock","status":409,"#,
    r#""detail":"3 lines of order 8f2e61c0 are not in stock","#,
    r#""instance":"8f2e61c0-5b1d-4c8e-9d53-2f1c7a90b6e4","orderId":"8f2e61c0","lines":["#,
    r#"{"sku":"chair-oak-4","wanted":12,"left":2,"warehouses":[{"name":"Rotterdam","inStock":3,"daysAway":2},"#,
    r#"{"name":"Gdańsk","inStock":3,"daysAway":null}]},"#,
    r#"{"sku":"table-oak-1","wanted":3,"left":2,"warehouses":[{"name":"Rotterdam","inStock":3,"daysAway":2},"#,
    r#"{"name":"Gdańsk","inStock":3,"daysAway":null}]},"#,
    r#"{"sku":"lamp \"Orion\"","wanted":40,"left":2,"warehouses":[{"name":"Rotterdam","inStock":3,"daysAway":2},"#,
    r#"{"name":"Gdańsk","inStock":3,"daysAway":null}]}]}"#,
);

const STATUS: StatusCode = StatusCode::CONFLICT;

#[inline(never)]
fn ours(headers: &HeaderMap, body: &[u8]) {
    black_box(&decode::<generated::PlaceOrderError>(STATUS, headers, body));
}

#[inline(never)]
fn direct<T: DeserializeOwned>(body: &[u8]) {
    black_box(&serde_json::from_slice::<T>(body));
}

#[inline(never)]
fn tagged(body: &[u8]) {
    black_box(&serde_json::from_slice::<tagged::PlaceOrderError>(body));
}

#[inline(never)]
fn value(body: &[u8]) {
    black_box(&serde_json::from_slice(body).map(whole::PlaceOrderError::from_value));
}

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
}

fn compared<T: DeserializeOwned>(name: &str, code: &'static str, body: &'static str) -> Comparison {
    let content_type = ("content-type", "application/problem+json");
    let answers = [
        ("throwback, by x-error-code", headers(&[content_type, ("x-error-code", code)])),
        ("throwback, by the body", headers(&[content_type])),
        (
            "throwback, with API Gateway's headers",
            headers(&[
                ("date", "Tue, 03 Mar 2026 10:15:00 GMT"),
                content_type,
                ("content-length", "397"),
                ("connection", "keep-alive"),
                ("x-amzn-requestid", "8f2e61c0-5b1d-4c8e-9d53-2f1c7a90b6e4"),
                ("x-amz-apigw-id", "Zq3kXH0oDoEF1xA="),
                ("x-error-code", code),
                ("x-amzn-trace-id", "Root=1-65e44b34-2f1c7a90b6e48f2e61c05b1d;Sampled=0"),
            ]),
        ),
    ];
    let body = body.as_bytes();
    assert!(serde_json::from_slice::<T>(body).is_ok(), "the right struct reads it");
    assert!(serde_json::from_slice::<tagged::PlaceOrderError>(body).is_ok(), "so does the tagged enum");
    let value_of = serde_json::from_slice(body).map(whole::PlaceOrderError::from_value);
    assert!(matches!(value_of, Ok(Some(Ok(_)))), "so does the match on a value");

    let mut comparison = Comparison::new(name);
    for (way, headers) in answers {
        let failure = decode::<generated::PlaceOrderError>(STATUS, &headers, body);
        assert!(matches!(failure, Failure::Api(_)) && failure.code() == Some(code), "so do we: {failure}");
        comparison = comparison.case(way, move || move || ours(black_box(&headers), black_box(body)));
    }
    comparison
        .case("the right struct", move || move || direct::<T>(black_box(body)))
        .case("tagged enum", move || move || tagged(black_box(body)))
        .case("Value", move || move || value(black_box(body)))
}

fn main() -> ExitCode {
    throwback_measure::main(vec![
        compared::<whole::AmountTooLarge>("decode, flat", "AmountTooLarge", FLAT),
        compared::<whole::OutOfStock>("decode, nested", "OutOfStock", NESTED),
    ])
}
