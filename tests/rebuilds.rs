//! When cargo runs a build script of ours again: if something that it read has changed, and not otherwise.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::TempDir;

/// A workspace of a function and a crate whose types it names. There is one at a time: cargo tells two packages of one name and
/// place apart by nothing that counts in a target folder that they share.
struct Workspace(TempDir, #[expect(dead_code, reason = "it is held")] MutexGuard<'static, ()>);

static TURN: Mutex<()> = Mutex::new(());

impl Workspace {
    fn new() -> Self {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let this = Self(tempfile::tempdir().unwrap(), turn);
        let codegen = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen");
        this.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"function\", \"types\"]\n");
        this.write(
            "function/Cargo.toml",
            &format!(
                "[package]\nname = \"rebuilt-function\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                 [build-dependencies]\nthrowback-codegen = {{ path = {} }}\n",
                toml::Value::from(codegen.to_str().unwrap())
            ),
        );
        // The source that is read is not compiled, so that nothing but the generator has to be.
        this.write("function/build.rs", "fn main() {\n    throwback_codegen::Builder::new().source(\"api/main.rs\").krate(\"../types\").run();\n}\n");
        this.write("function/src/lib.rs", "");
        this.write("function/api/main.rs", API);
        this.write("function/api/errors.rs", ERRORS);
        this.write(
            "types/Cargo.toml",
            "[package]\nname = \"rebuilt-types\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
        );
        this.write("types/src/lib.rs", TYPES);
        // The versions that are there.
        fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock"), this.path("Cargo.lock")).unwrap();
        this
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Whether cargo finds the code right, and what it says.
    fn cargo(&self, arguments: &[&str]) -> (bool, String) {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        let output = Command::new(env!("CARGO"))
            .args(["check", "--offline"])
            .args(arguments)
            .current_dir(self.0.path())
            .env("CARGO_TARGET_DIR", target)
            .env_remove("RUSTFLAGS")
            .output()
            .unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// What cargo says of the function: `Fresh`, or what else it did.
    fn check(&self) -> String {
        let (success, said) = self.cargo(&["--verbose", "--package", "rebuilt-function"]);
        assert!(success, "{said}");
        let line = said.lines().find(|line| line.contains(" rebuilt-function v") && !line.contains("Running"));
        line.unwrap_or_else(|| panic!("{said}")).trim().split(' ').next().unwrap().to_owned()
    }
}

const API: &str = r#"
mod errors;

#[throwback::operation(GET, "/orders/{order_id}")]
async fn get_order(_: LambdaEvent<Payload<rebuilt_types::GetOrder>>) -> Result<(), errors::GetOrderError> {
    Ok(())
}
"#;

const ERRORS: &str = r#"
#[derive(Debug, thiserror::Error, ApiError)]
pub enum GetOrderError {
    #[error("no such order")]
    #[api_error(status = 404)]
    OrderNotFound,
}
"#;

const TYPES: &str = "#[derive(serde::Deserialize)]\npub struct GetOrder {\n    pub order_id: String,\n}\n";

#[test]
fn a_build_script_runs_again_when_something_that_it_read_has_changed_and_not_otherwise() {
    let workspace = Workspace::new();
    assert_ne!(workspace.check(), "Fresh");
    assert_eq!(workspace.check(), "Fresh", "nothing has changed");
    // What is there and was not read.
    workspace.write("function/notes.txt", "x");
    workspace.write("types/src/other.rs", "x");
    assert_eq!(workspace.check(), "Fresh", "nothing that was read has changed");

    let changes = [
        ("function/api/main.rs", API.replace("/orders/", "/order/")),
        ("function/api/errors.rs", ERRORS.replace("404", "410")),
        ("types/src/lib.rs", TYPES.replace("String", "u64")),
        ("types/Cargo.toml", workspace_manifest(&workspace, "types/Cargo.toml")),
        ("Cargo.toml", workspace_manifest(&workspace, "Cargo.toml")),
    ];
    for (path, text) in changes {
        // cargo compares times, some file systems to the second.
        std::thread::sleep(std::time::Duration::from_millis(1100));
        workspace.write(path, &text);
        assert_ne!(workspace.check(), "Fresh", "{path} has changed");
        assert_eq!(workspace.check(), "Fresh", "after {path}");
    }
    workspace.write("function/throwback.toml", "cors = \"*\"\n");
    workspace.write("function/api/errors.rs", ERRORS);
    workspace.check();
    assert_eq!(workspace.check(), "Fresh");
    std::thread::sleep(std::time::Duration::from_millis(1100));
    workspace.write("function/throwback.toml", "cors = \"https://shop.example.com\"\n");
    assert_ne!(workspace.check(), "Fresh", "the configuration has changed");
}

/// A caller is checked against the errors that the function has now, in the very next run.
#[test]
fn a_renamed_error_breaks_its_caller_at_once() {
    let workspace = Workspace::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let path = |folder: &str| toml::Value::from(root.join(folder).to_str().unwrap());
    workspace.write("Cargo.toml", "[workspace]\nresolver = \"3\"\nmembers = [\"function\", \"client\", \"caller\"]\n");
    workspace.write("function/throwback.toml", "sources = [\"api/main.rs\"]\ncrates = [\"../types\"]\n");
    workspace.write("function/build.rs", "fn main() {\n    throwback_codegen::Builder::new().run();\n}\n");
    let package =
        |name: &str| format!("[package]\nname = \"rebuilt-{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    workspace.write(
        "client/Cargo.toml",
        &format!(
            "{}\n[dependencies]\nthrowback = {{ path = {}, default-features = false, features = [\"client\"] }}\n\n\
             [build-dependencies]\nthrowback-codegen = {{ path = {} }}\n",
            package("client"),
            path("runtime"),
            path("codegen")
        ),
    );
    workspace.write("client/build.rs", "fn main() {\n    throwback_codegen::Client::of(\"../function\").run();\n}\n");
    workspace.write("client/src/lib.rs", "include!(concat!(env!(\"OUT_DIR\"), \"/client.rs\"));\n");
    workspace.write(
        "caller/Cargo.toml",
        &format!("{}\n[dependencies]\nrebuilt-client = {{ path = \"../client\" }}\n", package("caller")),
    );
    workspace.write(
        "caller/src/lib.rs",
        "pub fn is_gone(error: &rebuilt_client::GetOrderError) -> bool {\n    \
         matches!(error, rebuilt_client::GetOrderError::OrderNotFound(_))\n}\n",
    );
    let (success, said) = workspace.cargo(&["--workspace"]);
    assert!(success && !said.contains("warning"), "{said}");

    std::thread::sleep(std::time::Duration::from_millis(1100));
    workspace.write("function/api/errors.rs", &ERRORS.replace("OrderNotFound", "NoSuchOrder"));
    let (success, said) = workspace.cargo(&["--workspace"]);
    assert!(!success && said.contains("named `OrderNotFound` found for enum `GetOrderError`"), "{said}");

    // What build.rs alone says, the client's crate would not know.
    let builder = "throwback_codegen::Builder::new().name(\"shop\").run();";
    workspace.write("function/build.rs", &format!("fn main() {{\n    {builder}\n}}\n"));
    let (success, said) = workspace.cargo(&["--package", "rebuilt-client"]);
    assert!(!success && said.contains("only build.rs says `name`") && said.contains("build.rs:2:39"), "{said}");
}

/// The same manifest with a comment.
fn workspace_manifest(workspace: &Workspace, path: &str) -> String {
    fs::read_to_string(workspace.path(path)).unwrap() + "# changed\n"
}
