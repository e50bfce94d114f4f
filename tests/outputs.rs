//! What is generated of every contract here, as one digest for each file: a change of the generator shows which outputs
//! it changes. `SNAPSHOTS=overwrite` takes what there is, and `OUTPUTS=FOLDER` writes it out, to be compared.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use throwback_codegen::contract::{Code, Contract};
use throwback_codegen::{Options, emitted};

/// Each API's contract.
fn contracts() -> impl Iterator<Item = (&'static str, Contract)> {
    let out = Path::new(env!("OUT_DIR"));
    let orders = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/orders/generated/contract.json");
    let apis = ["dynamodb", "echo", "failing", "kubernetes", "skew_new", "skew_old", "zoo"];
    let generated = apis.into_iter().map(|api| (api, out.join(format!("{api}.contract.json"))));
    generated.chain([("orders", orders)]).map(|(api, path)| {
        let text = std::fs::read_to_string(path).unwrap();
        (api, Contract::read(&text).unwrap())
    })
}

/// Every output, once the client as a crate and once as a module.
fn options(client: &str) -> Options {
    let mut options = Options::default()
        .output("contract", "contract.json")
        .output("openapi", "openapi.json")
        .output("openapi-overlay", "openapi-overlay.json")
        .output("openapi-plain", "openapi-plain.json")
        .output("openapi-mock", "openapi-mock.json")
        .output("integration-responses", "integration-responses")
        .output("cloudformation", "cloudformation")
        .output("sam", "sam")
        .output("cdk", "cdk")
        .output("serverless", "serverless")
        .output("step-functions", "step-functions")
        .output("terraform", "terraform")
        .output("rust-client", client)
        .output("typescript-client", "typescript")
        .output("go-client", "go")
        .output("python-client", "python")
        .output("java-client", "java")
        .output("vectors", "vectors.json");
    options.cors = Some("https://shop.example.com".to_owned());
    options
}

#[test]
fn every_output_is_what_it_was() {
    let mut found = String::new();
    for (api, contract) in contracts() {
        let mut files = emitted(&contract, &options("client")).unwrap();
        files.extend(
            emitted(&contract, &options("client.rs"))
                .unwrap()
                .into_iter()
                .filter(|(path, _)| path == Path::new("client.rs")),
        );
        let mut older = Options::default().output("openapi-plain", "openapi-plain-3.0.json");
        older.say("openapi-plain-version", "3.0".into()).unwrap();
        files.extend(emitted(&contract, &older).unwrap());
        files.sort();
        for (path, text) in files {
            if let Some(folder) = std::env::var_os("OUTPUTS") {
                let path = Path::new(&folder).join(api).join(&path);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, &text).unwrap();
            }
            let digest = Sha256::digest(text.as_bytes());
            let digest: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
            let path = path.display().to_string().replace('\\', "/");
            writeln!(found, "{digest} {api}/{path}").unwrap();
        }
    }
    let snapshot = Path::new(env!("CARGO_MANIFEST_DIR")).join("outputs.snapshot");
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        std::fs::write(&snapshot, &found).unwrap();
    }
    let known = std::fs::read_to_string(&snapshot).unwrap_or_default();
    let (found, known): (BTreeSet<_>, BTreeSet<_>) = (found.lines().collect(), known.lines().collect());
    let (new, gone): (Vec<_>, Vec<_>) = (found.difference(&known).collect(), known.difference(&found).collect());
    assert!(new.is_empty() && gone.is_empty(), "other outputs than before; new: {new:#?}, gone: {gone:#?}");
}

/// An error under a status that its operation has already.
#[test]
fn a_new_error_changes_what_it_changes_and_nothing_else() {
    let (_, before) = contracts().last().unwrap();
    let mut after = before.clone();
    let mut hidden = after.errors.iter().find(|error| error.code == "OrderNotFound").unwrap().clone();
    hidden.code = Code::new("OrderHidden").unwrap();
    after.errors.push(hidden);
    after
        .sets
        .iter_mut()
        .find(|set| set.name == "GetOrderError")
        .unwrap()
        .errors
        .push(Code::new("OrderHidden").unwrap());
    let files = |contract: &Contract| emitted(contract, &options("client")).unwrap();
    let (before, after) = (files(&before), files(&after));
    let changed: Vec<_> =
        after.iter().filter(|file| !before.contains(file)).map(|(path, _)| path.display().to_string()).collect();
    let expected = [
        "contract.json",
        "openapi.json",
        "openapi-overlay.json",
        "openapi-plain.json",
        "openapi-mock.json",
        "integration-responses/models/OrderHidden.model.json",
        "integration-responses/models/GetOrder404.model.json",
        "integration-responses/get_order/404.method-response.json",
        "integration-responses/get_order/404.integration-response.json",
        // Whose pattern leaves every other code out.
        "integration-responses/get_order/500.integration-response.json",
        "integration-responses/index.json",
        // The digests of what it puts.
        "integration-responses/apply.sh",
        "cloudformation/template.json",
        "cloudformation/resources.json",
        "cloudformation/models.json",
        "cloudformation/models-and-gateway-responses.json",
        "cloudformation/methods/get_order/integration-responses.json",
        "cloudformation/methods/get_order/method-responses.json",
        "sam/template.json",
        "sam/definition.json",
        "terraform/errors/main.tf.json",
        "serverless/events.json",
        "serverless/responses.json",
        "serverless/resources.json",
        "cdk/errors.ts",
        "cdk/definition.ts",
        "step-functions/errors.json",
        "step-functions/tasks/get_order.json",
        "step-functions/state-machines/get_order.json",
        "step-functions/jsonata/errors.json",
        "step-functions/jsonata/tasks/get_order.json",
        "step-functions/jsonata/state-machines/get_order.json",
        // The hash of the contract.
        "client/Cargo.toml",
        "client/README.md",
        "client/src/errors.rs",
        "client/tests/vectors.json",
        "typescript/README.md",
        "typescript/src/index.ts",
        "typescript/src/errors.ts",
        "typescript/test/vectors.json",
        "go/errors.go",
        "go/testdata/vectors.json",
        "go/travel_test.go",
        "go/README.md",
        "python/README.md",
        "python/src/orders/errors.py",
        "python/src/orders/__init__.py",
        "python/tests/vectors.json",
        "java/src/main/java/orders/OrderHiddenException.java",
        "java/src/main/java/orders/OrdersError.java",
        "java/src/main/java/orders/GetOrderError.java",
        "java/src/main/java/orders/WireErrors.java",
        "java/src/test/resources/orders/vectors.json",
        "java/README.md",
        "vectors.json",
    ];
    assert_eq!(changed, expected);
    assert!(after.len() > 6 * expected.len(), "{}", after.len());
}

/// Two versions of the generator need not agree on one version of the runtime.
#[test]
fn a_client_takes_every_compatible_runtime() {
    let (_, contract) = contracts().last().unwrap();
    let files = emitted(&contract, &options("client")).unwrap();
    let (_, manifest) = files.iter().find(|(path, _)| path == Path::new("client/Cargo.toml")).unwrap();
    let manifest: toml::Table = toml::from_str(manifest).unwrap();
    for dependencies in ["dependencies", "dev-dependencies"] {
        let asked = manifest[dependencies]["throwback"]["version"].as_str().unwrap();
        assert_eq!(asked, "0.1", "so that a patch of the runtime serves the clients of all others");
    }
    for (path, text) in files.iter().filter(|(path, _)| path.extension().is_some_and(|extension| extension == "rs")) {
        for (at, _) in text.match_indices("throwback::client::") {
            let line = text[..at].lines().last().unwrap_or_default();
            let named = &text[at + "throwback::client::".len()..];
            assert!(line.trim_start().starts_with("//") || named.starts_with("v1"), "{path:?}: {named:.40}");
        }
    }
}
