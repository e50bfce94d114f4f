//! The README's first minutes, as somebody takes them who has never seen this repository: its code blocks in crates of their
//! own, outside of it and without a workspace.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use throwback_cli::serve::{Callers, Front, Options, Output, start};

const README: &str = include_str!("../README.md");

/// The code blocks of a language, in their order.
fn blocks(language: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = README.lines();
    while let Some(line) = lines.next() {
        let Some(of) = line.strip_prefix("```").filter(|of| !of.is_empty()) else { continue };
        let text: Vec<_> = lines.by_ref().take_while(|line| *line != "```").collect();
        if of.split(',').next() == Some(language) {
            found.push(text.join("\n") + "\n");
        }
    }
    found
}

/// The code block of a language that holds this.
fn block(language: &str, holds: &str) -> String {
    blocks(language).into_iter().find(|block| block.contains(holds)).unwrap()
}

/// The target folder of all such crates.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("existing")
}

/// A crate without a workspace.
struct Lone(PathBuf);

impl Lone {
    fn new(folder: &Path, name: &str, dependencies: &str) -> Self {
        let this = Self(folder.join(name));
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let path = |folder: &str| toml::Value::from(root.join(folder).to_str().unwrap()).to_string();
        let dependencies = dependencies.replace("RUNTIME", &path("runtime"));
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n\
             [build-dependencies]\nthrowback-codegen = {{ path = {} }}\n",
            path("codegen")
        );
        this.write("Cargo.toml", &manifest);
        // The versions that are there.
        fs::copy(root.join("Cargo.lock"), this.0.join("Cargo.lock")).unwrap();
        this
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap()
    }

    /// Runs cargo.
    fn cargo(&self, command: &str) {
        self.cargo_with(command, &[]);
    }

    /// Runs cargo with variables for the program.
    fn cargo_with(&self, command: &str, environment: &[(&str, &str)]) {
        let output = Command::new(env!("CARGO"))
            .args([command, "--offline", "--quiet"])
            .current_dir(&self.0)
            .env("CARGO_TARGET_DIR", target())
            .envs(environment.iter().copied())
            .env_remove("RUSTFLAGS")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Builds the program; where it is.
    fn built(&self) -> PathBuf {
        self.cargo("build");
        let name = self.0.file_name().unwrap();
        target().join("debug").join(name).with_extension(std::env::consts::EXE_EXTENSION)
    }
}

const FUNCTION: &str = r#"serde = { version = "1", features = ["derive"] }
serde_json = "1"
thiserror = "2"
throwback = { path = RUNTIME, features = ["lambda"] }
tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
"#;

const CALLER: &str = r#"serde_json = "1"
throwback = { path = RUNTIME, default-features = false, features = ["client", "reqwest"] }
"#;

const INCLUDE: &str = "include!(concat!(env!(\"OUT_DIR\"), \"/client.rs\"));\n";

const BUILD: &str = "fn main() {\n    throwback_codegen::Builder::new().run();\n}\n";

/// The tests of the program call what the README shows of it.
#[test]
fn the_program_in_go_is_the_example() {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/orders-go-demo/main.go");
    assert!(fs::read_to_string(program).unwrap().contains(&block("go", "func show")));
}

/// As in Go: its tests call it.
#[test]
fn the_program_in_python_is_the_example() {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/orders-python-demo/show.py");
    assert!(fs::read_to_string(program).unwrap().contains(&block("python", "def show")));
}

#[test]
fn the_program_in_java_is_the_example() {
    let program = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../examples/orders-java-demo/src/main/java/com/example/demo/Show.java");
    let program = fs::read_to_string(program).unwrap();
    for line in block("java", "OrdersClient").lines() {
        assert!(program.contains(line), "{line}");
    }
}

#[test]
fn the_readme_is_followed_from_its_first_line() {
    let folder = tempfile::tempdir().unwrap();
    let (rust, configuration) = (blocks("rust"), blocks("toml"));
    let [enum_alone, build, of_client, decoding, operations, catching, ..] = &*rust else { panic!("{rust:#?}") };

    // An enum is enough.
    let function = Lone::new(folder.path(), "orders", FUNCTION);
    function.write("src/main.rs", enum_alone);
    function.write("build.rs", build);
    function.write("throwback.toml", &configuration[0]);
    function.cargo("check");
    let shown = blocks("json").remove(0);
    let (shown, written): (serde_json::Value, serde_json::Value) = (
        serde_json::from_str(&shown).unwrap(),
        serde_json::from_str(&function.read("generated/responses/sets/GetOrderError/404.integration-response.json"))
            .unwrap(),
    );
    for key in ["statusCode", "selectionPattern", "responseParameters"] {
        assert_eq!(shown[key], written[key], "the README shows what comes out");
    }
    let template =
        |value: &serde_json::Value| value["responseTemplates"]["application/json"].as_str().unwrap().to_owned();
    assert!(template(&written).starts_with(template(&shown).trim_end_matches('…')));

    let caller = Lone::new(folder.path(), "caller", CALLER);
    caller.write("build.rs", of_client);
    caller.write("src/orders_client.rs", INCLUDE);
    let answer = r##"
fn main() {
    let mut response = Response::new(br#"{"code":"OrderNotFound","status":404,"order_id":"7"}"#.to_vec());
    *response.status_mut() = throwback::client::http::StatusCode::NOT_FOUND;
    response.headers_mut().insert("x-error-code", "OrderNotFound".parse().unwrap());
    assert_eq!(id(&response), None);
    assert_eq!(id(&Response::new(br#"{"id":"42"}"#.to_vec())).as_deref(), Some("42"));
}
"##;
    let inside = |code: &str| {
        format!("mod orders_client;\n\n{}", code.replace("use orders_client::", "use crate::orders_client::"))
    };
    caller.write("src/main.rs", &(inside(decoding) + answer));
    caller.cargo("run");

    // With operations.
    function.write("src/main.rs", operations);
    function.write("throwback.toml", &configuration[1].replace("../orders-client", "generated/orders-client"));
    function.cargo("check");
    assert!(function.read("generated/openapi.json").contains("/orders/{order_id}"));
    caller.write("src/main.rs", &(inside(catching) + "\nfn main() {\n    drop(order(\"42\"));\n}\n"));
    caller.cargo("run");
}

/// The conformance of the TypeScript client compiles the program and runs it.
#[test]
fn the_program_in_typescript_is_the_one_that_is_run() {
    let program = include_str!("../examples/orders-typescript-caller/caller.ts");
    assert_eq!(block("ts", "async function"), program);
}

/// A caller of the API beside him, who reads what there is and what there is not.
fn caller(folder: &Path, of: &str, calls: &str) -> Lone {
    let caller = Lone::new(folder, &format!("{of}-caller"), CALLER_OF_FORMS);
    let build = format!("fn main() {{\n    throwback_codegen::Client::of(\"../{of}\").run();\n}}\n");
    caller.write("build.rs", &build);
    caller.write("src/client.rs", INCLUDE);
    caller.write(
        "src/main.rs",
        &format!(
            "mod client;\n\nuse client::{{Client, Failure}};\n\n#[tokio::main(flavor = \"current_thread\")]\nasync fn main() {{\n    \
             let client = Client::connect(std::env::var(\"API\").unwrap()).unwrap();\n{calls}}}\n"
        ),
    );
    caller
}

const CALLER_OF_FORMS: &str = r#"throwback = { path = RUNTIME, default-features = false, features = ["client", "reqwest"] }
tokio = { version = "1", features = ["macros", "rt"] }
"#;

/// The function behind an HTTP API, as it stands there.
#[tokio::test(flavor = "multi_thread")]
async fn the_form_of_an_http_api_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    let function = Lone::new(folder.path(), "teas", FUNCTION);
    function.write("src/main.rs", &block("rust", "operations![get_tea]"));
    function.write("build.rs", BUILD);
    function.write("throwback.toml", &block("toml", "front = \"http-api\""));
    let binary = function.built();
    let serving = start(Options {
        front: Front::HttpApi,
        openapi: function.0.join("generated/openapi.json"),
        command: vec![binary.into()],
        port: 0,
        timeout: Duration::from_secs(20),
        instances: 1,
        environment: Vec::new(),
        callers: Callers::default(),
        stage_variables: Vec::new(),
        output: Output::Discard,
        observer: Arc::new(|_| {}),
    })
    .await
    .unwrap();
    let calls = r#"    assert_eq!(client.get_tea("1").await.unwrap().name, "Darjeeling");
    let Err(Failure::Api(client::GetTeaError::TeaNotFound(error))) = client.get_tea("2").await else { panic!() };
    assert_eq!((error.tea_id.as_str(), error.detail()), ("2", "there is no tea 2"));
"#;
    let (caller, url) = (caller(folder.path(), "teas", calls), serving.url());
    tokio::task::spawn_blocking(move || caller.cargo_with("run", &[("API", &url)])).await.unwrap();
    serving.stop().await;
}

/// The server on axum, on another port.
#[test]
fn the_form_of_axum_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    let server = Lone::new(folder.path(), "shop", SERVER);
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let code = block("rust", "routes![read_order]");
    assert!(code.contains("127.0.0.1:3000"), "{code}");
    server.write("src/main.rs", &code.replace("127.0.0.1:3000", &free));
    server.write("build.rs", BUILD);
    server.write("throwback.toml", "front = \"axum\"\n");
    let calls = r#"    assert_eq!(client.read_order("42").await.unwrap(), "42");
    let Err(Failure::Api(client::ReadOrderError::OrderNotFound(error))) = client.read_order("7").await else { panic!() };
    assert_eq!(error.detail(), "order 7 does not exist");
"#;
    let caller = caller(folder.path(), "shop", calls);
    let mut running = Command::new(server.built()).stdin(Stdio::null()).spawn().unwrap();
    let listens = (0..500).any(|_| {
        std::thread::sleep(Duration::from_millis(20));
        std::net::TcpStream::connect(&free).is_ok()
    });
    let ran = std::panic::catch_unwind(|| caller.cargo_with("run", &[("API", &format!("http://{free}"))]));
    running.kill().unwrap();
    running.wait().unwrap();
    assert!(listens && ran.is_ok(), "{ran:?}");
}

const SERVER: &str = r#"axum = { version = "0.8", default-features = false, features = ["http1", "tokio"] }
serde = { version = "1", features = ["derive"] }
thiserror = "2"
throwback = { path = RUNTIME, features = ["axum"] }
tokio = { version = "1", features = ["macros", "net", "rt-multi-thread"] }
"#;
