//! Writes the clients of contracts that are hard for an output, with their test vectors, and what deploys them, into one
//! folder for each contract; `tests/conformance/run` compiles them and runs their tests.
//!
//! `packages INTO [--drawn N] [--seed N]`

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use throwback_codegen::{Options, emitted};

fn main() -> ExitCode {
    match write() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn write() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let into = arguments.next().ok_or("which folder?")?;
    let (mut drawn, mut seed) = (4, 1);
    while let Some(argument) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("`{argument}` needs a number"))?.parse()?;
        match argument.as_str() {
            "--drawn" => drawn = value,
            "--seed" => seed = value,
            _ => return Err(format!("`{argument}` is unknown: there are `--drawn` and `--seed`").into()),
        }
    }
    for (name, contract) in throwback_tests::contracts::all(seed, drawn)? {
        let into = Path::new(&into).join(&name);
        let mut options = Options::default()
            .output("typescript-client", into.join("typescript"))
            .output("go-client", into.join("go"))
            .output("python-client", into.join("python"))
            .output("java-client", into.join("java"))
            .output("openapi", into.join("openapi.json"))
            .output("cdk", into.join("cdk"))
            .output("vectors", into.join("vectors.json"));
        // So that one compiler takes them all.
        options.say("java-package", name.as_str().into()).map_err(|_| "there is no java-package")?;
        let files = emitted(&contract, &options).map_err(|failed| format!("{name}: {failed}"))?;
        for (path, text) in files {
            fs::create_dir_all(path.parent().ok_or("a file in no folder")?)?;
            fs::write(path, text)?;
        }
        println!("{name}");
    }
    Ok(())
}
