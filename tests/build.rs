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
        ("asked", "src/asked.rs"),
        ("attributes", "src/attributes.rs"),
        ("dynamodb", "src/dynamodb/mod.rs"),
        ("echo", "src/echo.rs"),
        ("failing", "src/failing.rs"),
        ("inputs", "src/inputs.rs"),
        ("kubernetes", "src/kubernetes.rs"),
        ("skew_new", "src/skew/new.rs"),
        ("skew_old", "src/skew/old.rs"),
        ("stock", "src/stock.rs"),
        ("zoo", "src/zoo.rs"),
    ] {
        let at = |file: &str| Path::new(&out).join(format!("{api}.{file}"));
        let builder = || {
            let mut given = Options::default();
            if api == "failing" {
                given.types.insert("Odd".to_owned(), "string".to_owned());
            }
            Builder::new().name(api).source(source).options(given)
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
    // The function behind an API, for a caller who invokes it.
    throwback_codegen::Client::of("../examples/orders").front("invoke").file("invoking.rs").run();
    println!("cargo::rerun-if-changed=taken.rs");
    client(taken::contract(), &Path::new(&out).join("taken.client.rs"))?;
    // Others are drawn with `THROWBACK_SEED=7`.
    println!("cargo::rerun-if-env-changed=THROWBACK_SEED");
    let seed: u64 = std::env::var("THROWBACK_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let mut modules = Vec::new();
    for number in 0..DRAWN {
        let (seed, file) = (seed * 1_000 + number, format!("drawn{number}.client.rs"));
        client(taken::drawn(seed), &Path::new(&out).join(&file))?;
        let include = format!("include!(concat!(env!(\"OUT_DIR\"), \"/{file}\"));");
        modules.push(format!("/// Of seed {seed}.\npub mod of_{number} {{\n    {include}\n}}\n"));
    }
    std::fs::write(Path::new(&out).join("drawn.rs"), modules.concat())
}

/// How many contracts are drawn.
const DRAWN: u64 = 4;

/// Writes the client of a contract that no source declares.
fn client(contract: serde_json::Value, path: &Path) -> std::io::Result<()> {
    let contract: Contract = serde_json::from_value(contract)?;
    let files = emitted(&contract, &Options::default().output("rust-client", path));
    for (path, text) in files.map_err(std::io::Error::other)? {
        std::fs::write(path, text)?;
    }
    Ok(())
}
