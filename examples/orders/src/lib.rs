//! A shop's orders: what the function does, and every way in which it can fail.

pub mod errors;
pub mod faults;
pub mod handlers;
mod shop;
pub mod types;

pub use shop::Shop;
