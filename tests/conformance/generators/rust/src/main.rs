//! Reads answers with the client that openapi-generator makes of the plain document: each keeps its error's type.
#![allow(clippy::panic)]

use orders_api::apis::default_api::{GetOrderError, SearchOrdersError};
use orders_api::models::{GetOrderError503, SearchOrdersError400};

fn main() -> serde_json::Result<()> {
    // 2^32, which no integer of 32 bits holds.
    let text = r#"{"code":"TooManyResults","title":"","status":422,"detail":"","found":4294967296,"limit":100}"#;
    match serde_json::from_str(text)? {
        SearchOrdersError::Status422(error) => assert_eq!((error.found, error.limit), (1 << 32, 100)),
        other => panic!("{other:?}"),
    }
    // Errors that share a status.
    let text = r#"{"code":"Maintenance","title":"","status":503,"detail":"","retryAfter":7,"until":"noon"}"#;
    match serde_json::from_str(text)? {
        GetOrderError::Status503(GetOrderError503::Maintenance(error)) => {
            assert_eq!((error.retry_after, &*error.until), (Some(7), "noon"));
        }
        other => panic!("{other:?}"),
    }
    let text = r#"{"code":"StoreUnavailable","title":"","status":503}"#;
    match serde_json::from_str(text)? {
        GetOrderError::Status503(GetOrderError503::StoreUnavailable(_)) => {}
        other => panic!("{other:?}"),
    }
    // A reserved one, under a status of declared ones.
    let text = r#"{"code":"InvalidPayload","title":"","status":400,"detail":"","path":"limit","reason":"none"}"#;
    match serde_json::from_str(text)? {
        SearchOrdersError::Status400(SearchOrdersError400::InvalidPayload(error)) => assert_eq!(error.path, "limit"),
        other => panic!("{other:?}"),
    }
    // One that a newer function has, under a status that is known.
    let text = r#"{"code":"OrderSealed","title":"It is sealed","status":410}"#;
    match serde_json::from_str(text)? {
        GetOrderError::DefaultResponse(problem) => assert_eq!(problem.code.as_deref(), Some("OrderSealed")),
        other => panic!("{other:?}"),
    }
    println!("openapi-generator: five answers, each read as its error");
    Ok(())
}
