//! Generates a client and a gateway for each API of these tests.

use std::path::Path;

fn main() {
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    for (api, source) in [
        ("dynamodb", "src/dynamodb/mod.rs"),
        ("failing", "src/failing.rs"),
        ("kubernetes", "src/kubernetes.rs"),
        ("skew_new", "src/skew/new.rs"),
        ("skew_old", "src/skew/old.rs"),
    ] {
        let at = |file: &str| Path::new(&out).join(format!("{api}.{file}"));
        throwback_codegen::Builder::new()
            .name(api)
            .source(source)
            .ty("Odd", "string")
            .contract(at("contract.json"))
            .openapi(at("openapi.json"))
            .rust_client(at("client.rs"))
            .run();
    }
}
