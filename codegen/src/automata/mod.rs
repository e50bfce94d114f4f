//! Finite automata: which texts several regular expressions take at once, and the shortest text for each combination.

mod language;
mod product;

pub use language::{Language, Parts};
pub use product::{Alphabet, Product, Visit};
