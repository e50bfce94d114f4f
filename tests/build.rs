//! Generates a client and a gateway for each API that we did not invent.

use std::path::Path;

fn main() {
    // cargo-fuzz sets it.
    println!("cargo::rustc-check-cfg=cfg(fuzzing)");
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    for (api, source) in [("dynamodb", "src/dynamodb/mod.rs"), ("kubernetes", "src/kubernetes.rs")] {
        let at = |file: &str| Path::new(&out).join(format!("{api}.{file}"));
        throwback_codegen::Builder::new()
            .name(api)
            .source(source)
            .contract(at("contract.json"))
            .openapi(at("openapi.json"))
            .rust_client(at("client.rs"))
            .run();
    }
}
