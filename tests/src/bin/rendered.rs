//! What our evaluator of API Gateway makes of a document: for each line of standard input, a request or a function's payload,
//! the event that the function gets or the response that the client gets.
//!
//!   rendered OPENAPI < cases

use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::error::Error;
use throwback_gateway::{Call, Gateway};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    operation: String,
    #[serde(default)]
    path: BTreeMap<String, String>,
    #[serde(default)]
    query: BTreeMap<String, String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    body: String,
    /// What the failed function says; nothing where the event is asked for.
    payload: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("which document?")?;
    let gateway = Gateway::read(&std::fs::read_to_string(path)?)?;
    for line in std::io::stdin().lines() {
        let case: Case = serde_json::from_str(&line?)?;
        let route = gateway.routes().iter().find(|route| route.operation_id == case.operation);
        let route = route.ok_or_else(|| format!("there is no operation `{}`", case.operation))?;
        let mut call = Call::new(&route.method, &route.path);
        call.path_parameters = case.path.into_iter().collect();
        call.query = case.query.into_iter().collect();
        call.headers = case.headers.into_iter().collect();
        call.body = case.body;
        let response = match case.payload {
            None => match route.event(&gateway, &mut call) {
                Ok(event) => {
                    println!("{}", json!({ "event": event }));
                    continue;
                }
                Err(response) => *response,
            },
            Some(payload) => route.respond(&gateway, &call, payload.as_bytes(), true),
        };
        let headers: Value = response.headers.iter().map(|(name, value)| (name.to_lowercase(), json!(value))).collect();
        let body = String::from_utf8_lossy(&response.body);
        println!("{}", json!({ "status": response.status, "headers": headers, "body": body }));
    }
    Ok(())
}
