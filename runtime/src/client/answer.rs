//! Answers that no declared error explains: an undeclared error, and a response that nothing explains.

use super::{Problem, Untyped};
use crate::shown::Start;
use http::{HeaderMap, StatusCode};
use std::fmt;

/// An error of the function that this client does not know: the function is newer than the client.
///
/// It has accessors only. Once the code is declared, the same response is a [`Failure::Api`](super::Failure::Api), so
/// code that matched on an undeclared code would silently stop to match.
#[derive(Debug, Clone, PartialEq)]
pub struct Undeclared {
    pub(super) problem: Box<Problem>,
    pub(super) members: Untyped,
}

impl Undeclared {
    /// What the error brings beside its fields.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The error's own fields, as they came.
    pub fn members(&self) -> &Untyped {
        &self.members
    }
}

impl fmt::Display for Undeclared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, an error that this client does not know", self.problem)
    }
}

/// A response that nothing explains, kept whole: an HTML page on the way, or a body that does not fit its code.
#[derive(Clone)]
pub struct Unmodelled(pub(super) Box<Response>);

#[derive(Clone)]
pub(super) struct Response {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    pub(super) code: Option<String>,
    pub(super) problem: Option<Box<Problem>>,
    pub(super) reason: String,
    pub(super) retry_after: Option<u64>,
    pub(super) request_id: Option<String>,
    pub(super) idempotent: bool,
    pub(super) attempts: u32,
}

impl Unmodelled {
    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The body, byte for byte.
    pub fn body(&self) -> &[u8] {
        &self.0.body
    }

    /// The code, if the response names one. Without a [`problem`](Self::problem) nothing shows that the API wrote it.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// As much as could be read of an error of the API's whose fields are lost: its detail and its retry advice, for one.
    /// `None` where nothing shows that the API wrote it.
    pub fn problem(&self) -> Option<&Problem> {
        self.0.problem.as_deref()
    }

    /// Why it could not be read.
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// The id to quote when asking for help.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }
}

/// How many bytes of a body are shown.
const SHOWN: usize = 256;

/// What is there of it: headers by their names, for a cookie is nobody's to log, and the start of the body as text.
impl fmt::Debug for Unmodelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Response { status, headers, body, code, problem, reason, .. } = &*self.0;
        let names: Vec<_> = headers.keys().map(http::HeaderName::as_str).collect();
        let mut shown = f.debug_struct("Unmodelled");
        shown.field("status", &status.as_u16()).field("reason", reason);
        if let Some(code) = code {
            shown.field("code", code);
        }
        if let Some(problem) = problem {
            shown.field("problem", problem);
        }
        shown.field("headers", &names).field("body", &String::from_utf8_lossy(&body[..body.len().min(SHOWN)]));
        shown.finish_non_exhaustive()
    }
}

impl fmt::Display for Unmodelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a response with status {}", self.0.status.as_u16())?;
        if let Some(code) = self.code() {
            write!(f, " and code {}", Start(code))?;
        }
        write!(f, " that can't be read: {}", Start(&self.0.reason))
    }
}
