//! What Rust catches of each test vector, one line each in the one form that `docs/test-vectors.md` describes.

use orders_client::errors::{CommonError, GetOrderError, PlaceOrderError, SearchOrdersError};
use serde::Deserialize;
use throwback::client::vectors::{Answer, Response};

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

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which file?")?;
    let file: File = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    for Case { operation, response, invocation } in file.cases {
        let answer = response.map_or_else(|| Answer::Invocation(invocation.unwrap_or_default()), Answer::Response);
        let said = match &*operation {
            "get_order" => answer.caught::<GetOrderError>(),
            "search_orders" => answer.caught::<SearchOrdersError>(),
            "place_order" => answer.caught::<PlaceOrderError>(),
            "health" => answer.caught::<CommonError>(),
            other => return Err(format!("there is no operation `{other}`").into()),
        };
        println!("{said}");
    }
    Ok(())
}
