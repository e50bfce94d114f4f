//! A function that fails: at its start as `INIT` says, later as its caller asks. `FUNCTION` chooses another one.

use std::io::{Read, Write};
use std::net::TcpStream;
use throwback::{lambda_runtime, operations};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    let set = |name: &str| std::env::var(name).unwrap_or_default();
    match set("INIT").as_str() {
        "error" => return Err("the key under the mat".into()),
        "exit" => std::process::exit(3),
        "panic" => panic!("the key under the mat"),
        "report" => report()?,
        _ => {}
    }
    if set("PANIC") == "abort" {
        // What `panic = "abort"` does: the process dies of SIGABRT before anything unwinds. A profile cannot be had for
        // one binary alone.
        std::panic::set_hook(Box::new(|_| std::process::abort()));
    }
    match set("FUNCTION").as_str() {
        "old" => run_old().await,
        "new" => run_new().await,
        _ => run_failing().await,
    }
}

async fn run_failing() -> Result<(), lambda_runtime::Error> {
    use throwback_tests::failing::{act, look, odd};
    throwback::lambda::run(operations![look, act, odd]).await
}

async fn run_old() -> Result<(), lambda_runtime::Error> {
    use throwback_tests::skew::old::{look, take};
    throwback::lambda::run(operations![look, take]).await
}

async fn run_new() -> Result<(), lambda_runtime::Error> {
    use throwback_tests::skew::new::{look, take};
    throwback::lambda::run(operations![look, take]).await
}

/// Tells Lambda itself that the start failed, as runtimes of other languages do, and ends.
fn report() -> std::io::Result<()> {
    let body = r#"{"errorType":"Runtime.InitError","errorMessage":"RequestId:  Error: the key under the mat"}"#;
    let api = std::env::var("AWS_LAMBDA_RUNTIME_API").unwrap_or_default();
    let api = api.trim_start_matches("http://");
    let (address, base) = api.split_at(api.find('/').unwrap_or(api.len()));
    let mut stream = TcpStream::connect(address)?;
    let length = body.len();
    write!(
        stream,
        "POST {base}/2018-06-01/runtime/init/error HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    )?;
    stream.read_to_end(&mut Vec::new())?;
    std::process::exit(1)
}
