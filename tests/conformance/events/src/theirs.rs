//! What a function of ours makes of the samples of others.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use throwback::lambda_runtime::{Context, LambdaEvent, Service};
use throwback::{InternalError, Operations, Payload, Request, operation, operations};

/// What was seen of a request.
#[derive(Debug, Serialize)]
struct Seen {
    parts: Vec<String>,
    agent: Option<String>,
    user: Option<String>,
    claim: Option<String>,
    said: Option<String>,
}

#[derive(Deserialize)]
pub struct Two {
    first: String,
    second: String,
}

fn seen(parts: Vec<String>, request: &Request) -> Seen {
    let text = |text: Option<&str>| text.map(ToOwned::to_owned);
    let caller = request.caller();
    Seen {
        parts,
        agent: text(request.user_agent()),
        user: text(caller.user_arn()),
        claim: text(caller.claim("claim1")),
        said: text(caller.authorizer("key")),
    }
}

#[operation(GET, "/")]
async fn root(request: Request) -> Result<Seen, InternalError> {
    Ok(seen(Vec::new(), &request))
}

#[operation(GET, "/{first}/{second}")]
async fn two(request: Request, Payload(two): Payload<Two>) -> Result<Seen, InternalError> {
    Ok(seen(vec![two.first, two.second], &request))
}

#[operation(POST, "/{first}/{second}")]
async fn post(request: Request, Payload(two): Payload<Two>) -> Result<Seen, InternalError> {
    Ok(seen(vec![two.first, two.second], &request))
}

/// Some samples, and what has to be seen of them.
fn known() -> Vec<(&'static str, Value)> {
    vec![
        ("example-alb-lambda-target-request-headers-only.json", json!({ "parts": [], "agent": "curl/7.54.0" })),
        ("example-alb-lambda-target-request-multivalue-headers.json", json!({ "parts": [], "agent": "curl/7.54.0" })),
        ("example-apigw-v2-request-jwt-authorizer.json", json!({ "parts": ["my", "path"], "claim": "value1" })),
        (
            "example-apigw-v2-request-iam.json",
            json!({ "parts": ["my", "path"], "user": "arn:aws:iam::1234567890:user/Admin" }),
        ),
        ("example-apigw-v2-request-lambda-authorizer.json", json!({ "parts": ["my", "path"], "said": "value" })),
        ("lambda_function_url_request.json", json!({ "parts": ["my", "path"], "agent": "curl/7.68.0" })),
        ("apigw_v2_proxy_request_minimal.json", json!({ "parts": [] })),
    ]
}

/// How many samples were read, and what is wrong.
pub async fn checked() -> (usize, Vec<String>) {
    let (mut read, mut wrong, mut missing) = (0, Vec::new(), known());
    for path in samples() {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let Ok(event) = serde_json::from_str::<Value>(&text) else { continue };
        // Web sockets and authorizers have events of their own, as answers have.
        let is_http = event["requestContext"].is_object()
            && event["requestContext"]["connectionId"].is_null()
            && (event["httpMethod"].is_string() || event["requestContext"]["http"].is_object())
            && (event["type"].is_null());
        if !is_http {
            continue;
        }
        read += 1;
        let reply = answer(&text).await;
        if !reply["statusCode"].is_number() {
            wrong.push(format!("{name}: it was taken for none of HTTP: {reply}"));
            continue;
        }
        if let Some(at) = missing.iter().position(|(known, _)| *known == name) {
            let (_, expected) = missing.remove(at);
            let found: Value = serde_json::from_str(reply["body"].as_str().unwrap_or_default()).unwrap_or_default();
            for (member, value) in expected.as_object().into_iter().flatten() {
                if found[member] != *value {
                    wrong.push(format!("{name}: `{member}` is {}, and has to be {value}", found[member]));
                }
            }
        }
    }
    wrong.extend(missing.into_iter().map(|(name, _)| format!("{name} is not among the samples")));
    (read, wrong)
}

async fn answer(event: &str) -> Value {
    let operations: Operations = operations![root, two, post];
    let event = event.parse().unwrap_or_else(|error| panic!("{error}"));
    match throwback::lambda::service(operations).call(LambdaEvent::new(event, Context::default())).await {
        Ok(output) => serde_json::from_str(output.get()).unwrap_or_default(),
        Err(thrown) => json!(format!("{thrown:?}")),
    }
}

/// The samples that the two crates come with.
fn samples() -> Vec<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let output =
        Command::new(cargo).args(["metadata", "--format-version", "1", "--manifest-path"]).arg(manifest).output();
    let output = output.unwrap_or_else(|error| panic!("cargo metadata: {error}"));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let folder = |krate: &str, inside: &str| {
        let packages = metadata["packages"].as_array().into_iter().flatten();
        let manifest =
            packages.filter(|package| package["name"] == krate).find_map(|package| package["manifest_path"].as_str());
        Path::new(manifest.unwrap_or_default()).with_file_name(inside)
    };
    let mut samples = Vec::new();
    for folder in [folder("aws_lambda_events", "src/fixtures"), folder("lambda_http", "tests/data")] {
        let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        samples.extend(entries.flatten().map(|entry| entry.path()));
    }
    samples.sort();
    samples
}
