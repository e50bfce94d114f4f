//! Source code: files, the modules in them, and what a path means in one.

mod cfg;
mod declared;
mod depth;
mod resolve;
mod tree;

pub(crate) use cfg::{Condition, condition, conditional, derived_if};
pub(crate) use declared::Declared;
pub(crate) use depth::STACK;
pub(crate) use resolve::{Found, resolve};
pub(crate) use tree::{Crates, Function, ItemKind, ModuleId, Place};
