//! Failures that the platform made because the function could not answer.

use super::Problem;
use crate::Retry;
use crate::shown::Start;
use std::fmt;

/// The function could not answer: it ran out of time, died, or its input did not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Platform {
    kind: PlatformKind,
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
    /// Its process ended, or that of an extension. It may have done its work. Only a direct invocation tells.
    Exited,
    /// It ran out of memory, and may have done its work before. Only a direct invocation tells.
    OutOfMemory,
    /// Its answer was over Lambda's 6 MB: the work was done. Only a direct invocation tells.
    ResponseTooLarge,
    /// It could not start; the function's handler did not run. Only a direct invocation tells.
    Init,
}

impl PlatformKind {
    /// What a repeat of the request means, where the answer does not say it itself.
    ///
    /// `InvalidPayload` and `ResponseTooLarge` come again with every repeat. `Init` was not carried out. Everything else
    /// may have been, and may pass: a panic, a dead process and a timeout leave nobody to say how far the work went.
    /// `Internal` is of these, for behind API Gateway it is all that is seen of them; that sets it apart from a declared
    /// error under 500, which is the function's own verdict.
    pub const fn retry(&self) -> Retry {
        match self {
            Self::InvalidPayload { .. } | Self::ResponseTooLarge => Retry::Never,
            Self::Init => Retry::Backoff,
            Self::Internal | Self::Timeout | Self::Exited | Self::OutOfMemory => Retry::Idempotent,
        }
    }
}

impl Platform {
    pub(super) fn new(kind: PlatformKind, problem: Problem) -> Self {
        let default_retry = Some(kind.retry());
        Self { kind, problem: Box::new(Problem { default_retry, ..problem }) }
    }

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
            PlatformKind::InvalidPayload { reason, .. } if reason.is_empty() => f.write_str("the input does not fit"),
            PlatformKind::InvalidPayload { path, reason } if path.is_empty() => {
                write!(f, "the input does not fit: {}", Start(reason))
            }
            PlatformKind::InvalidPayload { path, reason } => {
                write!(f, "the input does not fit at `{}`: {}", Start(path), Start(reason))
            }
            PlatformKind::Internal => f.write_str("the function failed"),
            PlatformKind::Timeout => f.write_str("the function ran out of time"),
            PlatformKind::Exited => f.write_str("the function's process ended"),
            PlatformKind::OutOfMemory => f.write_str("the function ran out of memory"),
            PlatformKind::ResponseTooLarge => f.write_str("the function's answer was too large"),
            PlatformKind::Init => f.write_str("the function could not start"),
        }
    }
}
