//! The `throwback` program: what it takes, and what its exit status means.

mod document;
mod explain;
mod generate;
mod given;
mod init;
mod lint;
mod projects;
mod prove;
mod serve;
mod style;
mod typed;

use clap::{Args, Parser, Subcommand};
use given::Given;
use std::path::PathBuf;
use std::process::ExitCode;
use throwback_codegen::text::visible;
use throwback_codegen::{Diagnostic, Failed};

/// What a Rust Lambda function throws, its callers get back, with its type.
///
/// Reads error enums and operations from the source of a crate, and writes the API Gateway configuration and the typed
/// clients that carry each error to whoever called. Options stand in `throwback.toml` beside Cargo.toml; those given
/// here go before.
#[derive(Debug, Parser)]
#[command(name = "throwback", version, propagate_version = true, styles = style::HELP, after_help = EXAMPLES)]
struct Program {
    #[command(subcommand)]
    command: Command,
    /// The folder of the package [default: this one, or every one below it with a throwback.toml]
    #[arg(long, short, value_name = "DIR", global = true)]
    project: Option<PathBuf>,
    #[command(flatten, next_help_heading = "Configuration")]
    given: Given,
}

const EXAMPLES: &str = "\
Examples:
  throwback generate                 write every output that changed
  throwback generate --check         show what is stale, and exit with 1 if anything is
  throwback explain '[OrderNotFound] {\"code\":\"OrderNotFound\",\"status\":404}'
  throwback serve target/debug/orders

Exit status: 0 all is well; 1 the source, the configuration or an output is not; 2 the command line is not.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Write every output; touch only what changed
    Generate(Generate),
    /// Show which response an error message selects, what the client sees, and why
    Explain(Explain),
    /// Run the API on a local port, from the generated OpenAPI document, in front of a local function or of none
    Serve(Serve),
    /// Begin: a configuration, and an enum with the errors that an existing API tells apart
    Init(Init),
    /// Show what is wrong with the error mapping of an API that is there already, with a message that proves it
    Lint(Lint),
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  throwback generate --openapi api.json --rust-client ../orders-client\n  throwback generate --check"
)]
struct Generate {
    /// Change nothing; show what is stale, and exit with 1 if anything is
    #[arg(long)]
    check: bool,
    /// Replace outputs that were edited by hand
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  throwback explain '[OrderNotFound] {\"code\":\"OrderNotFound\",\"status\":404,\"detail\":\"x\"}'
  throwback explain 'RequestId: 8f2e Error: Task timed out after 3.00 seconds'
  aws lambda invoke --function-name orders out.json && throwback explain --json < out.json
  throwback explain --openapi api.yaml 'database down'   (any API, with no package at all)
  throwback explain --prove")]
struct Explain {
    /// An `errorMessage`, or a whole error payload of Lambda [default: read from standard input]
    #[arg(value_name = "MESSAGE", allow_hyphen_values = true)]
    message: Option<String>,
    /// Show what is proved of every message there can be
    #[arg(long, conflicts_with = "message")]
    prove: bool,
    /// Only this operation
    #[arg(long, value_name = "NAME")]
    operation: Option<String>,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  throwback serve target/debug/orders\n  throwback serve --openapi api.json target/debug/orders\n  throwback serve --caller '{\"authorizer\":{\"claims\":{\"sub\":\"ann\"}}}' target/debug/orders\n  throwback serve --front http-api target/debug/orders\n  throwback serve --front invoke target/debug/orders   (then: aws lambda invoke --endpoint-url http://127.0.0.1:3000 …)\n  throwback serve --mock   (then: curl -H 'x-mock-error: OrderNotFound' http://127.0.0.1:3000/orders/42)\n  throwback serve --port 8080 --timeout 3 --env STAGE=test -- target/debug/orders --verbose\n\nLimits: 64 connections at once, 64 MiB of bodies at once, 10 MiB for one; a request's head has 30 seconds, its body 60.\nIt answers to `localhost` and loopback addresses alone. Ctrl-C, SIGTERM and SIGHUP end it and all that it has started."
)]
struct Serve {
    /// The function's binary and its arguments
    #[arg(value_name = "FUNCTION", required_unless_present = "mock", trailing_var_arg = true)]
    command: Vec<std::ffi::OsString>,
    /// Answer with examples in the function's place: of the output, or of the error that a request names in the header
    /// `x-mock-error` or in the query as `mock_error`
    #[arg(long, conflicts_with = "command")]
    mock: bool,
    /// The port on 127.0.0.1; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 3000)]
    port: u16,
    /// The function's timeout in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 3.0)]
    timeout: f64,
    /// How many processes may run at once
    #[arg(long, value_name = "N", default_value_t = 10)]
    instances: usize,
    /// Who calls: `$context.identity` and `$context.authorizer` in JSON, or the file that holds it; for the requests with
    /// TOKEN in `Authorization`, or for all
    #[arg(long, value_name = "[TOKEN=]JSON")]
    caller: Vec<String>,
    /// An API key that is known
    #[arg(long, value_name = "KEY")]
    api_key: Vec<String>,
    /// A stage variable, which templates and mapping expressions see
    #[arg(long, value_name = "NAME=VALUE")]
    stage_variable: Vec<String>,
    /// An environment variable of the function
    #[arg(long, value_name = "NAME=VALUE")]
    env: Vec<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  throwback init                  a configuration and an example, in the package here
  throwback init ../api.yaml      with a variant for each pattern of the API, and its operations

What is there already is kept; nothing is asked.")]
struct Init {
    /// Configurations of an API that is there: as `throwback lint` reads them
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  throwback lint api.yaml                         an OpenAPI document, 3.0 or 2.0
  throwback lint template.yaml cdk.out/*.json     templates of CloudFormation, SAM and the CDK
  throwback lint --format sarif api.yaml > lint.sarif
  throwback lint --against . api.yaml             what would become of each error of this package's function
  throwback lint --explain brackets-not-escaped
  throwback lint --level pattern-not-anchored=off --level catch-all-shows-message=error api.yaml
  throwback lint --write-baseline lint-baseline.json api.yaml && throwback lint --baseline lint-baseline.json api.yaml

A finding that may stay is allowed with a reason, by a comment on its line or above it:
  # throwback: allow(patterns-overlap) the two tags never meet
in OpenAPI also by `x-throwback-allow: {\"patterns-overlap\": \"…\"}` in the document, an operation, an integration or one of its
responses, in CloudFormation by `Throwback: {\"Allow\": {\"patterns-overlap\": \"…\"}}` in a resource's Metadata.

Levels of one's own stand in throwback.toml: `[lint]` with `levels = { pattern-not-anchored = \"off\" }`.

Exit status: 0 nothing at or above --fail-on; 1 something; 2 a file that can't be read, or the command line.")]
struct Lint {
    /// The configuration, in JSON or YAML: OpenAPI, CloudFormation or SAM, serverless.yml, or what `aws apigateway get-resources
    /// --embed methods` writes; `-` is standard input
    #[arg(value_name = "FILE", required_unless_present = "explain")]
    files: Vec<PathBuf>,
    /// Who reads the report
    #[arg(long, default_value = "human", value_parser = ["human", "json", "sarif", "github", "gitlab", "junit", "markdown"])]
    format: String,
    /// The level from which on the exit status is 1
    #[arg(long, value_name = "LEVEL", default_value = "error", value_parser = ["error", "warning", "note", "never"])]
    fail_on: String,
    /// Show and write what can be mended with nothing else changed: patterns that stop at line ends, catch-alls that take successes,
    /// functions that are not called by POST
    #[arg(long)]
    fix: bool,
    /// Compare with what a function declares: the folder of its package, or its contract in JSON
    #[arg(long, value_name = "DIR")]
    against: Option<PathBuf>,
    /// The level of a rule: error, warning, note or off; goes before throwback.toml's
    #[arg(long, value_name = "RULE=LEVEL")]
    level: Vec<String>,
    /// Leave out what this file holds
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write all that is found to this file, and take it for known
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
    /// Tell what a rule is about; `all` lists them
    #[arg(long, value_name = "RULE", conflicts_with = "files")]
    explain: Option<String>,
}

/// What ends the program with an exit status other than 0.
enum Stop {
    /// Mistakes in the source, the configuration or the outputs.
    Failed(Failed),
    /// What is wrong in a file that is no source and no configuration.
    Mistakes(Vec<Diagnostic>),
    /// Everything was said already.
    Told,
    /// Anything else, in one sentence.
    Said(String),
}

impl From<Failed> for Stop {
    fn from(failed: Failed) -> Self {
        Self::Failed(failed)
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    let program = Program::parse();
    let builders = || projects::builders(program.project.as_deref(), &program.given.0);
    let outcome = match &program.command {
        Command::Lint(arguments) => return lint::run(arguments, program.project.as_deref()),
        Command::Init(arguments) => {
            init::run(program.project.as_deref().unwrap_or(std::path::Path::new(".")), arguments)
        }
        Command::Generate(arguments) => builders().and_then(|builders| generate::run(&builders, arguments)),
        Command::Explain(Explain { prove: true, operation, json, .. }) => {
            builders().and_then(|builders| prove::run(&builders, operation.as_deref(), *json))
        }
        Command::Explain(arguments) => match program.given.0.outputs.path("openapi") {
            // Of a package, it would be where its document is written.
            Some(openapi) if program.project.is_none() => document::explain(openapi, arguments),
            _ => builders().and_then(|builders| explain::run(&builders, arguments)),
        },
        Command::Serve(arguments) => match program.given.0.outputs.path("openapi") {
            // The document is all that it needs.
            Some(openapi) if program.project.is_none() => serve::run(openapi, program.given.0.front(), arguments),
            _ => builders().and_then(|builders| serve::of_package(&builders, arguments)),
        },
    };
    match outcome {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Stop::Failed(failed)) => anstream::eprintln!("{}", failed.render(true)),
        Err(Stop::Said(text)) => {
            anstream::eprintln!("{}error{}: {text}", style::BAD, style::BAD.render_reset(), text = visible(&text));
        }
        Err(Stop::Mistakes(mistakes)) => {
            for mistake in &mistakes {
                anstream::eprintln!("{}\n", mistake.render(true));
            }
            anstream::eprintln!("{}", style::counted(mistakes.len(), "mistake"));
        }
        Err(Stop::Told) => {}
    }
    ExitCode::FAILURE
}

/// JSON as people read it, with a line end.
fn json(value: &impl serde::Serialize) -> String {
    // Trees of texts, numbers and lists always serialize.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
