//! Conformance: cases without number through the real parts that API Gateway is made of and through our evaluator of
//! it, both over the generated document.
//!
//! Everything follows from the seed. What must hold of a case comes from the contract and from what the function wrote,
//! not from the patterns and templates.

mod answer;
mod cases;
mod check;
mod contracts;
mod draw;
mod expected;
mod jvm;
mod platform;
mod random;
mod report;
mod run;
mod shrink;
mod templates;
mod text;
mod values;

use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str =
    "usage: conformance [--cases N | --million] [--seed N] [--templates | --given FOLDER] [--jvm FOLDER]";

/// What is asked for.
struct Options {
    cases: u64,
    seed: u64,
    /// Only the templates, without the configurations.
    templates: bool,
    /// A folder of templates that somebody else wrote, and nothing else.
    given: Option<PathBuf>,
    /// Where Maven has built the other evaluator.
    jvm: PathBuf,
}

/// Runs the program from the repository's root: 0 if every case holds.
pub fn main() -> ExitCode {
    let done = options(std::env::args().skip(1)).and_then(|options| run::run(&options).map_err(|e| e.to_string()));
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options {
        cases: 100_000,
        seed: 1,
        templates: false,
        given: None,
        jvm: PathBuf::from("target/conformance/jvm"),
    };
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("`{argument}` needs a value\n{USAGE}"));
        let number = |text: String| text.parse().map_err(|_| format!("`{text}` is no number\n{USAGE}"));
        match argument.as_str() {
            "--cases" => options.cases = number(value()?)?,
            "--million" => options.cases = 1_000_000,
            "--seed" => options.seed = number(value()?)?,
            "--templates" => options.templates = true,
            "--given" => (options.templates, options.given) = (true, Some(value()?.into())),
            "--jvm" => options.jvm = value()?.into(),
            _ => return Err(format!("`{argument}` is not known\n{USAGE}")),
        }
    }
    Ok(options)
}
