//! What a function costs before it answers: the size of its binary, and the time from the start of its process to its first
//! answer, beside the same function written by hand.
//!
//! Each is a package of its own, so that no feature is there for another's sake. The processes run in turn, so that a busy
//! machine slows all of them alike. `-- --instructions` counts what a process does up to its first answer, in place of time.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::env::consts::EXE_SUFFIX;
use std::ffi::OsStr;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Instant;
use throwback_gateway::{Call, Front};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::task::JoinSet;

/// Processes of which the median is taken.
const REPEATS: usize = 40;

/// The same where callgrind counts: what differs is the order of a few system calls.
const COUNTS: usize = 3;

/// A front that has no routes of its own, and so needs no document.
const FRONT: Front = Front::FunctionUrl;

const SHOP: (&str, &str) = ("shop", include_str!("function/shop.rs"));
const PROBLEMS: (&str, &str) = ("problems", include_str!("function/problems.rs"));
const OURS: (&str, &str) = ("ours", include_str!("function/ours.rs"));
const ROUTED: (&str, &str) = ("routed", include_str!("function/routed.rs"));
const MATCHED: (&str, &str) = ("matched", include_str!("function/matched.rs"));

/// What all of them depend on.
const COMMON: &str = r#"
serde = { version = "1", features = ["derive"] }
thiserror = "2"
tokio = { version = "1", default-features = false, features = ["macros", "rt"] }
"#;

const LAMBDA_HTTP: &str = r#"
lambda_http = { version = "1", default-features = false, features = ["alb", "apigw_http", "apigw_rest", "tracing"] }
serde_json = "1"
"#;

const AXUM: &str = r#"axum = { version = "0.8", default-features = false, features = ["json", "query"] }"#;

/// A function that is there to be started.
struct Function {
    title: &'static str,
    binary: PathBuf,
    measured: Vec<u128>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).display().to_string();
    let throwback = format!("throwback = {{ path = {runtime:?}, features = [\"lambda\"] }}");
    let own = "throwback::lambda::run(ours::operations())";
    let logged = |run: &str| format!("lambda_http::tracing::init_default_subscriber();\n    lambda_http::run({run})");
    let mut functions = [
        Function::build("throwback", &[SHOP, OURS], &[&throwback], own),
        Function::build(
            "lambda_http and axum",
            &[SHOP, PROBLEMS, ROUTED],
            &[LAMBDA_HTTP, AXUM],
            &logged("routed::app()"),
        ),
        Function::build(
            "lambda_http and a match",
            &[SHOP, PROBLEMS, MATCHED],
            &[LAMBDA_HTTP],
            &logged("lambda_http::service_fn(matched::answer)"),
        ),
    ];
    let mut call = Call::new("GET", "/orders/42");
    call.headers.insert("Accept".to_owned(), "application/json".to_owned());
    call.headers.insert("Host".to_owned(), "api.example.com".to_owned());
    let event = FRONT.event(&call, None);
    let counts = std::env::args().any(|argument| argument == "--instructions");
    for _ in 0..if counts { COUNTS } else { REPEATS } {
        let mut expected = None;
        for function in &mut functions {
            let (measured, answer) = if counts { function.count(&event).await } else { function.time(&event).await };
            let answer = FRONT.respond(&call, &answer, false);
            let answer = (answer.status, answer.body);
            assert_eq!(answer.0, 200, "{}", function.title);
            assert_eq!(answer, *expected.get_or_insert_with(|| answer.clone()), "{} answers the same", function.title);
            function.measured.push(measured);
        }
    }
    println!("{:40}{:>14}{:>20}\n", "", "binary", if counts { "instructions" } else { "first answer" });
    let all = functions.each_ref().map(|function| (function.size(), median(&function.measured)));
    for (function, (size, measured)) in functions.iter().zip(all) {
        let measured = if counts { measured.to_string() } else { format!("{:.2} ms", float(measured) / 1e6) };
        println!("{:40}{:>11} kB{measured:>20}", function.title, size / 1_000);
    }
    let [ours, by_hand @ ..] = all;
    for (function, (size, measured)) in functions.iter().skip(1).zip(by_hand) {
        let title = format!("throwback / {}", function.title);
        println!("{title:40}{:>14.2}{:>20.2}", float(ours.0) / float(size), float(ours.1) / float(measured));
    }
}

impl Function {
    /// Builds a package whose main function runs one of the modules.
    fn build(title: &'static str, modules: &[(&str, &str)], dependencies: &[&str], run: &str) -> Self {
        let name = title.replace(' ', "-");
        let cold = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cold");
        let folder = cold.join(&name);
        std::fs::create_dir_all(folder.join("src")).unwrap();
        let dependencies = dependencies.join("\n");
        let manifest = format!(
            "[package]\nname = \"function-{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [profile.release]\nstrip = true\n\n[dependencies]{COMMON}{dependencies}\n"
        );
        write(&folder.join("Cargo.toml"), &manifest);
        // The same versions for all.
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        std::fs::copy(lock, folder.join("Cargo.lock")).unwrap();
        for (module, text) in modules {
            write(&folder.join("src").join(module).with_extension("rs"), text);
        }
        let modules: String = modules.iter().map(|(module, _)| format!("mod {module};\n")).collect();
        let main = format!(
            "{modules}\n#[tokio::main(flavor = \"current_thread\")]\n\
             async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {{\n    {run}.await\n}}\n"
        );
        write(&folder.join("src/main.rs"), &main);
        let target = cold.join("target");
        let status = std::process::Command::new(env!("CARGO"))
            .args(["build", "--release", "--quiet"])
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", &target)
            .status();
        assert!(status.unwrap().success(), "{} does not build", folder.display());
        Self {
            title,
            binary: target.join("release").join(format!("function-{name}{EXE_SUFFIX}")),
            measured: Vec::new(),
        }
    }

    fn size(&self) -> u128 {
        self.binary.metadata().unwrap().len().into()
    }

    /// Nanoseconds from the start to the first answer, and that answer.
    async fn time(&self, event: &str) -> (u128, Vec<u8>) {
        let started = Instant::now();
        let mut first = First::of(&self.binary, &[], event).await;
        first.process.kill().await.unwrap();
        ((first.answer.at - started).as_nanos(), first.answer.body)
    }

    /// Instructions up to the first answer, and that answer.
    async fn count(&self, event: &str) -> (u128, Vec<u8>) {
        let arguments = ["--tool=callgrind", "--callgrind-out-file=/dev/null"].map(OsStr::new);
        let arguments = [&arguments[..], &[self.binary.as_os_str()]].concat();
        let First { process, answer } = First::of("valgrind".as_ref(), &arguments, event).await;
        // Valgrind tells its count where it is asked to end, not where it is killed.
        let id = process.id().unwrap_or_else(|| panic!("valgrind ended by itself")).to_string();
        assert!(std::process::Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let output = process.wait_with_output().await.unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        let count = said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
        (count.unwrap_or_else(|| panic!("valgrind counts nothing: {said}")), answer.body)
    }
}

/// A process that has answered one event, and waits.
struct First {
    process: Child,
    answer: Answer,
}

struct Answer {
    at: Instant,
    body: Vec<u8>,
    /// A process whose connection breaks would fail, and say so.
    _connection: BufReader<TcpStream>,
}

impl First {
    /// Starts a process and plays the Lambda Runtime API to it.
    async fn of(program: &Path, arguments: &[&OsStr], event: &str) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let event = Arc::new(Mutex::new(Some(event.to_owned())));
        let mut process = Command::new(program)
            .args(arguments)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
            .env("AWS_LAMBDA_FUNCTION_NAME", "function")
            .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
            .env("AWS_LAMBDA_RUNTIME_API", listener.local_addr().unwrap().to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            // Valgrind's own words are wanted; what a function says of a failure is for whoever looks on.
            .stderr(if arguments.is_empty() { Stdio::inherit() } else { Stdio::piped() })
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{} can't be run: {error}", program.display()));
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                biased;
                accepted = listener.accept() => drop(connections.spawn(talk(accepted.unwrap().0, Arc::clone(&event)))),
                Some(ended) = connections.join_next() => if let Ok(Some(answer)) = ended {
                    return Self { process, answer };
                },
                status = process.wait() => panic!("{} ended without an answer: {status:?}", program.display()),
            }
        }
    }
}

/// Answers what comes on one connection, until it is the answer to the event; nothing where it ends before.
async fn talk(stream: TcpStream, event: Arc<Mutex<Option<String>>>) -> Option<Answer> {
    let mut stream = BufReader::new(stream);
    loop {
        let (mut head, mut length) = (String::new(), 0);
        while !head.ends_with("\r\n\r\n") {
            let start = head.len();
            if stream.read_line(&mut head).await.ok()? == 0 {
                return None;
            }
            let line = head[start..].to_ascii_lowercase();
            length = line.strip_prefix("content-length:").map_or(Some(length), |text| text.trim().parse().ok())?;
        }
        if head.starts_with("POST ") {
            let mut body = vec![0; length];
            stream.read_exact(&mut body).await.ok()?;
            return Some(Answer { at: Instant::now(), body, _connection: stream });
        }
        let given = event.lock().unwrap().take();
        // There is no second event.
        let Some(event) = given else { return std::future::pending().await };
        let response = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
             lambda-runtime-aws-request-id: 8f2e61c0-5b1d-4c8e-9d53-2f1c7a90b6e4\r\n\
             lambda-runtime-deadline-ms: 4102444800000\r\n\
             lambda-runtime-invoked-function-arn: arn:aws:lambda:us-east-1:123456789012:function:function\r\n\
             lambda-runtime-trace-id: Root=1-65e44b34-2f1c7a90b6e48f2e61c05b1d\r\n\r\n{event}",
            event.len()
        );
        stream.write_all(response.as_bytes()).await.ok()?;
    }
}

/// Writes a file, unless it has that text already and cargo would build for nothing.
fn write(path: &Path, text: &str) {
    if std::fs::read_to_string(path).ok().as_deref() != Some(text) {
        std::fs::write(path, text).unwrap();
    }
}

fn median(measured: &[u128]) -> u128 {
    let mut measured = measured.to_vec();
    measured.sort_unstable();
    measured[measured.len() / 2]
}

/// None of these numbers is as large as what a float can't hold.
#[expect(clippy::cast_precision_loss)]
fn float(number: u128) -> f64 {
    number as f64
}
