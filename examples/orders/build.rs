//! Writes what is deployed, and the client, from the enums and handlers of this crate.

fn main() {
    throwback_codegen::Builder::new().run();
}
