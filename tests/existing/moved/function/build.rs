fn main() {
    throwback_codegen::Builder::new().run();
}
