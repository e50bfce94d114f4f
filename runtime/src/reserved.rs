//! The errors that the runtime itself throws, under codes that nobody can declare.

use crate::{ApiError, Entry, ErrorInfo, MemberInfo, Members};
use std::fmt;

/// The input does not fit the operation: 400, with the place and the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidPayload {
    path: String,
    reason: String,
}

impl InvalidPayload {
    /// `path` is the place in the input, as in `lines[0].quantity`, or empty for the whole; `reason` says what is wrong.
    pub fn new(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { path: path.into(), reason: reason.into() }
    }

    /// The place in the input.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong there.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for InvalidPayload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() { f.write_str(&self.reason) } else { write!(f, "`{}`: {}", self.path, self.reason) }
    }
}

impl std::error::Error for InvalidPayload {}

const INVALID_PAYLOAD: &ErrorInfo = &ErrorInfo::new(
    "InvalidPayload",
    400,
    "The input does not fit the operation",
    "throwback::InvalidPayload",
    "[InvalidPayload] {\"code\":\"InvalidPayload\",\"title\":\"The input does not fit the operation\",\"status\":400",
)
.with_members(&[MemberInfo::new("path", None), MemberInfo::new("reason", None)]);

impl ApiError for InvalidPayload {
    const ERRORS: &'static [Entry] = &[Entry::Error(INVALID_PAYLOAD)];

    fn info(&self) -> &'static ErrorInfo {
        INVALID_PAYLOAD
    }

    fn members(&self, members: &mut Members<'_>) {
        members.member("path", &self.path);
        members.member("reason", &self.reason);
    }
}

/// The function failed in a way that is not part of the contract: a panic, or a variant marked `internal`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InternalError;

impl fmt::Display for InternalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the function failed")
    }
}

impl std::error::Error for InternalError {}

impl InternalError {
    /// What an `internal` variant leaves as.
    #[doc(hidden)]
    pub const INFO: &'static ErrorInfo = &ErrorInfo::new(
        "InternalError",
        500,
        "Internal Server Error",
        "throwback::InternalError",
        "[InternalError] {\"code\":\"InternalError\",\"title\":\"Internal Server Error\",\"status\":500",
    )
    // Nobody can say how far the function came.
    .retry(crate::Retry::Idempotent);
}

impl ApiError for InternalError {
    const ERRORS: &'static [Entry] = &[Entry::Error(Self::INFO)];

    fn info(&self) -> &'static ErrorInfo {
        Self::INFO
    }
}
