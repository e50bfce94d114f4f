//! What progenitor makes of the plain document of OpenAPI 3.0: no operation with errors of several types, but a type for
//! each error. A release that takes such operations makes this fail, and then there is more to try.
#![allow(clippy::unwrap_used, clippy::panic)]

use openapiv3::{OpenAPI, ReferenceOr};
use progenitor_impl::Generator;

const ERRORS: [&str; 5] = ["OrderNotFound", "TooManyResults", "OutOfStock", "Maintenance", "InvalidPayload"];

fn main() {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let mut document: OpenAPI = serde_json::from_str(&text).unwrap();
    std::panic::set_hook(Box::new(|_| {}));
    let whole = std::panic::catch_unwind(|| Generator::default().generate_tokens(&document).is_ok());
    drop(std::panic::take_hook());
    let said = whole.unwrap_err();
    let said = said.downcast_ref::<&str>().copied().map(str::to_owned).or_else(|| said.downcast_ref::<String>().cloned());
    assert_eq!(said.as_deref(), Some("assertion failed: response_types.len() <= 1"));

    // The same without the answers that are errors.
    for path in document.paths.paths.values_mut() {
        let ReferenceOr::Item(path) = path else { panic!("{path:?}") };
        for operation in [&mut path.get, &mut path.post].into_iter().flatten() {
            operation.responses.default = None;
            operation.responses.responses.retain(|status, _| status.to_string().starts_with('2'));
        }
    }
    let client = Generator::default().generate_tokens(&document).unwrap().to_string();
    for error in ERRORS {
        assert!(client.contains(&format!("pub struct {error} {{")), "{error}");
    }
    assert!(client.contains("pub found : i64"));
    println!("progenitor: a type for each error, and no operation that has errors of several types");
}
