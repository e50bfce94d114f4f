//! A project as it was before it knew of throwback, and what it takes to move it over: `tests/existing`, and in its folder
//! `moved` every file that is new or other.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use throwback_cli::serve::{Callers, Front, Options, Output, start};

/// A copy of the project in a folder of its own.
struct Project(TempDir);

impl Project {
    fn new() -> Self {
        let this = Self(tempfile::tempdir().unwrap());
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("existing");
        copy(&source, this.0.path());
        // The versions that are there.
        fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock"), this.path("Cargo.lock")).unwrap();
        this
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} holds no `{from}`");
        fs::write(self.path(path), text.replace(from, to)).unwrap();
    }

    /// Builds all of it; gives the folder of its programs.
    fn build(&self) -> PathBuf {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("existing");
        let output = Command::new(env!("CARGO"))
            .args(["build", "--offline", "--workspace"])
            .current_dir(self.0.path())
            .env("CARGO_TARGET_DIR", &target)
            .env_remove("RUSTFLAGS")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !said.contains("warning"), "{said}");
        target.join("debug")
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        // Here it would be a project of this repository's.
        let name = entry.file_name().to_string_lossy().trim_end_matches(".new").to_owned();
        let (source, target) = (entry.path(), to.join(name));
        if source.is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&source, &target);
        } else {
            fs::copy(&source, &target).unwrap();
        }
    }
}

/// A dependency on a crate of this repository.
fn dependency(name: &str, folder: &str, rest: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    format!("{name} = {{ path = {}{rest} }}\n", toml::Value::from(path.to_str().unwrap()))
}

/// The status of an answer, and its body.
async fn asked(url: &str, body: Option<&serde_json::Value>) -> (u16, serde_json::Value) {
    let client = reqwest::Client::new();
    let request = body.map_or_else(|| client.get(url), |body| client.post(url).body(body.to_string()));
    let response = request.header("Content-Type", "application/json").send().await.unwrap();
    (response.status().as_u16(), serde_json::from_slice(&response.bytes().await.unwrap()).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_existing_project_moves_over() {
    let project = Project::new();
    // What is deployed today.
    let old = project.path("old-function");
    fs::copy(project.build().join("shop-function"), &old).unwrap();
    let handlers =
        |source: &str| source.split("async fn answer").next().unwrap().replace("{Error, ", "{Diagnostic, Error, ");
    let before = handlers(&project.read("function/src/main.rs"));

    copy(&project.path("moved"), project.0.path());
    let codegen = format!("\n[build-dependencies]\n{}", dependency("throwback-codegen", "codegen", ""));
    let runtime = |features: &str| {
        dependency("throwback", "runtime", &format!(", default-features = false, features = {features}"))
    };
    let append = |path: &str, text: &str| fs::write(project.path(path), project.read(path) + text).unwrap();
    append("errors/Cargo.toml", &runtime("[\"derive\", \"lambda\"]"));
    append("function/Cargo.toml", &codegen);
    append("caller/Cargo.toml", &format!("{}{codegen}", runtime("[\"reqwest\"]")));
    // The one line of code that has to change: a boxed error has lost its type before anybody could write its tag.
    let main = "function/src/main.rs";
    project.edit(main, "use lambda_runtime::{Error,", "use lambda_runtime::{Diagnostic, Error,");
    project.edit(
        main,
        "event: LambdaEvent<Action>) -> Result<Value, Error>",
        "event: LambdaEvent<Action>) -> Result<Value, Diagnostic>",
    );
    let programs = project.build();
    assert_eq!(handlers(&project.read(main)), before, "no handler has changed");

    // What was closed stays closed.
    let openapi: serde_json::Value = serde_json::from_str(&project.read("function/generated/openapi.json")).unwrap();
    for (path, method) in [("/orders/{id}", "get"), ("/orders", "get"), ("/orders", "post"), ("/health", "get")] {
        assert_eq!(openapi["paths"][path][method]["security"][0]["sigv4"], serde_json::json!([]), "{method} {path}");
    }
    let uri = &openapi["paths"]["/health"]["get"]["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"];
    assert!(uri.as_str().unwrap().ends_with("/functions/${Shop.Arn}/invocations"), "{uri}");

    let new = programs.join("shop-function");
    let serve = async |document: &str, function: &Path, callers: Callers| {
        let options = Options {
            front: Front::Rest,
            openapi: project.path(document),
            command: vec![function.into()],
            port: 0,
            timeout: Duration::from_secs(20),
            instances: 1,
            environment: Vec::new(),
            callers,
            stage_variables: Vec::new(),
            output: Output::Discard,
            observer: Arc::new(|_| {}),
        };
        start(options).await.unwrap()
    };
    let call = |url: &str, arguments: &[&str]| {
        let output = Command::new(programs.join("shop-caller")).arg(url).args(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().trim().to_owned();
        (output.status.success(), text(output.stdout), text(output.stderr))
    };
    let document = "function/generated/openapi.json";
    let ann = || {
        let mut callers = Callers::default();
        callers.name(r#"{"identity":{"userArn":"arn:aws:iam::123456789012:user/ann"}}"#).unwrap();
        callers
    };
    // Each stage of the deployment, for a caller of before: the status and the message stay as they were.
    for (document, function) in [("function/openapi.json", &old), (document, &old), ("function/openapi.json", &new)] {
        let serving = serve(document, function, ann()).await;
        let url = serving.url();
        let not_found = asked(&format!("{url}/orders/7"), None).await;
        assert_eq!(not_found.0, 404, "{document} {not_found:?}");
        let body = serde_json::json!({ "sku": "teapot", "quantity": 9 });
        let sold_out = asked(&format!("{url}/orders"), Some(&body)).await;
        assert_eq!(sold_out.0, 409, "{document} {sold_out:?}");
        let broken = asked(&format!("{url}/orders/down"), None).await;
        assert_eq!(broken.0, 503, "{document} {broken:?}");
        if function == &old {
            assert_eq!(not_found.1["message"], "order 7 not found", "{document}");
            assert_eq!(sold_out.1["message"], "only 3 of teapot left", "{document}");
        }
        // The old document shows what failed inside, whoever is behind it.
        let is_shown = broken.1["message"].as_str().unwrap().contains("table orders failed");
        assert_eq!(is_shown, document == "function/openapi.json" && function == &old, "{broken:?}");
        if document != "function/openapi.json" {
            // Its fields are not there: the new caller has its code and its text.
            let (_, _, said) = call(&url, &["41\"x"]);
            assert!(
                said.contains(r#"code: "OrderNotFound""#) && said.contains(r#"detail: "order 41\"x not found""#),
                "{said}"
            );
            assert_eq!(call(&url, &["down"]).1, "again later: Table (503): Service Unavailable");
        }
        serving.stop().await;
    }

    let serving = serve(document, &new, ann()).await;
    let url = serving.url();
    assert_eq!(call(&url, &["42"]).1, "\"42\"");
    assert_eq!(call(&url, &["41\"x"]).1, "no order 41\"x: order 41\"x not found");
    // What failed inside stays inside, and the advice comes out.
    assert_eq!(call(&url, &["down"]).1, "again later: Table (503): Service Unavailable");
    assert_eq!(call(&url, &["teapot", "2"]).1, "placed \"43\"");
    assert_eq!(call(&url, &["teapot", "9"]).1, "3 of teapot left");
    // A caller of before reads the message and the status.
    let body = reqwest::get(format!("{url}/orders/7")).await.unwrap().text().await.unwrap();
    let body: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body["message"], "order 7 not found");
    serving.stop().await;

    let serving = serve(document, &new, Callers::default()).await;
    let (success, _, said) = call(&serving.url(), &["42"]);
    assert!(!success && said.contains("MissingAuthenticationToken"), "{said}");
    serving.stop().await;
}
