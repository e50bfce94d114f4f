//! Reads a crate's error enums and operations, and writes API Gateway configuration and typed clients from them.
//!
//! It needs no compiled crate, so it works in the same crate's build.rs, in milliseconds:
//!
//! ```no_run
//! throwback_codegen::Builder::new().run();
//! ```
//!
//! What is written, and where to, stands in `throwback.toml` beside the manifest, as in `openapi = "generated/openapi.json"`.
//! The client's own crate generates it with [`Client`].
//!
//! The line is straight: scan the source → lower it to the [`contract`] → model the REST API → prove its patterns → make
//! the outputs → write what changed. Mistakes gather in each phase and stop the run at its end; nothing is written if any
//! phase failed.

#[doc(hidden)]
pub mod automata;
mod build_script;
mod builder;
mod check;
mod client;
pub mod contract;
mod diagnostic;
mod lower;
mod options;
mod output;
mod project;
mod proof;
mod rest;
mod source;
#[doc(hidden)]
pub mod text;
mod threads;
mod write;

pub use build_script::Client;
pub use builder::{Builder, Generated};
pub use diagnostic::{Diagnostic, Failed, Text};
pub use options::{
    Authorization, Authorizer, FILE, Flag, FlagForm, Function, Legacy, NamedOperation, Options, Outputs, Rule, Who,
};
pub use proof::Proof;
pub use write::{Change, LOCK, Plan};

/// Every file that the options ask for, from a contract of any origin, each at the path that the option gives.
///
/// # Errors
/// What the names of the contract or the options say that no output could hold.
#[doc(hidden)]
pub fn emitted(contract: &contract::Contract, options: &Options) -> Result<Vec<(std::path::PathBuf, String)>, Failed> {
    let cx = output::Cx::new(contract, options)?;
    let files = output::files(&cx)?;
    Ok(files.into_iter().map(|file| (file.path, file.text)).collect())
}

/// The pattern that catches a declared error in the Rust client; nothing if the operation does not declare it.
#[doc(hidden)]
pub fn rust_pattern(
    contract: &contract::Contract,
    index: &contract::Index<'_>,
    operation: &contract::Operation,
    code: &str,
) -> Option<String> {
    output::rust_pattern(contract, index, operation, code)
}
