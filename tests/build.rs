//! Generates a client and a gateway for each API of the tests.

use std::path::Path;

fn main() {
    // cargo-fuzz sets it.
    println!("cargo::rustc-check-cfg=cfg(fuzzing)");
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    let sources = [("dynamodb", "src/dynamodb/mod.rs"), ("echo", "src/echo.rs"), ("kubernetes", "src/kubernetes.rs")];
    for (api, source) in sources {
        let at = |file: &str| Path::new(&out).join(format!("{api}.{file}"));
        throwback_codegen::Builder::new()
            .name(api)
            .source(source)
            .contract(at("contract.json"))
            .openapi(at("openapi.json"))
            .integration_responses(at("documents"))
            .rust_client(at("client.rs"))
            .run();
    }
}
