//! The README's first minutes, as somebody takes them who has never seen this repository: its code blocks in crates of their
//! own, outside of it and without a workspace.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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

    /// Runs cargo; what it says, and the program.
    fn cargo(&self, command: &str) {
        let output = Command::new(env!("CARGO"))
            .args([command, "--offline", "--quiet"])
            .current_dir(&self.0)
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("existing"))
            .env_remove("RUSTFLAGS")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
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

#[test]
fn the_readme_is_followed_from_its_first_line() {
    let folder = tempfile::tempdir().unwrap();
    let (rust, configuration) = (blocks("rust"), blocks("toml"));
    let [enum_alone, build, of_client, decoding, operations, catching, ..] = &*rust else { panic!("{rust:#?}") };
    let include = "include!(concat!(env!(\"OUT_DIR\"), \"/client.rs\"));\n";

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
    caller.write("src/orders_client.rs", include);
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
