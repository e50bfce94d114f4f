//! Failures that the platform made because the function could not answer.

use super::Problem;
use std::fmt;

/// The function could not answer: it ran out of time, died, or its input did not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Platform {
    pub(super) kind: PlatformKind,
    pub(super) problem: Box<Problem>,
}

/// What happened to the function.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PlatformKind {
    /// The request's input does not fit the operation; the function's handler did not run.
    InvalidPayload {
        /// The place in the input, as in `lines[0].quantity`; empty for the whole.
        path: String,
        /// What is wrong there.
        reason: String,
    },
    /// It failed in a way that is not part of the contract: a panic, an internal error, or behind API Gateway anything
    /// else of this list.
    Internal,
    /// It ran out of time. It may have done its work.
    Timeout,
    /// Its process ended. Only a direct invocation tells.
    Exited,
    /// It ran out of memory. Only a direct invocation tells.
    OutOfMemory,
    /// Its answer was over Lambda's 6 MB. Only a direct invocation tells.
    ResponseTooLarge,
    /// It could not start. Only a direct invocation tells.
    Init,
}

impl Platform {
    /// What happened.
    pub fn kind(&self) -> &PlatformKind {
        &self.kind
    }

    /// Code, status, detail and request id.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            PlatformKind::InvalidPayload { path, reason } if path.is_empty() => {
                write!(f, "the input does not fit: {reason}")
            }
            PlatformKind::InvalidPayload { path, reason } => write!(f, "the input does not fit at `{path}`: {reason}"),
            PlatformKind::Internal => f.write_str("the function failed"),
            PlatformKind::Timeout => f.write_str("the function ran out of time"),
            PlatformKind::Exited => f.write_str("the function's process ended"),
            PlatformKind::OutOfMemory => f.write_str("the function ran out of memory"),
            PlatformKind::ResponseTooLarge => f.write_str("the function's answer was too large"),
            PlatformKind::Init => f.write_str("the function could not start"),
        }
    }
}
