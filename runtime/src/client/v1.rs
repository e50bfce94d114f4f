//! What generated code names, and nothing else: whatever a client was generated from finds it here, in this version of the
//! runtime and in every one that is compatible. Should generated code ever need another form of these, that is `v2`, and
//! both stand side by side.

#[cfg(feature = "reqwest")]
pub use super::Reqwest;
#[cfg(feature = "vectors")]
pub use super::vectors;
pub use super::{
    Api, Declared, DecodeError, Endpoint, ErrorSet, Failure, Problem, Retry, Transport, TransportError, Trust, http,
    read, serde, serde_json,
};
