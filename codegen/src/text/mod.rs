//! Text of others: how names, docs and options enter each language that is written.
//!
//! Every name and text of a contract and of the configuration passes through here on its way into an output; JSON alone
//! is left to serde. Each function takes any text, and what it writes reads back as that text, or, in a comment, as
//! `visible` shows it. `tests/text.rs` reads it back with each language's own parser, the conformance tests with
//! Velocity itself.

pub mod go;
pub mod hcl;
pub mod header;
pub mod java;
pub mod markdown;
pub mod python;
pub mod rust;
pub mod serverless;
pub mod toml;
pub mod typescript;
pub mod velocity;
mod visible;
pub mod yaml;

pub use visible::{line, visible};
