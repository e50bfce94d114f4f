//! Writes what the Rust client catches of each of orders' test vectors, one line each, so that the clients of other languages can
//! be compared byte for byte: `said VECTORS`.

use orders_client::errors::{CommonError, GetOrderError, PlaceOrderError, SearchOrdersError};
use serde::Deserialize;
use std::error::Error;
use std::io::{Write as _, stdout};
use throwback::client::v1::vectors::{Answer, Response};

#[derive(Deserialize)]
struct File {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    operation: String,
    response: Option<Response>,
    invocation: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("said VECTORS")?;
    let File { cases } = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let mut out = stdout().lock();
    for Case { operation, response, invocation } in cases {
        let answer = match response {
            Some(response) => Answer::Response(response),
            None => Answer::Invocation(invocation.unwrap_or_default()),
        };
        let said = match operation.as_str() {
            "get_order" => answer.caught::<GetOrderError>(),
            "search_orders" => answer.caught::<SearchOrdersError>(),
            "place_order" => answer.caught::<PlaceOrderError>(),
            "health" => answer.caught::<CommonError>(),
            other => return Err(format!("there is no operation `{other}`").into()),
        };
        writeln!(out, "{said}")?;
    }
    Ok(())
}
