//! The problem: what every error brings beside its own fields.

use crate::Retry;
use crate::shown::Start;
use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

/// The members that every error has (RFC 9457), and what its response said beside them.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Problem {
    pub(super) code: Cow<'static, str>,
    pub(super) status: u16,
    pub(super) title: Option<String>,
    pub(super) detail: Option<String>,
    pub(super) type_uri: Option<String>,
    pub(super) instance: Option<String>,
    pub(super) retryable: Option<String>,
    pub(super) retry_after: Option<u64>,
    pub(super) truncated: bool,
    pub(super) request_id: Option<String>,
    /// What a repeat means where the problem does not say it.
    pub(super) default_retry: Option<Retry>,
    /// Whether the request that failed is safe to repeat by its method (RFC 9110 section 9.2.2).
    pub(super) idempotent: bool,
    /// How many attempts were made; nothing where it is not known.
    pub(super) attempts: u32,
}

impl Problem {
    /// The stable name of the error.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The summary, the same each time the error occurs; empty if there is none.
    pub fn title(&self) -> &str {
        self.title.as_deref().unwrap_or_default()
    }

    /// What went wrong this time, in the function's words; its title where the function keeps them to itself.
    pub fn detail(&self) -> &str {
        self.detail.as_deref().unwrap_or_else(|| self.title())
    }

    /// The address of the error's documentation.
    pub fn type_uri(&self) -> Option<&str> {
        self.type_uri.as_deref()
    }

    /// The request id under which the function logged the error.
    pub fn instance(&self) -> Option<&str> {
        self.instance.as_deref()
    }

    /// The id to quote when asking for help: the function's, else the gateway's.
    pub fn request_id(&self) -> Option<&str> {
        self.instance().or(self.request_id.as_deref())
    }

    /// What a repeat of the request means.
    pub fn retry(&self) -> Retry {
        self.retry_or(self.default_retry.unwrap_or_else(|| Retry::of_status(self.status)))
    }

    /// What a repeat of the request means, by somebody who knows what the error declares: that counts where the problem
    /// does not say it.
    pub fn retry_or(&self, declared: Retry) -> Retry {
        self.retryable.as_deref().and_then(Retry::from_word).unwrap_or(declared)
    }

    /// The delay after which the request may be repeated.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after.map(Duration::from_secs)
    }

    /// Whether the function left the error's fields out because they were too large or could not be written.
    pub fn is_truncated(&self) -> bool {
        self.truncated
    }

    /// Puts a known status in place of one that no error can have; an invocation has none of HTTP's that would count.
    pub(super) fn bound_status(&mut self, known: u16) {
        if !(400..=599).contains(&self.status) {
            self.status = known;
        }
    }

    pub(super) fn is_retryable(&self) -> bool {
        match self.retry() {
            Retry::Never => false,
            Retry::Backoff => true,
            Retry::Idempotent => self.idempotent,
        }
    }
}

/// The members that are there.
impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Problem");
        shown.field("code", &self.code).field("status", &self.status);
        let texts = [
            ("title", &self.title),
            ("detail", &self.detail),
            ("type", &self.type_uri),
            ("instance", &self.instance),
            ("request_id", &self.request_id),
        ];
        for (name, text) in texts.into_iter().filter_map(|(name, text)| Some((name, text.as_ref()?))) {
            shown.field(name, text);
        }
        shown.field("retry", &self.retry());
        if let Some(seconds) = self.retry_after {
            shown.field("retry_after", &seconds);
        }
        if self.truncated {
            shown.field("truncated", &true);
        }
        shown.finish_non_exhaustive()
    }
}

/// `OrderNotFound (404): order 42 does not exist`
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", Start(&self.code), self.status)?;
        if self.detail().is_empty() { Ok(()) } else { write!(f, ": {}", Start(self.detail())) }
    }
}
