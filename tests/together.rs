//! Generated clients in one build, as a caller of several APIs has them.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::fs;
use std::path::Path;
use std::process::Command;
use throwback_codegen::contract::Contract;
use throwback_codegen::{Options, emitted};

/// An API that declares no error and no type.
const BARE: &str = r#"{"contract": 2, "name": "bare", "version": "1.0.0", "sets": [], "errors": [], "types": [], "operations": [
    {"name": "ping", "method": "GET", "path": "/", "input": {"ty": "unit", "body": false}, "output": "unit", "status": 200}
]}"#;

/// The clients ask for versions of the runtime that are compatible, as two patches of the generator write them; all get
/// the one runtime that there is, and a failure of one is a failure of the other's. rustc has nothing to say of any.
#[test]
fn clients_share_one_runtime() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let of = |api: &str| fs::read_to_string(Path::new(env!("OUT_DIR")).join(format!("{api}.contract.json"))).unwrap();
    for (api, contract, asked) in
        [("echo", of("echo"), "\"0.1\""), ("zoo", of("zoo"), "\"0.1.0\""), ("bare", BARE.to_owned(), "\"0.1\"")]
    {
        let vectors = format!("{api}.vectors.json");
        let options = Options::default().output("rust-client", api).output("vectors", vectors);
        for (path, text) in emitted(&Contract::read(&contract).unwrap(), &options).unwrap() {
            let text = if path.ends_with("Cargo.toml") { text.replace("\"0.1\"", asked) } else { text };
            write(path.to_str().unwrap(), &text);
        }
    }
    write(
        "Cargo.toml",
        &format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\"bare\", \"echo\", \"zoo\", \"caller\"]\n\n\
             [patch.crates-io]\nthrowback = {{ path = {} }}\n",
            toml::Value::from(root.join("runtime").to_str().unwrap())
        ),
    );
    write(
        "caller/Cargo.toml",
        "[package]\nname = \"caller\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\necho-client = { path = \"../echo\" }\nzoo-client = { path = \"../zoo\" }\n",
    );
    write(
        "caller/src/lib.rs",
        "pub fn same(one: echo_client::Failure<zoo_client::ZooError>) -> zoo_client::Failure<zoo_client::ZooError> {\n    \
         one\n}\n",
    );
    fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--workspace", "--all-targets"])
        .current_dir(folder.path())
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap())
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !said.contains("warning:"), "{said}");
    let lock = fs::read_to_string(folder.path().join("Cargo.lock")).unwrap();
    assert_eq!(lock.matches("name = \"throwback\"").count(), 1);
}
