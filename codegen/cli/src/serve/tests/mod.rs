//! The whole server in front of a real process: this test binary itself, started again as a function.

#![allow(clippy::unwrap_used)]

mod gateway;
mod processes;
mod requests;

use super::{Callers, Exchange, Front, Limits, Options, Output, ServeError, Serving, start, start_within};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The host and the port of an address, and the path behind them.
fn place(address: &str) -> (&str, &str) {
    let address = address.trim_start_matches("http://");
    address.split_at(address.find('/').unwrap_or(address.len()))
}

/// Sends a request and reads the whole answer: its head and its body.
/// The address is one of a server, or that of a Runtime API.
fn http(address: &str, method: &str, path: &str, body: &[u8]) -> std::io::Result<(String, Vec<u8>)> {
    let (address, base) = place(address);
    let mut stream = TcpStream::connect(address)?;
    let length = body.len();
    let head = format!(
        "{method} {base}{path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(answer.len());
    let body = answer.split_off((end + 4).min(answer.len()));
    Ok((String::from_utf8_lossy(&answer).to_lowercase(), body))
}

fn header(head: &str, name: &str) -> String {
    let line = head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    line.unwrap_or_default().to_owned()
}

/// No test but the function: does what its events ask for. Without a Runtime API there is nothing to do.
#[test]
#[expect(clippy::zombie_processes, reason = "what it leaves behind is what is tried")]
fn function() {
    let Ok(api) = env::var("AWS_LAMBDA_RUNTIME_API") else { return };
    let post = |path: &str, body: Value| {
        http(&api, "POST", &format!("/2018-06-01/runtime/{path}"), body.to_string().as_bytes())
    };
    if env::var_os("FAIL_INIT").is_some() {
        post("init/error", json!({ "errorType": "Runtime.InitError", "errorMessage": "no start" })).unwrap();
        std::process::exit(1);
    }
    loop {
        let (head, event) = http(&api, "GET", "/2018-06-01/runtime/invocation/next", b"").unwrap();
        assert!(header(&head, "lambda-runtime-deadline-ms").parse::<u64>().unwrap() > 0);
        assert!(header(&head, "lambda-runtime-invoked-function-arn").starts_with("arn:aws:lambda:"));
        let event: Value = serde_json::from_slice(&event).unwrap();
        let id = header(&head, "lambda-runtime-aws-request-id");
        let respond = |value: Value| post(&format!("invocation/{id}/response"), value).unwrap().0;
        match event["do"].as_str().unwrap_or_default() {
            "error" => {
                let error = json!({ "errorType": "E", "errorMessage": event["message"] });
                post(&format!("invocation/{id}/error"), error).unwrap();
            }
            "exit" => std::process::exit(i32::try_from(event["code"].as_i64().unwrap()).unwrap()),
            "abort" => std::process::abort(),
            "cut" => {
                // The beginning of an answer, and no more.
                let (address, base) = place(&api);
                let mut stream = TcpStream::connect(address).unwrap();
                let path = format!("{base}/2018-06-01/runtime/invocation/{id}/response");
                write!(stream, "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n\"half")
                    .unwrap();
                if event["exit"] == true {
                    std::process::exit(3);
                }
                // It may think better of it.
                drop(stream);
                while !respond(json!("whole")).starts_with("http/1.1 202") {}
            }
            "kill" => {
                std::process::Command::new("sh").args(["-c", "kill -9 $PPID"]).status().unwrap();
            }
            "child" => {
                let mut child = std::process::Command::new("sleep");
                let child = child.arg("600").spawn().unwrap();
                respond(json!({ "child": child.id(), "api": api }));
                if event["exit"] == true {
                    std::process::exit(0);
                }
            }
            "sleep" => {
                std::thread::sleep(Duration::from_millis(event["ms"].as_u64().unwrap()));
                respond(json!(std::process::id()));
            }
            "big" => {
                let head = respond(json!("x".repeat(usize::try_from(event["size"].as_u64().unwrap()).unwrap() - 2)));
                assert_eq!(head.starts_with("http/1.1 413"), event["size"].as_u64().unwrap() > 6_291_556);
            }
            "leave" => {
                respond(json!("left"));
                std::process::exit(0);
            }
            "env" => {
                let variable = event["name"].as_str().unwrap();
                respond(json!(env::var(variable).unwrap_or_default()));
            }
            "pid" => {
                respond(json!(std::process::id()));
            }
            _ => {
                respond(event);
            }
        }
    }
}

const DOCUMENT: &str = r#"{
  "openapi": "3.0.1",
  "paths": {
    "/f": { "post": {
      "operationId": "f",
      "responses": { "200": {}, "500": { "headers": { "x-error-code": {} } } },
      "x-amazon-apigateway-integration": {
        "type": "aws", "httpMethod": "POST", "uri": "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations",
        "responses": {
          "default": { "statusCode": "200" },
          "[\\s\\S]+": {
            "statusCode": "500",
            "responseParameters": { "method.response.header.x-error-code": "'InternalError'" },
            "responseTemplates": { "application/json": "$input.json('$')" }
          }
        }
      }
    } },
    "/slow": { "post": {
      "responses": { "200": {} },
      "x-amazon-apigateway-integration": {
        "type": "aws", "httpMethod": "POST", "uri": "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/f/invocations",
        "timeoutInMillis": 50, "responses": { "default": { "statusCode": "200" } }
      }
    } }
  }
}"#;

/// A file of this test's own that goes with it.
struct Document(PathBuf);

impl Document {
    fn new(text: &str) -> Self {
        let path = env::temp_dir().join(format!("throwback-serve-{}.json", super::id::uuid()));
        fs::write(&path, text).unwrap();
        Self(path)
    }
}

impl Drop for Document {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn options(document: &Document) -> Options {
    let function = env::current_exe().unwrap();
    let arguments = ["--exact", "serve::tests::function", "--nocapture", "--test-threads=1"];
    Options {
        front: Front::Rest,
        openapi: document.0.clone(),
        command: std::iter::once(function.into()).chain(arguments.map(Into::into)).collect(),
        port: 0,
        timeout: Duration::from_secs(20),
        instances: 2,
        environment: vec![("MARK".to_owned(), "here".to_owned())],
        callers: Callers::default(),
        stage_variables: Vec::new(),
        output: Output::Discard,
        observer: Arc::new(|_| {}),
    }
}

/// Sends a request without stopping the server's threads; returns the status and the body.
async fn ask(serving: &Serving, path: &str, body: impl Into<Vec<u8>>) -> (u16, String) {
    let address = serving.url().trim_start_matches("http://").to_owned();
    let (path, body) = (path.to_owned(), body.into());
    let asked = tokio::task::spawn_blocking(move || http(&address, "POST", &path, &body)).await;
    let (head, body) = asked.unwrap().unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), String::from_utf8(body).unwrap())
}

async fn call(serving: &Serving, event: Value) -> (u16, Value) {
    let (status, body) = ask(serving, "/f", event.to_string()).await;
    (status, serde_json::from_str(&body).unwrap())
}

/// Sends these very bytes, and reads the status of the answer.
async fn sent(serving: &Serving, bytes: &str) -> u16 {
    let address = serving.url().trim_start_matches("http://").to_owned();
    let bytes = bytes.to_owned();
    let answer = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(bytes.as_bytes()).unwrap();
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    });
    answer.await.unwrap()[9..].parse().unwrap()
}

/// Sends these very bytes, and reads all that comes until the server closes the connection.
async fn exchanged(serving: &Serving, bytes: String) -> String {
    let address = serving.url().trim_start_matches("http://").to_owned();
    let answer = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(bytes.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    });
    answer.await.unwrap()
}
