//! The client of the orders function, which build.rs generates.

include!(concat!(env!("OUT_DIR"), "/client.rs"));
