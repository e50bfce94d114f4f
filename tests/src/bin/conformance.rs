//! Compares generated gateways with the real parts of API Gateway; `tests/conformance/run` calls it.

fn main() -> std::process::ExitCode {
    throwback_tests::conformance::main()
}
