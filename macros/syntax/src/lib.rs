//! What throwback's derive and its source scan agree on: one parser for the `api_error` and `operation` attributes,
//! one set of checks, one wording.
//!
//! Both front ends walk the same line: [`ErrorEnum::parse`] or [`Operation::parse`] turns syntax into the meaning of
//! this crate, every mistake lands in [`Errors`], and whoever called decides how to show them: the derive as compile
//! errors, the scan as diagnostics with file, line and column.

mod attr;
mod case;
mod check;
mod code;
mod described;
mod docs;
mod enumeration;
mod errors;
mod extractors;
mod handler;
mod header;
mod json;
mod operation;
mod route;
mod serde_words;
mod status;
mod wire;

pub use attr::is_address;
pub use case::Case;
pub use check::{
    different_code, duplicate_code, duplicate_route, flatten_circle, is_describable, missing_parameter,
    sibling_parameters,
};
pub use code::{Code, RESERVED_CODES, Reserved};
pub use described::{described, described_as};
pub use docs::Docs;
pub use enumeration::{ErrorEnum, ErrorSpec, Field, Kind, Shape, Shown, Variant};
pub use errors::{Errors, Mistake};
pub use extractors::{Answer, AnswerStatus, Extracted, Extractors, answer, no_answer};
pub use handler::{Handler, Returned, Takes};
pub use header::{HeaderName, RequestHeader};
pub use json::escape;
pub use operation::Operation;
pub use route::{Method, Route, Segment};
pub use status::{Retry, Status, Success};
pub use wire::{PROBLEM_MEMBERS, member_name};
