//! The `throwback` program, and the local API that it serves.

mod command;
pub mod serve;

pub use command::main;
