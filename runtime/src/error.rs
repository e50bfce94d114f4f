//! [`ApiError`]: an error that callers get back with its type, and the table of what it can be.

use crate::Members;
use std::convert::Infallible;

/// An error of the contract; derived, not written by hand.
///
/// [`ApiError::ERRORS`] is known when the crate is compiled; the methods describe one value.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say which errors it can be",
    label = "this error type has no contract",
    note = "derive `throwback::ApiError` on the enum and return the enum itself",
    note = "a boxed error (`lambda_runtime::Error`, `anyhow::Error`) can't be returned: `?` boxes the enum before its tag is written, and every error reaches the caller as an untyped 500"
)]
pub trait ApiError: std::error::Error {
    /// Every error that a value can be, in the order of declaration.
    const ERRORS: &'static [Entry];

    /// What is known of this value's error when the crate is compiled.
    fn info(&self) -> &'static ErrorInfo;

    /// The delay after which the request may be repeated, in whole seconds, rounded up.
    fn retry_after(&self) -> Option<u64> {
        None
    }

    /// Writes the fields that callers see.
    fn members(&self, members: &mut Members<'_>) {
        let _ = members;
    }
}

/// One line of [`ApiError::ERRORS`].
#[derive(Debug, Clone, Copy)]
pub enum Entry {
    /// One error.
    Error(&'static ErrorInfo),
    /// All errors of a flattened enum.
    Flatten(&'static [Self]),
}

/// What is known of one error when the crate is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct ErrorInfo {
    /// Its stable name on the wire.
    pub code: &'static str,
    /// Its HTTP status, 400–599.
    pub status: u16,
    /// Its summary, the same each time it occurs (RFC 9457 section 3.1.3).
    pub title: &'static str,
    /// Whether its `Display` text and fields are shown.
    pub exposed: bool,
    /// What a repeat of the request means.
    pub retry: Retry,
    /// The problem's `type` (RFC 9457 section 3.1.1).
    pub type_uri: Option<&'static str>,
    /// Whether callers should no longer count on it.
    pub deprecated: bool,
    /// The members that its fields become.
    pub members: &'static [MemberInfo],
    /// Whether it can carry `retryAfter`.
    pub retry_after: bool,
    /// Whether what went wrong stands in `message` too.
    pub message: bool,
    /// Where it is declared: module path, enum and variant.
    pub origin: &'static str,
    /// The start of its message, up to and with the status, as JSON text.
    #[doc(hidden)]
    pub head: &'static str,
}

/// One member of an error's problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct MemberInfo {
    /// Its name on the wire.
    pub name: &'static str,
    /// The response header that carries it too.
    pub header: Option<&'static str>,
}

/// What a repeat of the request means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Retry {
    /// The same request fails the same way.
    Never,
    /// The request was not carried out: anyone may repeat it after a delay.
    Backoff,
    /// The request may have been carried out: only one that is safe to repeat may be sent again.
    Idempotent,
}

impl Retry {
    /// The advice under a status when nothing else is said: 429 `Backoff`, 502–504 `Idempotent`, others `Never`.
    ///
    /// ```
    /// assert_eq!(throwback::Retry::of_status(429), throwback::Retry::Backoff);
    /// ```
    pub const fn of_status(status: u16) -> Self {
        match status {
            429 => Self::Backoff,
            502..=504 => Self::Idempotent,
            _ => Self::Never,
        }
    }

    /// The word of the attribute and of the wire: `never`, `backoff` or `idempotent`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Backoff => "backoff",
            Self::Idempotent => "idempotent",
        }
    }

    /// Reads the word of the wire.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "never" => Some(Self::Never),
            "backoff" => Some(Self::Backoff),
            "idempotent" => Some(Self::Idempotent),
            _ => None,
        }
    }
}

impl ErrorInfo {
    /// An error as the derive knows it; [`ErrorInfo::with_members`] and its like add what not every error has.
    #[doc(hidden)]
    pub const fn new(
        code: &'static str,
        status: u16,
        title: &'static str,
        origin: &'static str,
        head: &'static str,
    ) -> Self {
        Self {
            code,
            status,
            title,
            exposed: status < 500,
            retry: Retry::of_status(status),
            type_uri: None,
            deprecated: false,
            members: &[],
            retry_after: false,
            message: false,
            origin,
            head,
        }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn exposed(mut self) -> Self {
        self.exposed = true;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn type_uri(mut self, uri: &'static str) -> Self {
        self.type_uri = Some(uri);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn deprecated(mut self) -> Self {
        self.deprecated = true;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_members(mut self, members: &'static [MemberInfo]) -> Self {
        self.members = members;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_retry_after(mut self) -> Self {
        self.retry_after = true;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_message(mut self) -> Self {
        self.message = true;
        self
    }

    /// Whether the server is at fault: status 500 and above.
    pub const fn is_fault(&self) -> bool {
        self.status >= 500
    }
}

impl MemberInfo {
    #[doc(hidden)]
    pub const fn new(name: &'static str, header: Option<&'static str>) -> Self {
        Self { name, header }
    }
}

impl Entry {
    /// Every error of a table, flattened ones in their place.
    ///
    /// ```
    /// use throwback::{ApiError, Entry, InvalidPayload};
    ///
    /// let codes: Vec<_> = Entry::all(InvalidPayload::ERRORS).map(|error| error.code).collect();
    /// assert_eq!(codes, ["InvalidPayload"]);
    /// ```
    pub fn all(table: &'static [Self]) -> impl Iterator<Item = &'static ErrorInfo> {
        let mut open = vec![table.iter()];
        std::iter::from_fn(move || {
            while let Some(last) = open.last_mut() {
                match last.next() {
                    Some(Self::Error(info)) => return Some(*info),
                    Some(Self::Flatten(table)) => open.push(table.iter()),
                    None => {
                        open.pop();
                    }
                }
            }
            None
        })
    }
}

#[diagnostic::do_not_recommend]
impl<E: ApiError> ApiError for Box<E> {
    const ERRORS: &'static [Entry] = E::ERRORS;

    fn info(&self) -> &'static ErrorInfo {
        (**self).info()
    }

    fn retry_after(&self) -> Option<u64> {
        (**self).retry_after()
    }

    fn members(&self, members: &mut Members<'_>) {
        (**self).members(members);
    }
}

/// An operation that has no errors of its own.
impl ApiError for Infallible {
    const ERRORS: &'static [Entry] = &[];

    fn info(&self) -> &'static ErrorInfo {
        match *self {}
    }
}
