//! API Gateway's REST APIs, evaluated locally from an OpenAPI document and nothing else, whatever stands behind a method: a
//! Lambda function, an HTTP server, another service of AWS's or nothing; and the other fronts that pass a request on whole: HTTP APIs, function URLs and load balancers.
//!
//! What AWS documents or was recorded doing is reproduced; where neither is known the answer carries a warning in its
//! [`Trace`]. Everything here is a pure function of the document, the call and the function's payload, and ends within
//! bounds whatever they hold.

mod access;
mod backend;
mod binary;
mod call;
mod context;
mod cors;
mod dialect;
mod document;
mod fallback;
mod front;
mod headers;
mod integration;
mod json;
mod kind;
mod mapping;
mod media;
mod parameters;
mod pattern;
mod reader;
mod received;
mod repetition;
mod request;
mod respond;
mod response;
mod route;
mod select;
mod selection;
mod smart;
mod uri;
mod validation;
mod vtl;

pub use backend::{Backend, BackendRequest, BackendResponse};
pub use call::{Call, Caller, PathParameters};
pub use cors::Cors;
pub use document::{DocumentError, Gateway, Place, Problem};
pub use front::Front;
pub use kind::ResponseType;
pub use response::{Response, Selected, Trace};
pub use route::Route;
pub use selection::{Branch, SelectionPattern};
pub use vtl::Overrides;

#[cfg(test)]
mod tests;
