//! What generated clients stand on: responses in, typed results out, over any HTTP library.
//!
//! A generated crate brings one struct for each error and one enum for each set of errors. [`decode`] turns a response that
//! is no success into a [`Failure`] of such an enum and says who answered: the function, Lambda, API Gateway, or nobody;
//! what nothing proves to be one of them is [`Failure::Unmodelled`], whatever it says.
//! [`decode_invocation`] and [`decode_cause`] do the same for a direct `Invoke` and for Step Functions; [`Function`] invokes.

mod answer;
mod call;
mod decode;
mod failure;
mod function;
mod gateway;
mod invocation;
mod members;
mod origin;
mod platform;
mod problem;
#[cfg(feature = "reqwest")]
mod reqwest;
mod retries;
pub mod testing;
mod thrown;
mod transport;
mod union;
mod untyped;
pub mod v1;
#[cfg(feature = "vectors")]
pub mod vectors;

#[cfg(feature = "reqwest")]
pub use self::reqwest::{Reqwest, ReqwestError};
pub use answer::{Undeclared, Unmodelled};
pub use call::{Api, Endpoint};
pub use decode::{decode, decode_with, is_function_error, is_success};
pub use failure::Failure;
pub use function::{Function, Invoke};
pub use gateway::{Gateway, GatewayKind};
pub use invocation::{decode_cause, decode_invocation};
pub use members::Members;
pub use origin::Trust;
pub use platform::{Platform, PlatformKind};
pub use problem::Problem;
pub use retries::Retries;
pub use thrown::{AnyThrown, Declared, DecodeError, ErrorSet, Thrown};
pub use transport::{Refused, Transport, TransportError};
pub use untyped::Untyped;

pub use crate::Retry;
pub use http;
pub use serde;
pub use serde_json;
