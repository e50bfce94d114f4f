//! The `throwback` program, for tests that run it.

fn main() -> std::process::ExitCode {
    throwback_cli::main()
}
