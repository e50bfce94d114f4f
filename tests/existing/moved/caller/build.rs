fn main() {
    throwback_codegen::Client::of("../function").run();
}
