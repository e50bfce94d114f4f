//! Writes what documents the server, from the handlers of this crate and the enums of `orders`.

fn main() {
    throwback_codegen::Builder::new().run();
}
