//! Generates a client, a gateway and the test vectors for each API of these tests.

use std::path::Path;
use throwback_codegen::contract::Contract;
use throwback_codegen::{Builder, Options, emitted};

mod taken;

fn main() -> std::io::Result<()> {
    // cargo-fuzz sets it.
    println!("cargo::rustc-check-cfg=cfg(fuzzing)");
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    for (api, source) in [
        ("attributes", "src/attributes.rs"),
        ("dynamodb", "src/dynamodb/mod.rs"),
        ("echo", "src/echo.rs"),
        ("failing", "src/failing.rs"),
        ("inputs", "src/inputs.rs"),
        ("kubernetes", "src/kubernetes.rs"),
        ("skew_new", "src/skew/new.rs"),
        ("skew_old", "src/skew/old.rs"),
        ("zoo", "src/zoo.rs"),
    ] {
        let at = |file: &str| Path::new(&out).join(format!("{api}.{file}"));
        let builder = || {
            let builder = Builder::new().name(api).source(source);
            if api == "failing" { builder.ty("Odd", "string") } else { builder }
        };
        builder()
            .contract(at("contract.json"))
            .openapi(at("openapi.json"))
            .integration_responses(at("documents"))
            .rust_client(at("client.rs"))
            .run();
        // Only a crate has tests; `include!` takes no inner doc comments.
        builder().rust_client(at("crate")).vectors(at("vectors.json")).run();
        let tests = at("crate").join("tests");
        let text = std::fs::read_to_string(tests.join("vectors.rs"))?;
        let lines: Vec<_> = text.lines().filter(|line| !line.starts_with("//!")).collect();
        std::fs::write(tests.join("included.rs"), lines.join("\n"))?;
    }
    println!("cargo::rerun-if-changed=taken.rs");
    let contract: Contract = serde_json::from_value(taken::contract())?;
    let client = Path::new(&out).join("taken.client.rs");
    let files = emitted(&contract, &Options::default().output("rust-client", client));
    for (path, text) in files.map_err(std::io::Error::other)? {
        std::fs::write(path, text)?;
    }
    Ok(())
}
