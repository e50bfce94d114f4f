//! Generates a client that invokes the orders function, though it stands behind an API.

fn main() {
    throwback_codegen::Client::of("../../../examples/orders").front("invoke").run();
}
