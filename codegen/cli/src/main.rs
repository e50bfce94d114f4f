//! The `throwback` program.

fn main() -> std::process::ExitCode {
    throwback_cli::main()
}
