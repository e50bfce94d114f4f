//! Generates the client of the function beside, as the errors are now.

fn main() {
    throwback_codegen::Client::of("../orders").run();
}
